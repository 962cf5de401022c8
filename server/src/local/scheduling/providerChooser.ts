// Where the tasks of a capacity provider strategy go: each to the capacity provider whose turn it is, and there to a
// container instance. A capacity provider without room does not pass its tasks on to another one.

import { serviceSubnets } from "../../core/scheduler/serviceSubnets";
import type { JsonObject } from "../request/input";
import type { LaunchType, StrategyItemRecord } from "../state/capacityRecords";
import type { ConstraintRecord, TaskDefinitionRecord } from "../state/records";
import type { World } from "../state/world";
import { InstanceChooser, type Strategy } from "./chooseInstance";
import { instancesOfGroupProvider } from "./groupProviders";
import { type Placed, placeOnProvider } from "./managed/managedPlacement";
import { additionalTask, type Refused, subnetsOfCluster } from "./placementNeed";

/** What the tasks have in common. */
export interface StrategyTasks {
  readonly cluster: string;
  readonly definition: TaskDefinitionRecord;
  readonly constraints: readonly ConstraintRecord[];
  /** Has `networkConfiguration`. */
  readonly network: JsonObject;
  readonly placementStrategy: readonly Strategy[];
  /** As in `Choice`. */
  readonly group: string;
  /** The instances to look at; all without it. */
  readonly candidates?: ReadonlySet<string>;
}

/** Where a task on a capacity provider runs. */
export interface ProviderPlace {
  readonly instance: string;
  readonly capacityProvider: string;
  readonly launchType: LaunchType;
  /** Its instance is on the way. */
  readonly waitsForInstance: boolean;
}

export type ProviderChoice =
  | { readonly kind: "placed"; readonly place: ProviderPlace }
  /** No instance of an Auto Scaling group has room; of those looked at, these refuse the task. */
  | { readonly kind: "refused"; readonly provider: string; readonly refused: readonly Refused[] }
  /** The Auto Scaling group has no instance in the cluster. */
  | { readonly kind: "empty"; readonly provider: string; readonly autoScalingGroup: string }
  /** No instance that could be launched has room. */
  | {
      readonly kind: "unfitting";
      readonly provider: string;
      readonly by: NonNullable<Placed["refused"]>;
    };

export class ProviderChooser {
  readonly #choosers = new Map<string, InstanceChooser>();

  constructor(
    private readonly world: World,
    private readonly tasks: StrategyTasks,
  ) {}

  /** Where one more task on the capacity provider goes; the caller starts it before it asks again. */
  next(provider: string): ProviderChoice {
    const managed = this.world.capacityProviders.get(provider);
    if (managed?.status === "ACTIVE") {
      const { definition, constraints } = this.tasks;
      const placed = placeOnProvider(this.world, managed, additionalTask(definition, constraints, undefined));
      if (placed.instance === undefined) return { kind: "unfitting", provider, by: placed.refused };
      const waitsForInstance = placed.instance.status !== "ACTIVE";
      return this.#placed(provider, placed.instance.id, "MANAGED_INSTANCES", waitsForInstance);
    }
    const group = this.world.groupProviders.get(provider);
    if (group === undefined) return { kind: "refused", provider, refused: [] };
    const instances = instancesOfGroupProvider(this.world, this.tasks.cluster, group);
    if (instances.length === 0) return { kind: "empty", provider, autoScalingGroup: group.group };
    const chooser = this.#choosers.get(provider) ?? this.#chooserOf(instances);
    this.#choosers.set(provider, chooser);
    const { instance, refused } = chooser.next();
    if (instance === undefined) return { kind: "refused", provider, refused };
    return this.#placed(provider, instance.id, "EC2", false);
  }

  /** Looks at the instance again, after a task was started there. */
  started({ capacityProvider, instance }: ProviderPlace): void {
    this.#choosers.get(capacityProvider)?.started(instance);
  }

  #placed(
    capacityProvider: string,
    instance: string,
    launchType: LaunchType,
    waitsForInstance: boolean,
  ): ProviderChoice {
    return { kind: "placed", place: { instance, capacityProvider, launchType, waitsForInstance } };
  }

  #chooserOf(instances: readonly string[]): InstanceChooser {
    const { cluster, definition, constraints, network, placementStrategy, group, candidates } = this.tasks;
    const subnets = serviceSubnets(network);
    const looked = candidates === undefined ? instances : instances.filter((it) => candidates.has(it));
    return new InstanceChooser(this.world, looked, {
      need: additionalTask(definition, constraints, subnets, "EC2"),
      known: subnetsOfCluster(this.world, cluster, subnets),
      strategy: placementStrategy,
      group,
    });
  }
}

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
