// Reads texts of files, and says in one line why one cannot be read.

import { createReadStream, readFileSync, type Stats, statSync } from "node:fs";
import { readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { countText } from "../../core/text/counts";
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
    return decodedText(await readBytes(path));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Pipes and devices are read up to so many bytes: some, like /dev/zero, never come to an end. */
const largestStream = 256_000_000;

/** Rejects with the error of the file system, or with one that says that there is no end in sight. */
export async function readBytes(path: string): Promise<Buffer> {
  if ((await stat(path)).isFile()) return readFile(path);
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of createReadStream(path)) {
    parts.push(part);
    length += part.length;
    if (length > largestStream)
      throw new Error(`it is not a regular file, and has more than ${countText(largestStream)} bytes`);
  }
  return Buffer.concat(parts);
}

/** What to say of a file that a call names and that cannot be read. */
export function unreadable(path: string, error: unknown): InputError {
  const advice = path === "-" && process.platform !== "win32" ? " Standard input is /dev/stdin." : "";
  return new InputError(`${path} cannot be read: ${whyUnreadable(error)}.${advice}`);
}

export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EEXIST") return "a file has that name";
  if (code === "ERR_INVALID_ARG_VALUE") return "the path has a null character";
  if (code === "EACCES" || code === "EPERM") return "access is denied";
  if (code === "ERR_STRING_TOO_LONG" || code === "ERR_FS_FILE_TOO_LARGE") return "it is too large";
  return error instanceof Error ? error.message : String(error);
}

/**
 * Writes a file so that it holds the old text or the new one, whatever happens: beside it, then in its place. Follows
 * links and keeps the mode. What is not a regular file, or lies where nothing can be put beside it, is written in place.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => undefined);
  if (found?.isFile() === false) return writeFile(target, text);
  const fresh = `${target}.${process.pid}.new`;
  try {
    await writeFile(fresh, text, found && { mode: found.mode });
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true });
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (found === undefined || !["EACCES", "EPERM", "EBUSY", "EROFS"].includes(String(code))) throw error;
    await writeFile(target, text);
  }
}

/** Why a file cannot be written, in the words of `whyUnreadable`. */
export function whyUnwritable(error: unknown): string {
  const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
  return isMissing ? "its folder does not exist" : whyUnreadable(error);
}

/** What has that name, if anything has: an expression may be longer than any name. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENAMETOOLONG") return undefined;
    throw unreadable(path, error);
  }
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
