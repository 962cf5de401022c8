// Capacity provider strategies: of RunTask, of services, and the default one of a cluster.

import { containerInstancesOnly, invalidParameter } from "../errors";
import type { LaunchType, StrategyItemRecord } from "../state/capacityRecords";
import type { ClusterRecord } from "../state/records";
import type { World } from "../state/world";
import { capacityProviderName } from "./findManaged";
import { type JsonObject, launchTypeWord, objectList, optionalInteger, requiredText } from "./input";

/** Those that every account has. */
export const fargateProviders: readonly string[] = ["FARGATE", "FARGATE_SPOT"];

/**
 * The request's strategy, or its cluster's where it has neither a strategy nor a launch type. `undefined`: the task runs on
 * container instances, whatever their capacity provider.
 */
export function strategyOf(
  world: World,
  cluster: ClusterRecord,
  input: JsonObject,
): readonly StrategyItemRecord[] | undefined {
  const own = strategyItems(input, "capacityProviderStrategy");
  if (own.length > 0) return usable(world, cluster, own, noWeight);
  return launchTypeWord(input) === undefined ? defaultStrategy(world, cluster) : undefined;
}

/** What the tasks of a service count as; each has the launch type of its own capacity provider. */
export const launchTypeOf = (world: World, strategy: readonly StrategyItemRecord[]): LaunchType =>
  strategy.some((it) => world.groupProviders.get(it.capacityProvider)?.status === "ACTIVE")
    ? "EC2"
    : "MANAGED_INSTANCES";

/** The cluster's default strategy; `undefined` where it has none. */
export function defaultStrategy(
  world: World,
  cluster: ClusterRecord,
): readonly StrategyItemRecord[] | undefined {
  const strategy = cluster.defaultCapacityProviderStrategy.map(itemOf);
  return strategy.length === 0 ? undefined : usable(world, cluster, strategy, noDefaultWeight);
}

/** An absent strategy has no items. */
export function strategyItems(input: JsonObject, name: string): readonly StrategyItemRecord[] {
  const items = objectList(input, name).map(itemOf);
  for (const item of items)
    for (const [member, most] of Object.entries(largest)) {
      const value = item[member as keyof typeof largest];
      if (value < 0 || value > most)
        throw invalidParameter(`'${member}' has to be 0 to ${most}, not ${value}.`);
    }
  if (items.length > mostItems)
    throw invalidParameter("A capacity provider strategy can contain a maximum of 20 capacity providers.");
  return items;
}

/** `CapacityProviderStrategyItem` of the API model. */
const largest = { weight: 1000, base: 100_000 } as const;

/** API reference: "A capacity provider strategy can contain a maximum of 20 capacity providers." */
const mostItems = 20;

function itemOf(item: JsonObject): StrategyItemRecord {
  return {
    capacityProvider: capacityProviderName(requiredText(item, "capacityProvider", "Capacity provider")),
    weight: optionalInteger(item, "weight") ?? 0,
    base: optionalInteger(item, "base") ?? 0,
  };
}

/** Throws unless the strategy can start tasks in the cluster. */
function usable(
  world: World,
  cluster: ClusterRecord,
  strategy: readonly StrategyItemRecord[],
  withoutWeight: string,
): readonly StrategyItemRecord[] {
  refuseMixed(strategy);
  for (const { capacityProvider } of strategy) checkProvider(world, cluster, capacityProvider);
  if (strategy.filter((it) => it.base > 0).length > 1)
    throw invalidParameter(
      "There are multiple capacity providers in the specified capacity provider strategy with a base value defined",
    );
  if (strategy.every((it) => it.weight === 0)) throw invalidParameter(withoutWeight);
  const onFargate = strategy.find((it) => fargateProviders.includes(it.capacityProvider));
  if (onFargate !== undefined) {
    const isDefault = withoutWeight === noDefaultWeight;
    const from = isDefault ? `, the default of cluster '${cluster.name}'` : "";
    throw containerInstancesOnly(`capacity provider ${onFargate.capacityProvider}${from}`);
  }
  return strategy;
}

function checkProvider(world: World, cluster: ClusterRecord, name: string): void {
  const managed = world.capacityProviders.get(name);
  const known = managed ?? world.groupProviders.get(name);
  if (!fargateProviders.includes(name) && (known === undefined || known.status === "INACTIVE"))
    throw providerNotFound();
  const isAssociated =
    managed === undefined ? cluster.capacityProviders.includes(name) : managed.cluster === cluster.name;
  if (!isAssociated) throw notAssociated();
  if (managed !== undefined && managed.status !== "ACTIVE")
    throw invalidParameter(`The capacity provider '${name}' is being deleted.`);
}

/** Seen in terraform-aws-modules/terraform-aws-ecs#68. */
export function refuseMixed(strategy: readonly StrategyItemRecord[]): void {
  const ofFargate = strategy.filter((it) => fargateProviders.includes(it.capacityProvider));
  if (ofFargate.length === 0 || ofFargate.length === strategy.length) return;
  throw invalidParameter(
    "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate providers. Specify one or the other and try again.",
  );
}

const noWeight =
  "There are no capacity providers in the capacity provider strategy with a weight value greater than zero";

/** Seen in terraform-aws-modules/terraform-aws-ecs#27. */
const noDefaultWeight =
  "There are no capacity providers with a weight value greater than zero defined in the default capacity provider strategy. At least one capacity provider must have a weight value greater than zero specified. Update the cluster's default capacity provider strategy or specify a valid capacity provider strategy and try again.";

/** Seen in terraform-aws-modules/terraform-aws-ecs#53. */
export const providerNotFound = () =>
  invalidParameter(
    "The specified capacity provider was not found. Specify a valid capacity provider and try again.",
  );

/** Seen in dask/dask-cloudprovider#328. */
export const notAssociated = () =>
  invalidParameter(
    "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.",
  );
