// Daemon services: one task on every container instance that the service wants to be on. The decisions are the
// scheduler's (core/scheduler), shared with the preview; here they are carried out.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import type { KnownSubnets } from "../../core/cluster/knownSubnets";
import {
  type DaemonAction,
  type DaemonTask,
  reconcileDaemon,
} from "../../core/scheduler/daemonReconciliation";
import type { FilterName } from "../../core/scheduler/placement";
import { type PreparedDaemon, prepareDaemon, wantsInstance } from "../../core/scheduler/preparedDaemon";
import type { DeploymentRecord, ServiceRecord, TaskDefinitionRecord, TaskRecord } from "../state/records";
import { keyOfService, rowsOf, tasksOn, type World } from "../state/world";
import { isBackingOff, recordUnwantedTask } from "./placementBackoff";
import { closest, daemonServiceOf, subnetsOfCluster, unfit } from "./placementNeed";
import { addDeploymentConfigurationEvent, addPlacementEvent } from "./serviceEvents";
import type { Changes } from "./serviceTasks";
import { startServiceTask, stopServiceTask } from "./serviceTasks";

/** Brings the service's tasks on these instances up to date; during an update all instances are looked at. */
export function reconcileDaemonService(
  world: World,
  service: ServiceRecord,
  candidates: ReadonlySet<string>,
  changes: Changes,
): void {
  const [primary] = service.deployments;
  const definition = primary === undefined ? undefined : world.taskDefinitions.get(primary.taskDefinition);
  if (primary === undefined || definition === undefined) return;
  const key = keyOfService(service);
  const updating = service.deployments.length > 1;
  const daemon = daemonServiceOf(service, definition);
  // An instance that joins or leaves changes what is known of the subnets, and so what the others may take.
  const isWhole = updating || daemon.subnets !== undefined;
  const ids = isWhole ? world.instancesOfCluster.members(service.cluster) : candidates;
  const instances = [...ids].map((id) => world.view(id)).filter((it) => it !== undefined);
  const prepared = prepareDaemon(daemon);
  noteWanted(world, service, prepared, instances, ids);
  const tasks = serviceTasksOn(world, service, ids);
  const known = subnetsOfCluster(world, service.cluster, daemon.subnets);
  const actions = reconcileDaemon({
    daemon,
    subnets: { known, placesUnknown: true },
    instances,
    tasks: tasks.map(daemonTask),
    currentTaskDefinitionArn: primary.taskDefinition,
    deploymentId: primary.id,
    minimumHealthyPercent: minimumHealthyPercent(service),
    daemonGroups: daemonGroups(world, service.cluster),
  });
  const applied = actions.filter((it) => mayDo(world, key, primary, it));
  const active = { service, deployment: primary, definition };
  for (const action of applied) applyAction(world, active, action, changes);
  if (updating && applied.length === 0) recordStuckUpdate(world, service, primary);
  noteBlocked(world, key, { daemon: prepared, known }, instances, ids);
  recordPlacementEvent(world, active);
}

function minimumHealthyPercent(service: ServiceRecord): number {
  const percent = service.deploymentConfiguration.minimumHealthyPercent;
  return typeof percent === "number" ? percent : 0;
}

/** Their tasks do not hold back a draining instance. */
function daemonGroups(world: World, cluster: string): ReadonlySet<string> {
  return new Set(
    rowsOf(world.services, world.servicesOfCluster.members(cluster))
      .filter((it) => it.schedulingStrategy === "DAEMON")
      .map((it) => `service:${it.name}`),
  );
}

function noteWanted(
  world: World,
  service: ServiceRecord,
  daemon: PreparedDaemon,
  instances: readonly ContainerInstance[],
  looked: Iterable<string>,
): void {
  const key = keyOfService(service);
  const wanted = world.wanted.get(key) ?? new Set();
  world.wanted.set(key, wanted);
  const before = wanted.size;
  const present = new Set(instances.map((it) => it.id));
  for (const id of looked) if (!present.has(id)) wanted.delete(id);
  for (const it of instances) {
    if (wantsInstance(daemon, it) === true) wanted.add(it.id);
    else wanted.delete(it.id);
  }
  if (wanted.size !== before) world.dirty.progress.add(key);
}

