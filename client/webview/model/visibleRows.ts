// What the user looks for, and the rows that it leaves, in order. No DOM here.

import type { Reason, Verdict } from "../../../server/src/core/scheduler/placement";
import type { Against } from "../../src/preview/messages";
import type { GroupKey } from "../fleetMap/groups";
import { lostAt, type StageName } from "../header/stages";
import { compareIds, compareText, type Row } from "./instanceRecords";
import { remembered, type Steps, sortInSteps, visitInSteps } from "./steps";
import { verdictNames, verdictOrder } from "./words";

export const sortKeys = ["verdict", "id", "zone", "type", "age"] as const;
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
  /** The list has a row for each reason, which opens to its instances; `auto`: where there are many instances. */
  readonly byReason: boolean | "auto";
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
  byReason: "auto",
};

/** The rows that pass every filter, sorted. `matching` are the ids that the selection in the editor matches. */
export function* visibleInSteps(
  rows: readonly Row[],
  view: ViewOptions,
  matching?: ReadonlySet<string>,
): Steps<readonly Row[]> {
  const hidden = new Set(view.hiddenVerdicts);
  const words = view.text.toLowerCase().split(/\s+/).filter(Boolean);
  const passes = (row: Row) =>
    !hidden.has(row.verdict) &&
    (words.length === 0 || isAbout(row, words)) &&
    (view.stage === undefined || lostAt(row) === view.stage) &&
    (!view.onlyChanged || row.before !== undefined || row.added === true) &&
    (!view.onlyMatching || matching === undefined || matching.has(row.id));
  const kept: Row[] = [];
  yield* visitInSteps(rows, (row) => {
    if (passes(row)) kept.push(row);
  });
  const sign = view.sort.descending ? -1 : 1;
  const compare = comparisonBy(view.sort.key);
  return yield* sortInSteps(kept, (a, b) => sign * compare(a, b) || compareIds(a, b));
}

/** Container instances from which on a list of reasons says more than one of instances. */
const many = 100;

export function isByReason({ byReason }: ViewOptions, rows: readonly Row[]): boolean {
  return byReason === "auto" ? rows.length >= many : byReason;
}

/** A word has no line break: it is looked for in each part of what there is to find. */
function isAbout(row: Row, words: readonly string[]): boolean {
  const own = ownText(row);
  const why = reasonsText(row.reasons);
  return words.every((word) => own.includes(word) || why.includes(word));
}

/** What the text filter looks into, in lower case; put together when it is first looked into. */
const ownText = remembered(({ id, verdict, facts }: Row) =>
  [id, verdict, verdictNames[verdict], facts?.ec2InstanceId, facts?.zone, facts?.instanceType, facts?.status]
    .join("\n")
    .toLowerCase(),
);

const reasonsText = remembered((reasons: readonly Reason[]) =>
  reasons
    .flatMap((it) => [it.filter, it.code, it.message, it.remedy])
    .join("\n")
    .toLowerCase(),
);

const verdictRanks = Object.fromEntries(verdictOrder.map((it, index) => [it, index])) as Readonly<
  Record<Verdict, number>
>;

function comparisonBy(key: SortKey): (a: Row, b: Row) => number {
  const byZone = rankedTexts((it) => it.facts?.zone ?? "");
  switch (key) {
    case "verdict":
      return (a, b) => verdictRanks[a.verdict] - verdictRanks[b.verdict] || byZone(a, b);
    case "id":
      return compareIds;
    case "zone":
      return byZone;
    case "type":
      return rankedTexts((it) => it.facts?.instanceType ?? "");
    case "age":
      return (a, b) => (b.facts?.registeredAt ?? 0) - (a.facts?.registeredAt ?? 0);
  }
}

/** Compares by a text of which there are few: each pair of them is compared once. */
function rankedTexts(text: (row: Row) => string): (a: Row, b: Row) => number {
  const known = new Map<string, Map<string, number>>();
  return (a, b) => {
    const [left, right] = [text(a), text(b)];
    if (left === right) return 0;
    const row = known.get(left) ?? new Map<string, number>();
    known.set(left, row);
    const result = row.get(right) ?? compareText(left, right);
    row.set(right, result);
    return result;
  };
}
