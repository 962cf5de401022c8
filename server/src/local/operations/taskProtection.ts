// Task scale-in protection: for the tasks of services, for a while.

import { invalidParameter } from "../errors";
import type { Operation } from "../operation";
import { clusterOf, findTask } from "../request/findRecords";
import {
  identifierList,
  type JsonObject,
  optionalBoolean,
  optionalInteger,
  textList,
} from "../request/input";
import type { TaskRecord } from "../state/records";
import { rowsOf, type World } from "../state/world";

/** Minutes, as the API model gives them. */
const expiry = { usual: 120, least: 1, most: 2880 } as const;

interface Found {
  readonly tasks: readonly TaskRecord[];
  readonly failures: readonly JsonObject[];
}

/** Only a task of a service can be protected. */
function find(
  world: World,
  cluster: string,
  references: readonly string[],
  arnOf: (id: string) => string,
): Found {
  const tasks: TaskRecord[] = [];
  const failures: JsonObject[] = [];
  for (const reference of references) {
    const arn = arnOf(reference.slice(reference.lastIndexOf("/") + 1));
    const task = findTask(world, cluster, reference);
    if (task === undefined || task.lastStatus === "STOPPED")
      failures.push({ arn, reason: "MISSING", detail: "The task was not found." });
    else if (task.service === undefined)
      failures.push({ arn, reason: "TASK_NOT_VALID", detail: "The task is not part of a service." });
    else tasks.push(task);
  }
  return { tasks, failures };
}

/** Without names: every task of a service. */
function running(world: World, cluster: string): readonly string[] {
  return rowsOf(world.tasks, world.tasksOfCluster.sorted(cluster))
    .filter((it) => it.service !== undefined && it.lastStatus !== "STOPPED")
    .map((it) => it.id);
}

function answer(world: World, task: TaskRecord, arn: string): JsonObject {
  const { protectedUntil } = task;
  const isOn = protectedUntil !== undefined && protectedUntil > world.now();
  return {
    taskArn: arn,
    protectionEnabled: isOn,
    ...(isOn ? { expirationDate: protectedUntil / 1000 } : {}),
  };
}

export const getTaskProtection: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const given = textList(input, "tasks");
  const references =
    given.length === 0 ? running(world, cluster.name) : identifierList(input, "tasks", "Tasks", 100);
  const arnOf = (id: string) => call.arns.task(cluster.name, id);
  const { tasks, failures } = find(world, cluster.name, references, arnOf);
  return { protectedTasks: tasks.map((it) => answer(world, it, arnOf(it.id))), failures };
};

export const updateTaskProtection: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const references = identifierList(input, "tasks", "Tasks", 10);
  const enabled = optionalBoolean(input, "protectionEnabled");
  if (enabled === undefined) throw invalidParameter("protectionEnabled cannot be empty.");
  const minutes = optionalInteger(input, "expiresInMinutes") ?? expiry.usual;
  if (minutes < expiry.least || minutes > expiry.most)
    throw invalidParameter(`expiresInMinutes must be between ${expiry.least} and ${expiry.most}.`);
  const arnOf = (id: string) => call.arns.task(cluster.name, id);
  const { tasks, failures } = find(world, cluster.name, references, arnOf);
  const changed = tasks.map((it): TaskRecord => {
    const { protectedUntil: _, ...task } = it;
    return enabled ? { ...task, protectedUntil: world.now() + minutes * 60_000 } : task;
  });
  for (const it of changed) world.tasks.put(it.id, it);
  return { protectedTasks: changed.map((it) => answer(world, it, arnOf(it.id))), failures };
};
