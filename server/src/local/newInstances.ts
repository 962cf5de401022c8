// Container instances that join: from a fleet's text, or so many of a type.

import type { ContainerInstance } from "../core/cluster/containerInstance";
import { fleetFromValue, readFleet } from "../core/cluster/fleet";
import { fleetCluster, fleetInstanceId } from "../core/cluster/fleetInstances";
import { invalidParameter } from "./errors";
import { fleetProviders } from "./fleetProviders";
import { newEc2InstanceId, newId } from "./ids";
import type { JsonObject } from "./request/input";
import type { AttributeRecord, InstanceRecord } from "./state/records";
import type { World } from "./state/world";

const usualType = "m5.large";
export const usualZones = (region = "us-east-1") => ["a", "b", "c"].map((it) => `${region}${it}`);
/** More in one call would be a slip of the finger. */
const mostAtOnce = 10_000;

export interface FleetAddition {
  readonly count: number;
  readonly instanceType?: string;
  readonly attributes?: JsonObject;
  readonly zones?: readonly string[];
  readonly autoScalingGroup?: string;
}

/** Instances with names that nobody has used; answers their ids. */
export function addFleetInstances(world: World, cluster: string, addition: FleetAddition): string[] {
  return fleetRecords(world, cluster, addition).map((it) => {
    world.instances.put(it.id, it);
    return it.id;
  });
}

/** The same instances before they join: they are in no table yet. */
export function fleetRecords(
  world: World,
  cluster: string,
  addition: FleetAddition,
): readonly InstanceRecord[] {
  const { count, instanceType = usualType, attributes = {}, zones = zonesOf(world, cluster) } = addition;
  const { autoScalingGroup } = addition;
  if (count < 1 || count > mostAtOnce) throw invalidParameter(`count must be between 1 and ${mostAtOnce}.`);
  // New instances take the zones in turn from where the cluster's instances left off.
  const first = world.instancesOfCluster.members(cluster).size % Math.max(1, zones.length);
  const inTurn = [...zones.slice(first), ...zones.slice(0, first)];
  const { fleet, problems } = fleetFromValue({
    groups: [{ count, instanceType, zones: inTurn, attributes, autoScalingGroup }],
  });
  const [problem] = problems;
  if (problem !== undefined) throw invalidParameter(problem.message);
  const made = new Map(fleetCluster(fleet, cluster).instances.map((it) => [it.id, it]));
  // A fleet lists its instances by id; here they join in the order of their numbers, which spreads the zones.
  return Array.from({ length: count }, (_, number) => made.get(fleetInstanceId(0, number)))
    .filter((it) => it !== undefined)
    .map((it) => recordOf(world, cluster, { ...it, id: newId(), ec2InstanceId: newEc2InstanceId() }));
}

const mostLookedAt = 100;

/** The Availability Zones of the cluster's instances; those of us-east-1 where it has none. */
function zonesOf(world: World, cluster: string): readonly string[] {
  const zones = new Set<string>();
  let looked = 0;
  for (const id of world.instancesOfCluster.members(cluster)) {
    const zone = world.view(id)?.attributes.get("ecs.availability-zone");
    if (zone !== undefined) zones.add(zone);
    // An instance that joins thousands costs no more than one that joins five.
    looked += 1;
    if (looked === mostLookedAt) break;
  }
  return zones.size === 0 ? usualZones() : [...zones].sort();
}

/** The fleet that a cluster starts with keeps its own ids: a preview of the same file names the same instances. */
export function addFleet(world: World, cluster: string, text: string, region = "us-east-1"): void {
  const { cluster: fleet, problems } = readFleet(text, cluster);
  const problem = problems.find((it) => it.severity === "error");
  if (problem !== undefined) throw new Error(`The fleet file cannot be used: ${problem.message}`);
  const { providers, managed } = fleetProviders(text, cluster, region);
  for (const it of providers) world.capacityProviders.put(it.name, it);
  for (const it of fleet.instances) {
    // A state file may have another cluster with such a fleet: its instances stay where they are.
    const isTaken = world.instances.get(it.id) !== undefined;
    const fresh = isTaken ? { ...it, id: newId(), ec2InstanceId: newEc2InstanceId() } : it;
    const record = recordOf(world, cluster, fresh);
    const own = managed.get(it.id);
    world.instances.put(record.id, own === undefined ? record : { ...record, managed: own });
  }
}

/** The text of a fleet of so many usual instances. */
export const usualFleet = (count: number, region?: string): string =>
  JSON.stringify({ groups: [{ count, instanceType: usualType, zones: usualZones(region) }] });

function recordOf(world: World, cluster: string, instance: ContainerInstance): InstanceRecord {
  return {
    id: instance.id,
    cluster,
    ec2InstanceId: instance.ec2InstanceId ?? newEc2InstanceId(),
    status: instance.status,
    agentConnected: instance.agentConnected ?? true,
    registeredAt: world.now(),
    version: 1,
    agentVersion: instance.agentVersion ?? "1.97.1",
    dockerVersion: "25.0.8",
    registered: {
      cpu: instance.registered.cpu,
      memory: instance.registered.memory,
      tcpPorts: [...instance.registered.usedTcpPorts],
      udpPorts: [...instance.registered.usedUdpPorts],
      gpus: instance.registered.gpus,
    },
    attributes: [...instance.attributes].map(([name, value]) =>
      value === undefined ? nameOnly(name) : { name, value },
    ),
    tags: [],
    ...(instance.autoScalingGroup === undefined ? {} : { autoScalingGroup: instance.autoScalingGroup }),
  };
}

/** Every instance lists the same capabilities, dozens of them: thousands of instances share their records. */
const capabilities = new Map<string, AttributeRecord>();

function nameOnly(name: string): AttributeRecord {
  const known = capabilities.get(name);
  if (known !== undefined) return known;
  const fresh = { name };
  capabilities.set(name, fresh);
  return fresh;
}
