// The endpoint's process killed in the middle of writes, again and again, compactions included: what was acknowledged is
// there afterwards, what is there was asked for, and a file of another version is left alone. FUZZ_KILLS sets how often.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import fs, { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { type AnyAnswer, agentDefinition, post } from "../support/localEndpoint";
import { projectRoot } from "../support/paths";
import { temporaryFolder } from "../support/temporaryFolder";

const kills = Number(process.env.FUZZ_KILLS ?? 8);
const commandLine = join(process.env.DIST_DIR ?? join(projectRoot, "dist"), "cli.js");
const ecs = "AmazonEC2ContainerServiceV20141113";

function stateFile(test: TestContext): string {
  const folder = temporaryFolder();
  test.after(() => folder.remove());
  return join(folder.path, "state");
}

interface Running {
  readonly url: string;
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
}

function startProcess(test: TestContext, file: string): Promise<Running> {
  assert.ok(existsSync(commandLine), `${commandLine} is missing; run npm run build first`);
  const args = [commandLine, "local", "--state", file, "--instances", "100"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  test.after(() => child.kill("SIGKILL"));
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString("utf8");
  });
  return new Promise((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => {
      resolve({ url: chunk.toString("utf8").replace("listening on ", "").trim(), child, gone });
    });
    void gone.then(() => reject(new Error(`The endpoint did not start: ${complaint}`)));
  });
}

/** What clients asked for, and what of it was acknowledged. */
interface Ledger {
  readonly asked: Set<string>;
  readonly clusters: Set<string>;
  readonly revisions: Map<string, number>;
  /** By container instance: the number of the last acknowledged attribute. */
  readonly attributes: Map<string, number>;
  /** The number of the last attribute asked for. */
  written: number;
}

type Call = (operation: string, input?: object) => Promise<AnyAnswer>;

/** One client's next write; everything it is told is noted. Rejects when the process is gone. */
async function write(call: Call, client: number, turn: number, targets: readonly string[], ledger: Ledger) {
  if (turn % 3 === 0) {
    const clusterName = `c-${client}-${ledger.asked.size}`;
    ledger.asked.add(clusterName);
    await call("CreateCluster", { clusterName });
    ledger.clusters.add(clusterName);
  } else if (turn % 3 === 1) {
    const family = `family-${client}`;
    const { taskDefinition } = await call("RegisterTaskDefinition", agentDefinition(family));
    ledger.revisions.set(family, taskDefinition.revision);
  } else {
    // Ten instances are ten rows of the journal, so that a few dozen calls make it compact itself.
    ledger.written += 1;
    const number = ledger.written;
    const mine = targets.slice(client * 10, client * 10 + 10);
    const attributes = mine.map((targetId) => ({ name: "n", value: String(number), targetId }));
    await call("PutAttributes", { attributes });
    for (const it of mine) ledger.attributes.set(it, number);
  }
}

async function checkLedger(call: Call, ledger: Ledger): Promise<void> {
  const names = [...ledger.clusters];
  for (let at = 0; at < names.length; at += 100) {
    const { failures } = await call("DescribeClusters", { clusters: names.slice(at, at + 100) });
    assert.deepEqual(failures, [], "every acknowledged cluster is there");
  }
  const { clusterArns } = await call("ListClusters", { maxResults: 100 });
  for (const arn of clusterArns as readonly string[]) {
    const name = arn.slice(arn.lastIndexOf("/") + 1);
    assert.ok(name === "default" || ledger.asked.has(name), `somebody asked for ${name}`);
  }
  for (const [family, revision] of ledger.revisions) {
    const { taskDefinition } = await call("DescribeTaskDefinition", { taskDefinition: family });
    assert.ok(taskDefinition.revision >= revision, `${family} has its revision ${revision}`);
  }
  const listed = await call("ListAttributes", {
    targetType: "container-instance",
    attributeName: "n",
    maxResults: 100,
  });
  const values = new Map<string, number>(
    listed.attributes.map((it: AnyAnswer) => [it.targetId, Number(it.value)] as const),
  );
  for (const [target, number] of ledger.attributes) {
    const value = values.get(target.slice(target.lastIndexOf("/") + 1)) ?? values.get(target) ?? -1;
    assert.ok(
      value >= number && value <= ledger.written,
      `${target} has ${value}, acknowledged was ${number}`,
    );
  }
}

