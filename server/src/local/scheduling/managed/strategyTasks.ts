// A service's tasks on the capacity providers of its strategy.

import type {
  DeploymentRecord,
  ServiceRecord,
  StrategyItemRecord,
  TaskDefinitionRecord,
} from "../../state/records";
import { keyOfService, rowsOf, type World } from "../../state/world";
import { additionalTask } from "../placementNeed";
import { addPlacementEvent } from "../serviceEvents";
import { type Changes, startServiceTask } from "../serviceTasks";
import { isLive } from "./managedInstances";
import { placeOnProvider } from "./managedPlacement";

/**
 * The capacity provider of the next task: first those whose base is not reached, then the one that is furthest behind
 * its weight. `counts` has the tasks that there are, by name.
 */
export function nextProvider(
  strategy: readonly StrategyItemRecord[],
  counts: ReadonlyMap<string, number>,
): string | undefined {
  const count = (it: StrategyItemRecord) => counts.get(it.capacityProvider) ?? 0;
  const below = strategy.find((it) => count(it) < it.base);
  if (below !== undefined) return below.capacityProvider;
  const weighted = strategy.filter((it) => it.weight > 0);
  const share = (it: StrategyItemRecord) => (count(it) - it.base + 1) / it.weight;
  return weighted.toSorted((a, b) => share(a) - share(b))[0]?.capacityProvider;
}

export function startOnProviders(
  world: World,
  what: {
    readonly service: ServiceRecord;
    readonly deployment: DeploymentRecord;
    readonly definition: TaskDefinitionRecord;
  },
  missing: number,
  changes: Changes,
): void {
  const { service, definition } = what;
  const key = keyOfService(service);
  const need = additionalTask(definition, service.placementConstraints, undefined);
  const counts = new Map<string, number>();
  for (const it of rowsOf(world.tasks, world.tasksOfService.members(key)))
    if (isLive(it) && it.desiredStatus === "RUNNING" && it.capacityProvider !== undefined)
      counts.set(it.capacityProvider, (counts.get(it.capacityProvider) ?? 0) + 1);
  for (let number = 0; number < missing; number += 1) {
    const capacityProvider = nextProvider(service.capacityProviderStrategy ?? [], counts);
    const provider =
      capacityProvider === undefined ? undefined : world.capacityProviders.get(capacityProvider);
    const placed = provider?.status === "ACTIVE" ? placeOnProvider(world, provider, need) : undefined;
    if (capacityProvider === undefined || placed?.instance === undefined) {
      const current = world.services.get(key);
      if (current !== undefined) addPlacementEvent(world, current, undefined);
      return;
    }
    const waitsForInstance = placed.instance.status !== "ACTIVE";
    const managed = { capacityProvider, waitsForInstance };
    startServiceTask(world, { ...what, instance: placed.instance.id, managed }, changes);
    counts.set(capacityProvider, (counts.get(capacityProvider) ?? 0) + 1);
  }
}
