// Long lists as a whole. As the arguments of one call, what a user wrote may be too many: from some 100,000 on it throws.

/** Adds every item to the end of the list. */
export function append<Item>(list: Item[], items: Iterable<Item>): void {
  for (const it of items) list.push(it);
}

/** The smallest of the numbers, `Infinity` where there is none. */
export function smallestOf(numbers: Iterable<number>): number {
  let found = Number.POSITIVE_INFINITY;
  for (const it of numbers) found = Math.min(found, it);
  return found;
}

/** The largest of the numbers, `-Infinity` where there is none. */
export function largestOf(numbers: Iterable<number>): number {
  let found = Number.NEGATIVE_INFINITY;
  for (const it of numbers) found = Math.max(found, it);
  return found;
}
