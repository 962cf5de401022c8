// What the container instances of one cluster share while they are read, and readers that take instances and tasks one after
// the other.

import { problemList } from "../source/readProblem";
import type { PlainObject } from "../text/plainValue";
import { attributeRows } from "./attributeRows";
import type { ContainerInstance } from "./containerInstance";
import type { PlacedTask, SnapshotTask } from "./placedTask";
import { type InstanceContext, readInstance } from "./snapshotInstance";
import { readTask } from "./snapshotTask";
import { usualResources } from "./usualResources";

/** For instances with these tasks on them; `undefined` where the tasks were not read. */
export function instanceContext(
  tasks: readonly PlacedTask[] | undefined,
  managedProviders: ReadonlySet<string>,
  shared: (text: string) => string,
): InstanceContext {
  return {
    shared,
    attributeRow: attributeRows(shared),
    usualResources: usualResources(),
    tasks: tasks && groupTasks(tasks),
    managedProviders,
  };
}

const noProviders: ReadonlySet<string> = new Set();

/**
 * A reader of the container instances of one cluster, as DescribeContainerInstances answers them: nothing of a description is
 * kept but the instance.
 */
export function instanceReader(
  tasks: readonly PlacedTask[] | undefined,
): (described: PlainObject) => ContainerInstance {
  const context = instanceContext(tasks, noProviders, sharedStrings());
  const problems = problemList();
  let index = 0;
  return (object) => {
    const { instance } = readInstance({ object, path: "", problems }, index, context);
    index += 1;
    return instance;
  };
}

/** A reader of the tasks of one cluster, as DescribeTasks answers them; `undefined` for one that is on no container instance. */
export function placedTaskReader(): (described: PlainObject) => SnapshotTask | undefined {
  const shared = sharedStrings();
  const problems = problemList();
  return (object) => readTask({ object, path: "", problems }, shared);
}

/** Gives one string for all that are equal: instances and tasks repeat the same names and values thousands of times. */
export function sharedStrings(): (text: string) => string {
  const pool = new Map<string, string>();
  return (text) => {
    const known = pool.get(text);
    if (known !== undefined) return known;
    pool.set(text, text);
    return text;
  };
}

function groupTasks(tasks: readonly PlacedTask[]): ReadonlyMap<string, readonly PlacedTask[]> {
  const groups = new Map<string, PlacedTask[]>();
  for (const task of tasks) {
    const group = groups.get(task.instanceId);
    if (group === undefined) groups.set(task.instanceId, [task]);
    else group.push(task);
  }
  return groups;
}
