// Makes the container instances that a fleet describes. The same fleet always gives the same instances, and a group
// that grows keeps those it has.

import { completeCapabilities } from "./capabilities";
import { sortById } from "./clusterOrder";
import type { Cluster, ContainerInstance, InstanceResources } from "./containerInstance";
import type { Fleet, FleetGroup } from "./fleetGroup";
import { cpuArchitectureOf, instanceTypes, registeredMemory } from "./instanceTypes";
import { reservedTcpPorts } from "./reservedPorts";

/** The instances of every group, running no task yet. */
export function fleetCluster(fleet: Fleet, name = "fleet"): Cluster {
  const instances = fleet.groups.flatMap((group, index) => fleetGroupInstances(group, index, name));
  return { name, instances: sortById(instances) };
}

/** The instances of one group in the order of their numbers; the group's index in its fleet decides their ids. */
export function fleetGroupInstances(
  group: FleetGroup,
  groupIndex: number,
  clusterName: string,
): ContainerInstance[] {
  const shared = sharedAttributes(group);
  const resources = groupResources(group, shared.get("ecs.os-family") ?? "LINUX");
  const zoned = group.zones.map((it) => withZone(group, shared, it));
  return Array.from({ length: group.count }, (_, number) => {
    const attributes = zoned[number % Math.max(1, zoned.length)] ?? shared;
    return fleetInstance(group, { groupIndex, number, clusterName, attributes, resources });
  });
}

interface Place {
  readonly groupIndex: number;
  readonly number: number;
  readonly clusterName: string;
  /** Shared by all instances of a group and zone. */
  readonly attributes: ReadonlyMap<string, string | undefined>;
  readonly resources: InstanceResources;
}

/**
 * What the made-up instances say of themselves; nothing depends on it but expressions that ask for it. When they
 * registered is not among it: they never did, so that they have no age.
 */
const agentVersion = "1.97.1";
const account = "123456789012";

function fleetInstance(group: FleetGroup, place: Place): ContainerInstance {
  const id = fleetInstanceId(place.groupIndex, place.number);
  const zone = group.zones[place.number % Math.max(1, group.zones.length)];
  const region = zone === undefined ? "us-east-1" : zone.replace(/[a-z]$/, "");
  return {
    id,
    arn: `arn:aws:ecs:${region}:${account}:container-instance/${place.clusterName}/${id}`,
    status: group.status,
    ...(group.capacityProvider === undefined
      ? {}
      : { isManagedInstance: true as const, capacityProvider: group.capacityProvider }),
    ...(group.autoScalingGroup === undefined ? {} : { autoScalingGroup: group.autoScalingGroup }),
    agentConnected: group.agentConnected,
    agentVersion,
    ec2InstanceId: `i-0${id.slice(0, 16)}`,
    registeredAt: undefined,
    runningTasksCount: 0,
    taskGroups: [],
    tasks: [],
    attributes: place.attributes,
    registered: place.resources,
    remaining: place.resources,
  };
}

function sharedAttributes(group: FleetGroup): ReadonlyMap<string, string | undefined> {
  const osFamily = group.attributes.get("ecs.os-family") ?? "LINUX";
  const builtIn = new Map<string, string | undefined>([
    ["ecs.ami-id", "ami-0fleet00000000000"],
    ["ecs.vpc-id", "vpc-0fleet00000000000"],
    ["ecs.os-family", osFamily],
    ["ecs.os-type", osFamily.startsWith("WINDOWS") ? "windows" : "linux"],
    ["ecs.cpu-architecture", cpuArchitectureOf(group.instanceType ?? "")],
  ]);
  if (group.instanceType !== undefined) builtIn.set("ecs.instance-type", group.instanceType);
  for (const name of completeCapabilities(osFamily)) builtIn.set(name, undefined);
  for (const [name, value] of group.attributes) builtIn.set(name, value);
  return builtIn;
}

/** A subnet is in one zone, so that instances of a zone share theirs. */
function withZone(
  group: FleetGroup,
  shared: ReadonlyMap<string, string | undefined>,
  zone: string,
): ReadonlyMap<string, string | undefined> {
  const zoned = new Map(shared);
  if (!group.attributes.has("ecs.availability-zone")) zoned.set("ecs.availability-zone", zone);
  if (!group.attributes.has("ecs.subnet-id")) zoned.set("ecs.subnet-id", `subnet-0fleet-${zone}`);
  return zoned;
}

function groupResources(group: FleetGroup, osFamily: string): InstanceResources {
  const type = instanceTypes.get(group.instanceType ?? "");
  return {
    cpu: group.cpu ?? (type?.vcpus ?? 0) * 1024,
    memory: group.memory ?? registeredMemory(type?.memoryGiB ?? 0),
    usedTcpPorts: reservedTcpPorts(osFamily),
    usedUdpPorts: new Set(),
    gpus: Array.from({ length: type?.gpus ?? 0 }, (_, index) => `GPU-${index}`),
  };
}

/**
 * 32 hexadecimal digits from a group's index and an instance's number in it. Two of the four words are mixed one to
 * one from number and group, so that no two instances of a fleet share an id. The first is mixed from both: its eight
 * digits are what a reader sees where space is short.
 */
export function fleetInstanceId(groupIndex: number, number: number): string {
  const words = [
    mix(number ^ Math.imul(groupIndex + 1, 0x27d4eb2f)),
    mix(groupIndex + 0x85ebca6b),
    mix(number + 0x9e3779b9),
    mix(Math.imul(number + 1, 0x165667b1) + groupIndex),
  ];
  return words.map((it) => it.toString(16).padStart(8, "0")).join("");
}

/** A bijection of 32-bit words that scatters neighbors: odd multiplications and shifted exclusive ors. */
function mix(word: number): number {
  let mixed = word >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
