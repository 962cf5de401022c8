// Keeps two endpoints from writing the same state file.

import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Whether a process with this id lives; one that we may not signal lives too. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Files locked by this process: its own id in a lock file of another start (in a container) is a leftover. */
const ours = new Set<string>();

/**
 * Takes `PATH.lock` for this process; answers how to give it back. A lock that a killed process left behind is taken
 * over. Throws an Error a user can read if another endpoint uses the file.
 */
export function lockFile(path: string): () => void {
  const lock = `${path}.lock`;
  const take = (): boolean => {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
      throw error;
    }
  };
  if (!take()) {
    const owner = Number(readFileSync(lock, "utf8"));
    const inUse = owner === process.pid ? ours.has(lock) : owner > 0 && lives(owner);
    if (inUse) {
      throw new Error(
        `${path} is in use by process ${owner}. Stop it, choose another state file, or delete ${lock} if there is no such endpoint.`,
      );
    }
    rmSync(lock, { force: true });
    if (!take()) throw new Error(`${path} is in use by another endpoint that just started.`);
  }
  ours.add(lock);
  return () => {
    ours.delete(lock);
    rmSync(lock, { force: true });
  };
}
