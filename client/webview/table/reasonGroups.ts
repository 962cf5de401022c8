// Container instances that have the same reason, whatever the numbers of each. No DOM here.

import type { Reason, Verdict } from "../../../server/src/core/scheduler/placement";
import { lands, type Row } from "../model/instanceRecords";
import { remembered, type Steps, visitInSteps } from "../model/steps";
import { verdictMeanings, verdictOrder } from "../model/words";
import { commonReason, shortBy, shortRange } from "./reasonWords";
import { type Asked, leavesAtLeast } from "./roomWords";

export interface ReasonGroup {
  /** The same whatever the numbers of its instances are, and whichever of them are on view. */
  readonly key: string;
  /** What these instances have in common: their first reason, without the numbers of each. */
  readonly headline: string;
  readonly verdict: Verdict;
  readonly rows: readonly Row[];
  /** How many are in each zone, in the order of their names; those of which no zone is known are not counted. */
  readonly zones: readonly (readonly [zone: string, count: number])[];
}

/** The rows by state and first reason, of a state the largest group first; within a group in the given order. */
export function* reasonGroupsInSteps(rows: readonly Row[], asked?: Asked): Steps<readonly ReasonGroup[]> {
  const groups = new Map<string, Gathered>();
  yield* visitInSteps(rows, (row) => {
    const key = reasonKeyOf(row);
    const group = groups.get(key) ?? new Gathered(row);
    groups.set(key, group);
    group.add(row);
  });
  return [...groups]
    .map(([key, it]) => it.group(key, asked))
    .sort(
      (a, b) =>
        verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict) || b.rows.length - a.rows.length,
    );
}

/** The key of the group that an instance is in. No instance is called so. */
export function reasonKeyOf(row: Row): string {
  return `reason\n${row.verdict}\n${commonOf(row)}`;
}

/** What the instances of a group have in common, without numbers. */
function commonOf({ verdict, reasons, moment }: Row): string {
  if (moment !== undefined) return (reasons[0]?.message ?? moment.state).replace(/\.$/, "");
  return reasons.length === 0 || lands(verdict) ? verdictMeanings[verdict] : commonOfReasons(reasons);
}

const commonOfReasons = remembered(([first]: readonly Reason[]): string =>
  first === undefined ? "" : commonReason(first),
);

class Gathered {
  private readonly first: Row;
  private readonly rows: Row[] = [];
  private readonly zones = new Map<string, number>();
  private readonly short = { least: Number.POSITIVE_INFINITY, most: 0 };
  private readonly left = { cpu: Number.POSITIVE_INFINITY, memory: Number.POSITIVE_INFINITY };

  constructor(first: Row) {
    this.first = first;
  }

  add(row: Row): void {
    this.rows.push(row);
    const { facts } = row;
    if (facts?.zone !== undefined) this.zones.set(facts.zone, (this.zones.get(facts.zone) ?? 0) + 1);
    const { short, left } = this;
    const by = shortBy(row.reasons[0]);
    if (by !== undefined) {
      short.least = Math.min(short.least, by);
      short.most = Math.max(short.most, by);
    }
    left.cpu = Math.min(left.cpu, facts?.remainingCpu ?? 0);
    left.memory = Math.min(left.memory, facts?.remainingMemory ?? 0);
  }

  group(key: string, asked: Asked): ReasonGroup {
    const { rows } = this;
    const zones = [...this.zones].sort(([a], [b]) => (a < b ? -1 : 1));
    return { key, headline: this.headline(asked), verdict: this.first.verdict, rows, zones };
  }

  private headline(asked: Asked): string {
    const { first, short, left } = this;
    const common = commonOf(first);
    const [reason] = first.reasons;
    if (first.moment !== undefined) return common;
    if (first.verdict === "place") return leavesAtLeast(asked, left) ?? common;
    if (lands(first.verdict) || reason === undefined || short.most === 0) return common;
    return `${common}, ${shortRange(reason, short.least, short.most)}`;
  }
}