test(`${kills} kills while clients write lose nothing that was acknowledged`, async (t) => {
  const file = stateFile(t);
  const ledger: Ledger = {
    asked: new Set(),
    clusters: new Set(),
    revisions: new Map(),
    attributes: new Map(),
    written: 0,
  };
  let compactions = 0;
  let size = 0;
  for (let round = 0; round < kills; round += 1) {
    const { url, child, gone } = await startProcess(t, file);
    const call: Call = (operation, input = {}) => post(url, `${ecs}.${operation}`, input);
    await checkLedger(call, ledger);
    const { containerInstanceArns: targets } = await call("ListContainerInstances", { maxResults: 100 });
    let left = 60 + ((round * 37) % 120);
    const client = async (number: number): Promise<void> => {
      for (let turn = number; ; turn += 1) {
        try {
          await write(call, number, turn, targets, ledger);
        } catch {
          return;
        }
        left -= 1;
        if (left === 0) child.kill("SIGKILL");
        const now = existsSync(file) ? fs.statSync(file).size : 0;
        if (now < size) compactions += 1;
        size = now;
      }
    };
    await Promise.all(Array.from({ length: 10 }, (_, number) => client(number)));
    await gone;
  }
  const last = await startProcess(t, file);
  await checkLedger((operation, input = {}) => post(last.url, `${ecs}.${operation}`, input), ledger);
  assert.ok(compactions > 0, "the journal was compacted in between");
});

test("a state file of an unknown version, of something else, or damaged is refused in one line and left as it is", async (t) => {
  const file = stateFile(t);
  const header = (version: unknown) => `${JSON.stringify({ format: "ecs-daemon state", version })}\n`;
  const cases: readonly (readonly [string, RegExp])[] = [
    [header(3), /another version/],
    [header("1"), /another version/],
    [header(null), /another version/],
    ['{"format":"ecs-daemon state"}\n', /not a state file/],
    ['{"version":1}\n[]\n', /not a state file/],
    ["PK\u0003\u0004 something else\n", /not a state file/],
    [`${header(1)}[["clusters"]]\n`, /damaged in line 2/],
    [`${header(1)}[["__proto__","a",{}]]\n`, /damaged in line 2/],
    [`${header(1)}{"length":1}\n[]\n`, /damaged in line 2/],
    [`${header(2)}[["clusters"]]\n`, /damaged in line 2/],
  ];
  for (const [text, expected] of cases) {
    writeFileSync(file, text);
    const child = spawn(process.execPath, [commandLine, "local", "--state", file]);
    // One that takes the file would listen for ever.
    child.stdout.once("data", () => child.kill("SIGKILL"));
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => {
      complaint += chunk.toString("utf8");
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    assert.equal(code, 2, complaint);
    assert.match(complaint, expected);
    assert.equal(complaint.trim().split("\n").length, 1, complaint);
    assert.equal(readFileSync(file, "utf8"), text, "the file is untouched");
    assert.ok(!existsSync(`${file}.lock`) && !existsSync(`${file}.new`), "nothing is left beside it");
  }
});

test("a disk that is full for a moment costs the write that failed, and nothing that comes after it", async (t) => {
  const file = stateFile(t);
  const first = await startLocalEndpoint({ stateFile: file, instances: 1 });
  const call = (url: string, operation: string, input: object = {}) =>
    post(url, `${ecs}.${operation}`, input);
  const names = async (url: string) =>
    (await call(url, "ListClusters")).clusterArns
      .map((it: string) => it.slice(it.lastIndexOf("/") + 1))
      .sort();
  await call(first.url, "CreateCluster", { clusterName: "before" });
  const writeWhole = fs.writeSync as (file: number, bytes: Buffer, offset: number, length?: number) => number;
  let writes = 0;
  const full = t.mock.method(fs, "writeSync", ((handle: number, bytes: Buffer, offset: number) => {
    writes += 1;
    if (writes > 1) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    return writeWhole(handle, bytes, offset, Math.ceil(bytes.length / 2));
  }) as typeof fs.writeSync);
  await assert.rejects(call(first.url, "CreateCluster", { clusterName: "torn" }), {
    name: "ServerException",
  });
  full.mock.restore();
  assert.equal(writes, 2);
  await call(first.url, "CreateCluster", { clusterName: "after" });
  const known = await names(first.url);
  await first.close();
  const again = await startLocalEndpoint({ stateFile: file });
  t.after(() => again.close());
  assert.deepEqual(await names(again.url), known);
  assert.ok(known.includes("before") && known.includes("after"));
});
