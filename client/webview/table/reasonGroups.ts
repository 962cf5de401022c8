// Container instances that have the same reason, whatever the numbers of each. No DOM here.

import type { Verdict } from "../../../server/src/core/scheduler/placement";
import { lands, type Row } from "../model/instanceRecords";
import { filterTitles, quantity, verdictMeanings, verdictOrder } from "../model/words";

export interface ReasonGroup {
  /** What these instances have in common: their first reason, without the numbers of each. */
  readonly headline: string;
  readonly verdict: Verdict;
  readonly rows: readonly Row[];
}

/** The rows by state and first reason, of a state the largest group first; within a group in the given order. */
export function reasonGroups(rows: readonly Row[]): readonly ReasonGroup[] {
  const groups = new Map<string, { readonly headline: string; readonly verdict: Verdict; rows: Row[] }>();
  for (const row of rows) {
    const headline = headlineOf(row);
    const key = `${row.verdict}\n${headline}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { headline, verdict: row.verdict, rows: [row] });
    else group.rows.push(row);
  }
  return [...groups.values()].sort(
    (a, b) =>
      verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict) || b.rows.length - a.rows.length,
  );
}

/** Sizes differ from instance to instance, and so does the task that holds a port: what is asked is the same. */
function headlineOf({ verdict, reasons }: Row): string {
  const [first] = reasons;
  if (first === undefined || lands(verdict)) return verdictMeanings[verdict];
  const { filter, requested } = first;
  if (filter === "ports") return `Port ${requested} is in use.`;
  if (typeof requested === "number" && first.unknown !== true)
    return `${filterTitles[filter]}: ${quantity(filter, requested)} asked, fewer left.`;
  return first.message;
}
