// Reads texts of files, and says in one line why one cannot be read.

import { readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { InputError } from "../command";
import { decodedText } from "./decodedText";

let mayRead: (path: string) => boolean = () => true;

/** From now on only files of which `allowed` is true are read in this process: an assistant chooses the paths, not a person. */
export function confineReads(allowed: (path: string) => boolean): void {
  mayRead = allowed;
}

/** Rejects with an InputError that names the file. */
export async function readTextFile(path: string): Promise<string> {
  if (!mayRead(path)) throw new InputError(`${path} is outside the folders that may be read.`);
  try {
    return decodedText(await readFile(path));
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${whyUnreadable(error)}.`);
  }
}

export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EEXIST") return "a file has that name";
  if (code === "ERR_INVALID_ARG_VALUE") return "the path has a null character";
  if (code === "EACCES" || code === "EPERM") return "access is denied";
  if (code === "ERR_STRING_TOO_LONG" || code === "ERR_FS_FILE_TOO_LARGE") return "it is too large";
  return error instanceof Error ? error.message : String(error);
}

/** The text of a regular file of at most so many bytes. */
export function tryRead(path: string, largest: number): string | undefined {
  try {
    // Anything else, a pipe for example, may never come to an end.
    const found = statSync(path);
    return found.isFile() && found.size <= largest && mayRead(path)
      ? decodedText(readFileSync(path))
      : undefined;
  } catch {
    return undefined;
  }
}
