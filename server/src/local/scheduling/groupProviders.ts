// Which container instances belong to the capacity provider of an Auto Scaling group: those of the group. The endpoint
// has no Auto Scaling: a fleet file, or EcsDaemonLocal, says which group an instance is in.

import type { GroupProviderRecord } from "../state/managedRecords";
import type { InstanceRecord } from "../state/records";
import { groupKey, type World } from "../state/world";

/** The name in the ARN of an Auto Scaling group, or the name itself. */
export const groupNameOf = (reference: string): string =>
  /:autoScalingGroupName\/(.+)$/.exec(reference)?.[1] ?? reference;

/** Ids, sorted, of the capacity provider's container instances in the cluster. */
export function instancesOfGroupProvider(
  world: World,
  cluster: string,
  { group }: GroupProviderRecord,
): readonly string[] {
  return world.instancesOfGroup
    .sorted(groupKey(cluster, group))
    .filter((id) => world.instances.get(id)?.status !== "INACTIVE");
}

/** The name of the capacity provider that the container instance belongs to. */
export function providerOfInstance(world: World, instance: InstanceRecord): string | undefined {
  if (instance.managed !== undefined) return instance.managed.capacityProvider;
  const { autoScalingGroup } = instance;
  if (autoScalingGroup === undefined) return undefined;
  return world.clusters
    .get(instance.cluster)
    ?.capacityProviders.find((it) => world.groupProviders.get(it)?.group === autoScalingGroup);
}
