// Tasks: list, describe, stop.

import { taskAnswer } from "../answers/taskAnswer";
import { idOf } from "../arns";
import { invalidParameter } from "../errors";
import type { Operation } from "../operation";
import { clusterOf, familyOf, findInstance, findTask, includeOf, serviceOf } from "../request/findRecords";
import {
  identifierList,
  type JsonObject,
  launchTypeWord,
  optionalText,
  optionalWord,
  requiredText,
} from "../request/input";
import { pageSize, pageWhere } from "../request/paging";
import { stopTask as stop } from "../scheduling/taskLife";
import type { TaskRecord } from "../state/records";
import { keyOfService, serviceKey, type World } from "../state/world";

export const listTasks: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  refuseFilters(input);
  const ids = candidates(world, cluster.name, input);
  const wanted = filterOf(input);
  const matches = (id: string): boolean => {
    const task = world.tasks.get(id);
    return task?.cluster === cluster.name && wanted(task);
  };
  const page = pageWhere(
    ids,
    { keyOf: (it) => it, matches },
    { operation: "ListTasks", input },
    pageSize(input, 100),
  );
  return {
    taskArns: page.items.map((id) => call.arns.task(cluster.name, id)),
    nextToken: page.nextToken,
  };
};

/** Filters that ECS takes alone, with those that it refuses beside them (aws/aws-sdk-go-v2#1893, fujiwara/ecsta#119). */
const filtersAlone = [
  ["startedBy", ["containerInstance", "family", "serviceName", "launchType", "daemonName"]],
  ["serviceName", ["family"]],
] as const;

function refuseFilters(input: JsonObject): void {
  const isGiven = (name: string) => (optionalText(input, name) ?? "") !== "";
  for (const [name, others] of filtersAlone) {
    if (isGiven(name) && others.some(isGiven))
      throw invalidParameter(`cannot specify ${name} with other arguments`);
  }
}

/** The narrowest index that the filters allow, in order. */
function candidates(world: World, cluster: string, input: JsonObject): readonly string[] {
  const instance = optionalText(input, "containerInstance") || undefined;
  const service = optionalText(input, "serviceName") || undefined;
  if (service !== undefined) {
    const key = keyOfService(serviceOf(world, cluster, service));
    const tasks = world.tasksOfService.sorted(key);
    if (instance === undefined) return tasks;
    const onInstance = world.tasksOfInstance.members(instanceId(world, cluster, instance));
    return tasks.filter((it) => onInstance.has(it));
  }
  if (instance !== undefined) return world.tasksOfInstance.sorted(instanceId(world, cluster, instance));
  return world.tasksOfCluster.sorted(cluster);
}

function instanceId(world: World, cluster: string, reference: string): string {
  const instance = findInstance(world, cluster, reference);
  if (instance === undefined) throw invalidParameter("Referenced container instance was not found.");
  return instance.id;
}

function filterOf(input: JsonObject): (task: TaskRecord) => boolean {
  const family = optionalText(input, "family") || undefined;
  const name = family === undefined ? undefined : familyOf(family);
  const startedBy = optionalText(input, "startedBy") || undefined;
  const launchType = launchTypeWord(input);
  const status = optionalWord(input, "desiredStatus", ["RUNNING", "PENDING", "STOPPED"]) ?? "RUNNING";
  const daemon = optionalText(input, "daemonName") || undefined;
  return (it) =>
    it.desiredStatus === status &&
    (name === undefined || it.taskDefinition.slice(0, it.taskDefinition.lastIndexOf(":")) === name) &&
    (startedBy === undefined || it.startedBy === startedBy) &&
    (daemon === undefined || it.daemon === serviceKey(it.cluster, daemon)) &&
    (launchType === undefined || it.launchType === launchType);
}

export const describeTasks: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const references = identifierList(input, "tasks", "Tasks", 100);
  const withTags = includeOf(input).has("TAGS");
  const tasks: JsonObject[] = [];
  const failures: JsonObject[] = [];
  for (const reference of references) {
    checkTaskId(reference, cluster.name);
    const task = findTask(world, cluster.name, reference);
    if (task !== undefined) tasks.push(taskAnswer(world, task, call, withTags));
    else {
      const arn = call.arns.task(cluster.name, idOf(reference, "task", cluster.name));
      failures.push({ arn, reason: "MISSING" });
    }
  }
  return { tasks, failures };
};

function checkTaskId(reference: string, cluster: string): void {
  const { length } = idOf(reference, "task", cluster);
  if (length !== 32 && length !== 36) throw invalidParameter("taskId length should be one of [32,36]");
}

export const stopTask: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const reference = requiredText(input, "task", "Task");
  const task = findTask(world, cluster.name, reference);
  if (task === undefined) throw invalidParameter("The referenced task was not found.");
  const reason = optionalText(input, "reason") || "Task stopped by user";
  const stopping = task.lastStatus === "STOPPED" ? task : stop(world, task, "UserInitiated", reason);
  return { task: taskAnswer(world, stopping, call) };
};
