// Reads a daemon service: which container instances should run its task, and which do.

import type { Cluster, ContainerInstance, InstanceTask } from "../core/cluster/containerInstance";
import { leavesOf } from "../core/query/cases/instanceCases";
import type { Comparison } from "../core/query/syntax";
import { requirementsOf } from "../core/requirements/requirementsOf";
import { constraintsOf } from "../core/scheduler/constraintsOf";
import { serviceLaunchType } from "../core/scheduler/launchTypes";
import { isWanted, placeDaemon } from "../core/scheduler/placeDaemon";
import type { DaemonService, InstanceVerdict } from "../core/scheduler/placement";
import { serviceSubnets } from "../core/scheduler/serviceSubnets";
import { counted } from "../core/text/counts";
import { EcsError, type EcsPort, type ServiceState } from "./port";
import type { InstanceReason } from "./report";

export interface ServiceName {
  readonly cluster: string;
  readonly service: string;
}

/** A daemon service as it was when its cluster was read. */
export interface DaemonServiceReading {
  readonly service: ServiceState;
  readonly cluster: Cluster;
  readonly wanted: readonly InstanceVerdict[];
  readonly running: readonly string[];
  /** Wanted ones without a running task of the current task definition. */
  readonly missing: readonly InstanceVerdict[];
  readonly unexpected: readonly InstanceReason[];
  /** How many tasks ECS desires beyond the instances that it lists: the list is not whole. */
  readonly unlisted: number;
  /** The reasons of what is missing depend on tasks of others that were not read. */
  readonly needsNeighbors: boolean;
}

/**
 * Reads the service, its task definition and the cluster, and compares. Rejects with an EcsError where there is no such
 * daemon service. Of the tasks it reads those of the service; all others only where a constraint reads their groups, or
 * `withNeighbors` asks for them.
 */
export async function readDaemonService(
  ecs: EcsPort,
  request: ServiceName,
  signal?: AbortSignal,
  withNeighbors = false,
): Promise<DaemonServiceReading> {
  const service = await activeDaemon(ecs, request, signal);
  const definition = await ecs.describeTaskDefinition(service.taskDefinitionArn, signal);
  // Without it nobody knows where the tasks belong: an empty one would fit everywhere.
  if (definition === undefined)
    throw new EcsError(
      "TaskDefinitionNotDescribed",
      `ECS does not describe the task definition ${lastPart(service.taskDefinitionArn)} of the service "${service.name}", so nothing can be verified.`,
    );
  const daemon = daemonOf(service, definition.definition);
  const isWhole = withNeighbors || readsTaskGroups(daemon);
  const cluster = isWhole
    ? await ecs.readCluster(request.cluster, signal)
    : await ecs.readServiceCluster(request.cluster, service.name, signal);
  const wanted = placeDaemon(daemon, cluster).instances.filter(isWanted);
  const ids = new Set(wanted.map((it) => it.id));
  const running = new Set(
    cluster.instances.filter((it) => ids.has(it.id) && runsCurrent(it, service)).map((it) => it.id),
  );
  const missing = wanted.filter((it) => !running.has(it.id));
  const missingIds = missing.map((it) => it.id);
  const reading: DaemonServiceReading = {
    service,
    cluster,
    wanted,
    running: [...running],
    missing,
    needsNeighbors: !isWhole && reasonsReadNeighbors(daemon, service, missingIds, cluster),
    unexpected: cluster.instances.flatMap((it) => unexpectedOn(it, service, ids.has(it.id))),
    unlisted: unlistedOf(service, ids, cluster),
  };
  // A task that is being stopped is on no list of running ones. It is looked for only where all else is as wanted.
  if (!isAsWanted(reading)) return reading;
  return { ...reading, unexpected: await stillStopping(ecs, request, reading, signal) };
}

/** Whether a verification would succeed. */
export function isAsWanted({ wanted, missing, unexpected, unlisted }: DaemonServiceReading): boolean {
  return wanted.length > 0 && missing.length === 0 && unexpected.length === 0 && unlisted === 0;
}

/** Where tasks may linger, ECS may count them as desired. */
function unlistedOf(service: ServiceState, wanted: ReadonlySet<string>, { instances }: Cluster): number {
  const others = instances.filter((it) => !wanted.has(it.id) && (it.status !== "ACTIVE" || mayLinger(it)));
  return Math.max(0, service.desiredCount - wanted.size - others.length);
}

