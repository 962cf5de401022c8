// Which file a path of a state file means: a link's target, and the same file under another name.

import { createHash } from "node:crypto";
import {
  accessSync,
  type BigIntStats,
  constants,
  fstatSync,
  lstatSync,
  readlinkSync,
  realpathSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { lockFile } from "./lockFile";

/** More links in a row than any file system follows. */
const mostLinks = 40;

/**
 * The path of the file itself, without symbolic links; of a file that is not there yet the path where it will be.
 * Throws an Error a user can read where there is no folder for it.
 */
export function realPathOf(path: string, links = 0): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (!isMissing(error) || links >= mostLinks) throw unusable(path, error);
  }
  const target = linkTarget(path);
  if (target !== undefined) return realPathOf(resolve(dirname(path), target), links + 1);
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch (error) {
    throw unusable(path, error);
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch {
    return undefined;
  }
}

function unusable(path: string, error: unknown): Error {
  const why = isMissing(error)
    ? "its folder does not exist"
    : error instanceof Error
      ? error.message
      : String(error);
  return new Error(`${path} cannot be used as a state file: ${why}. Choose another file.`);
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/** The permission bits of the file; `undefined` where it is not there. Throws for a folder, a pipe, a device. */
export function modeOfRegularFile(path: string): number | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (!stats.isFile()) throw new Error(`${path} is not a regular file. Choose another state file.`);
  return stats.mode & 0o777;
}

/** Takes the lock of the open file itself, whatever its name: hard links are one file. Answers how to give it back. */
export function lockOpenFile(file: number, path: string): () => void {
  const lock = join(tmpdir(), `ecs-daemon-state-${identity(fstatSync(file, { bigint: true }))}.lock`);
  return canWrite(tmpdir()) ? lockFile(path, lock) : () => undefined;
}

/** Without a folder for temporary files the lock at the file's own name has to do. */
function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function identity({ dev, ino }: BigIntStats): string {
  return createHash("sha256").update(`${dev} ${ino}`).digest("hex").slice(0, 16);
}

/** Whether the open file has another name too, which a replacement of this one would leave behind. */
export const hasOtherNames = (file: number): boolean => fstatSync(file).nlink > 1;
