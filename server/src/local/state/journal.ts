// Keeps the state in a file: one line per acknowledged change, written before the answer goes out. A kill of the
// process loses nothing that was acknowledged; what it cut off in the middle of a line was never acknowledged.
// (The loss of power is another matter: the lines are handed to the operating system, not forced to the disk.)

import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { lockFile } from "./lockFile";
import type { Table } from "./table";
import { type RowChange, setRow, tableNames } from "./transaction";
import type { Tables } from "./world";

export interface Journal {
  append(changes: readonly RowChange[]): void;
  close(): void;
}

/** The first line of the file. A newer version may not be read by an older program. */
const format = "ecs-daemon state";
const version = 1;
const header = `${JSON.stringify({ format, version })}\n`;

/** Below this size a journal is not worth rewriting. */
const smallest = 1 << 20;

/**
 * Reads the file's state into the tables (which are empty) and keeps it open for appending. A file that is not there
 * begins empty. Throws an Error a user can read if the file is something else, damaged, or in use.
 */
export function openJournal(path: string, tables: Tables): Journal {
  const unlock = lockFile(path);
  try {
    return lockedJournal(path, tables, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function lockedJournal(path: string, tables: Tables, unlock: () => void): Journal {
  const kept = existsSync(path) ? readInto(path, tables) : 0;
  let file = openSync(path, "a");
  let size = kept;
  if (kept === 0) {
    ftruncateSync(file, 0);
    size = write(file, header);
  } else {
    ftruncateSync(file, kept);
  }
  let compactAt = Math.max(smallest, 4 * size);
  const compact = (): void => {
    const fresh = writeSnapshot(path, tables);
    closeSync(file);
    file = openSync(path, "a");
    size = fresh;
    compactAt = Math.max(smallest, 4 * fresh);
  };
  /** The file serves as it is, only longer than it need be; it is tried again when it has doubled. */
  const compactIfPossible = (): void => {
    try {
      compact();
    } catch {
      rmSync(`${path}.new`, { force: true });
      compactAt = 2 * size;
    }
  };
  // After a write that failed the tables know more than the file, and its last line may be torn.
  let isBehind = false;
  return {
    append: (changes) => {
      if (changes.length === 0) return;
      if (isBehind) {
        compact();
        isBehind = false;
        return;
      }
      isBehind = true;
      size += write(file, `${JSON.stringify(changes)}\n`);
      isBehind = false;
      if (size > compactAt) compactIfPossible();
    },
    close: () => {
      closeSync(file);
      unlock();
    },
  };
}

/** Writes all of the text, however many calls that takes; answers the number of bytes. */
function write(file: number, text: string): number {
  const bytes = Buffer.from(text, "utf8");
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
  return bytes.length;
}

/** Applies every whole line; answers how many bytes of the file they are. */
function readInto(path: string, tables: Tables): number {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(10) + 1;
  if (end === 0) {
    // A kill can cut off even the first line; anything else is not ours to overwrite.
    if (header.startsWith(bytes.toString("utf8"))) return 0;
    throw new Error(`${path} is not a state file of the local endpoint. Choose another file.`);
  }
  const lines = bytes.toString("utf8", 0, end).split("\n");
  checkHeader(path, lines[0] ?? "");
  for (const [index, line] of lines.entries()) {
    if (index > 0 && line !== "") applyLine(path, index + 1, line, tables);
  }
  return end;
}

function checkHeader(path: string, line: string): void {
  const value = parseLine(line);
  const object = typeof value === "object" && value !== null ? value : {};
  if (!("format" in object) || object.format !== format || !("version" in object)) {
    throw new Error(`${path} is not a state file of the local endpoint. Choose another file.`);
  }
  if (object.version !== version) {
    throw new Error(
      `${path} was written by another version of this program (format ${String(object.version)}, this one reads ${version}). Delete it or use that version.`,
    );
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function applyLine(path: string, number: number, line: string, tables: Tables): void {
  const changes = parseLine(line);
  if (!Array.isArray(changes)) {
    throw new Error(
      `${path} is damaged in line ${number}. Restore it from a copy, or delete it to begin anew.`,
    );
  }
  for (const change of changes) {
    const [table, key, row] = Array.isArray(change) ? change : [];
    const name = tableNames.find((it) => it === table);
    if (name === undefined || typeof key !== "string") {
      throw new Error(
        `${path} is damaged in line ${number}. Restore it from a copy, or delete it to begin anew.`,
      );
    }
    setRow(tables, name, key, row);
  }
}

/** Replaces the file by one that holds just what there is now; answers its size. The old one stays whole until then. */
function writeSnapshot(path: string, tables: Tables): number {
  const fresh = `${path}.new`;
  const file = openSync(fresh, "w");
  let size = write(file, header);
  for (const name of tableNames) {
    let batch: RowChange[] = [];
    for (const [key, row] of (tables[name] as Table<unknown>).entries()) {
      batch.push([name, key, row]);
      if (batch.length === 200) {
        size += write(file, `${JSON.stringify(batch)}\n`);
        batch = [];
      }
    }
    if (batch.length > 0) size += write(file, `${JSON.stringify(batch)}\n`);
  }
  fsyncSync(file);
  closeSync(file);
  renameSync(fresh, path);
  syncFolder(dirname(path));
  return size;
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
