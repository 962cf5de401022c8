// EcsDaemonLocal: what ECS has no operation for, because there it happens by itself. Instances lose their agents and
// their machines, tasks fail, calls are throttled, time passes.

import { instanceStatuses } from "../../core/api/instanceStatuses";
import { instanceAnswer } from "../answers/instanceAnswer";
import { clientException, invalidParameter } from "../errors";
import { newId } from "../ids";
import { addFleetInstances } from "../newInstances";
import type { Operation } from "../operation";
import { capacityProviderName } from "../request/findManaged";
import { clusterOf, findInstance } from "../request/findRecords";
import {
  type JsonObject,
  member,
  objectList,
  optionalBoolean,
  optionalInteger,
  optionalObject,
  optionalText,
  optionalWord,
  requiredText,
  textList,
} from "../request/input";
import { moveClock } from "../scheduling/advanceClock";
import type { FaultRecord } from "../state/localRecords";
import type { AttributeRecord, InstanceRecord, TaskFailure } from "../state/records";
import { checkedAttribute } from "./attributes";
import { removeInstance } from "./containerInstances";
import { addManagedInstances } from "./managed/addManagedInstances";

/**
 * `{ cluster?, containerInstance, agentConnected?, status?, attributes?, removedAttributes?, agentVersion?,
 * autoScalingGroup?, remove? }`; an empty name takes the instance out of its Auto Scaling group.
 */
export const updateContainerInstance: Operation = (world, input, call) => {
  refuseOthers(input, "UpdateContainerInstance", [
    "cluster",
    "containerInstance",
    "agentConnected",
    "status",
    "attributes",
    "removedAttributes",
    "agentVersion",
    "autoScalingGroup",
    "remove",
  ]);
  const cluster = clusterOf(world, input);
  const reference = requiredText(input, "containerInstance", "Container instance");
  const instance = findInstance(world, cluster.name, reference);
  if (instance === undefined) throw clientException("Referenced container instance was not found.");
  if (optionalBoolean(input, "remove") === true) {
    return { containerInstance: instanceAnswer(world, removeInstance(world, instance), call) };
  }
  const agentConnected = optionalBoolean(input, "agentConnected");
  const status = optionalWord(input, "status", instanceStatuses);
  const agentVersion = optionalText(input, "agentVersion");
  const { autoScalingGroup: groupBefore, ...rest } = instance;
  const autoScalingGroup = optionalText(input, "autoScalingGroup") ?? groupBefore ?? "";
  const changed: InstanceRecord = {
    ...rest,
    ...(autoScalingGroup === "" ? {} : { autoScalingGroup }),
    ...(agentConnected === undefined ? {} : { agentConnected }),
    ...(status === undefined ? {} : { status }),
    ...(agentVersion === undefined ? {} : { agentVersion }),
    attributes: attributesOf(input, instance),
    version: instance.version + 1,
  };
  world.instances.put(instance.id, changed);
  return { containerInstance: instanceAnswer(world, changed, call) };
};

/** No limits here: this is the agent or ECS itself speaking, built-in attributes included. */
function attributesOf(input: JsonObject, instance: InstanceRecord): readonly AttributeRecord[] {
  const given = objectList(input, "attributes").map(checkedAttribute);
  const gone = new Set([...given.map((it) => it.name), ...textList(input, "removedAttributes")]);
  if (gone.size === 0) return instance.attributes;
  return [...instance.attributes.filter((it) => !gone.has(it.name)), ...given];
}

/**
 * `{ cluster?, count?, instanceType?, zones?, attributes?, autoScalingGroup? }`, or `{ cluster?, count?, instanceType?,
 * capacityProvider }` for instances of a capacity provider: of its Auto Scaling group, or Managed Instances that stay though
 * they have no tasks.
 */
