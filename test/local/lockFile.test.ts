// However many endpoints start at once on one state file, one of them gets it.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { lockFile } from "../../server/src/local/state/lockFile";
import { temporaryFolder } from "../support/temporaryFolder";

interface Contender {
  /** Tries to take the file; answers whether it got it. */
  take(path: string): Promise<boolean>;
  release(): Promise<void>;
}

async function contender(context: TestContext): Promise<Contender> {
  const program = `
    const { lockFile } = require(${JSON.stringify(require.resolve("../../server/src/local/state/lockFile"))});
    let release = () => undefined;
    process.on("message", ({ path }) => {
      if (path === undefined) {
        release();
        release = () => undefined;
        return process.send({ owns: false });
      }
      try {
        release = lockFile(path);
        process.send({ owns: true });
      } catch (error) {
        process.send({ owns: false, message: error.message });
      }
    });
    process.send({ owns: false });`;
  const child: ChildProcess = spawn(process.execPath, ["-e", program], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  context.after(() => child.kill("SIGKILL"));
  const answer = () =>
    new Promise<boolean>((resolve, reject) =>
      child.once("message", ({ owns, message }: { owns: boolean; message?: string }) =>
        message === undefined || /is in use by/.test(message) ? resolve(owns) : reject(new Error(message)),
      ),
    );
  const ask = (message: object) => {
    const answered = answer();
    child.send(message);
    return answered;
  };
  await answer();
  return { take: (path) => ask({ path }), release: async () => void (await ask({})) };
}

/** The id of a process that is no more. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
  await new Promise((resolve) => child.once("close", resolve));
  return child.pid ?? 0;
}

test("of four that find the lock of a killed process, exactly one takes it over, and nothing is left behind", async (t) => {
  const folder = temporaryFolder();
  t.after(folder.remove);
  const contenders = await Promise.all([1, 2, 3, 4].map(() => contender(t)));
  const dead = await deadProcess();
  const leftovers = [`${dead}`, "", "no number", `${dead}\nx\n`, undefined];
  const rounds = process.env.FUZZ_LONG === undefined ? 200 : 5000;
  for (let round = 0; round < rounds; round += 1) {
    const leftover = leftovers[round % leftovers.length];
    if (leftover !== undefined) folder.write(`${round}.lock`, leftover);
    const owners = await Promise.all(contenders.map((it) => it.take(join(folder.path, String(round)))));
    assert.equal(owners.filter((it) => it).length, 1, `round ${round}: ${owners}`);
    assert.deepEqual(readdirSync(folder.path), [`${round}.lock`]);
    await Promise.all(contenders.map((it) => it.release()));
    assert.deepEqual(readdirSync(folder.path), []);
  }
});

test("a lock is taken once, given back, and taken again", (t) => {
  const folder = temporaryFolder();
  t.after(folder.remove);
  const path = join(folder.path, "state");
  const release = lockFile(path);
  assert.throws(() => lockFile(path), new RegExp(`in use by process ${process.pid}`));
  release();
  lockFile(path)();
  assert.deepEqual(readdirSync(folder.path), []);
});

test("who is slow to give its lock back does not take away the next one's", (t) => {
  const folder = temporaryFolder({ "state.lock": "" });
  t.after(folder.remove);
  const release = lockFile(join(folder.path, "state"));
  folder.write("state.lock", `${process.ppid}\nother\n`);
  release();
  assert.deepEqual(readdirSync(folder.path), ["state.lock"]);
});

test("a process that was killed while it took a lock over stands in nobody's way", async (t) => {
  const folder = temporaryFolder();
  t.after(folder.remove);
  const path = join(folder.path, "state");
  const dead = await deadProcess();
  folder.write("state.lock", `${dead}`);
  const { createHash } = await import("node:crypto");
  const digest = createHash("sha256").update(`${dead}`).digest("hex").slice(0, 12);
  folder.write(`state.lock.${digest}`, `${dead}\nx\n`);
  lockFile(path)();
  assert.deepEqual(readdirSync(folder.path), []);
});
