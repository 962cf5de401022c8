// Whether daemons that are missing on a container instance have room there, and whether tasks that came keep them out.

import type { ContainerInstance, InstanceTask } from "../cluster/containerInstance";
import { judgePrepared } from "../scheduler/placeDaemon";
import type { DaemonService } from "../scheduler/placement";
import { prepareDaemon } from "../scheduler/preparedDaemon";
import { withoutTasks, withTask } from "./emptyInstance";

/** Whether all those daemons start on the instance, one beside the other. */
export function hasRoom(instance: ContainerInstance, daemons: readonly DaemonService[]): boolean {
  let left = instance;
  for (const daemon of daemons) {
    if (judgePrepared(prepareDaemon(daemon), left).verdict !== "place") return false;
    left = withTask(left, daemon);
  }
  return true;
}

/** Whether those tasks alone keep the daemons out: without them there is room for all, with them there is not. */
export function takeRoom(
  instance: ContainerInstance,
  tasks: readonly InstanceTask[],
  daemons: readonly DaemonService[],
): boolean {
  return !hasRoom(instance, daemons) && hasRoom(withoutTasks(instance, tasks), daemons);
}
