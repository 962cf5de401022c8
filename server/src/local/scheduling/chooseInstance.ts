// Where a task goes that does not have to go everywhere: the tasks of REPLICA services and of RunTask.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import type { KnownSubnets } from "../../core/cluster/knownSubnets";
import type { PreparedDaemon } from "../../core/scheduler/preparedDaemon";
import type { World } from "../state/world";
import { type Refused, refusal } from "./placementNeed";

export interface Strategy {
  readonly type: string;
  readonly field?: string;
}

export interface Choice {
  readonly need: PreparedDaemon;
  /** Of the cluster's instances. */
  readonly known: KnownSubnets;
  /** Without one, tasks spread over Availability Zones and then over instances, as ECS does by default. */
  readonly strategy: readonly Strategy[];
  /** Tasks of the same group count for spreading and for distinctInstance. */
  readonly group: string;
}

const defaultStrategy: readonly Strategy[] = [
  { type: "spread", field: "attribute:ecs.availability-zone" },
  { type: "spread", field: "instanceId" },
];

export type Chosen =
  | { readonly instance: ContainerInstance; readonly refused?: undefined }
  | { readonly instance?: undefined; readonly refused: readonly Refused[] };

/** The best of the candidates that fit; the first by id among equals, so that the same cluster gives the same choice. */
export function chooseInstance(world: World, candidates: readonly string[], choice: Choice): Chosen {
  const distinct = choice.need.service.constraints.some((it) => it.type === "distinctInstance");
  const fitting: ContainerInstance[] = [];
  const refused: Refused[] = [];
  for (const id of candidates) {
    const instance = world.view(id);
    if (instance === undefined) continue;
    const filter =
      refusal(choice.need, instance, choice.known) ??
      (distinct && tasksOfGroup(instance, choice.group) > 0 ? "distinctInstance" : undefined);
    if (filter === undefined) fitting.push(instance);
    else refused.push({ id, filter });
  }
  const best = bestOf(fitting, choice);
  return best === undefined ? { refused } : { instance: best };
}

function tasksOfGroup(instance: ContainerInstance, group: string): number {
  return (instance.tasks ?? []).filter((it) => it.group === group && it.desiredStatus === "RUNNING").length;
}

/** The lower the numbers, first to last, the better. */
function bestOf(instances: readonly ContainerInstance[], choice: Choice): ContainerInstance | undefined {
  const strategy = choice.strategy.length === 0 ? defaultStrategy : choice.strategy;
  const scores = strategy.map((it) => scoreBy(it, instances, choice.group));
  return instances.reduce<ContainerInstance | undefined>((best, it) => {
    if (best === undefined) return it;
    for (const score of scores) {
      const difference = score(it) - score(best);
      if (difference !== 0) return difference < 0 ? it : best;
    }
    return it.id < best.id ? it : best;
  }, undefined);
}

function scoreBy(
  { type, field = "" }: Strategy,
  instances: readonly ContainerInstance[],
  group: string,
): (instance: ContainerInstance) => number {
  if (type === "binpack") {
    return (it) => (field.toLowerCase() === "cpu" ? it.remaining.cpu : it.remaining.memory);
  }
  // Any order is a random one, the order of ids included.
  if (type === "random") return () => 0;
  const spreadValue = (it: ContainerInstance) =>
    field.startsWith("attribute:") ? (it.attributes.get(field.slice("attribute:".length)) ?? "") : it.id;
  const counts = new Map<string, number>();
  for (const it of instances)
    counts.set(spreadValue(it), (counts.get(spreadValue(it)) ?? 0) + tasksOfGroup(it, group));
  return (it) => counts.get(spreadValue(it)) ?? 0;
}
