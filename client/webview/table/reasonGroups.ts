// Container instances that have the same reason, whatever the numbers of each. No DOM here.

import type { Reason, Verdict } from "../../../server/src/core/scheduler/placement";
import { lands, type Row } from "../model/instanceRecords";
import { finished, remembered, type Steps, visitInSteps } from "../model/steps";
import { filterTitles, quantity, verdictMeanings, verdictOrder } from "../model/words";

export interface ReasonGroup {
  /** What these instances have in common: their first reason, without the numbers of each. */
  readonly headline: string;
  readonly verdict: Verdict;
  readonly rows: readonly Row[];
}

/** The rows by state and first reason, of a state the largest group first; within a group in the given order. */
export function reasonGroups(rows: readonly Row[]): readonly ReasonGroup[] {
  return finished(reasonGroupsInSteps(rows));
}

/** As `reasonGroups`. */
export function* reasonGroupsInSteps(rows: readonly Row[]): Steps<readonly ReasonGroup[]> {
  const groups = new Map<string, { readonly headline: string; readonly verdict: Verdict; rows: Row[] }>();
  yield* visitInSteps(rows, (row) => {
    const { verdict } = row;
    const headline = headlineOf(row);
    const key = `${verdict}\n${headline}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { headline, verdict, rows: [row] });
    else group.rows.push(row);
  });
  return [...groups.values()].sort(
    (a, b) =>
      verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict) || b.rows.length - a.rows.length,
  );
}

function headlineOf({ verdict, reasons, moment }: Row): string {
  if (moment !== undefined) return reasons[0]?.message ?? moment.state;
  return reasons.length === 0 || lands(verdict) ? verdictMeanings[verdict] : headlineOfReasons(reasons);
}

/** Sizes differ from instance to instance, and so does the task that holds a port: what is asked is the same. */
const headlineOfReasons = remembered(([first]: readonly Reason[]): string => {
  if (first === undefined) return "";
  const { filter, requested } = first;
  if (filter === "ports") return `Port ${requested} is in use.`;
  if (typeof requested === "number" && first.unknown !== true)
    return `${filterTitles[filter]}: ${quantity(filter, requested)} asked, fewer left.`;
  return first.message;
});
