// The best few of many tasks whose stop makes room, by branch and bound: a branch that cannot free enough, or cannot hurt
// less than what was found, is left.

import type { InstanceTask } from "../cluster/containerInstance";
import type { PortRequirement } from "../requirements/requirements";

/** A task that may be stopped. */
export interface Candidate {
  readonly task: InstanceTask;
  readonly service: string;
  /** What it costs to stop it: less is better, the first difference decides, and costs add up. */
  readonly score: readonly number[];
  /** Two with the same key are alike: the better one is tried, the other only with it. */
  readonly key: string;
  /** How many tasks its service can lose. */
  readonly spare: number;
}

/** What has to become free at least: CPU units, MiB, and host ports that tasks hold. */
export interface Shortage {
  readonly cpu: number;
  readonly memory: number;
  readonly ports: readonly PortRequirement[];
}

export interface Search<T extends Candidate> {
  readonly best: readonly T[] | undefined;
  /** Whether there were more subsets than were tried, so that nothing found proves nothing. */
  readonly isCut: boolean;
}

/** Subsets of one size that are looked at, and those of them that the scheduler judges. */
const mostVisits = 1_000_000;
const mostJudged = 10_000;

/**
 * The subset of that size that costs least among those that make room; of equal ones the first.
 * @param candidates sorted by `compareScores`
 * @param makesRoom whether everything that is missing starts once those are gone
 */
export function bestSubset<T extends Candidate>(
  candidates: readonly T[],
  size: number,
  shortage: Shortage,
  makesRoom: (subset: readonly T[]) => boolean,
): Search<T> {
  const most = mostFreed(candidates, size);
  const chosen: T[] = [];
  let best: { readonly subset: readonly T[]; readonly score: readonly number[] } | undefined;
  let visits = mostVisits;
  let judged = mostJudged;

  const isHopeless = (from: number, cpu: number, memory: number): boolean => {
    const missing = size - chosen.length;
    const further = candidates.slice(from, from + missing);
    if (further.length < missing) return true;
    const bound = most[from]?.[missing];
    if (cpu + (bound?.cpu ?? 0) < shortage.cpu || memory + (bound?.memory ?? 0) < shortage.memory)
      return true;
    return best !== undefined && compareScores(best.score, sumOf([...chosen, ...further])) <= 0;
  };
  const take = (): void => {
    if (!shortage.ports.every((port) => chosen.some((it) => holds(it.task, port)))) return;
    judged -= 1;
    if (makesRoom(chosen)) best = { subset: [...chosen], score: sumOf(chosen) };
  };
  const extend = (from: number, cpu: number, memory: number): void => {
    visits -= 1;
    if (isHopeless(from, cpu, memory)) return;
    if (chosen.length === size) {
      take();
      return;
    }
    const tried = new Set<string>();
    for (let index = from; index < candidates.length && visits > 0 && judged > 0; index += 1) {
      const next = candidates[index];
      if (next === undefined || tried.has(next.key)) continue;
      tried.add(next.key);
      if (chosen.filter((it) => it.service === next.service).length >= next.spare) continue;
      chosen.push(next);
      extend(index + 1, cpu + (next.task.cpu ?? 0), memory + (next.task.memory ?? 0));
      chosen.pop();
    }
  };
  extend(0, 0, 0);
  return { best: best?.subset, isCut: visits <= 0 || judged <= 0 };
}

/** Below zero where the left one is better. */
export function compareScores(left: readonly number[], right: readonly number[]): number {
  const index = left.findIndex((it, at) => it !== right[at]);
  return index < 0 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}

function sumOf(subset: readonly Candidate[]): readonly number[] {
  return (subset[0]?.score ?? []).map((_, at) => subset.reduce((sum, it) => sum + (it.score[at] ?? 0), 0));
}

/** Whether the task has the host port. */
export const holds = (task: InstanceTask, { port, protocol }: PortRequirement): boolean =>
  task.ports.some((it) => it.port === port && it.protocol === protocol);

/** For each candidate, what so many from it on free at most: CPU units and MiB. */
function mostFreed(candidates: readonly Candidate[], size: number) {
  const sums = (values: readonly number[]) =>
    Array.from({ length: size + 1 }, (_, count) => values.slice(0, count).reduce((sum, it) => sum + it, 0));
  const largest = (values: readonly number[], next: number) =>
    [...values, next].sort((left, right) => right - left).slice(0, size);
  let cpu: readonly number[] = [];
  let memory: readonly number[] = [];
  const most: { readonly cpu: number; readonly memory: number }[][] = [];
  for (let index = candidates.length - 1; index >= 0; index -= 1) {
    cpu = largest(cpu, candidates[index]?.task.cpu ?? 0);
    memory = largest(memory, candidates[index]?.task.memory ?? 0);
    const [cpus, memories] = [sums(cpu), sums(memory)];
    most[index] = cpus.map((it, count) => ({ cpu: it, memory: memories[count] ?? 0 }));
  }
  return most;
}
