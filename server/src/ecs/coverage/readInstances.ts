// Reads container instances for a coverage look, each with the tasks on it.

import { oneOfEach } from "../../core/cluster/clusterOrder";
import type { ContainerInstance } from "../../core/cluster/containerInstance";
import { instanceReader } from "../../core/cluster/instanceContext";
import type { SeenTask } from "./facts";
import { attempt, type Look } from "./look";

/** By id; `tasks` is undefined where those were not read. The answer is undefined where the instances could not be. */
export async function describeInstances(
  look: Look,
  ids: readonly string[],
  tasks: readonly SeenTask[] | undefined,
): Promise<readonly ContainerInstance[] | undefined> {
  if (ids.length === 0) return [];
  // What is STOPPED holds nothing.
  const read = instanceReader(tasks?.filter((it) => it.task.lastStatus !== "STOPPED"));
  const found = await attempt(look.incomplete, "DescribeContainerInstances", () =>
    look.ecs.describeInstances(look.cluster, ids, read, look.signal),
  );
  return found && oneOfEach(found);
}
