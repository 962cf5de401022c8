import type { TaskRecord } from "../state/records";
import type { World } from "../state/world";
import type { StartedDefinition } from "./newTask";

/** The task definition of a task, or the daemon task definition of a managed daemon's; `undefined` once it is forgotten. */
export function definitionOfTask(
  world: World,
  { daemon, taskDefinition }: TaskRecord,
): StartedDefinition | undefined {
  return daemon === undefined
    ? world.taskDefinitions.get(taskDefinition)
    : world.daemonDefinitions.get(taskDefinition);
}
