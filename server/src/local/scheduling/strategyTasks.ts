// A service's tasks on the capacity providers of its strategy.

import { append } from "../../core/text/lists";
import type { DeploymentRecord, ServiceRecord, TaskDefinitionRecord } from "../state/records";
import { keyOfService, rowsOf, type World } from "../state/world";
import { isLive } from "./managed/managedInstances";
import { closest, type Refused } from "./placementNeed";
import { nextProvider, ProviderChooser } from "./providerChooser";
import { addPlacementEvent } from "./serviceEvents";
import { type Changes, startServiceTask } from "./serviceTasks";

/** `candidates` as for other services: the instances that changed. */
export function startOnProviders(
  world: World,
  what: {
    readonly service: ServiceRecord;
    readonly deployment: DeploymentRecord;
    readonly definition: TaskDefinitionRecord;
  },
  { missing, candidates }: { readonly missing: number; readonly candidates: readonly string[] },
  changes: Changes,
): void {
  const { service, definition } = what;
  const chooser = new ProviderChooser(world, {
    cluster: service.cluster,
    definition,
    constraints: service.placementConstraints,
    network: service.details,
    placementStrategy: service.placementStrategy,
    group: `service:${service.name}`,
    candidates: new Set(candidates),
  });
  const counts = countsOf(world, service);
  const refused: Refused[] = [];
  let isEmpty = false;
  for (let number = 0; number < missing; number += 1) {
    const provider = nextProvider(service.capacityProviderStrategy ?? [], counts);
    if (provider === undefined) break;
    // A task that finds no place counts all the same: it waits for its capacity provider.
    counts.set(provider, (counts.get(provider) ?? 0) + 1);
    const choice = chooser.next(provider);
    if (choice.kind === "placed") {
      startServiceTask(world, { ...what, ...choice.place }, changes);
      chooser.started(choice.place);
    } else if (choice.kind === "refused") append(refused, choice.refused);
    else isEmpty = true;
  }
  const current = world.services.get(keyOfService(service));
  const nearest = closest(refused.map((it) => [it.id, it.filter]));
  if (current !== undefined && (isEmpty || nearest !== undefined)) addPlacementEvent(world, current, nearest);
}

/** The service's tasks by capacity provider. */
function countsOf(world: World, service: ServiceRecord): Map<string, number> {
  const counts = new Map<string, number>();
  for (const it of rowsOf(world.tasks, world.tasksOfService.members(keyOfService(service))))
    if (isLive(it) && it.desiredStatus === "RUNNING" && it.capacityProvider !== undefined)
      counts.set(it.capacityProvider, (counts.get(it.capacityProvider) ?? 0) + 1);
  return counts;
}
