// Looks at Managed Instances and at the daemon tasks on them.

import type { InstanceDaemonRecord, ManagedInstanceRecord } from "../../state/managedInstanceRecord";
import type { InstanceRecord, TaskRecord } from "../../state/records";
import { rowsOf, tasksOn, type World } from "../../state/world";

export interface ManagedInstance extends InstanceRecord {
  readonly managed: ManagedInstanceRecord;
}

export const isManaged = (instance: InstanceRecord | undefined): instance is ManagedInstance =>
  instance?.managed !== undefined;

/** Instances of a capacity provider that are not gone, in the order in which they came. */
export function instancesOfProvider(world: World, provider: string): readonly ManagedInstance[] {
  return rowsOf(world.instances, world.instancesOfProvider.members(provider)).filter(
    (it): it is ManagedInstance => isManaged(it) && it.status !== "INACTIVE",
  );
}

/** The same for all capacity providers of a cluster. */
export function managedInstancesOf(world: World, cluster: string): readonly ManagedInstance[] {
  return [...world.capacityProviders.values()]
    .filter((it) => it.cluster === cluster)
    .flatMap((it) => instancesOfProvider(world, it.name));
}

export const isLive = (task: TaskRecord): boolean => task.lastStatus !== "STOPPED";

/** The task of the daemon on the instance that is not stopped. */
export function daemonTaskOn(world: World, instance: string, daemon: string): TaskRecord | undefined {
  return tasksOn(world, instance).find((it) => it.daemon === daemon && isLive(it));
}

/** Tasks on the instance that are there for their own sake. */
export function applicationTasksOn(world: World, instance: string): readonly TaskRecord[] {
  return tasksOn(world, instance).filter((it) => it.daemon === undefined && isLive(it));
}

/** The revision of the daemon that the instance was launched with. */
export function revisionOn(instance: ManagedInstance, daemon: string): string | undefined {
  return instance.managed.daemons.find((it) => it.daemon === daemon)?.revision;
}

/** A revision that nobody knows any more holds nothing back. */
export const isCritical = (world: World, { revision }: InstanceDaemonRecord): boolean =>
  world.daemonRevisions.get(revision)?.critical === true;

/** An unhealthy task does not count. */
export function isRunning(task: TaskRecord | undefined): boolean {
  return task?.lastStatus === "RUNNING" && task.desiredStatus === "RUNNING" && task.isUnhealthy !== true;
}

/** Whether every critical daemon of the instance runs there. */
export function hasCriticalDaemons(world: World, instance: ManagedInstance): boolean {
  return instance.managed.daemons.every(
    (it) => !isCritical(world, it) || isRunning(daemonTaskOn(world, instance.id, it.daemon)),
  );
}

/** Changes what the instance knows of one of its daemons. */
export function changeDaemon(
  world: World,
  id: string,
  daemon: string,
  change: (known: InstanceDaemonRecord) => InstanceDaemonRecord,
): void {
  const instance = world.instances.get(id);
  if (!isManaged(instance)) return;
  const { managed } = instance;
  const daemons = managed.daemons.map((it) => (it.daemon === daemon ? change(it) : it));
  world.instances.put(id, { ...instance, managed: { ...managed, daemons } });
}
