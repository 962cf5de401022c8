// One request changes several tables: all of it is kept and written to the journal, or none of it.

import type { Table } from "./table";
import type { Tables, World } from "./world";

/** A table; of another than the home Region with the Region's name before it: `eu-west-1/tasks`. */
export type RowName = keyof Tables | `${string}/${keyof Tables}`;

/** A row that changed: table, key, and the new row; no row: it is gone. */
export type RowChange = readonly [RowName, string, unknown?];

export interface Transactions {
  /** Runs `change`; if it throws, every table is as before. Answers what changed, each row once. */
  run<R>(change: () => R): { readonly result: R; readonly changes: readonly RowChange[] };
}

export const tableNames = [
  "clusters",
  "instances",
  "taskDefinitions",
  "daemonDefinitions",
  "families",
  "services",
  "serviceEvents",
  "serviceRevisions",
  "serviceDeployments",
  "tasks",
  "settings",
  "faults",
  "clock",
  "homeRegion",
  "capacityProviders",
  "groupProviders",
  "daemons",
  "daemonRevisions",
  "daemonDeployments",
  "daemonEvents",
] as const satisfies readonly (keyof Tables)[];

interface Undo {
  readonly table: keyof Tables;
  readonly key: string;
  readonly before: unknown;
}

/** Puts or deletes a row of a table whose type is known only by the table's name. */
export function setRow(world: Tables, table: keyof Tables, key: string, row: unknown): void {
  const rows = world[table] as Table<unknown>;
  if (row === undefined) rows.delete(key);
  else rows.put(key, row);
}

export function createTransactions(world: World): Transactions {
  /** Rows as they were before the running transaction, by table and key. */
  let undo: Map<string, Undo> | undefined;
  for (const name of tableNames) {
    (world[name] as Table<unknown>).watch((key, before) => {
      const id = `${name} ${key}`;
      if (undefined !== undo && !undo.has(id)) undo.set(id, { table: name, key, before });
    });
  }
  return {
    run: (change) => {
      const changed = new Map<string, Undo>();
      undo = changed;
      try {
        const result = change();
        return { result, changes: [...changed.values()].map((it) => changeOf(world, it)) };
      } catch (error) {
        undo = undefined;
        for (const it of changed.values()) setRow(world, it.table, it.key, it.before);
        throw error;
      } finally {
        undo = undefined;
      }
    },
  };
}

function changeOf(world: Tables, { table, key }: Undo): RowChange {
  const row = (world[table] as Table<unknown>).get(key);
  return row === undefined ? [table, key] : [table, key, row];
}
