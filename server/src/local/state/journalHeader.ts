// The first line of a state file says what the file is, and of which version.

import { closeSync, openSync, writeSync } from "node:fs";

const format = "ecs-daemon state";

/** An older program refuses a newer version, rather than take rows that it does not know for damage. */
export const currentVersion = 2;

/** Version 2 has the table `groupProviders`. */
const readable: readonly unknown[] = [1, currentVersion];

const headerOf = (version: unknown) => `${JSON.stringify({ format, version })}\n`;

export const header = headerOf(currentVersion);

/** Whether a text is the beginning of a first line, which a kill can cut off. */
export const isPartOfHeader = (text: string): boolean => readable.some((it) => headerOf(it).startsWith(text));

/** Answers the version that the first line tells. Throws an Error a user can read where this program cannot read the file. */
export function versionIn(path: string, line: string): unknown {
  const { version } = parsed(path, line);
  // A line as it was written: the one of another version is written over it.
  if (readable.includes(version) && `${line}\n` === headerOf(version)) return version;
  throw new Error(
    `${path} was written by another version of this program (format ${String(version)}, this one reads ${readable.join(" and ")}). Delete it or use that version.`,
  );
}

function parsed(path: string, line: string): { readonly version: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && "format" in value && "version" in value)
      if (value.format === format) return { version: value.version };
  } catch {
    // Not a line of JSON: refused with the others.
  }
  throw new Error(`${path} is not a state file of the local endpoint. Choose another file.`);
}

/** Writes the first line of this version over an earlier one, which is of the same length. */
export function writeHeader(path: string): void {
  const file = openSync(path, "r+");
  try {
    writeSync(file, header, 0);
  } finally {
    closeSync(file);
  }
}
