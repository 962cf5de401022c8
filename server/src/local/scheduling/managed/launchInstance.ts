// Launches Managed Instances and replaces them. Nothing is bought, of course; an instance is REGISTERING until its
// critical daemons run.

import { fleetRecords, usualZones } from "../../newInstances";
import { isObject, member } from "../../request/input";
import type { InstanceDaemonRecord } from "../../state/managedInstanceRecord";
import type { CapacityProviderRecord } from "../../state/managedRecords";
import { rowsOf, serviceKey, type World } from "../../state/world";
import { isManaged, type ManagedInstance } from "./managedInstances";

export interface Launch {
  readonly provider: CapacityProviderRecord;
  readonly instanceType: string;
  readonly isPinned?: boolean;
  readonly isReplacement?: boolean;
}

/** The daemons that a new instance of the capacity provider starts. */
export function daemonsFor(world: World, provider: CapacityProviderRecord): readonly InstanceDaemonRecord[] {
  return rowsOf(world.daemons, world.daemonsOfCluster.members(provider.cluster)).flatMap((it) => {
    const revision = it.revision === undefined ? undefined : world.daemonRevisions.get(it.revision);
    return revision?.capacityProviders.includes(provider.name) === true
      ? [{ daemon: serviceKey(it.cluster, it.name), revision: revision.id }]
      : [];
  });
}

/** An instance of the type as it would be launched now, in no table. */
export function newInstance(world: World, launch: Launch): ManagedInstance {
  const { provider, instanceType, isPinned = false, isReplacement = false } = launch;
  const template = objectIn(provider.provider, "instanceLaunchTemplate");
  const subnets = member(objectIn(template, "networkConfiguration"), "subnets");
  const [subnet] = Array.isArray(subnets) ? subnets : [];
  const [record] = fleetRecords(world, provider.cluster, {
    count: 1,
    instanceType,
    zones: usualZones(provider.region),
    attributes: {
      ...(typeof subnet === "string" ? { "ecs.subnet-id": subnet } : {}),
      ...(member(objectIn(template, "localStorageConfiguration"), "useLocalStorage") === true
        ? { "ecs.capability.storage.local-storage-enabled": "true" }
        : {}),
    },
  });
  if (record === undefined) throw new Error(`There is no instance of type ${instanceType}.`);
  return {
    ...record,
    status: "REGISTERING",
    tags: provider.provider.propagateTags === "CAPACITY_PROVIDER" ? provider.tags : [],
    managed: {
      capacityProvider: provider.name,
      daemons: daemonsFor(world, provider),
      isPinned,
      isReplacement,
    },
  };
}

const objectIn = (value: unknown, name: string) => {
  const found = isObject(value) ? member(value, name) : undefined;
  return isObject(found) ? found : {};
};

export function launchInstance(world: World, launch: Launch): ManagedInstance {
  const instance = newInstance(world, launch);
  world.instances.put(instance.id, instance);
  return instance;
}

/** Drains the instance; without a replacement where its capacity provider is being deleted, or none is asked for. */
export function replaceInstance(
  world: World,
  instance: ManagedInstance,
  { withReplacement = true }: { readonly withReplacement?: boolean } = {},
): void {
  const { capacityProvider, isPinned } = instance.managed;
  const provider = world.capacityProviders.get(capacityProvider);
  const instanceType = instance.attributes.find((it) => it.name === "ecs.instance-type")?.value;
  if (withReplacement && provider?.status === "ACTIVE" && instanceType !== undefined)
    launchInstance(world, { provider, instanceType, isPinned, isReplacement: true });
  const current = world.instances.get(instance.id);
  if (!isManaged(current)) return;
  const { scaleInAt: _, ...managed } = current.managed;
  world.instances.put(instance.id, {
    ...current,
    status: "DRAINING",
    version: current.version + 1,
    managed: { ...managed, isReplacement: false },
  });
}
