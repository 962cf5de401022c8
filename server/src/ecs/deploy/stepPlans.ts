// What a deployment would change, found out by reading only. Deploying carries the plan out; a dry run prints it.

import { randomUUID } from "node:crypto";
import {
  EcsError,
  type EcsPort,
  type JsonObject,
  type RegisteredTaskDefinition,
  type ServiceState,
} from "../port";
import type { DeployStepName, FailureAction, PlanNotes, SeenState } from "../report";
import { refuseUnknownProperties } from "../unknownProperties";
import { isWithin, sameDefinition } from "./sameDefinition";

export interface DeployRequest {
  readonly cluster: string;
  /** RegisterTaskDefinition input. Without one the service file has to name a registered task definition. */
  readonly taskDefinition?: JsonObject | undefined;
  /** CreateService or UpdateService input. Without one: named like the family, DAEMON, on EC2. */
  readonly service?: JsonObject | undefined;
  /** For a verification of a service by name alone. */
  readonly serviceName?: string | undefined;
  readonly steps: readonly DeployStepName[];
  /** How long the verification waits; 60 without it. */
  readonly timeoutSeconds?: number | undefined;
  readonly pollMilliseconds?: number | undefined;
  /** `seen` of the plan that somebody agreed to: the deployment stops where it no longer holds. */
  readonly agreed?: SeenState | undefined;
  /** After a verification that failed; `keep` without it. */
  readonly onFailure?: FailureAction | undefined;
  /** What the diagnostics of the files report without forbidding it, in lines for the plan. */
  readonly notes?: PlanNotes | undefined;
}

export type RegisterPlan =
  | { readonly kind: "unchanged"; readonly current: RegisteredTaskDefinition }
  | {
      readonly kind: "register";
      readonly input: JsonObject;
      readonly latest: RegisteredTaskDefinition | undefined;
    };

export type ServicePlan =
  | { readonly kind: "unchanged"; readonly current: ServiceState; readonly ignored?: readonly string[] }
  | { readonly kind: "create"; readonly input: JsonObject }
  | {
      readonly kind: "update";
      readonly input: JsonObject;
      readonly current: ServiceState;
      /** Members that get another value. */
      readonly changes: readonly string[];
      /** Properties of the file that only a new service takes, and that the service does not have so. */
      readonly ignored?: readonly string[];
    };

/** The service's name: what is asked for, what the service file says, else the family. */
export function serviceNameOf(request: DeployRequest): string {
  const { serviceName, service, taskDefinition } = request;
  const name =
    serviceName ?? textOf(service?.serviceName) ?? textOf(service?.service) ?? textOf(taskDefinition?.family);
  if (name !== undefined) return lastPart(name);
  throw new EcsError(
    "NoServiceName",
    "Nothing names the service.",
    `Give the service file a "serviceName", or the task definition a "family".`,
  );
}

/**
 * Rejects what cannot be meant, before anything is sent: a property that ECS would never see, a service file of another
 * task definition, or of a service that is no daemon.
 */
export function checkRequest({ taskDefinition, service, steps }: DeployRequest): void {
  const registers = steps.includes("register");
  const createsService = steps.includes("createService");
  if (registers && taskDefinition !== undefined)
    refuseUnknownProperties("RegisterTaskDefinition", taskDefinition);
  if (createsService && service !== undefined) refuseUnknownProperties("service", service);
  const family = textOf(taskDefinition?.family);
  if (taskDefinition !== undefined && family === undefined)
    throw new EcsError(
      "NoFamily",
      `The task definition has no "family".`,
      "Give it one: ECS keeps its revisions under that name.",
    );
  const strategy = service?.schedulingStrategy;
  if (strategy !== undefined && strategy !== null && strategy !== "DAEMON")
    throw new EcsError(
      "NotADaemonService",
      `The service file has the scheduling strategy ${String(strategy)}; this deploys DAEMON services.`,
      `Write "schedulingStrategy": "DAEMON".`,
    );
  const referred = familyOf(textOf(service?.taskDefinition));
  if (family !== undefined && referred !== undefined && referred !== family)
    throw new EcsError(
      "OtherTaskDefinition",
      `The service file refers to the task definition "${referred}", but the one to deploy is "${family}".`,
      "Deploy the two files that belong together.",
    );
}

/** Whether a new revision has to be registered: not where the latest one says the same. */
export async function planRegister(
  ecs: EcsPort,
  input: JsonObject,
  signal?: AbortSignal,
): Promise<RegisterPlan> {
  const latest = await ecs.describeTaskDefinition(String(input.family), signal);
  const isCurrent = latest !== undefined && (latest.definition.status ?? "ACTIVE") === "ACTIVE";
  return isCurrent && sameDefinition(input, latest.definition)
    ? { kind: "unchanged", current: latest }
    : { kind: "register", input, latest };
}

