// What the panel shows, computed from the server's answer and the user's filters. No DOM here.

import type { FilterName, Reason, Verdict } from "../../server/src/core/scheduler/placement";
import type { AttributeColumn, InstanceFacts, PreviewResult } from "../../server/src/lsp/protocol";
import type { Against } from "../src/preview/messages";
import { filterOrder, filterTitles, quantity, verdictMeanings, verdictOrder } from "./words";

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
}

export const sortKeys = ["verdict", "id", "zone", "type", "cpu", "memory"] as const;
export type SortKey = (typeof sortKeys)[number];
export const groupKeys = ["zone", "type", "status"] as const;
/** One of the facts, or `attribute:NAME`. */
export type GroupKey = (typeof groupKeys)[number] | `attribute:${string}`;

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

/** The verdicts to compare with, by instance. */
export type Baseline = ReadonlyMap<string, Verdict>;

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

/** Joins verdicts and facts; in the server's order. */
export function rowsOf(result: PreviewResult, baseline: Baseline = new Map()): readonly Row[] {
  const ranks = ranksOf(result.instances);
  return result.instances.map(({ id, verdict, reasons }, index) => {
    const facts = Object.hasOwn(result.facts, id) ? result.facts[id] : undefined;
    const saved = baseline.get(id);
    const before = saved === verdict ? undefined : saved;
    return { id, verdict, reasons, facts, before, rank: ranks[index] ?? 0 };
  });
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

interface Ranks {
  readonly ids: readonly string[];
  readonly ranks: Int32Array;
}
let lastRanks: Ranks = { ids: [], ranks: new Int32Array() };

/** The place of each id in order. A keystroke changes verdicts, not ids: they are sorted once. */
function ranksOf(instances: readonly { readonly id: string }[]): Int32Array {
  const { ids } = lastRanks;
  if (ids.length !== instances.length || instances.some(({ id }, index) => id !== ids[index])) {
    const now = instances.map((it) => it.id);
    const ranks = new Int32Array(now.length);
    [...now.keys()]
      .sort((a, b) => compareText(now[a] ?? "", now[b] ?? ""))
      .forEach((position, rank) => {
        ranks[position] = rank;
      });
    lastRanks = { ids: now, ranks };
  }
  return lastRanks.ranks;
}

/** The rows of a result with What if's changes, compared with the cluster as it is. */
export function whatIfRows(result: PreviewResult): readonly Row[] {
  const added = new Set(result.whatIf?.added);
  const before = new Map(result.instances.map(({ id, verdict }) => [id, verdict]));
  for (const it of result.whatIf?.verdicts ?? []) if (it.before !== undefined) before.set(it.id, it.before);
  return rowsOf(result, before).map((row) => (added.has(row.id) ? { ...row, added: true as const } : row));
}

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

function lands(verdict: Verdict): boolean {
  return verdict === "place" || verdict === "keep";
}

export interface Group {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly counts: Readonly<Record<Verdict, number>>;
}

/** What an instance has for an attribute; `undefined` where it lacks it. */
export type AttributeLookup = (id: string, name: string) => string | undefined;

/** Looks into the columns of a result; an attribute without a value is "present". */
export function attributeLookup({ instances, attributes = [] }: PreviewResult): AttributeLookup {
  const columns = new Map<string, AttributeColumn>(attributes.map((it) => [it.name, it]));
  let positions: ReadonlyMap<string, number> | undefined;
  return (id, name) => {
    const column = columns.get(name);
    if (column === undefined) return undefined;
    positions ??= new Map(instances.map((it, index) => [it.id, index]));
    const index = column.indexes[positions.get(id) ?? -1] ?? -1;
    return index < 0 ? undefined : (column.values[index] ?? "present");
  };
}

/** The rows in groups, by name; within a group in the server's order. */
export function groupsOf(
  rows: readonly Row[],
  key: GroupKey,
  lookup: AttributeLookup = () => undefined,
): readonly Group[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = groupName(row, key, lookup);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, members]) => ({ name, rows: members, counts: countVerdicts(members) }));
}

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

