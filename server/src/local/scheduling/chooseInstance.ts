// Where a task goes that does not have to go everywhere: the tasks of REPLICA services and of RunTask.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import type { KnownSubnets } from "../../core/cluster/knownSubnets";
import type { PreparedDaemon } from "../../core/scheduler/preparedDaemon";
import type { World } from "../state/world";
import { type Refusal, type Refused, refusal } from "./placementNeed";
import { viewForReplicas } from "./replicaRoom";

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

/** Tasks of the group on the instances that share a value of a spread field. */
interface Share {
  tasks: number;
}

/** An instance that fits, with what it is compared by. */
interface Candidate {
  readonly instance: ContainerInstance;
  readonly tasks: number;
  /** One for each strategy: the share of a spread, the room of a binpack. The lower, first to last, the better. */
  readonly scores: readonly (Share | number)[];
}

/**
 * Chooses instances for several tasks, one after the other. What an instance answers is computed once and again after
 * a task was started there; nothing else may change the cluster between two choices.
 */
export class InstanceChooser {
  readonly #strategy: readonly Strategy[];
  readonly #isDistinct: boolean;
  readonly #candidates = new Map<string, Candidate>();
  readonly #refused = new Map<string, Refusal>();
  /** For each strategy: the shares by value. */
  readonly #shares: readonly Map<string, Share>[];

  /** `ids` in the order of their text: the first among equals is chosen, so that the same cluster gives the same choice. */
  constructor(
    private readonly world: World,
    ids: readonly string[],
    private readonly choice: Choice,
  ) {
    this.#strategy = choice.strategy.length === 0 ? defaultStrategy : choice.strategy;
    this.#shares = this.#strategy.map(() => new Map());
    this.#isDistinct = choice.need.service.constraints.some((it) => it.type === "distinctInstance");
    for (const id of ids) this.#look(id);
  }

  /** The best of the instances that fit; all refusals, in the order of the ids, where none does. */
  next(): Chosen {
    let best: Candidate | undefined;
    for (const it of this.#candidates.values()) if (best === undefined || isBetter(it, best)) best = it;
    if (best !== undefined) return { instance: best.instance };
    const refused = [...this.#refused].map(([id, filter]) => ({ id, filter }));
    return { refused: refused.sort((a, b) => (a.id < b.id ? -1 : 1)) };
  }

  /** Looks at the instance again, after a task was started there. */
  started(id: string): void {
    const before = this.#candidates.get(id);
    if (before === undefined) return;
    for (const it of before.scores) if (typeof it !== "number") it.tasks -= before.tasks;
    this.#look(id);
  }

  #look(id: string): void {
    const instance = viewForReplicas(this.world, id);
    if (instance === undefined) return;
    const tasks = tasksOfGroup(instance, this.choice.group);
    const filter =
      refusal(this.choice.need, instance, this.choice.known) ??
      (this.#isDistinct && tasks > 0 ? ("distinctInstance" as const) : undefined);
    if (filter !== undefined) {
      this.#candidates.delete(id);
      this.#refused.set(id, filter);
      return;
    }
    const scores = this.#strategy.map((it, index) => scoreOf(it, instance, this.#shares[index] ?? new Map()));
    for (const it of scores) if (typeof it !== "number") it.tasks += tasks;
    // A key that is there keeps its place.
    this.#candidates.set(id, { instance, tasks, scores });
  }
}

function tasksOfGroup(instance: ContainerInstance, group: string): number {
  let count = 0;
  for (const it of instance.tasks ?? []) if (it.group === group && it.desiredStatus === "RUNNING") count += 1;
  return count;
}

function scoreOf(
  { type, field = "" }: Strategy,
  instance: ContainerInstance,
  shares: Map<string, Share>,
): Share | number {
  if (type === "binpack")
    return field.toLowerCase() === "cpu" ? instance.remaining.cpu : instance.remaining.memory;
  // Any order is a random one, the order of ids included.
  if (type === "random") return 0;
  const value = field.startsWith("attribute:")
    ? (instance.attributes.get(field.slice("attribute:".length)) ?? "")
    : instance.id;
  const known = shares.get(value);
  if (known !== undefined) return known;
  const fresh = { tasks: 0 };
  shares.set(value, fresh);
  return fresh;
}

const numberOf = (score: Share | number | undefined): number =>
  typeof score === "number" ? score : (score?.tasks ?? 0);

function isBetter(left: Candidate, right: Candidate): boolean {
  for (let index = 0; index < left.scores.length; index += 1) {
    const difference = numberOf(left.scores[index]) - numberOf(right.scores[index]);
    if (difference !== 0) return difference < 0;
  }
  return left.instance.id < right.instance.id;
}
