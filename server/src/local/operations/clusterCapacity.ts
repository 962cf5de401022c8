// The capacity providers of a cluster and its default strategy: what CreateCluster and PutClusterCapacityProviders take.

import { managedProvidersOf } from "../answers/clusterAnswer";
import { EcsException, invalidParameter } from "../errors";
import { capacityProviderName } from "../request/findManaged";
import { type JsonObject, textList } from "../request/input";
import {
  fargateProviders,
  notAssociated,
  providerNotFound,
  refuseMixed,
  strategyItems,
} from "../request/strategyInput";
import type { ClusterRecord } from "../state/records";
import { rowsOf, type World } from "../state/world";

type ClusterCapacity = Pick<ClusterRecord, "capacityProviders" | "defaultCapacityProviderStrategy">;

/** ECS's quota of capacity providers per cluster. */
const mostProviders = 20;

export function capacityProvidersOf(world: World, cluster: string, input: JsonObject): ClusterCapacity {
  const names = [...new Set(textList(input, "capacityProviders").map(capacityProviderName))];
  for (const name of names) checkProvider(world, name);
  // Seen in aws-cloudformation/cloudformation-coverage-roadmap#1086.
  if (names.length > mostProviders)
    throw invalidParameter("The maximum number of capacity providers per cluster has been exceeded.");
  const strategy = strategyItems(input, "defaultCapacityProviderStrategy");
  refuseMixed(strategy);
  const usable = [...names, ...managedProvidersOf(world, cluster)];
  if (strategy.some((it) => !usable.includes(it.capacityProvider))) throw notAssociated();
  if (strategy.filter((it) => it.base > 0).length > 1)
    throw invalidParameter(
      "The specified capacity provider strategy contains multiple capacity providers with a base value defined",
    );
  return { capacityProviders: names, defaultCapacityProviderStrategy: strategy.map((it) => ({ ...it })) };
}

function checkProvider(world: World, name: string): void {
  if (fargateProviders.includes(name) || world.groupProviders.get(name)?.status === "ACTIVE") return;
  const managed = world.capacityProviders.get(name);
  if (managed === undefined || managed.status === "INACTIVE") throw providerNotFound();
  // The beginning of ECS's words is known (hashicorp/terraform-provider-aws#44783).
  throw invalidParameter(
    "Cannot associate Managed Instances capacity provider to clusters using this API. Managed Instances capacity providers are already associated with the cluster that they were created in.",
  );
}

/** Throws where a service, or a task, is on a capacity provider that is no longer named (aws/aws-cdk#15366). */
export function refuseRemovalInUse(world: World, before: ClusterRecord, names: readonly string[]): void {
  const removed = before.capacityProviders.filter((it) => !names.includes(it));
  if (removed.length === 0) return;
  const services = rowsOf(world.services, world.servicesOfCluster.members(before.name))
    .filter((it) => it.status !== "INACTIVE")
    .flatMap((it) => it.capacityProviderStrategy ?? [])
    .map((it) => it.capacityProvider);
  const tasks = rowsOf(world.tasks, world.tasksOfCluster.members(before.name))
    .filter((it) => it.lastStatus !== "STOPPED")
    .map((it) => it.capacityProvider);
  if (removed.some((it) => services.includes(it) || tasks.includes(it)))
    throw new EcsException(
      "ResourceInUseException",
      "The specified capacity provider is in use and cannot be removed.",
    );
}
