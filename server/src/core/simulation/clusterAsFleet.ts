// Saves a cluster as a fleet: equal container instances become a group. A fleet describes a cluster and does not copy
// it, so that what it cannot say is told.

import { isCapability } from "../cluster/capabilities";
import type { Cluster, ContainerInstance, InstanceStatus } from "../cluster/containerInstance";
import type { FleetGroup } from "../cluster/fleetGroup";
import { fleetGroupInstances } from "../cluster/fleetInstances";
import { instanceTypes } from "../cluster/instanceTypes";
import { instanceCount } from "../text/counts";

/** A group as the fleet file writes it; what is usual is left out. */
export interface WrittenGroup {
  readonly count: number;
  readonly instanceType?: string;
  readonly zones?: readonly string[];
  readonly attributes?: Readonly<Record<string, string | null>>;
  readonly cpu?: number;
  readonly memory?: number;
  readonly status?: InstanceStatus;
  readonly agentConnected?: boolean;
}

export interface WrittenFleet {
  readonly fleet: { readonly groups: readonly WrittenGroup[] };
  /** Sentences about what is lost; a snapshot can say it all. */
  readonly lost: readonly string[];
}

/** Groups in the order of their first instance's id; reading them gives the same cluster but for ids and `lost`. */
export function clusterAsFleet(cluster: Cluster): WrittenFleet {
  const alike = new Map<string, { readonly group: WrittenGroup; readonly zones: (string | undefined)[] }>();
  const losses = new Map<string, number>();
  const usual = usualInstances();
  for (const instance of cluster.instances) {
    const { group, zone, lost } = describe(instance, usual);
    for (const it of lost) losses.set(it, (losses.get(it) ?? 0) + 1);
    // A zone that is written as an attribute tells instances apart; one that the group's list can give does not.
    const key = JSON.stringify(group);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { group, zones: [zone] });
    else known.zones.push(zone);
  }
  return {
    fleet: { groups: [...alike.values()].flatMap(({ group, zones }) => withZones(group, zones)) },
    lost: [...losses].map(([what, count]) => `${instances(count)} ${what}.`),
  };
}

function instances(count: number): string {
  return instanceCount(count);
}

interface Described {
  /** With a count of 1, and without zones. */
  readonly group: WrittenGroup;
  readonly zone: string | undefined;
  /** Predicates: "has ports in use that a fleet cannot say". */
  readonly lost: readonly string[];
}