/** The stages that every instance passes on its way to a task, and the filters of each. */
const stages = [
  { name: "active", filters: ["status"] },
  { name: "constraints", filters: ["constraints"] },
  { name: "connected", filters: ["agent"] },
  { name: "capable", filters: ["attributes", "platform"] },
  { name: "fits", filters: ["cpu", "memory", "ports", "gpu", "eni"] },
] as const satisfies readonly { readonly name: string; readonly filters: readonly FilterName[] }[];
export type StageName = (typeof stages)[number]["name"];

export interface Stage {
  readonly name: StageName | "registered";
  /** Instances that passed this stage and all before it. */
  readonly left: number;
  readonly lost: number;
}

/** How many instances are left after each stage; the first one holds them all. */
export function funnelOf(rows: readonly Row[]): readonly Stage[] {
  const lost = new Map<StageName, number>();
  for (const row of rows) {
    const stage = lostAt(row);
    if (stage !== undefined) lost.set(stage, (lost.get(stage) ?? 0) + 1);
  }
  let left = rows.length;
  return [
    { name: "registered" as const, left, lost: 0 },
    ...stages.map(({ name }) => {
      const gone = lost.get(name) ?? 0;
      left -= gone;
      return { name, left, lost: gone };
    }),
  ];
}

/** The first stage that refuses the instance; `undefined` where a task lands or stays, whatever its reasons say. */
export function lostAt(row: Row): StageName | undefined {
  if (lands(row.verdict)) return undefined;
  const refusing = new Set<FilterName>(row.reasons.map((it) => it.filter));
  return stages.find(({ filters }) => filters.some((it) => refusing.has(it)))?.name ?? "fits";
}

/** Every filter with the instance's reasons; none means that it passed. */
export function filterResults(row: Row): readonly { filter: FilterName; reasons: readonly Reason[] }[] {
  return filterOrder.map((filter) => ({
    filter,
    reasons: row.reasons.filter((it) => it.filter === filter),
  }));
}

function groupName({ id, facts }: Row, key: GroupKey, lookup: AttributeLookup): string {
  switch (key) {
    case "zone":
      return facts?.zone ?? "unknown";
    case "type":
      return facts?.instanceType ?? "unknown";
    case "status":
      return facts?.status ?? "unknown";
    default: {
      const name = key.slice("attribute:".length);
      return lookup(id, name) ?? `no ${name}`;
    }
  }
}

export interface ReasonGroup {
  /** What these instances have in common: their first reason, without the numbers of each. */
  readonly headline: string;
  readonly verdict: Verdict;
  readonly rows: readonly Row[];
}

/** The rows by verdict and first reason, the largest group first; within a group in the given order. */
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
      b.rows.length - a.rows.length || verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict),
  );
}

/** Sizes differ from instance to instance, and so does the task that holds a port: what is asked is the same. */
function headlineOf({ verdict, reasons }: Row): string {
  const [first] = reasons;
  if (first === undefined || lands(verdict)) return verdictMeanings[verdict];
  const { filter, requested } = first;
  if (filter === "ports") return `Port ${requested} is in use.`;
  if (typeof requested === "number")
    return `${filterTitles[filter]}: ${quantity(filter, requested)} asked, fewer left.`;
  return first.message;
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

/** Numbers inside names count as numbers: `i-2` before `i-10`. A collator is many times faster than localeCompare. */
const collator = new Intl.Collator("en", { numeric: true });

function compareText(a: string, b: string): number {
  return a === b ? 0 : collator.compare(a, b);
}

function compareIds(a: Row, b: Row): number {
  return a.rank === undefined || b.rank === undefined ? compareText(a.id, b.id) : a.rank - b.rank;
}
