// Managed Instances run tasks in the network modes awsvpc and host alone (developer guide, Managed Instances networking).

import type { TaskFailure } from "../../state/records";
import type { NewTask } from "../newTask";

/** What the agent of a Managed Instance says to another network mode (aws/amazon-ecs-agent, managed_linux.go). */
export function networkModeFailure(task: NewTask): TaskFailure | undefined {
  if (task.launchType !== "MANAGED_INSTANCES" || task.daemon !== undefined) return undefined;
  const mode = task.definition.definition.networkMode ?? "bridge";
  if (mode === "awsvpc" || mode === "host") return undefined;
  const reason = `invalid network mode: ${String(mode)}`;
  return { stopCode: "TaskFailedToStart", stoppedReason: reason, containerReason: reason };
}
