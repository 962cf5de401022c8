// Work over many container instances, done a little at a time, so that no task of the page is long. No DOM here.

/** Work that stops now and then for others to do something, and returns what it made. */
export type Steps<Result> = Generator<void, Result>;

/** Items between two stops: less than a millisecond of simple work, a few on a slow machine. */
const stride = 500;

/** All of the work at once. */
export function finished<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** Calls `visit` with each item. */
export function* visitInSteps<Item>(
  items: readonly Item[],
  visit: (item: Item, index: number) => void,
): Steps<void> {
  for (let first = 0; first < items.length; first += stride) {
    if (first > 0) yield;
    const end = Math.min(items.length, first + stride);
    for (let index = first; index < end; index += 1) visit(items[index] as Item, index);
  }
}

/** What `make` makes of each item. */
export function* mapInSteps<Item, Made>(
  items: readonly Item[],
  make: (item: Item, index: number) => Made,
): Steps<Made[]> {
  const made: Made[] = [];
  yield* visitInSteps(items, (item, index) => made.push(make(item, index)));
  return made;
}

/** The items in order, as `toSorted` has them; equal ones stay in theirs. */
export function* sortInSteps<Item>(
  items: readonly Item[],
  compare: (a: Item, b: Item) => number,
): Steps<readonly Item[]> {
  let runs: (readonly Item[])[] = [];
  for (let first = 0; first < items.length; first += stride) {
    runs.push(items.slice(first, first + stride).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: (readonly Item[])[] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(yield* mergeInSteps(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergeInSteps<Item>(
  left: readonly Item[],
  right: readonly Item[],
  compare: (a: Item, b: Item) => number,
): Steps<readonly Item[]> {
  if (right.length === 0) return left;
  const merged: Item[] = [];
  for (let l = 0, r = 0; l < left.length || r < right.length; ) {
    const takesLeft =
      r === right.length || (l < left.length && compare(left[l] as Item, right[r] as Item) <= 0);
    merged.push((takesLeft ? left[l++] : right[r++]) as Item);
    if (merged.length % stride === 0) yield;
  }
  return merged;
}

/** `f`, remembered for each object: many container instances share one list of reasons. */
export function remembered<Key extends object, Value>(f: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const found = known.get(key) ?? { value: f(key) };
    known.set(key, found);
    return found.value;
  };
}
