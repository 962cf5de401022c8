// Which tasks hold room on a container instance. ECS counts the room of a task as free as soon as the task is asked to
// stop (AWS, 2023-07-02); the container agent starts what was placed there once the old task is gone.

import type { InstanceTask } from "./containerInstance";

type Status = Pick<InstanceTask, "lastStatus" | "desiredStatus">;

/** Whether ECS counts the room of the task as taken. */
export const holdsRoom = ({ lastStatus, desiredStatus }: Status): boolean =>
  lastStatus !== "STOPPED" && desiredStatus !== "STOPPED";

/** Whether the container agent still has a task that ECS counts as gone. */
export const isLeaving = ({ lastStatus, desiredStatus }: Status): boolean =>
  lastStatus === "RUNNING" && desiredStatus === "STOPPED";
