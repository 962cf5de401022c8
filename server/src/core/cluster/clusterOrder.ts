// The order of the container instances of a cluster, wherever they come from.

/** The last one read of each id, in the order of a cluster. */
export function oneOfEach<T extends { readonly id: string }>(instances: readonly T[]): readonly T[] {
  return sortById([...new Map(instances.map((it) => [it.id, it])).values()]);
}

/** By id in code unit order, which no locale changes. */
export function sortById<T extends { readonly id: string }>(items: T[]): readonly T[] {
  return items.sort((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
}
