// The attributes of many instances as columns: a value that thousands have is written once.

import type { ContainerInstance } from "./containerInstance";

export interface AttributeColumn {
  readonly name: string;
  /** Its different values, by name; null for an attribute without a value. */
  readonly values: readonly (string | null)[];
  /** For each instance, in the cluster's order, the index of its value; -1 where it lacks the attribute. */
  readonly indexes: readonly number[];
}

/** More values, or more columns, are nothing that one could look at in groups. */
const mostValues = 100;
const mostColumns = 50;

/**
 * Every attribute that tells instances apart in groups, by name: no capabilities, none that nearly every instance has
 * another value of. Attributes that people put come before those of ECS.
 */
export function attributeColumns(instances: readonly ContainerInstance[]): readonly AttributeColumn[] {
  const columns = new Map<string, Map<string | null, number[]>>();
  instances.forEach(({ attributes }, position) => {
    for (const [name, value] of attributes) {
      if (isCapability(name)) continue;
      const column = columns.get(name) ?? new Map<string | null, number[]>();
      columns.set(name, column);
      const having = column.get(value ?? null);
      if (having !== undefined) having.push(position);
      // One more than is shown tells that there are too many; no more are needed.
      else if (column.size <= mostValues) column.set(value ?? null, [position]);
    }
  });
  return [...columns]
    .filter(([, values]) => values.size <= mostValues)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .slice(0, mostColumns)
    .map(([name, values]) => columnOf(name, values, instances.length));
}

function columnOf(
  name: string,
  values: ReadonlyMap<string | null, readonly number[]>,
  length: number,
): AttributeColumn {
  const indexes = new Array<number>(length).fill(-1);
  const sorted = [...values].sort(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1));
  sorted.forEach(([, positions], index) => {
    for (const it of positions) indexes[it] = index;
  });
  return { name, values: sorted.map(([value]) => value), indexes };
}

function isCapability(name: string): boolean {
  return name.startsWith("ecs.capability.") || name.startsWith("com.amazonaws.");
}

function rank(name: string): number {
  return name.startsWith("ecs.") ? 1 : 0;
}
