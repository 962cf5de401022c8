// RunTask and StartTask: tasks that belong to no service, neighbors that use ports and memory.

import { serviceSubnets } from "../../core/scheduler/serviceSubnets";
import { taskAnswer } from "../answers/taskAnswer";
import { EcsException, invalidParameter } from "../errors";
import type { Call, Operation } from "../operation";
import { canonicalJson } from "../request/canonicalJson";
import { clusterToUse, findInstance, usableTaskDefinition } from "../request/findRecords";
import {
  identifierList,
  type JsonObject,
  launchTypeWord,
  optionalInteger,
  requiredText,
} from "../request/input";
import { constraintsIn, strategyIn } from "../request/serviceInput";
import { InstanceChooser } from "../scheduling/chooseInstance";
import { additionalTask, refusal, subnetsOfCluster } from "../scheduling/placementNeed";
import { viewForReplicas } from "../scheduling/replicaRoom";
import { startTask as start } from "../scheduling/taskLife";
import type { TaskDefinitionRecord, TaskRecord } from "../state/records";
import { rowsOf, type World } from "../state/world";
import { failureReasons } from "./failureReasons";
import { runOnProviders } from "./runOnProviders";
import { type TaskRequest, taskRequestOf, textUpTo } from "./taskRequest";

export const runTask: Operation = (world, input, call) => {
  // ECS reads the words of a request before it looks for what they name.
  const launchType = launchTypeWord(input) ?? "EC2";
  const cluster = clusterToUse(world, input);
  const definition = usableTaskDefinition(world, requiredText(input, "taskDefinition", "TaskDefinition"));
  const count = optionalInteger(input, "count") ?? 1;
  if (count < 1 || count > 10) throw invalidParameter("Count must be between 1 and 10.");
  const token = tokenOf(input, cluster.name);
  const twins = token === undefined ? [] : sameRequest(world, token);
  if (twins.length > 0) return { tasks: twins.map((it) => taskAnswer(world, it, call, true)), failures: [] };
  const { strategy, ...request } = taskRequestOf(world, input, definition, cluster);
  if (strategy !== undefined)
    return runOnProviders(
      world,
      { input, cluster: cluster.name, definition, request, token, strategy, count },
      call,
    );
  const subnets = serviceSubnets(input);
  const choice = {
    need: additionalTask(definition, constraintsIn(input) ?? [], subnets, launchType),
    known: subnetsOfCluster(world, cluster.name, subnets),
    strategy: strategyIn(input) ?? [],
    group: request.group,
  };
  const tasks: TaskRecord[] = [];
  const failures: JsonObject[] = [];
  const instances = world.instancesOfCluster.sorted(cluster.name).filter((id) => isOrdinary(world, id));
  if (instances.length === 0) throw invalidParameter("No Container Instances were found in your cluster.");
  const chooser = new InstanceChooser(world, instances, choice);
  for (let number = 0; number < count; number += 1) {
    const { instance, refused } = chooser.next();
    if (instance === undefined) {
      // ECS answers why each instance refused; what it refused once it refuses again.
      for (const { id, filter } of refused) {
        failures.push({ arn: call.arns.instance(cluster.name, id), reason: failureReasons[filter] });
      }
      break;
    }
    tasks.push(startOn(world, instance.id, { cluster: cluster.name, definition, request, token }));
    chooser.started(instance.id);
  }
  return { tasks: tasks.map((it) => taskAnswer(world, it, call, true)), failures };
};

/** A client token and the request that came with it. */
interface Token {
  readonly token: string;
  readonly request: string;
}

function tokenOf(input: JsonObject, cluster: string): Token | undefined {
  const token = textUpTo(64, input, "clientToken");
  if (token === undefined || token === "") return undefined;
  return { token: `${cluster} ${token}`, request: canonicalJson({ ...input, cluster }) };
}

/** The tasks that an earlier call with the same client token started: a client that asks again gets these. */
function sameRequest(world: World, { token, request }: Token): readonly TaskRecord[] {
  const tasks = rowsOf(world.tasks, world.tasksOfToken.members(token));
  if (tasks.some((it) => it.request?.request !== request)) {
    throw new EcsException(
      "ConflictException",
      "The client token was used before, with other parameters.",
      400,
      { resourceIds: tasks.map((it) => it.id) },
    );
  }
  return tasks;
}

/** Managed Instances take tasks of their capacity provider alone. */
function isOrdinary(world: World, id: string): boolean {
  const instance = world.instances.get(id);
  return instance?.status !== "INACTIVE" && instance?.managed === undefined;
}

function startOn(
  world: World,
  instance: string,
  what: {
    readonly cluster: string;
    readonly definition: TaskDefinitionRecord;
    readonly request: TaskRequest;
    readonly token?: Token | undefined;
  },
): TaskRecord {
  const { cluster, definition, request, token } = what;
  return start(world, {
    ...request,
    cluster,
    instance,
    definition,
    ...(token === undefined ? {} : { request: token }),
  });
}

export const startTask: Operation = (world, input, call) => {
  const cluster = clusterToUse(world, input);
  const definition = usableTaskDefinition(world, requiredText(input, "taskDefinition", "TaskDefinition"));
  const references = identifierList(input, "containerInstances", "Container instance", 10);
  const request = taskRequestOf(world, input, definition);
  const subnets = serviceSubnets(input);
  const need = additionalTask(definition, [], subnets);
  const known = subnetsOfCluster(world, cluster.name, subnets);
  const tasks: JsonObject[] = [];
  const failures: JsonObject[] = [];
  for (const reference of references) {
    const instance = findInstance(world, cluster.name, reference);
    const view = instance === undefined ? undefined : viewForReplicas(world, instance.id);
    if (view === undefined) {
      failures.push({ arn: failureArn(cluster.name, reference, call), reason: "MISSING" });
      continue;
    }
    const filter = refusal(need, view, known);
    if (filter === undefined) {
      const task = startOn(world, view.id, { cluster: cluster.name, definition, request });
      tasks.push(taskAnswer(world, task, call, true));
    } else failures.push({ arn: failureArn(cluster.name, view.id, call), reason: failureReasons[filter] });
  }
  return { tasks, failures };
};

function failureArn(cluster: string, reference: string, call: Call): string {
  return reference.startsWith("arn:") ? reference : call.arns.instance(cluster, reference);
}
