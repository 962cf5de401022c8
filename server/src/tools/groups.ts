// Many container instances in few words: those with the same reasons once.

import { bounded } from "./bounds";

/** Ids of one group that are named. */
const mostNamed = 10;
const mostGroups = 40;

interface Group {
  readonly count: number;
  /** Ids, at most the first few. */
  readonly instances: readonly string[];
}

/** One group for each different JSON of `shared`, the largest first. */
export function grouped<T extends { readonly id: string }, Shared extends object>(
  all: readonly T[],
  shared: (it: T) => Shared,
): { readonly groups: readonly (Group & Shared)[]; readonly moreGroups?: number } {
  const byKey = new Map<string, { readonly of: Shared; readonly ids: string[] }>();
  for (const it of all) {
    const of = shared(it);
    const key = JSON.stringify(of);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { of, ids: [it.id] });
    else known.ids.push(it.id);
  }
  const groups = [...byKey.values()]
    .map(({ of, ids }) => ({ ...of, count: ids.length, instances: ids.slice(0, mostNamed) }))
    .sort((left, right) => right.count - left.count);
  const { items, leftOut } = bounded(groups, mostGroups);
  return { groups: items, ...(leftOut > 0 && { moreGroups: leftOut }) };
}
