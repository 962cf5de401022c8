// What a deployment would do, found out by reading only, and whether it still would a moment later: a person agrees to
// what was shown, not to what the cluster has become since.

import { daemonServiceOf } from "../../core/scheduler/daemonServiceOf";
import type { DaemonService } from "../../core/scheduler/placement";
import { countText, instanceCount } from "../../core/text/counts";
import { digest } from "../digest";
import { type EcsPort, isCancellation, type JsonObject, type ServiceState } from "../port";
import { describeForAnyDoor } from "../remedy";
import type { PlanNotes, SeenState } from "../report";
import type { KnownPlan } from "./awsCliCommands";
import { type PlacementOutlook, placementDiff } from "./placementDiff";
import {
  type DeployRequest,
  findDefinition,
  planRegister,
  planService,
  type RegisterPlan,
  type ServicePlan,
  serviceNameOf,
} from "./stepPlans";

/** As much as carrying it out needs; `summarizePlan` words it for people. */
export interface DeployPlan extends KnownPlan {
  /** `undefined` where the deployment touches no service, or the cluster cannot be read. */
  readonly placement: PlacementOutlook | undefined;
  /** Why the placement is not known. */
  readonly placementProblem?: string;
  readonly seen: SeenState;
  readonly notes?: PlanNotes | undefined;
}

/**
 * Looks ahead. Rejects with an EcsError where the deployment cannot succeed (a service that is being deleted, or of
 * another strategy); a cluster that cannot be read only leaves the placement open.
 */
export async function planDeployment(
  request: DeployRequest,
  ecs: EcsPort,
  signal?: AbortSignal,
): Promise<DeployPlan> {
  const { taskDefinition } = request;
  const register =
    taskDefinition === undefined || !request.steps.includes("register")
      ? undefined
      : await planRegister(ecs, taskDefinition, signal);
  if (!request.steps.includes("createService"))
    return {
      register,
      placement: undefined,
      seen: seenOf(request, register, undefined, undefined),
      notes: request.notes,
    };
  const definition = await definitionOf(request, register, ecs, signal);
  const service = await planService(ecs, request, definition.reference, signal);
  const outlook = await outlookOf({ request, service, definition: definition.value }, ecs, signal);
  return {
    register,
    service,
    ...outlook,
    seen: seenOf(request, register, currentOf(service), outlook.placement),
    notes: request.notes,
  };
}

/** What differs between two looks, in sentences; empty where the plan still holds. */
export function changesSince(agreed: SeenState, now: SeenState): readonly string[] {
  const changes: string[] = [];
  if (agreed.inputs !== now.inputs) changes.push("The files changed.");
  if (agreed.taskDefinition !== now.taskDefinition)
    changes.push(
      `The latest revision of the task definition was ${lastPart(agreed.taskDefinition)} and is ${lastPart(now.taskDefinition)} now.`,
    );
  if (agreed.service !== now.service) changes.push(serviceChange(agreed.service, now.service));
  if (agreed.matching !== now.matching)
    changes.push(
      agreed.matchingCount === now.matchingCount
        ? "Other container instances match now."
        : `${instanceCount(agreed.matchingCount)} matched before, and now ${countText(now.matchingCount)}.`,
    );
  return changes;
}

/** Of a service as `SeenState.service` has it. */
export function seenService(service: ServiceState | undefined): string {
  if (service === undefined || service.status === "INACTIVE") return "none";
  const { described = {}, deployments, ...rest } = service;
  const lasting = Object.entries(described).filter(([name]) => !changesByItself.has(name));
  const primary = deployments.find((it) => it.status === "PRIMARY")?.id;
  const { arn, status, taskDefinitionArn, placementConstraints } = rest;
  return digest([arn, status, taskDefinitionArn, placementConstraints, primary, lasting.sort(byName)]);
}

const changesByItself = new Set([
  "deployments",
  "desiredCount",
  "events",
  "pendingCount",
  "runningCount",
  "currentServiceDeployment",
  "currentServiceRevisions",
]);

function serviceChange(agreed: string, now: string): string {
  if (agreed === "none") return "The service exists now: another user created it.";
  return now === "none" ? "The service is gone." : "The service was changed by another user.";
}

/** What the service will run, and how the plan refers to it: a revision that is not there yet has no ARN. */
async function definitionOf(
  request: DeployRequest,
  register: RegisterPlan | undefined,
  ecs: EcsPort,
  signal?: AbortSignal,
): Promise<{ readonly reference: string; readonly value: JsonObject }> {
  if (register?.kind === "register") return { reference: "a new revision", value: register.input };
  const found = register?.current ?? (await findDefinition(ecs, request, signal));
  return { reference: found.arn, value: found.definition };
}

interface Planned {
  readonly request: DeployRequest;
  readonly service: ServicePlan;
  readonly definition: JsonObject;
}

async function outlookOf(
  planned: Planned,
  ecs: EcsPort,
  signal?: AbortSignal,
): Promise<Pick<DeployPlan, "placement" | "placementProblem">> {
  try {
    const cluster = await ecs.readCluster(planned.request.cluster, signal);
    const daemon = daemonAfter(planned);
    return { placement: placementDiff(daemon.name, daemon, cluster) };
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { placement: undefined, placementProblem: describeForAnyDoor(error) };
  }
}

/** The daemon service as it will be; constraints that an update does not mention stay. */
function daemonAfter({ request, service, definition }: Planned): DaemonService {
  const current = currentOf(service);
  const input = service.kind === "unchanged" ? undefined : service.input;
  return daemonServiceOf(definition, {
    serviceName: serviceNameOf(request),
    placementConstraints: input?.placementConstraints ?? current?.placementConstraints ?? [],
    launchType: current === undefined ? input?.launchType : current.described?.launchType,
    networkConfiguration: input?.networkConfiguration ?? current?.described?.networkConfiguration,
  });
}

function currentOf(service: ServicePlan): ServiceState | undefined {
  return service.kind === "create" ? undefined : service.current;
}

function seenOf(
  { taskDefinition, service: file }: DeployRequest,
  register: RegisterPlan | undefined,
  service: ServiceState | undefined,
  placement: PlacementOutlook | undefined,
): SeenState {
  const latest = register?.kind === "unchanged" ? register.current : register?.latest;
  return {
    inputs: digest([taskDefinition ?? null, file ?? null]),
    taskDefinition: latest?.arn ?? "none",
    service: seenService(service),
    matching: placement === undefined ? "unknown" : digest(placement.wanted),
    matchingCount: placement?.wanted.length ?? 0,
  };
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
