// A keyed collection that tells watchers about every change, so that indexes, the journal and the reconciler stay
// right without the operations thinking of them.

export type Watcher<T> = (key: string, before: T | undefined, after: T | undefined) => void;

export interface Table<T> {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  delete(key: string): void;
  /** In the order in which keys were first put. */
  entries(): IterableIterator<[string, T]>;
  values(): IterableIterator<T>;
  watch(watcher: Watcher<T>): void;
}

export function createTable<T>(): Table<T> {
  const rows = new Map<string, T>();
  const watchers: Watcher<T>[] = [];
  const change = (key: string, after: T | undefined): void => {
    const before = rows.get(key);
    if (before === after) return;
    if (after === undefined) rows.delete(key);
    else rows.set(key, after);
    for (const watcher of watchers) watcher(key, before, after);
  };
  return {
    get: (key) => rows.get(key),
    put: (key, value) => change(key, value),
    delete: (key) => change(key, undefined),
    entries: () => rows.entries(),
    values: () => rows.values(),
    watch: (watcher) => void watchers.push(watcher),
  };
}

/** The keys of a table in groups. */
export interface Index {
  members(group: string): ReadonlySet<string>;
  /** The members in the order of their text. */
  sorted(group: string): readonly string[];
}

const nobody: ReadonlySet<string> = new Set();

/** Keeps the keys of a table grouped by what `groupOf` says of each row; `undefined` belongs to no group. */
export function indexBy<T>(table: Table<T>, groupOf: (row: T) => string | undefined): Index {
  const groups = new Map<string, Set<string>>();
  const sorted = new Map<string, readonly string[]>();
  table.watch((key, before, after) => {
    const from = before === undefined ? undefined : groupOf(before);
    const to = after === undefined ? undefined : groupOf(after);
    if (from === to) return;
    if (from !== undefined) {
      const group = groups.get(from);
      group?.delete(key);
      if (group?.size === 0) groups.delete(from);
      sorted.delete(from);
    }
    if (to !== undefined) {
      const group = groups.get(to);
      if (group === undefined) groups.set(to, new Set([key]));
      else group.add(key);
      sorted.delete(to);
    }
  });
  return {
    members: (group) => groups.get(group) ?? nobody,
    sorted: (group) => {
      const known = sorted.get(group);
      if (known !== undefined) return known;
      const fresh = [...(groups.get(group) ?? nobody)].sort();
      sorted.set(group, fresh);
      return fresh;
    },
  };
}

export interface Counter {
  count(bucket: string): number;
}

/** Counts the rows of a table in the buckets that `bucketsOf` puts each row into. */
export function countBy<T>(table: Table<T>, bucketsOf: (row: T) => readonly string[]): Counter {
  const counts = new Map<string, number>();
  const add = (bucket: string, by: number): void => {
    const next = (counts.get(bucket) ?? 0) + by;
    if (next === 0) counts.delete(bucket);
    else counts.set(bucket, next);
  };
  table.watch((_key, before, after) => {
    if (before !== undefined) for (const bucket of bucketsOf(before)) add(bucket, -1);
    if (after !== undefined) for (const bucket of bucketsOf(after)) add(bucket, 1);
  });
  return { count: (bucket) => counts.get(bucket) ?? 0 };
}
