// Everything the endpoint knows, in one place: the tables, what is derived from them, and what changed since the
// reconciler last looked.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import type { FilterName } from "../../core/scheduler/placement";
import { deletionDue } from "./deletionDue";
import { viewInstance } from "./instanceView";
import type { ClockRecord, FaultRecord, HomeRegionRecord } from "./localRecords";
import type {
  CapacityProviderRecord,
  DaemonDeploymentRecord,
  DaemonEventRecord,
  DaemonRecord,
  DaemonRevisionRecord,
  GroupProviderRecord,
} from "./managedRecords";
import { watchManaged } from "./managedWatch";
import type {
  ClusterRecord,
  DaemonDefinitionRecord,
  FamilyRecord,
  InstanceRecord,
  ServiceDeploymentRecord,
  ServiceEventRecord,
  ServiceRecord,
  ServiceRevisionRecord,
  SettingRecord,
  TaskDefinitionRecord,
  TaskRecord,
} from "./records";
import { createSchedule, type Schedule } from "./schedule";
import { type Counter, countBy, createTable, type Index, indexBy, type Table } from "./table";

export interface Tables {
  readonly clusters: Table<ClusterRecord>;
  readonly instances: Table<InstanceRecord>;
  readonly taskDefinitions: Table<TaskDefinitionRecord>;
  readonly daemonDefinitions: Table<DaemonDefinitionRecord>;
  readonly families: Table<FamilyRecord>;
  readonly services: Table<ServiceRecord>;
  readonly serviceEvents: Table<ServiceEventRecord>;
  readonly serviceRevisions: Table<ServiceRevisionRecord>;
  readonly serviceDeployments: Table<ServiceDeploymentRecord>;
  readonly tasks: Table<TaskRecord>;
  readonly settings: Table<SettingRecord>;
  readonly faults: Table<FaultRecord>;
  readonly clock: Table<ClockRecord>;
  readonly homeRegion: Table<HomeRegionRecord>;
  readonly capacityProviders: Table<CapacityProviderRecord>;
  readonly groupProviders: Table<GroupProviderRecord>;
  readonly daemons: Table<DaemonRecord>;
  readonly daemonRevisions: Table<DaemonRevisionRecord>;
  readonly daemonDeployments: Table<DaemonDeploymentRecord>;
  readonly daemonEvents: Table<DaemonEventRecord>;
}

/** What the reconciler has to look at. */
export interface Dirty {
  /** Container instances that changed: their own record, or a task on them ended. */
  readonly instances: Set<string>;
  /** Services whose wishes changed: every instance has to be looked at. */
  readonly services: Set<string>;
  /** Services whose tasks changed: whether they are steady, a rollout can go on. */
  readonly progress: Set<string>;
  /** Clusters in which managed daemons, Managed Instances or their tasks changed. */
  readonly managed: Set<string>;
}

export interface PlacementBackoff {
  /** Another deployment begins anew. */
  readonly deployment: string;
  readonly rounds: number;
  /** No task is started there before this time. */
  readonly until: number;
}

export interface World extends Tables {
  readonly instancesOfCluster: Index;
  readonly servicesOfCluster: Index;
  readonly tasksOfCluster: Index;
  readonly tasksOfInstance: Index;
  readonly tasksOfService: Index;
  /** By the client token of the call that started them. */
  readonly tasksOfToken: Index;
  readonly eventsOfService: Index;
  readonly deploymentsOfService: Index;
  readonly revisionsOfFamily: Index;
  /** Container instances of a Managed Instances capacity provider, by its name. */
  readonly instancesOfProvider: Index;
  /** Container instances of an Auto Scaling group, see `groupKey`. */
  readonly instancesOfGroup: Index;
  readonly daemonsOfCluster: Index;
  readonly tasksOfDaemon: Index;
  readonly deploymentsOfDaemon: Index;
  /** Task definitions that are being deleted, in the group `yes`. */
  readonly deletedDefinitions: Index;
  /** Tasks by `KIND key STATUS`, see `taskBucket`. */
  readonly taskCounts: Counter;
  /** Container instances that a daemon service wants to be on, by service. */
  readonly wanted: Map<string, Set<string>>;
  /** Those of them that have no task of the service and cannot take one, with the filter that refuses it. */
  readonly blocked: Map<string, Map<string, FilterName>>;
  /** Daemons whose tasks came and went in quick succession, by container instance and service. */
  readonly placementBackoff: Map<string, Map<string, PlacementBackoff>>;
  readonly dirty: Dirty;
  /** The container instance as the scheduler and the query language see it. */
  view(instance: string): ContainerInstance | undefined;
  /** Milliseconds since 1970-01-01 UTC, on the endpoint's clock. */
  now(): number;
  readonly delays: Delays;
  readonly schedule: Schedule;
}

