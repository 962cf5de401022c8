// What the container instances of a cluster show of the subnets they are in: nothing else tells a subnet's zone.

import type { ContainerInstance } from "./containerInstance";

export interface KnownSubnet {
  readonly zone: string | undefined;
  readonly vpc: string | undefined;
}

/** Subnets by id, from the attributes ecs.subnet-id, ecs.availability-zone and ecs.vpc-id of the instances. */
export type KnownSubnets = ReadonlyMap<string, KnownSubnet>;

/** A subnet is in one Availability Zone and one VPC: the first instance that names them counts. */
export function knownSubnets(instances: Iterable<Pick<ContainerInstance, "attributes">>): KnownSubnets {
  const subnets = new Map<string, KnownSubnet>();
  for (const { attributes } of instances) {
    const id = attributes.get("ecs.subnet-id");
    if (id === undefined) continue;
    const known = subnets.get(id);
    if (known?.zone !== undefined && known.vpc !== undefined) continue;
    subnets.set(id, {
      zone: known?.zone ?? attributes.get("ecs.availability-zone"),
      vpc: known?.vpc ?? attributes.get("ecs.vpc-id"),
    });
  }
  return subnets;
}