export const addContainerInstances: Operation = (world, input, call) => {
  refuseOthers(input, "AddContainerInstances", [
    "cluster",
    "count",
    "instanceType",
    "zones",
    "attributes",
    "autoScalingGroup",
    "capacityProvider",
  ]);
  const cluster = clusterOf(world, input);
  const instanceType = optionalText(input, "instanceType");
  const provider = optionalText(input, "capacityProvider");
  const group = world.groupProviders.get(capacityProviderName(provider ?? ""))?.group;
  if (provider !== undefined && group === undefined) {
    const known = ["cluster", "count", "instanceType", "capacityProvider"];
    refuseOthers(input, "AddContainerInstances of Managed Instances", known);
    const added = addManagedInstances(world, cluster.name, {
      provider,
      instanceType,
      count: optionalInteger(input, "count") ?? 1,
    });
    return { containerInstanceArns: added.map((id) => call.arns.instance(cluster.name, id)) };
  }
  const attributes = optionalObject(input, "attributes");
  const zones = textList(input, "zones");
  const autoScalingGroup = group ?? optionalText(input, "autoScalingGroup");
  const added = addFleetInstances(world, cluster.name, {
    count: optionalInteger(input, "count") ?? 1,
    ...(instanceType === undefined ? {} : { instanceType }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(zones.length === 0 ? {} : { zones }),
    ...(autoScalingGroup === undefined ? {} : { autoScalingGroup }),
  });
  return { containerInstanceArns: added.map((id) => call.arns.instance(cluster.name, id)) };
};

/** `{ seconds }`: the clock goes on by so much, and everything that is due happens. */
export const advanceClock: Operation = (world, input) => {
  refuseOthers(input, "AdvanceClock", ["seconds"]);
  const seconds = secondsIn(input, century) ?? Number.NaN;
  if (Number.isNaN(seconds)) throw invalidParameter("seconds must be a number that is not negative.");
  if (world.now() / 1000 + seconds > 1000 * century)
    throw invalidParameter("The clock is further ahead than a date can be written.");
  moveClock(world, Math.round(seconds * 1000));
  return { now: world.now() / 1000 };
};

/** In seconds. A clock that goes further could no longer be written as a date. */
const century = 100 * 365 * 24 * 60 * 60;

function secondsIn(input: JsonObject, most: number): number | undefined {
  const value = member(input, "seconds");
  if (value === undefined) return undefined;
  if (typeof value !== "number" || value < 0)
    throw invalidParameter("seconds must be a number that is not negative.");
  if (value > most) throw invalidParameter(`seconds must be at most ${most}.`);
  return value;
}

/**
 * Tasks: `{ family?, service?, daemon?, containerInstance?, failure: "CannotPullContainerError" | "exit" | "unhealthy",
 * exitCode?, afterSeconds?, count? }`; with afterSeconds the task runs for that long before it exits; unhealthy: the health
 * checks of the definition fail, and the scheduler of a service stops the task.
 * Calls: `{ operation?, effect: "throttle" | "serverError" | "accessDenied" | "reset" | "delay", seconds?, count? }`.
 * Limits: `{ limits: "published" }`: calls are throttled as ECS publishes it.
 * Scheduling: `{ order: "replicasFirst" }`: replica services take room before daemon services do; `{ order:
 * "typesWithoutDaemons" }`: types of Managed Instances are chosen as if no daemon ran there.
 * Alarms: `{ alarm }`: the CloudWatch alarm of that name is in ALARM, with `state: "OK"` no longer.
 * `{ clear: true }` removes all faults.
 */
export const setFault: Operation = (world, input) => {
  if (optionalBoolean(input, "clear") === true) {
    refuseOthers(input, "SetFault with 'clear'", ["clear"]);
    for (const id of [...world.faults.values()].map((it) => it.id)) world.faults.delete(id);
    return {};
  }
  const alarm = optionalText(input, "alarm");
  if (alarm !== undefined && optionalWord(input, "state", ["OK", "ALARM"]) === "OK") {
    refuseOthers(input, "SetFault with 'alarm'", ["alarm", "state", "clear"]);
    for (const it of [...world.faults.values()])
      if (it.kind === "alarm" && it.alarm === alarm) world.faults.delete(it.id);
    return {};
  }
  const fault = faultOf(input);
  const known = [...membersOfFaults[fault.kind], "clear"];
  refuseOthers(input, `SetFault with '${known[0]}'`, known);
  world.faults.put(fault.id, fault);
  return { fault: fault.id };
};

/** What a fault of each kind has; the first one makes it of that kind. */
const membersOfFaults: Readonly<Record<FaultRecord["kind"], readonly string[]>> = {
  alarm: ["alarm", "state"],
  limits: ["limits"],
  order: ["order"],
  call: ["effect", "operation", "seconds", "count"],
  task: ["failure", "family", "service", "daemon", "containerInstance", "exitCode", "afterSeconds", "count"],
};

function faultOf(input: JsonObject): FaultRecord {
  const effect = optionalWord(input, "effect", ["throttle", "serverError", "accessDenied", "reset", "delay"]);
  const order = optionalWord(input, "order", ["replicasFirst", "typesWithoutDaemons"]);
  const limits = optionalWord(input, "limits", ["published"]);
  const alarm = optionalText(input, "alarm");
  if (alarm !== undefined) return { id: newId(), kind: "alarm", alarm };
  if (limits !== undefined) return { id: newId(), kind: "limits", limits };
  if (order !== undefined) return { id: newId(), kind: "order", order };
  return effect === undefined ? taskFault(input) : callFault(input, effect);
}

/** ECS ignores what it does not know; of an operation of our own, a name that is not known is a slip. */
function refuseOthers(input: JsonObject, operation: string, known: readonly string[]): void {
  const other = Object.keys(input).find((it) => !known.includes(it));
  if (other === undefined) return;
  throw invalidParameter(`${operation} has no property '${other}'. It has ${known.join(", ")}.`);
}

function remainingOf(input: JsonObject): { readonly remaining?: number } {
  const count = optionalInteger(input, "count");
  if (count !== undefined && count < 1) throw invalidParameter("count must be at least 1.");
  return count === undefined ? {} : { remaining: count };
}

function callFault(input: JsonObject, effect: Extract<FaultRecord, { kind: "call" }>["effect"]): FaultRecord {
  const operation = optionalText(input, "operation");
  const seconds = secondsIn(input, 24 * 60 * 60);
  return {
    id: newId(),
    kind: "call",
    effect,
    ...(operation === undefined ? {} : { operation }),
    ...(seconds === undefined ? {} : { seconds }),
    ...remainingOf(input),
  };
}

function taskFault(input: JsonObject): FaultRecord {
  const family = optionalText(input, "family");
  const service = optionalText(input, "service");
  const daemon = optionalText(input, "daemon");
  const instance = optionalText(input, "containerInstance");
  return {
    id: newId(),
    kind: "task",
    failure: failureOf(input),
    ...(family === undefined ? {} : { family }),
    ...(service === undefined ? {} : { service }),
    ...(daemon === undefined ? {} : { daemon }),
    ...(instance === undefined ? {} : { instance: instance.slice(instance.lastIndexOf("/") + 1) }),
    ...remainingOf(input),
  };
}

function failureOf(input: JsonObject): TaskFailure {
  const failure = optionalWord(input, "failure", ["CannotPullContainerError", "exit", "unhealthy"]);
  if (failure === undefined) {
    throw invalidParameter(
      'A fault has an "effect" on calls, "limits" or an "order", or a "failure" of tasks: CannotPullContainerError, exit or unhealthy.',
    );
  }
  if (failure === "unhealthy")
    return {
      stopCode: "ServiceSchedulerInitiated",
      stoppedReason: "Task failed container health checks",
    };
  const after = secondsIn({ seconds: input.afterSeconds }, century);
  if (failure === "exit") {
    return {
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      exitCode: optionalInteger(input, "exitCode") ?? 1,
      ...(after === undefined ? {} : { after: after * 1000 }),
    };
  }
  const reason =
    "CannotPullContainerError: pull image manifest has been retried 5 time(s): the image was not found, or access to it was denied";
  return { stopCode: "TaskFailedToStart", stoppedReason: reason, containerReason: reason };
}
