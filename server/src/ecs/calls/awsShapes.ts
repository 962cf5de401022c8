// Reads what the AWS client answers into the port's words. Only the members that are used are named, so that this file
// needs nothing of the SDK.

import { withoutSecretParts } from "../../core/secrets/secretText";
import type { JsonObject, RegisteredTaskDefinition, ServiceEvent, ServiceState, TaskState } from "../port";

/** Members may be absent or undefined in an answer: both mean that ECS did not say. */
export type Answered<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

export type SdkDefinition = Answered<{ taskDefinitionArn: string; family: string; revision: number }>;

export type SdkService = Answered<{
  serviceArn: string;
  serviceName: string;
  status: string;
  schedulingStrategy: string;
  taskDefinition: string;
  desiredCount: number;
  runningCount: number;
  pendingCount: number;
  placementConstraints: readonly Answered<{ type: string; expression: string }>[];
  deployments: readonly Answered<{ id: string; status: string; rolloutState: string }>[];
  events: readonly Answered<{ createdAt: Date; message: string }>[];
}>;

export type SdkTask = Answered<{
  taskArn: string;
  containerInstanceArn: string;
  taskDefinitionArn: string;
  group: string;
  lastStatus: string;
  desiredStatus: string;
  stopCode: string;
  stoppedReason: string;
  stoppedAt: Date;
  containers: readonly Answered<{ name: string; reason: string; exitCode: number }>[];
}>;

/** A registered revision; its tags come beside it. */
export function registered(
  found: SdkDefinition = {},
  tags: readonly object[] = [],
): RegisteredTaskDefinition {
  return {
    arn: found.taskDefinitionArn ?? "",
    family: found.family ?? "",
    revision: found.revision ?? 0,
    definition: plain(tags.length === 0 ? found : { ...found, tags }),
  };
}

/** A service in the words of the port, with the events that are kept. */
export function serviceState(
  service: SdkService = {},
  isKept: (event: ServiceEvent) => boolean = () => true,
): ServiceState {
  const { events, ...described } = service;
  return {
    arn: service.serviceArn ?? "",
    name: service.serviceName ?? "",
    status: service.status ?? "",
    schedulingStrategy: service.schedulingStrategy ?? "REPLICA",
    taskDefinitionArn: service.taskDefinition ?? "",
    desiredCount: service.desiredCount ?? 0,
    runningCount: service.runningCount ?? 0,
    pendingCount: service.pendingCount ?? 0,
    placementConstraints: (service.placementConstraints ?? []).map(({ type, expression }) => ({
      type: type ?? "",
      ...(expression === undefined ? {} : { expression }),
    })),
    deployments: (service.deployments ?? []).map(({ id, status, rolloutState }) => ({
      id: id ?? "",
      status: status ?? "",
      ...(rolloutState === undefined ? {} : { rolloutState }),
    })),
    events: (events ?? [])
      .map(({ createdAt, message }) => ({ createdAt: createdAt?.getTime() ?? 0, message: message ?? "" }))
      .filter(isKept),
    described: plain(described),
  };
}

/** A task in the words of the port; why it stopped includes what its containers say. */
export function taskState(task: SdkTask): TaskState {
  // A daemon's container that ends well has ended all the same.
  const endedByItself = task.stopCode === "EssentialContainerExited";
  const exits = (task.containers ?? [])
    .filter((it) => it.exitCode !== undefined && (it.exitCode !== 0 || endedByItself))
    .map((it) => `container ${it.name ?? "?"} exited with ${it.exitCode}`);
  const reasons = [task.stoppedReason, ...(task.containers ?? []).map((it) => it.reason), ...exits];
  const told = [...new Set(reasons.filter((it) => it !== undefined && it !== ""))];
  return {
    arn: task.taskArn ?? "",
    instanceId: task.containerInstanceArn === undefined ? undefined : lastPart(task.containerInstanceArn),
    taskDefinitionArn: task.taskDefinitionArn ?? "",
    group: task.group,
    lastStatus: task.lastStatus ?? "",
    desiredStatus: task.desiredStatus ?? "",
    // Docker quotes the command that does not start, and the address that it cannot pull from.
    stoppedReason: told.length === 0 ? undefined : withoutSecretParts(told.join("; ")),
    ...(task.stoppedAt === undefined ? {} : { stoppedAt: task.stoppedAt.getTime() }),
  };
}

/** Dates become ISO text, as the AWS CLI prints them; what is undefined is left out. */
export function plain(value: object): JsonObject {
  return plainValue(value) as JsonObject;
}

/** Milliseconds of a time: the AWS client makes dates of them, and texts print them. */
export function timeOf(value: unknown): number | undefined {
  const time = value instanceof Date ? value.getTime() : Date.parse(typeof value === "string" ? value : "");
  return Number.isNaN(time) ? undefined : time;
}

/**
 * What is plain already is answered as it is, and copied from the first value on that is not: a large cluster has a
 * million values, and hardly a date among them.
 */
function plainValue(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return plainList(value);
  if (value instanceof Date) return value.toISOString();
  return plainObject(value as Readonly<Record<string, unknown>>);
}

function plainList(list: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const it = plainValue(list[index]);
    if (copy === undefined && it !== list[index]) copy = list.slice(0, index);
    copy?.push(it);
  }
  return copy ?? list;
}

function plainObject(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let copy: Record<string, unknown> | undefined;
  const names = Object.keys(value);
  for (const [index, name] of names.entries()) {
    const given = value[name];
    const isLeftOut = given === undefined || name === "__proto__";
    const it = isLeftOut ? undefined : plainValue(given);
    if (copy === undefined && (isLeftOut || it !== given))
      copy = Object.fromEntries(names.slice(0, index).map((before) => [before, value[before]]));
    if (copy !== undefined && !isLeftOut) copy[name] = it;
  }
  return copy ?? value;
}

/** The id at the end of an ARN, or the name itself. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