function describe(instance: ContainerInstance, usualOf: UsualInstances): Described {
  const typeName = instance.attributes.get("ecs.instance-type");
  const usual = usualOf(instance);
  const { cpu, memory } = instance.registered;
  const attributes = differentAttributes(instance, usual);
  const isKnown = typeName !== undefined && instanceTypes.has(typeName);
  return {
    group: {
      count: 1,
      ...(typeName === undefined ? {} : { instanceType: typeName }),
      ...(attributes.length === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
      ...(isKnown && cpu === usual.registered.cpu ? {} : { cpu: Math.max(1, Math.round(cpu)) }),
      ...(isKnown && memory === usual.registered.memory ? {} : { memory: Math.max(1, Math.round(memory)) }),
      ...(instance.status === "ACTIVE" ? {} : { status: instance.status }),
      ...(instance.agentConnected !== false ? {} : { agentConnected: false }),
    },
    zone: instance.attributes.get("ecs.availability-zone"),
    lost: lostOf(instance, usual),
  };
}

/** What a fleet makes of the type, zone and operating system of an instance alone. */
type UsualInstances = (instance: ContainerInstance) => ContainerInstance;

function usualInstances(): UsualInstances {
  const made = new Map<string, ContainerInstance>();
  return (instance) => {
    const instanceType = instance.attributes.get("ecs.instance-type");
    const zone = instance.attributes.get("ecs.availability-zone");
    const osFamily = instance.attributes.get("ecs.os-family");
    const key = JSON.stringify([instanceType, zone, osFamily]);
    const known = made.get(key);
    if (known !== undefined) return known;
    const group: FleetGroup = {
      count: 1,
      instanceType,
      zones: zone === undefined ? [] : [zone],
      attributes: new Map(osFamily === undefined ? [] : [["ecs.os-family", osFamily]]),
      cpu: undefined,
      memory: undefined,
      status: "ACTIVE",
      agentConnected: true,
    };
    const usual = fleetGroupInstances(group, 0, "")[0] ?? instance;
    made.set(key, usual);
    return usual;
  };
}

function differentAttributes(
  { attributes }: ContainerInstance,
  usual: ContainerInstance,
): readonly (readonly [string, string | null])[] {
  const osFamily = attributes.get("ecs.os-family");
  return [...attributes]
    .filter(
      ([name, value]) =>
        !usual.attributes.has(name) ||
        usual.attributes.get(name) !== value ||
        // The usual instance has it because it was told to; a fleet's own is LINUX.
        (name === "ecs.os-family" && osFamily !== "LINUX"),
    )
    .filter(([name]) => name !== "ecs.instance-type" && name !== "ecs.availability-zone")
    .map(([name, value]) => [name, value ?? null] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
}

function lostOf(instance: ContainerInstance, usual: ContainerInstance): readonly string[] {
  const { registered, remaining, tasks, attributes } = instance;
  const lost: string[] = [];
  if (remaining.cpu !== registered.cpu || remaining.memory !== registered.memory)
    lost.push("with CPU or memory in use: a fleet's instances are empty");
  const ports = [remaining.usedTcpPorts, remaining.usedUdpPorts].map((it) => it.size);
  if (
    ports[1] !== 0 ||
    ports[0] !== usual.remaining.usedTcpPorts.size ||
    [...remaining.usedTcpPorts].some((it) => !usual.remaining.usedTcpPorts.has(it))
  )
    lost.push("with host ports in use of their own");
  if (tasks === undefined) lost.push("whose tasks are not known: a fleet's instances run none");
  else if (tasks.length > 0) lost.push("with tasks");
  if (instance.unknownResources !== undefined) lost.push("of unknown size");
  if (registered.gpus.length !== usual.registered.gpus.length)
    lost.push("with other GPUs than their type has");
  const missing = [...usual.attributes.keys()].filter((it) => !attributes.has(it));
  if (missing.some(isCapability)) lost.push("without capabilities that a fleet's instances have");
  if (missing.some((it) => !isCapability(it)))
    lost.push("without built-in attributes that a fleet's instances have");
  if (instance.agentVersion !== usual.agentVersion)
    lost.push(`with an agent that is not ${usual.agentVersion}`);
  return lost;
}

/** One group where taking the zones in turn gives every zone as many as it has, else a group for each zone. */
function withZones(group: WrittenGroup, zones: readonly (string | undefined)[]): readonly WrittenGroup[] {
  const counts = new Map<string | undefined, number>();
  for (const it of zones) counts.set(it, (counts.get(it) ?? 0) + 1);
  const zoned = [...counts].filter((it): it is [string, number] => it[0] !== undefined);
  const without = counts.get(undefined) ?? 0;
  // The zones with one instance more come first: they get the odd ones.
  zoned.sort(([left, more], [right, less]) => less - more || (left < right ? -1 : 1));
  const numbers = zoned.map(([, count]) => count);
  const isInTurn = (numbers[0] ?? 0) - (numbers.at(-1) ?? 0) <= 1;
  const lists = isInTurn ? [zoned] : zoned.map((it) => [it]);
  return [
    ...(without > 0 ? [{ ...group, count: without }] : []),
    ...lists
      .filter((it) => it.length > 0)
      .map((list) => ({
        ...inZones(
          group,
          list.map(([zone]) => zone),
        ),
        count: total(list),
      })),
  ];
}

function total(list: readonly (readonly [string, number])[]): number {
  return list.reduce((sum, [, count]) => sum + count, 0);
}

/** The zones after the type, where a reader looks for them. */
function inZones({ count, instanceType, ...rest }: WrittenGroup, zones: readonly string[]): WrittenGroup {
  return { count, ...(instanceType === undefined ? {} : { instanceType }), zones, ...rest };
}
