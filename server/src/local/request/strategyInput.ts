// The capacity provider strategy of RunTask and of services, as far as the endpoint has its capacity providers:
// Managed Instances.

import { containerInstancesOnly, invalidParameter } from "../errors";
import type { ClusterRecord, StrategyItemRecord } from "../state/records";
import type { World } from "../state/world";
import { capacityProviderName } from "./findManaged";
import { type JsonObject, member, objectList, optionalInteger, requiredText } from "./input";

/**
 * The request's strategy, or its cluster's where it has neither a strategy nor a launch type. `undefined`: the task runs on
 * container instances of no capacity provider.
 */
export function strategyOf(
  world: World,
  cluster: ClusterRecord,
  input: JsonObject,
): readonly StrategyItemRecord[] | undefined {
  const own = objectList(input, "capacityProviderStrategy");
  if (own.length > 0) return checked(world, cluster.name, own.map(itemOf));
  if (member(input, "launchType") !== undefined) return undefined;
  const inherited = cluster.defaultCapacityProviderStrategy.map(itemOf);
  const isManaged = inherited.every((it) => world.capacityProviders.get(it.capacityProvider) !== undefined);
  return inherited.length > 0 && isManaged ? checked(world, cluster.name, inherited) : undefined;
}

function itemOf(item: JsonObject): StrategyItemRecord {
  return {
    capacityProvider: capacityProviderName(requiredText(item, "capacityProvider", "Capacity provider")),
    weight: optionalInteger(item, "weight") ?? 0,
    base: optionalInteger(item, "base") ?? 0,
  };
}

function checked(
  world: World,
  cluster: string,
  strategy: readonly StrategyItemRecord[],
): readonly StrategyItemRecord[] {
  if (strategy.some((it) => it.capacityProvider === "FARGATE" || it.capacityProvider === "FARGATE_SPOT"))
    throw containerInstancesOnly();
  if (strategy.length > 20)
    throw invalidParameter("A capacity provider strategy can contain a maximum of 20 capacity providers.");
  for (const { capacityProvider } of strategy) {
    const provider = world.capacityProviders.get(capacityProvider);
    if (provider === undefined || provider.status === "INACTIVE")
      throw invalidParameter(`The specified capacity provider '${capacityProvider}' was not found.`);
    if (provider.cluster !== cluster) throw invalidParameter(notAssociated);
    if (provider.status !== "ACTIVE")
      throw invalidParameter(`The capacity provider '${capacityProvider}' is being deleted.`);
  }
  if (strategy.filter((it) => it.base > 0).length > 1)
    throw invalidParameter("Only one capacity provider in a strategy can have a base defined.");
  if (strategy.every((it) => it.weight === 0))
    throw invalidParameter(
      "There are no capacity providers in the capacity provider strategy with a weight value greater than zero",
    );
  return strategy;
}

/** ECS's words. */
export const notAssociated =
  "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.";