/** Milliseconds that a task takes to start and to stop. */
export interface Delays {
  readonly start: number;
  readonly stop: number;
}

export type TaskBucketKind = "cluster" | "instance" | "service" | "deployment";
export const taskBucket = (kind: TaskBucketKind, key: string, status: string): string =>
  `${kind} ${key} ${status}`;

function taskBuckets(task: TaskRecord): readonly string[] {
  // ECS counts a task whose instance is on the way as pending.
  const status = task.lastStatus === "PROVISIONING" ? "PENDING" : task.lastStatus;
  const buckets = [
    taskBucket("cluster", task.cluster, status),
    taskBucket("instance", task.instance, status),
  ];
  if (task.service !== undefined) buckets.push(taskBucket("service", task.service, status));
  if (task.startedBy !== undefined) buckets.push(taskBucket("deployment", task.startedBy, status));
  return buckets;
}

export const taskDefinitionKey = (family: string, revision: number): string => `${family}:${revision}`;
export const groupKey = (cluster: string, autoScalingGroup: string): string =>
  `${cluster} ${autoScalingGroup}`;
export const serviceKey = (cluster: string, name: string): string => `${cluster}/${name}`;
export const keyOfService = (service: ServiceRecord): string => serviceKey(service.cluster, service.name);

const createTables = (): Tables => ({
  clusters: createTable(),
  instances: createTable(),
  taskDefinitions: createTable(),
  daemonDefinitions: createTable(),
  families: createTable(),
  services: createTable(),
  serviceEvents: createTable(),
  serviceRevisions: createTable(),
  serviceDeployments: createTable(),
  tasks: createTable(),
  settings: createTable(),
  faults: createTable(),
  clock: createTable(),
  homeRegion: createTable(),
  capacityProviders: createTable(),
  groupProviders: createTable(),
  daemons: createTable(),
  daemonRevisions: createTable(),
  daemonDeployments: createTable(),
  daemonEvents: createTable(),
});