/** The revision that the service gets where none has just been registered. */
export async function findDefinition(
  ecs: EcsPort,
  { taskDefinition, service }: DeployRequest,
  signal?: AbortSignal,
): Promise<RegisteredTaskDefinition> {
  const reference = textOf(taskDefinition?.family) ?? textOf(service?.taskDefinition);
  if (reference === undefined)
    throw new EcsError(
      "NoTaskDefinition",
      "Nothing names the task definition of the service.",
      `Give the service file a "taskDefinition".`,
    );
  const found = await ecs.describeTaskDefinition(reference, signal);
  if (found !== undefined) return found;
  throw new EcsError(
    "TaskDefinitionNotRegistered",
    `ECS has no task definition "${reference}".`,
    "Register it first.",
  );
}

/**
 * Whether the service is created, updated, or already as wanted. Rejects with an explanation where ECS would refuse:
 * a service that is being deleted, or one of another scheduling strategy.
 */
export async function planService(
  ecs: EcsPort,
  request: DeployRequest,
  taskDefinition: string,
  signal?: AbortSignal,
): Promise<ServicePlan> {
  const name = serviceNameOf(request);
  const current = await ecs.describeService(request.cluster, name, signal);
  if (current === undefined || current.status === "INACTIVE")
    return { kind: "create", input: createInput(request, name, taskDefinition) };
  if (current.status === "DRAINING")
    throw new EcsError(
      "ServiceDraining",
      `The service "${name}" is still being deleted: ${current.runningCount} of its tasks run.`,
      "Wait until they have stopped and deploy again, or choose another name.",
    );
  if (current.schedulingStrategy !== "DAEMON")
    throw new EcsError(
      "NotADaemonService",
      `The service "${name}" exists with the scheduling strategy ${current.schedulingStrategy}, which ECS cannot change.`,
      "Delete it first, or choose another name.",
    );
  const input = updateInput(request, name, taskDefinition, current);
  const changes = changesOf(input, current);
  const found = ignoredBy(request.service ?? {}, current);
  const ignored = found.length === 0 ? {} : { ignored: found };
  return changes.length === 0
    ? { kind: "unchanged", current, ...ignored }
    : { kind: "update", input, current, changes, ...ignored };
}

/** What an update leaves as it is although the file has another value; the tags of a service are not read. */
function ignoredBy(service: JsonObject, { described = {} }: ServiceState): readonly string[] {
  return ["launchType", "placementStrategy", "tags"].filter((name) => {
    const value = service[name] ?? undefined;
    return value !== undefined && !isWithin(value, described[name]);
  });
}

function createInput(
  { cluster, service = {} }: DeployRequest,
  name: string,
  taskDefinition: string,
): JsonObject {
  const { service: _name, forceNewDeployment: _force, ...rest } = service;
  return {
    // Without a launch type a default capacity provider strategy of the cluster would count, which DAEMON refuses.
    ...(rest.launchType === undefined && rest.capacityProviderStrategy === undefined
      ? { launchType: "EC2" }
      : {}),
    // An attempt that is repeated because its answer got lost creates no second service.
    clientToken: randomUUID(),
    ...rest,
    cluster,
    serviceName: name,
    taskDefinition,
    schedulingStrategy: "DAEMON",
  };
}

/**
 * What UpdateService does not take, and what a daemon service may not send: its count is computed, its placement has
 * no strategy.
 */
const notInUpdate = new Set([
  "clientToken",
  "desiredCount",
  "launchType",
  "placementStrategy",
  "role",
  "schedulingStrategy",
  "serviceName",
  "tags",
]);

function updateInput(
  { cluster, service = {} }: DeployRequest,
  name: string,
  taskDefinition: string,
  current: ServiceState,
): JsonObject {
  const kept = Object.entries(service).filter(([member]) => !notInUpdate.has(member));
  // A file of CreateService's shape is the whole service: constraints that it lacks are to go. UpdateService leaves
  // alone what is absent.
  const isWhole = service.serviceName !== undefined && service.placementConstraints === undefined;
  const dropped = isWhole && current.placementConstraints.length > 0 ? { placementConstraints: [] } : {};
  return { ...Object.fromEntries(kept), ...dropped, cluster, service: name, taskDefinition };
}

function changesOf(input: JsonObject, current: ServiceState): readonly string[] {
  const { cluster: _cluster, service: _service, taskDefinition, forceNewDeployment, ...rest } = input;
  const { described } = current;
  const changed = Object.entries(rest)
    .filter(([name, value]) => described === undefined || !isWithin(value, described[name]))
    .map(([name]) => name);
  if (taskDefinition !== current.taskDefinitionArn) changed.unshift("taskDefinition");
  return forceNewDeployment === true ? [...changed, "forceNewDeployment"] : changed;
}

/** `family`, `family:3` and an ARN name a family; a placeholder names none. */
function familyOf(reference: string | undefined): string | undefined {
  if (reference === undefined) return undefined;
  const name = reference.startsWith("arn:") ? lastPart(reference) : reference;
  return /^([A-Za-z0-9_-]+)(?::\d+)?$/.exec(name)?.[1];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
