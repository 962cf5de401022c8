// What the user looks for, and the rows that it leaves, in order. No DOM here.

import type { Verdict } from "../../../server/src/core/scheduler/placement";
import type { Against } from "../../src/preview/messages";
import type { GroupKey } from "../fleetMap/groups";
import { lostAt, type StageName } from "../header/stages";
import { compareIds, compareText, type Row } from "./instanceRecords";
import { verdictOrder } from "./words";

const sortKeys = ["verdict", "id", "zone", "type", "cpu", "memory"] as const;
export type SortKey = (typeof sortKeys)[number];

/** What the user looks for. */
export interface ViewOptions {
  readonly hiddenVerdicts: readonly Verdict[];
  readonly text: string;
  readonly sort: { readonly key: SortKey; readonly descending: boolean };
  readonly groupBy: GroupKey;
  /** Only instances that the named stage of the funnel lost. */
  readonly stage: StageName | undefined;
  /** Only instances whose verdict differs from the one that it is compared with. */
  readonly onlyChanged: boolean;
  readonly against: Against;
  /** Only instances that match what is selected in the editor. */
  readonly onlyMatching: boolean;
  /** The table has a row for each reason, which opens to its instances. */
  readonly byReason: boolean;
}

export const defaultView: ViewOptions = {
  hiddenVerdicts: [],
  text: "",
  sort: { key: "verdict", descending: false },
  groupBy: "zone",
  stage: undefined,
  onlyChanged: false,
  against: "saved",
  onlyMatching: false,
  byReason: false,
};

/** The rows that pass every filter, sorted. `matching` are the ids that the selection in the editor matches. */
export function visibleRows(
  rows: readonly Row[],
  view: ViewOptions,
  matching?: ReadonlySet<string>,
): readonly Row[] {
  const hidden = new Set(view.hiddenVerdicts);
  const words = view.text.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = rows.filter(
    (row) =>
      !hidden.has(row.verdict) &&
      (words.length === 0 || isAbout(row, words)) &&
      (view.stage === undefined || lostAt(row) === view.stage) &&
      (!view.onlyChanged || row.before !== undefined || row.added === true) &&
      (!view.onlyMatching || matching === undefined || matching.has(row.id)),
  );
  const sign = view.sort.descending ? -1 : 1;
  return kept.sort((a, b) => sign * compareBy(view.sort.key, a, b) || compareIds(a, b));
}

function isAbout(row: Row, words: readonly string[]): boolean {
  const haystack = haystackOf(row);
  return words.every((word) => haystack.includes(word));
}

/** Whether any filter of the user is set. */
export function isNarrowed(view: ViewOptions): boolean {
  return (
    view.hiddenVerdicts.length > 0 ||
    view.text.trim() !== "" ||
    view.stage !== undefined ||
    view.onlyChanged ||
    view.onlyMatching
  );
}

const haystacks = new WeakMap<Row, string>();

/** Everything that the text filter looks into, in lower case; put together when it is first looked into. */
function haystackOf(row: Row): string {
  const known = haystacks.get(row);
  if (known !== undefined) return known;
  const { id, verdict, facts, reasons } = row;
  const words = [id, verdict, facts?.zone, facts?.instanceType, facts?.status];
  const why = reasons.flatMap((it) => [it.filter, it.code, it.message, it.remedy]);
  const haystack = [...words, ...why].join("\n").toLowerCase();
  haystacks.set(row, haystack);
  return haystack;
}

function compareBy(key: SortKey, a: Row, b: Row): number {
  switch (key) {
    case "verdict":
      return verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict);
    case "id":
      return compareIds(a, b);
    case "zone":
      return compareText(a.facts?.zone ?? "", b.facts?.zone ?? "");
    case "type":
      return compareText(a.facts?.instanceType ?? "", b.facts?.instanceType ?? "");
    case "cpu":
      return (a.facts?.remainingCpu ?? -1) - (b.facts?.remainingCpu ?? -1);
    case "memory":
      return (a.facts?.remainingMemory ?? -1) - (b.facts?.remainingMemory ?? -1);
  }
}
