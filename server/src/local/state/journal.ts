// Keeps the state in a file: one line per acknowledged change, written before the answer goes out. A kill of the
// process loses nothing that was acknowledged; what it cut off in the middle of a line was never acknowledged.
// (The loss of power is another matter: the lines are handed to the operating system, not forced to the disk.)

import {
  closeSync,
  fchmodSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { currentVersion, header, isPartOfHeader, versionIn, writeHeader } from "./journalHeader";
import { lockFile } from "./lockFile";
import { isRowOf } from "./rowChecks";
import { hasOtherNames, lockOpenFile, modeOfRegularFile, realPathOf } from "./stateFileIdentity";
import type { Table } from "./table";
import { type RowChange, type RowName, setRow, tableNames } from "./transaction";
import type { Tables } from "./world";

export interface Journal {
  append(changes: readonly RowChange[]): void;
  close(): void;
}

/** The tables of the Regions; `region` answers empty ones for a name that is new. */
export interface RegionTables {
  readonly home: Tables;
  region(name: string): Tables;
  readonly regions: ReadonlyMap<string, Tables>;
}

/** Below this size a journal is not worth rewriting. */
const smallest = 1 << 20;

/**
 * Reads the file's state into the tables (which are empty) and keeps it open for appending. A file that is not there
 * begins empty, for its owner only. Throws an Error a user can read if the file is something else, damaged, or in use,
 * under this name or another one.
 */
export function openJournal(path: string, tables: RegionTables): Journal {
  const real = realPathOf(path);
  const mode = modeOfRegularFile(real) ?? ownerOnly;
  const unlock = lockFile(real);
  try {
    return new FileJournal(real, mode, tables, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

const ownerOnly = 0o600;

class FileJournal implements Journal {
  #file: number;
  #unlockFile: () => void;
  /** Bytes of the file that are whole lines. */
  #size: number;
  #compactAt: number;
  /** Whether the first line is of an earlier version; it is written anew before the first row of this one. */
  #isEarlier: boolean;
  /** Whether the file may have a part of a line behind its whole ones, after a write that failed. */
  #isTorn = false;
  /** Changes that the tables have and the file does not, after a write that failed: the newest of each row. */
  readonly #unsaved = new Map<string, RowChange>();

  constructor(
    private readonly path: string,
    private readonly mode: number,
    private readonly tables: RegionTables,
    private readonly unlockPath: () => void,
  ) {
    this.#file = openSync(path, "a", mode);
    try {
      this.#unlockFile = lockOpenFile(this.#file, path);
    } catch (error) {
      closeSync(this.#file);
      throw error;
    }
    try {
      const found = readInto(path, tables);
      this.#size = found.size;
      this.#isEarlier = found.isEarlier;
      ftruncateSync(this.#file, this.#size);
      if (this.#size === 0) this.#size = write(this.#file, header);
      this.#compactAt = Math.max(smallest, 4 * this.#size);
    } catch (error) {
      this.#closeFile();
      throw error;
    }
  }

  append(changes: readonly RowChange[]): void {
    if (changes.length === 0) return;
    const all = this.#withUnsaved(changes);
    try {
      if (this.#isTorn) ftruncateSync(this.#file, this.#size);
      if (this.#isEarlier) writeHeader(this.path);
      this.#isEarlier = false;
      this.#isTorn = true;
      this.#size += write(this.#file, `${JSON.stringify(all)}\n`);
      this.#isTorn = false;
      this.#unsaved.clear();
    } catch (error) {
      for (const it of all) this.#unsaved.set(`${it[0]} ${it[1]}`, it);
      throw error;
    }
    if (this.#size > this.#compactAt) this.#compactIfPossible();
  }

  #withUnsaved(changes: readonly RowChange[]): readonly RowChange[] {
    if (this.#unsaved.size === 0) return changes;
    const newest = new Map(this.#unsaved);
    for (const it of changes) newest.set(`${it[0]} ${it[1]}`, it);
    return [...newest.values()];
  }

  /** The file serves as it is, only longer than it need be; it is tried again when it has doubled. */
  #compactIfPossible(): void {
    try {
      this.#compact();
    } catch {
      rmSync(`${this.path}.new`, { force: true });
      this.#compactAt = 2 * this.#size;
    }
  }

  /** Replaces the file by one that holds just what there is now. The old one stays whole until then. */
  #compact(): void {
    // Another name of the file would go on with the old content.
    if (hasOtherNames(this.#file)) throw new Error("The file has other names.");
    const fresh = `${this.path}.new`;
    rmSync(fresh, { force: true });
    const file = openSync(fresh, "ax", this.mode);
    let unlock: (() => void) | undefined;
    try {
      fchmodSync(file, this.mode);
      const size = writeSnapshot(file, this.tables);
      unlock = lockOpenFile(file, this.path);
      renameSync(fresh, this.path);
      this.#size = size;
    } catch (error) {
      unlock?.();
      closeSync(file);
      throw error;
    }
    this.#closeFile();
    this.#isEarlier = false;
    this.#file = file;
    this.#unlockFile = unlock;
    this.#compactAt = Math.max(smallest, 4 * this.#size);
    syncFolder(dirname(this.path));
  }

  #closeFile(): void {
    closeSync(this.#file);
    this.#unlockFile();
  }

  close(): void {
    this.#closeFile();
    this.unlockPath();
  }
}

/** Writes all of the text, however many calls that takes; answers the number of bytes. */
function write(file: number, text: string): number {
  const bytes = Buffer.from(text, "utf8");
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
  return bytes.length;
}

interface Found {
  /** Bytes of whole lines. */
  readonly size: number;
  readonly isEarlier: boolean;
}

/** Applies every whole line. */
function readInto(path: string, tables: RegionTables): Found {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(10) + 1;
  if (end === 0) {
    // A kill can cut off even the first line; anything else is not ours to overwrite.
    if (isPartOfHeader(bytes.toString("utf8"))) return { size: 0, isEarlier: false };
    throw new Error(`${path} is not a state file of the local endpoint. Choose another file.`);
  }
  const lines = bytes.toString("utf8", 0, end).split("\n");
  const version = versionIn(path, lines[0] ?? "");
  for (const [index, line] of lines.entries()) {
    if (index > 0 && line !== "") applyLine(path, index + 1, line, tables);
  }
  return { size: end, isEarlier: version !== currentVersion };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function applyLine(path: string, number: number, line: string, tables: RegionTables): void {
  const changes = parseLine(line);
  const isWhole = Array.isArray(changes) && changes.every(isRowChange);
  if (!isWhole) {
    throw new Error(
      `${path} is damaged in line ${number}. Restore it from a copy, or delete it to start with an empty state.`,
    );
  }
  for (const [name, key, row] of changes) {
    const { region, table } = placeOf(name);
    if (table !== undefined)
      setRow(region === undefined ? tables.home : tables.region(region), table, key, row);
  }
}

/** Which table of which Region a row belongs to; no table: there is none of that name. */
function placeOf(name: unknown) {
  const [table = "", region] = typeof name === "string" ? name.split("/").reverse() : [];
  return { region, table: tableNames.find((it) => it === table) };
}

function isRowChange(value: unknown): value is RowChange {
  if (!Array.isArray(value) || value.length < 2 || value.length > 3) return false;
  const [name, key, row] = value;
  const { table } = placeOf(name);
  return table !== undefined && typeof key === "string" && (value.length === 2 || isRowOf(table, row));
}

/** Writes just what there is now; answers the number of bytes. */
function writeSnapshot(file: number, { home, regions }: RegionTables): number {
  let size = write(file, header);
  for (const table of tableNames) size += writeTable(file, table, home[table] as Table<unknown>);
  for (const [region, tables] of regions)
    for (const table of tableNames)
      size += writeTable(file, `${region}/${table}`, tables[table] as Table<unknown>);
  fsyncSync(file);
  return size;
}

function writeTable(file: number, name: RowName, table: Table<unknown>): number {
  let size = 0;
  let batch: RowChange[] = [];
  for (const [key, row] of table.entries()) {
    batch.push([name, key, row]);
    if (batch.length === 200) {
      size += write(file, `${JSON.stringify(batch)}\n`);
      batch = [];
    }
  }
  return batch.length === 0 ? size : size + write(file, `${JSON.stringify(batch)}\n`);
}

/** Makes the rename itself lasting, where the file system lets folders be opened. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, "r");
    fsyncSync(handle);
    closeSync(handle);
  } catch {
    // Windows cannot open folders; the rename is atomic there all the same.
  }
}
