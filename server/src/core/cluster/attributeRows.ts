// The attributes of container instances that are read one after the other. Most have the same hundred names in the same
// order: these are kept once, and for each instance a list of values.

import { likeOnes, mixed } from "./likeOnes";

type Attributes = ReadonlyMap<string, string | undefined>;

/** Names with their places in a list of values. */
type Columns = ReadonlyMap<string, number>;

/** The attributes of one instance: a map whose names others share. */
class AttributeRow implements Attributes {
  constructor(
    private readonly columns: Columns,
    private readonly row: readonly (string | undefined)[],
  ) {}

  get size(): number {
    return this.row.length;
  }

  has(name: string): boolean {
    return this.columns.has(name);
  }

  get(name: string): string | undefined {
    const column = this.columns.get(name);
    return column === undefined ? undefined : this.row[column];
  }

  entries() {
    return new Map([...this.columns].map(([name, column]) => [name, this.row[column]] as const)).entries();
  }

  keys() {
    return this.columns.keys();
  }

  values() {
    return this.row.values();
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  /** Whether the items of the list, in their order, have these values. */
  hasValues(list: readonly unknown[]): boolean {
    for (let index = 0; index < list.length; index++)
      if ((list[index] as Item)?.value !== this.row[index]) return false;
    return true;
  }

  forEach(callback: (value: string | undefined, name: string, map: Attributes) => void): void {
    for (const [name, value] of this) callback(value, name, this);
  }
}

/**
 * A reader of lists of attributes as ECS sends them, objects of a `name` and perhaps a `value`. It answers `undefined` for
 * a list that holds anything else, or a name twice, and mostly the same object for lists that are equal. `shared` gives one
 * string for all that are equal.
 */
export function attributeRows(
  shared: (text: string) => string,
): (list: readonly unknown[]) => Attributes | undefined {
  let names: readonly unknown[] = [];
  let columns: Columns | undefined;
  let rows = likeOnes<AttributeRow>();
  return (list) => {
    let areNamesKnown = list.length === names.length;
    // A cluster has half a million attributes: nothing is made for those that another instance has as well.
    let hash = 0;
    for (let index = 0; index < list.length; index++) {
      const item = list[index] as Item;
      const value = item?.value;
      if (value !== undefined) {
        if (typeof value !== "string") return undefined;
        hash = mixed(hash, value);
      }
      if (areNamesKnown && item?.name !== names[index]) areNamesKnown = false;
    }
    if (!areNamesKnown) {
      names = list.map((it) => (it as Item)?.name);
      columns = columnsOf(names, shared);
      rows = likeOnes();
    }
    if (columns === undefined) return undefined;
    return rows(
      hash,
      (it) => it.hasValues(list),
      () =>
        new AttributeRow(
          columns as Columns,
          list.map((it) => valueOfItem(it, shared)),
        ),
    );
  };
}

/** Of an item that was looked at before. */
function valueOfItem(item: unknown, shared: (text: string) => string): string | undefined {
  const value = (item as Item)?.value as string | undefined;
  return value && shared(value);
}

/** An item of a list, which may be anything: whatever has a name and a value that are texts is as good as an attribute. */
type Item = { readonly name?: unknown; readonly value?: unknown } | null | undefined;

/** `undefined` where a name is not a text, or is there twice. */
function columnsOf(names: readonly unknown[], shared: (text: string) => string): Columns | undefined {
  const columns = new Map<string, number>();
  for (const [column, name] of names.entries()) {
    if (typeof name !== "string" || name === "") return undefined;
    columns.set(shared(name), column);
  }
  return columns.size === names.length ? columns : undefined;
}
