// Keeps two endpoints from writing the same state file.

import { createHash, randomUUID } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/**
 * Takes `PATH.lock` (or another lock for the file) for this process; answers how to give it back. A lock that a killed
 * process left behind is taken over, by one of those that try. Throws an Error a user can read if another endpoint uses
 * the file.
 */
export function lockFile(path: string, lock = `${path}.lock`): () => void {
  return take(lock, path, 0);
}

/** Files locked by this process: its own id in a lock file of another start (in a container) is a leftover. */
const ours = new Set<string>();

/** Each level is a process that was killed while it took over the level above. */
const mostLevels = 5;

function take(lock: string, path: string, level: number): () => void {
  const content = `${process.pid}\n${randomUUID()}\n`;
  if (!create(lock, content)) {
    const found = read(lock);
    if (found !== undefined) {
      if (isInUse(lock, found) || level >= mostLevels) throw inUse(path, lock, found);
      replace(lock, found, { content, path, level });
    } else if (!create(lock, content)) throw inUse(path, lock, read(lock) ?? "");
  }
  ours.add(lock);
  return () => {
    ours.delete(lock);
    if (read(lock) === content) rmSync(lock, { force: true });
  };
}

interface Replacement {
  readonly content: string;
  readonly path: string;
  readonly level: number;
}

/**
 * Many may find the same leftover, and who is slow must not remove the lock of who was fast. So only who holds a lock
 * named after the leftover's content may remove it, and looks first whether it is still that one.
 */
function replace(lock: string, leftover: string, { content, path, level }: Replacement): void {
  const digest = createHash("sha256").update(leftover).digest("hex").slice(0, 12);
  const release = take(`${lock}.${digest}`, path, level + 1);
  try {
    if (read(lock) === leftover) rmSync(lock, { force: true });
    if (!create(lock, content)) throw inUse(path, lock, read(lock) ?? "");
  } finally {
    release();
  }
}

/** Whether the file was not there. Its content is there as soon as it is: it is written elsewhere, then linked. */
function create(lock: string, content: string): boolean {
  const draft = `${lock}.${randomUUID()}`;
  try {
    writeFileSync(draft, content, { flag: "wx" });
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].some((it) => hasCode(error, it))) throw error;
    return createWithoutLinks(lock, content);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Some file systems have no links. */
function createWithoutLinks(lock: string, content: string): boolean {
  try {
    writeFileSync(lock, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function read(lock: string): string | undefined {
  try {
    return readFileSync(lock, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

const ownerOf = (content: string): number => Number.parseInt(content, 10);

function isInUse(lock: string, content: string): boolean {
  const owner = ownerOf(content);
  return owner === process.pid ? ours.has(lock) : owner > 0 && lives(owner);
}

/** Whether a process with this id lives; one that we may not signal lives too. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/** The code of the error that another process uses the state file. */
export const stateInUse = "STATE_IN_USE";

function inUse(path: string, lock: string, content: string): Error {
  const owner = ownerOf(content);
  const message =
    owner > 0
      ? `${path} is in use by process ${owner}. Stop it, choose another state file, or delete ${lock} if there is no such endpoint.`
      : `${path} is in use by another endpoint that just started.`;
  return Object.assign(new Error(message), { code: stateInUse });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
