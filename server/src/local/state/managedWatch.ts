// Notices what may call for work on managed daemons and Managed Instances, and when something is due there.

import type { FaultRecord } from "./localRecords";
import type { CapacityProviderRecord, DaemonDeploymentRecord, DaemonRecord } from "./managedRecords";
import type { InstanceRecord, TaskRecord } from "./records";
import type { Schedule } from "./schedule";
import type { Table } from "./table";

interface Watched {
  readonly instances: Table<InstanceRecord>;
  readonly tasks: Table<TaskRecord>;
  readonly capacityProviders: Table<CapacityProviderRecord>;
  readonly daemons: Table<DaemonRecord>;
  readonly daemonDeployments: Table<DaemonDeploymentRecord>;
  readonly faults: Table<FaultRecord>;
  readonly dirty: { readonly managed: Set<string> };
  readonly schedule: Schedule;
}

/** ECS begins to drain a Managed Instance at this age, in milliseconds. */
export const oldestInstance = 14 * 24 * 60 * 60 * 1000;

/** When something may be due on a Managed Instance by itself. */
function wakeTimes(instance: InstanceRecord | undefined): readonly number[] {
  if (instance?.managed === undefined || instance.status === "INACTIVE") return [];
  const { scaleInAt, daemons } = instance.managed;
  return [instance.registeredAt + oldestInstance, scaleInAt, ...daemons.map((it) => it.retryAt)].filter(
    (it) => it !== undefined,
  );
}

export function watchManaged(world: Watched): void {
  const { dirty, schedule } = world;
  world.instances.watch((key, before, after) => {
    const instance = after ?? before;
    if (instance?.managed !== undefined) dirty.managed.add(instance.cluster);
    const known = new Set(wakeTimes(before));
    for (const at of wakeTimes(after)) if (!known.has(at)) schedule.add({ at, kind: "managedInstance", key });
  });
  world.tasks.watch((_key, before, after) => {
    const task = after ?? before;
    if (task?.capacityProvider !== undefined || task?.daemon !== undefined) dirty.managed.add(task.cluster);
  });
  world.capacityProviders.watch((_key, before, after) => {
    const cluster = (after ?? before)?.cluster;
    if (cluster !== undefined) dirty.managed.add(cluster);
  });
  world.daemons.watch((_key, before, after) => {
    const cluster = (after ?? before)?.cluster;
    if (cluster !== undefined) dirty.managed.add(cluster);
  });
  world.daemonDeployments.watch((_key, before, after) => {
    if (after === undefined) return;
    dirty.managed.add(after.daemon.slice(0, after.daemon.indexOf("/")));
    if (after.bakedAt !== undefined && after.bakedAt !== before?.bakedAt)
      schedule.add({ at: after.bakedAt, kind: "managedDaemon", key: after.daemon });
  });
  world.faults.watch((_key, before, after) => {
    if ((after ?? before)?.kind === "alarm")
      for (const it of world.daemons.values()) dirty.managed.add(it.cluster);
  });
}