async function stillStopping(
  ecs: EcsPort,
  { cluster, service }: ServiceName,
  reading: DaemonServiceReading,
  signal?: AbortSignal,
): Promise<readonly InstanceReason[]> {
  const tasks = await ecs.listServiceTasks(cluster, service, "STOPPED", signal);
  const places = new Set(tasks.filter((it) => it.lastStatus !== "STOPPED").map((it) => it.instanceId));
  const wanted = new Set(reading.wanted.map((it) => it.id));
  return reading.cluster.instances
    .filter((it) => places.has(it.id) && !wanted.has(it.id) && !mayLinger(it))
    .map((it) => ({
      id: it.id,
      reason: `A task of the service is still stopping there: ${whyUnwanted(it)}.`,
    }));
}

async function activeDaemon(
  ecs: EcsPort,
  { cluster, service }: ServiceName,
  signal?: AbortSignal,
): Promise<ServiceState> {
  const state = await ecs.describeService(cluster, service, signal);
  if (state === undefined)
    throw new EcsError(
      "ServiceNotFoundException",
      `There is no service "${service}" in the cluster "${cluster}".`,
    );
  if (state.status !== "ACTIVE")
    throw new EcsError(
      "ServiceNotActiveException",
      `The service "${service}" is ${state.status}: it is deleted or being deleted.`,
    );
  if (state.schedulingStrategy !== "DAEMON")
    throw new EcsError(
      "NotADaemonService",
      `The service "${service}" has the scheduling strategy ${state.schedulingStrategy}; only a DAEMON service runs one task on every matching container instance.`,
    );
  return state;
}

function daemonOf(service: ServiceState, definition: unknown): DaemonService {
  return {
    name: service.name,
    requirements: requirementsOf(definition),
    constraints: constraintsOf(definition, { placementConstraints: service.placementConstraints }),
    launchType: serviceLaunchType(service.described),
    subnets: serviceSubnets(service.described),
  };
}

/** Whether a constraint reads the groups of other tasks. An incomplete expression is unknown with or without tasks. */
function readsTaskGroups({ constraints }: DaemonService): boolean {
  const isRead = ({ subject }: Comparison) => subject.kind === "field" && subject.name === "task:group";
  return constraints.some(({ query }) =>
    query === undefined ? false : leavesOf(query.tree).some((it) => it.kind === "comparison" && isRead(it)),
  );
}

/**
 * Whether the tasks of others decide why an instance lacks its task: the network interfaces they hold, and the host ports
 * where a task of the service that has none yet is there too. What they take of CPU, memory and other ports, the
 * instance's own description says.
 */
function reasonsReadNeighbors(
  { requirements: { enis, ports, unknown } }: DaemonService,
  service: ServiceState,
  missing: readonly string[],
  cluster: Cluster,
): boolean {
  if (missing.length === 0) return false;
  if (enis > 0 || unknown?.networkMode !== undefined) return true;
  const ids = new Set(missing);
  return (
    ports.length > 0 && cluster.instances.some((it) => ids.has(it.id) && tasksOf(it, service).length > 0)
  );
}

/** The service's tasks there that hold the instance; those that are gone do not count. */
export function tasksOf(instance: ContainerInstance, service: ServiceState): readonly InstanceTask[] {
  const group = `service:${service.name}`;
  return (instance.tasks ?? []).filter((it) => it.group === group && it.lastStatus !== "STOPPED");
}

function runsCurrent(instance: ContainerInstance, service: ServiceState): boolean {
  return tasksOf(instance, service).some(
    (it) =>
      it.lastStatus === "RUNNING" &&
      it.desiredStatus === "RUNNING" &&
      it.taskDefinitionArn === service.taskDefinitionArn,
  );
}

function unexpectedOn(
  instance: ContainerInstance,
  service: ServiceState,
  wanted: boolean,
): readonly InstanceReason[] {
  const tasks = tasksOf(instance, service);
  if (tasks.length === 0) return [];
  if (wanted) {
    return tasks.length === 1
      ? []
      : [
          {
            id: instance.id,
            reason: `${counted(tasks.length, "task")} of the service run there; a daemon service has one.`,
          },
        ];
  }
  if (mayLinger(instance)) return [];
  return [{ id: instance.id, reason: `A task of the service is there, though ${whyUnwanted(instance)}.` }];
}

/** On a draining or disconnected instance a task may stay for a while: ECS stops it last, or cannot reach it. */
function mayLinger({ status, agentConnected }: ContainerInstance): boolean {
  return status === "DRAINING" || !agentConnected;
}

function whyUnwanted({ status }: ContainerInstance): string {
  return status === "ACTIVE"
    ? "the instance does not satisfy the placement constraints"
    : `the instance is ${status}`;
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
