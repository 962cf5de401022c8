// Answers of ECS as the facts of a coverage look: services, their tasks, container instances with the tasks on them.

import type { Cluster } from "../../core/cluster/containerInstance";
import { snapshotFromValue } from "../../core/cluster/snapshot";
import type { DaemonFacts, DaemonTask, Rollout } from "../../core/coverage/daemonFacts";
import { requirementsOf } from "../../core/requirements/requirementsOf";
import { constraintsOf } from "../../core/scheduler/constraintsOf";
import { serviceLaunchType } from "../../core/scheduler/launchTypes";
import type { DaemonService } from "../../core/scheduler/placement";
import { serviceSubnets } from "../../core/scheduler/serviceSubnets";
import { withoutSecretParts } from "../../core/secrets/secretText";
import { asNumber, asObject, asText, member, objectsOf } from "../../core/text/plainValue";
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

/** What of a constraint the service alone says: where its definition has more, fewer instances match. */
export function serviceConstraints(service: ServiceState): DaemonService["constraints"] {
  return constraintsOf(undefined, { placementConstraints: service.placementConstraints });
}

/** A task as DescribeTasks returns it; `undefined` where it is of no service or on no container instance. */
export function daemonTask(task: JsonObject): DaemonTask | undefined {
  const group = asText(task.group);
  const instance = asText(task.containerInstanceArn);
  if (group === undefined || instance === undefined || !group.startsWith("service:")) return undefined;
  const stoppedAt = Date.parse(asText(task.stoppedAt) ?? "");
  return {
    service: group.slice("service:".length),
    instance: lastPart(instance),
    definitionArn: asText(task.taskDefinitionArn) ?? "",
    lastStatus: asText(task.lastStatus) ?? "UNKNOWN",
    desiredStatus: asText(task.desiredStatus) ?? "RUNNING",
    healthStatus: asText(task.healthStatus),
    stoppedAt: Number.isNaN(stoppedAt) ? undefined : stoppedAt,
    stopCode: asText(task.stopCode),
    stoppedReason: reasonOf(task),
  };
}

function reasonOf(task: JsonObject): string | undefined {
  const containers = objectsOf(task.containers);
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
