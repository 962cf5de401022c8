// Container instances in the groups of the fleet map: by a fact, or by an attribute. No DOM here.

import type { Verdict } from "../../../server/src/core/scheduler/placement";
import type { AttributeColumn, PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import { compareText, countVerdicts, type Row } from "../model/instanceRecords";
import { type Steps, visitInSteps } from "../model/steps";
import { verdictOrder } from "../model/words";

export const groupKeys = ["zone", "type", "status"] as const;
/** One of the facts, or `attribute:NAME`. */
export type GroupKey = (typeof groupKeys)[number] | `attribute:${string}`;

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

/** The rows in groups, by name; within a group by state, then in the server's order. */
export function* groupsInSteps(
  rows: readonly Row[],
  key: GroupKey,
  lookup: AttributeLookup = () => undefined,
): Steps<readonly Group[]> {
  const groups = new Map<string, Partial<Record<Verdict, Row[]>>>();
  yield* visitInSteps(rows, (row) => {
    const name = groupName(row, key, lookup);
    const group = groups.get(name) ?? {};
    groups.set(name, group);
    group[row.verdict] ??= [];
    group[row.verdict]?.push(row);
  });
  const found: Group[] = [];
  for (const [name, members] of [...groups].sort(([a], [b]) => compareText(a, b))) {
    yield;
    found.push(groupOf(name, members));
  }
  return found;
}

/** Equal cells stand together: a share is an area then. */
function groupOf(name: string, members: Readonly<Partial<Record<Verdict, readonly Row[]>>>): Group {
  const rows = verdictOrder.flatMap((it) => members[it] ?? []);
  return { name, rows, counts: countVerdicts(rows) };
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