function serviceTasksOn(
  world: World,
  service: ServiceRecord,
  instances: ReadonlySet<string>,
): readonly TaskRecord[] {
  const key = keyOfService(service);
  return [...instances].flatMap((id) =>
    tasksOn(world, id).filter((it) => it.service === key && it.lastStatus !== "STOPPED"),
  );
}

function daemonTask(task: TaskRecord): DaemonTask {
  return {
    arn: task.id,
    instanceId: task.instance,
    taskDefinitionArn: task.taskDefinition,
    deploymentId: task.startedBy,
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
  };
}

/** A failed deployment starts nothing and updates nothing more, and a failing one waits for its next attempt. */
function mayDo(world: World, service: string, primary: DeploymentRecord, action: DaemonAction): boolean {
  if (action.kind === "stop") return action.reason !== "update" || primary.rolloutState !== "FAILED";
  if (primary.rolloutState === "FAILED" || (primary.retryAt ?? 0) > world.now()) return false;
  return !isBackingOff(world, service, primary.id, action.instanceId);
}

interface Active {
  readonly service: ServiceRecord;
  readonly deployment: DeploymentRecord;
  readonly definition: TaskDefinitionRecord;
}

function applyAction(world: World, active: Active, action: DaemonAction, changes: Changes): void {
  if (action.kind === "start") {
    startServiceTask(world, { ...active, instance: action.instanceId }, changes);
    return;
  }
  const task = world.tasks.get(action.taskArn);
  if (task === undefined) return;
  stopServiceTask(world, active.service, task, changes);
  if (action.reason === "constraint") recordUnwantedTask(world, task);
}

/** Nothing can be stopped and nothing is on its way: minimumHealthyPercent leaves the update no room. */
function recordStuckUpdate(world: World, service: ServiceRecord, primary: DeploymentRecord): void {
  const live = rowsOf(world.tasks, world.tasksOfService.members(keyOfService(service))).filter(
    (it) => it.lastStatus !== "STOPPED",
  );
  const moving = live.some((it) => it.lastStatus === "PENDING" || it.desiredStatus === "STOPPED");
  const outdated = live.some(
    (it) => it.startedBy !== primary.id && world.instances.get(it.instance)?.agentConnected === true,
  );
  if (outdated && !moving && primary.rolloutState === "IN_PROGRESS")
    addDeploymentConfigurationEvent(world, service);
}

/** As `noteWanted`: what one look finds must not depend on which instances the looks before it had a reason to see. */
function noteBlocked(
  world: World,
  key: string,
  { daemon, known }: { readonly daemon: PreparedDaemon; readonly known: KnownSubnets },
  instances: readonly ContainerInstance[],
  looked: Iterable<string>,
): void {
  const blocked = world.blocked.get(key) ?? new Map<string, FilterName>();
  world.blocked.set(key, blocked);
  const wanted = world.wanted.get(key);
  for (const id of looked) blocked.delete(id);
  for (const it of instances) {
    if (wanted?.has(it.id) !== true) continue;
    if (tasksOn(world, it.id).some((task) => task.service === key && task.lastStatus !== "STOPPED")) continue;
    const filter = unfit(daemon, it, known);
    if (filter !== undefined) blocked.set(it.id, filter);
  }
}

/** Says which instance came nearest, of those that are wanted and cannot take a task. */
function recordPlacementEvent(world: World, { service, deployment }: Active): void {
  if (deployment.rolloutState === "FAILED" || (deployment.retryAt ?? 0) > world.now()) return;
  const key = keyOfService(service);
  const nearest = closest(world.blocked.get(key) ?? []);
  const current = world.services.get(key);
  if (nearest !== undefined && current !== undefined) addPlacementEvent(world, current, nearest);
}
