// Answers of ECS as the facts of a coverage look: services, their tasks, container instances with the tasks on them.

import type { Cluster } from "../../core/cluster/containerInstance";
import { placedTaskReader, sharedStrings } from "../../core/cluster/instanceContext";
import type { PlacedTask } from "../../core/cluster/placedTask";
import { snapshotFromValue } from "../../core/cluster/snapshot";
import type { DaemonFacts, DaemonTask, Rollout } from "../../core/coverage/daemonFacts";
import { requirementsOf } from "../../core/requirements/requirementsOf";
import { constraintsOf } from "../../core/scheduler/constraintsOf";
import { serviceLaunchType } from "../../core/scheduler/launchTypes";
import type { DaemonService } from "../../core/scheduler/placement";
import { serviceSubnets } from "../../core/scheduler/serviceSubnets";
import { withoutSecretParts } from "../../core/secrets/secretText";
import { largestOf } from "../../core/text/lists";
import { asNumber, asObject, asText, member, objectsOf } from "../../core/text/plainValue";
import { timeOf } from "../calls/awsShapes";
import type { JsonObject, ServiceState } from "../port";

const known = new WeakMap<ServiceState, DaemonFacts>();

/** The service as far as it says so itself; its daemon is added once its task definition is described. */
export function factsOf(service: ServiceState): DaemonFacts {
  const facts = known.get(service) ?? readFacts(service);
  known.set(service, facts);
  return facts;
}

function readFacts(service: ServiceState): DaemonFacts {
  return {
    service: service.name,
    status: service.status,
    definitionArn: service.taskDefinitionArn,
    launchType: serviceLaunchType(service.described),
    desired: service.desiredCount,
    running: service.runningCount,
    pending: service.pendingCount,
    rollout: rolloutOf(service),
    events: service.events,
    daemon: undefined,
  };
}

function rolloutOf({ described }: ServiceState): Rollout {
  const deployments = objectsOf(member(asObject(described), "deployments"));
  const primary = deployments.find((it) => member(it, "status") === "PRIMARY") ?? deployments[0];
  const state = asText(member(primary, "rolloutState"));
  const older = deployments.filter((it) => it !== primary);
  const revision = member(primary, "taskDefinition");
  const otherRevisions = older.filter((it) => member(it, "taskDefinition") !== revision);
  const reason = asText(member(primary, "rolloutStateReason")) ?? "ECS gives no reason";
  return {
    isInProgress: state === "IN_PROGRESS" || older.length > 0,
    failure: state === "FAILED" ? withoutSecretParts(reason) : undefined,
    olderRunning: otherRevisions.reduce((sum, it) => sum + (asNumber(member(it, "runningCount")) ?? 0), 0),
    failedTasks: asNumber(member(primary, "failedTasks")) ?? 0,
  };
}

/** The placement of the service with a description of its task definition. */
export function daemonOf(service: ServiceState, definition: JsonObject): DaemonService {
  return {
    name: service.name,
    requirements: requirementsOnce(definition),
    constraints: constraintsOf(definition, { placementConstraints: service.placementConstraints }),
    launchType: serviceLaunchType(service.described),
    subnets: serviceSubnets(service.described),
  };
}

const requirements = new WeakMap<JsonObject, DaemonService["requirements"]>();

/** A definition is described once, and its daemon may be in a hundred clusters. */
function requirementsOnce(definition: JsonObject): DaemonService["requirements"] {
  const found = requirements.get(definition) ?? requirementsOf(definition);
  requirements.set(definition, found);
  return found;
}

/**
 * Seconds that tasks of the definition may take to stop. `undefined` where a container leaves that to the agent, or where one
 * is stopped after the other.
 */
export function stopTimeoutOf(definition: JsonObject | undefined): number | undefined {
  const containers = objectsOf(definition?.containerDefinitions);
  const timeouts = containers.map((it) => asNumber(member(it, "stopTimeout")));
  const known = timeouts.filter((it) => it !== undefined);
  const isOrdered = containers.some((it) => objectsOf(member(it, "dependsOn")).length > 0);
  return known.length === 0 || known.length < timeouts.length || isOrdered ? undefined : largestOf(known);
}

/** What of a constraint the service alone says: where its definition has more, fewer instances match. */
export function serviceConstraints(service: ServiceState): DaemonService["constraints"] {
  return constraintsOf(undefined, { placementConstraints: service.placementConstraints });
}

/** What a look keeps of a task on a container instance. */
export interface SeenTask extends PlacedTask {
  /** `undefined` where it is of no service. */
  readonly daemonTask: DaemonTask | undefined;
}

/** Takes over tasks as DescribeTasks returns them; `undefined` for one that is on no container instance. */
export function taskReader(): (described: JsonObject) => SeenTask | undefined {
  const read = placedTaskReader();
  const shared = sharedStrings();
  return (described) => {
    const placed = read(described);
    if (placed === undefined) return undefined;
    const { task, instanceId, isGroupUnknown } = placed;
    return { task, instanceId, isGroupUnknown, daemonTask: daemonTaskOf(placed, described, shared) };
  };
}

/** `undefined` for a task of no service. */
function daemonTaskOf(
  { task, instanceId }: PlacedTask,
  described: JsonObject,
  shared: (text: string) => string,
): DaemonTask | undefined {
  const { group } = task;
  if (group === undefined || !group.startsWith("service:")) return undefined;
  return {
    service: shared(group.slice("service:".length)),
    instance: instanceId,
    definitionArn: task.taskDefinitionArn ?? "",
    lastStatus: asText(described.lastStatus) ?? "UNKNOWN",
    desiredStatus: task.desiredStatus,
    healthStatus: asText(described.healthStatus),
    stoppingAt: timeOf(described.stoppingAt),
    stoppedAt: timeOf(described.stoppedAt),
    stopCode: asText(described.stopCode),
    stoppedReason: reasonOf(described),
  };
}

function reasonOf(task: JsonObject): string | undefined {
  const containers = objectsOf(task.containers);
  const isSilent = containers.every((it) => it.reason === undefined && it.exitCode === undefined);
  if (isSilent && task.stoppedReason === undefined) return undefined;
  const exits = containers
    .filter((it) => asNumber(member(it, "exitCode")) !== undefined)
    .map(
      (it) =>
        `container ${asText(member(it, "name")) ?? "?"} exited with ${asNumber(member(it, "exitCode"))}`,
    );
  const texts = [
    asText(task.stoppedReason),
    ...containers.map((it) => asText(member(it, "reason"))),
    ...exits,
  ];
  const told = [...new Set(texts.filter((it) => it !== undefined && it !== ""))];
  return told.length === 0 ? undefined : withoutSecretParts(told.join("; "));
}

/** Described container instances as the scheduler sees them, with the tasks on them where those were read. */
export function clusterOf(
  name: string,
  containerInstances: readonly JsonObject[],
  tasks: readonly JsonObject[] | undefined,
): Cluster {
  const live = tasks?.filter((it) => it.lastStatus !== "STOPPED");
  const found = live === undefined ? { containerInstances } : { containerInstances, tasks: live };
  return snapshotFromValue(found, name).cluster;
}

export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
