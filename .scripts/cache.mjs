// What is set up once and used by every run: it lies outside the tree, which is packaged and cleaned.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "ecs-daemon");

/**
 * Runs `work` while no other process holds the lock file `lock`; that of a dead process is taken over.
 * @template Result
 * @param {string} lock
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withLock(lock, work) {
  mkdirSync(dirname(lock), { recursive: true });
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    for (let told = false; !take(own, lock); ) {
      if (!isHeld(lock)) rmSync(lock, { force: true });
      else {
        if (!told) console.error(`Waiting for another process that holds ${lock} …`);
        told = true;
        await wait(500);
      }
    }
  } finally {
    rmSync(own, { force: true });
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** A link appears whole or not at all: no one sees a lock without the id of its owner. */
function take(own, lock) {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    return false;
  }
}

function isHeld(lock) {
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
