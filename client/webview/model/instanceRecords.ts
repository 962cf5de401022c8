// The container instances of the panel: what the server said of each, and what it was before. No DOM here.

import type { Reason, Verdict } from "../../../server/src/core/scheduler/placement";
import type { InstanceFacts, PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import { mapInSteps, type Steps, sortInSteps, visitInSteps } from "./steps";

export interface Row {
  readonly id: string;
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly facts: InstanceFacts | undefined;
  /** The verdict that it is compared with, where that is another one. */
  readonly before: Verdict | undefined;
  /** Its place among all ids in order; absent where nobody sorts. */
  readonly rank?: number;
  /** A container instance that only What if has. */
  readonly added?: true;
  /** In a timeline: its task is of an old revision. */
  readonly outdated?: true;
  /** In a moment of a timeline: the word for its state, whether it has a mark of its own, and whether the step changed it. */
  readonly moment?: { readonly state: string; readonly isStarting?: true; readonly isChanged: boolean };
}

/** The verdicts to compare with, by instance. */
export type Baseline = ReadonlyMap<string, Verdict>;

/** Joins verdicts and facts; in the server's order. */
export function* rowsInSteps(
  { instances, facts }: PreviewResult,
  baseline: Baseline = new Map(),
): Steps<readonly Row[]> {
  const ranks = yield* ranksInSteps(instances);
  return yield* mapInSteps(instances, ({ id, verdict, reasons }, index): Row => {
    const saved = baseline.get(id);
    return {
      id,
      verdict,
      reasons,
      facts: Object.hasOwn(facts, id) ? facts[id] : undefined,
      before: saved === verdict ? undefined : saved,
      rank: ranks[index] ?? 0,
    };
  });
}

interface Ranks {
  readonly ids: readonly string[];
  readonly ranks: Int32Array;
}
let lastRanks: Ranks = { ids: [], ranks: new Int32Array() };

/** The place of each id in order. A keystroke changes verdicts, not ids: they are sorted once. */
function* ranksInSteps(instances: readonly { readonly id: string }[]): Steps<Int32Array> {
  const { ids } = lastRanks;
  if (ids.length !== instances.length || instances.some(({ id }, index) => id !== ids[index])) {
    const now = instances.map((it) => it.id);
    const ranks = new Int32Array(now.length);
    const order = yield* sortInSteps([...now.keys()], (a, b) => compareText(now[a] ?? "", now[b] ?? ""));
    yield* visitInSteps(order, (position, rank) => {
      ranks[position] = rank;
    });
    lastRanks = { ids: now, ranks };
  }
  return lastRanks.ranks;
}

/** The rows of a result with What if's changes, compared with the cluster as it is. */
export function* whatIfRowsInSteps(result: PreviewResult): Steps<readonly Row[]> {
  const added = new Set(result.whatIf?.added);
  const before = new Map<string, Verdict>();
  yield* visitInSteps(result.instances, ({ id, verdict }) => before.set(id, verdict));
  for (const it of result.whatIf?.verdicts ?? []) if (it.before !== undefined) before.set(it.id, it.before);
  const rows = yield* rowsInSteps(result, before);
  if (added.size === 0) return rows;
  return yield* mapInSteps(rows, (row) => (added.has(row.id) ? { ...row, added: true as const } : row));
}

export interface Changes {
  /** Instances that get a task now and did not before. */
  readonly gained: number;
  readonly lost: number;
  /** Another verdict, and a task or none as before. */
  readonly other: number;
}

/** What the text on screen changes against what it is compared with. */
export function changesOf(rows: readonly Row[]): Changes {
  const changes = { gained: 0, lost: 0, other: 0 };
  for (const { verdict, before, added } of rows) {
    if (added && lands(verdict)) changes.gained += 1;
    if (before === undefined) continue;
    if (lands(verdict) === lands(before)) changes.other += 1;
    else if (lands(verdict)) changes.gained += 1;
    else changes.lost += 1;
  }
  return changes;
}

/** Whether an instance with this verdict has a task. */
export function lands(verdict: Verdict): boolean {
  return verdict === "place" || verdict === "keep";
}

/** How many rows have each verdict. */
export function countVerdicts(rows: readonly Row[]): Readonly<Record<Verdict, number>> {
  const counts: Record<Verdict, number> = {
    place: 0,
    keep: 0,
    stop: 0,
    excluded: 0,
    blocked: 0,
    unknown: 0,
  };
  for (const row of rows) counts[row.verdict] += 1;
  return counts;
}

/** Numbers inside names count as numbers: `i-2` before `i-10`. A collator is many times faster than localeCompare. */
const collator = new Intl.Collator("en", { numeric: true });

export function compareText(a: string, b: string): number {
  return a === b ? 0 : collator.compare(a, b);
}

export function compareIds(a: Row, b: Row): number {
  return a.rank === undefined || b.rank === undefined ? compareText(a.id, b.id) : a.rank - b.rank;
}
