// How running text names container instances: as lists do, so that a reader finds them there.

import type { ContainerInstance } from "../cluster/containerInstance";

/** Ids of ECS are 32 digits: eight of them tell the instances of a cluster apart. Other ids stay what they are. */
export function shortId(id: string): string {
  return /^[0-9a-f]{32}$/.test(id) ? `${id.slice(0, 8)}…` : id;
}

/** The id of the EC2 instance, else a short one of the container instance. */
export function nameOfInstance({
  id,
  ec2InstanceId,
}: Pick<ContainerInstance, "id" | "ec2InstanceId">): string {
  return ec2InstanceId ?? shortId(id);
}

/** `nameOfInstance` by id; an id that none of them has is shortened. */
export function namesOf(instances: readonly ContainerInstance[]): (id: string) => string {
  let names: Map<string, string> | undefined;
  return (id) => {
    names ??= new Map(instances.map((it) => [it.id, nameOfInstance(it)]));
    return names.get(id) ?? shortId(id);
  };
}