/** An empty world. `machineTime` is the time that the endpoint's clock is relative to. */
export function createWorld(machineTime: () => number, delays: Delays): World {
  const tables = createTables();
  const dirty: Dirty = { instances: new Set(), services: new Set(), progress: new Set(), managed: new Set() };
  const views = new Map<string, ContainerInstance>();
  const world: World = {
    ...tables,
    instancesOfCluster: indexBy(tables.instances, (it) => it.cluster),
    servicesOfCluster: indexBy(tables.services, (it) => it.cluster),
    tasksOfCluster: indexBy(tables.tasks, (it) => it.cluster),
    tasksOfInstance: indexBy(tables.tasks, (it) => it.instance),
    tasksOfService: indexBy(tables.tasks, (it) => it.service),
    tasksOfToken: indexBy(tables.tasks, (it) => it.request?.token),
    eventsOfService: indexBy(tables.serviceEvents, (it) => it.service),
    deploymentsOfService: indexBy(tables.serviceDeployments, (it) => it.service),
    revisionsOfFamily: indexBy(tables.taskDefinitions, (it) => it.family),
    instancesOfProvider: indexBy(tables.instances, (it) => it.managed?.capacityProvider),
    instancesOfGroup: indexBy(tables.instances, ({ cluster, autoScalingGroup }) =>
      autoScalingGroup === undefined ? undefined : groupKey(cluster, autoScalingGroup),
    ),
    daemonsOfCluster: indexBy(tables.daemons, (it) => it.cluster),
    tasksOfDaemon: indexBy(tables.tasks, (it) => it.daemon),
    deploymentsOfDaemon: indexBy(tables.daemonDeployments, (it) => it.daemon),
    deletedDefinitions: indexBy(tables.taskDefinitions, (it) =>
      it.status === "DELETE_IN_PROGRESS" ? "yes" : undefined,
    ),
    taskCounts: countBy(tables.tasks, taskBuckets),
    wanted: new Map(),
    blocked: new Map(),
    placementBackoff: new Map(),
    dirty,
    view: (id) => {
      const known = views.get(id);
      if (known !== undefined) return known;
      const record = tables.instances.get(id);
      if (record === undefined) return undefined;
      const fresh = viewInstance(record, tasksOn(world, id));
      views.set(id, fresh);
      return fresh;
    },
    delays,
    schedule: createSchedule(),
    now: () => machineTime() + (tables.clock.get("clock")?.aheadBy ?? 0),
  };
  watchForChanges(world, views);
  watchManaged(world);
  return world;
}

function watchForChanges(world: World, views: Map<string, ContainerInstance>): void {
  const { dirty, placementBackoff, schedule } = world;
  world.instances.watch((id, _before, after) => {
    views.delete(id);
    placementBackoff.delete(id);
    dirty.instances.add(id);
    if (after?.forgetAt !== undefined) schedule.add({ at: after.forgetAt, kind: "instance", key: id });
  });
  world.tasks.watch((id, before, after) => {
    const task = after ?? before;
    if (task === undefined) return;
    views.delete(task.instance);
    if (task.service !== undefined) dirty.progress.add(task.service);
    if (after?.lastStatus !== before?.lastStatus || after?.desiredStatus !== before?.desiredStatus)
      dirty.instances.add(task.instance);
    if (after?.protectedUntil !== before?.protectedUntil && task.service !== undefined) {
      dirty.services.add(task.service);
      if (after?.protectedUntil !== undefined)
        schedule.add({ at: after.protectedUntil, kind: "service", key: task.service });
    }
    if (after?.dueAt !== undefined && after.dueAt !== before?.dueAt) {
      schedule.add({ at: after.dueAt, kind: "task", key: id });
    }
  });
  world.taskDefinitions.watch((key, before, after) => {
    const due = after === undefined || before?.status === after.status ? undefined : deletionDue(after);
    if (due !== undefined) schedule.add({ at: due, kind: "again", key });
  });
  world.services.watch((key, before, after) => {
    if (after === undefined) return;
    if (wishesChanged(before, after)) dirty.services.add(key);
    if (before?.deploymentConfiguration !== after.deploymentConfiguration) dirty.progress.add(key);
    const retryAt = after.deployments[0]?.retryAt;
    if (retryAt !== undefined && retryAt !== before?.deployments[0]?.retryAt) {
      schedule.add({ at: retryAt, kind: "service", key });
    }
  });
}

/** Whether a service asks for other tasks than before. */
function wishesChanged(before: ServiceRecord | undefined, after: ServiceRecord): boolean {
  return (
    before === undefined ||
    before.status !== after.status ||
    before.desiredCount !== after.desiredCount ||
    before.placementConstraints !== after.placementConstraints ||
    before.deployments[0]?.id !== after.deployments[0]?.id
  );
}

/** The tasks that are or were on a container instance, in the order in which they came. */
export function tasksOn(world: World, instance: string): readonly TaskRecord[] {
  return rowsOf(world.tasks, world.tasksOfInstance.members(instance));
}

/** The rows of some keys. */
export function rowsOf<T>(table: Table<T>, keys: Iterable<string>): readonly T[] {
  const rows: T[] = [];
  for (const key of keys) {
    const row = table.get(key);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}
