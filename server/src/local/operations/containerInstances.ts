// Container instances: list, describe, drain, deregister.

import { instanceStatuses } from "../../core/api/instanceStatuses";
import { compileQuery } from "../../core/query/evaluate";
import type { QueryTarget, Truth } from "../../core/query/target";
import { instanceAnswer } from "../answers/instanceAnswer";
import { idOf } from "../arns";
import { invalidParameter } from "../errors";
import type { Call, Operation } from "../operation";
import { checkedExpression } from "../request/checkedExpression";
import { clusterOf, findInstance, includeOf } from "../request/findRecords";
import {
  identifierList,
  type JsonObject,
  optionalBoolean,
  optionalText,
  optionalWord,
  requiredText,
} from "../request/input";
import { pageSize, pageWhere } from "../request/paging";
import { endTask } from "../scheduling/taskLife";
import type { InstanceRecord } from "../state/records";
import { tasksOn, type World } from "../state/world";

export const listContainerInstances: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const status = optionalWord(input, "status", instanceStatuses);
  const holds = filterOf(input);
  const matches = (id: string): boolean => {
    const it = world.instances.get(id);
    if (it === undefined) return false;
    if (status === undefined ? it.status === "INACTIVE" : it.status !== status) return false;
    if (holds === undefined) return true;
    const view = world.view(id);
    return view !== undefined && holds(view) === true;
  };
  const ids = world.instancesOfCluster.sorted(cluster.name);
  const page = pageWhere(
    ids,
    { keyOf: (it) => it, matches },
    { operation: "ListContainerInstances", input },
    pageSize(input, 100),
  );
  return {
    containerInstanceArns: page.items.map((id) => call.arns.instance(cluster.name, id)),
    nextToken: page.nextToken,
  };
};

/** The whole query language; a text that is no expression of it is refused with its first problem. */
function filterOf(input: JsonObject): ((target: QueryTarget) => Truth) | undefined {
  const text = optionalText(input, "filter");
  if (text === undefined || text.trim() === "") return undefined;
  const query = checkedExpression(text, "filter expression");
  return compileQuery(query.tree);
}

export const describeContainerInstances: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const references = identifierList(input, "containerInstances", "Container instance", 100);
  for (const it of references) checkInstanceId(it, cluster.name);
  const include = includeOf(input, ["TAGS", "CONTAINER_INSTANCE_HEALTH"]);
  const shown = { tags: include.has("TAGS"), health: include.has("CONTAINER_INSTANCE_HEALTH") };
  return eachInstance(world, cluster.name, references, call, (it) => instanceAnswer(world, it, call, shown));
};

function checkInstanceId(reference: string, cluster: string): void {
  const { length } = idOf(reference, "container-instance", cluster);
  if (length !== 32 && length !== 36) throw invalidParameter("instanceId length should be one of [32,36]");
}

/** Answers what `use` makes of every instance that is there, and MISSING for the others. */
function eachInstance(
  world: World,
  cluster: string,
  references: readonly string[],
  call: Call,
  use: (instance: InstanceRecord) => JsonObject,
): JsonObject {
  const containerInstances: JsonObject[] = [];
  const failures: JsonObject[] = [];
  for (const reference of references) {
    const instance = findInstance(world, cluster, reference);
    if (instance === undefined) failures.push(missing(cluster, reference, call));
    else containerInstances.push(use(instance));
  }
  return { containerInstances, failures };
}

function missing(cluster: string, reference: string, call: Call): JsonObject {
  const arn = reference.startsWith("arn:") ? reference : call.arns.instance(cluster, reference);
  return { arn, reason: "MISSING" };
}

export const updateContainerInstancesState: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const references = identifierList(input, "containerInstances", "Container instance", 10);
  const status = requiredText(input, "status", "Status");
  if (status !== "ACTIVE" && status !== "DRAINING") {
    throw invalidParameter(`Container instance status should be one of [ACTIVE,DRAINING]: ${status}`);
  }
  const failures: JsonObject[] = [];
  const changeable = references.filter((reference) => {
    const instance = findInstance(world, cluster.name, reference);
    if (instance === undefined || instance.status === "ACTIVE" || instance.status === "DRAINING") return true;
    failures.push({ arn: call.arns.instance(cluster.name, instance.id), reason: "INACTIVE" });
    return false;
  });
  const answer = eachInstance(world, cluster.name, changeable, call, (it) => {
    const changed: InstanceRecord = it.status === status ? it : { ...it, status, version: it.version + 1 };
    world.instances.put(it.id, changed);
    return instanceAnswer(world, changed, call);
  });
  return { ...answer, failures: [...failures, ...(answer.failures as readonly JsonObject[])] };
};

/** How long a deregistered instance can be described. */
const shownInactive = 60 * 60 * 1000;

export const deregisterContainerInstance: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const reference = requiredText(input, "containerInstance", "Container instance");
  const instance = findInstance(world, cluster.name, reference);
  if (instance === undefined || instance.status === "INACTIVE") {
    throw invalidParameter("Referenced container instance was not found.");
  }
  const tasks = tasksOn(world, instance.id).filter((it) => it.lastStatus !== "STOPPED");
  if (tasks.length > 0 && optionalBoolean(input, "force") !== true) {
    throw invalidParameter("Found running tasks on the instance.");
  }
  return { containerInstance: instanceAnswer(world, removeInstance(world, instance), call) };
};

/** Takes an instance out of its cluster; its tasks are over. */
export function removeInstance(world: World, instance: InstanceRecord): InstanceRecord {
  const removed: InstanceRecord = {
    ...instance,
    status: "INACTIVE",
    agentConnected: false,
    version: instance.version + 1,
    forgetAt: world.now() + shownInactive,
  };
  world.instances.put(instance.id, removed);
  for (const it of tasksOn(world, instance.id)) {
    endTask(world, it, "Container instance deregistration forced by user");
  }
  return removed;
}
