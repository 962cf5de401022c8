// Which file a state file is: links, other names, permissions, what is not a file, rows that cannot be.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs, {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { post } from "../support/localEndpoint";

const ecs = "AmazonEC2ContainerServiceV20141113";
const skip = process.platform === "win32" ? "POSIX links, modes and pipes" : false;

function folder(test: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "ecs-daemon-state-"));
  test.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const createCluster = (url: string, clusterName: string) =>
  post(url, `${ecs}.CreateCluster`, { clusterName });

/** Changes an attribute so often that the journal, which compacts from a mebibyte on, is rewritten. */
async function fill(url: string): Promise<void> {
  const [targetId] = (await post(url, `${ecs}.ListContainerInstances`, {})).containerInstanceArns;
  for (let number = 0; number < 400; number += 1) {
    const attributes = [{ name: "env", value: `v${number}`, targetId }];
    await post(url, `${ecs}.PutAttributes`, { attributes });
  }
}

test("a link is the file it points to: one lock, and it stays a link when the file is rewritten", {
  skip,
}, async (t) => {
  const at = folder(t);
  const file = join(at, "state.jsonl");
  const link = join(at, "link.jsonl");
  symlinkSync("state.jsonl", link);
  const first = await startLocalEndpoint({ stateFile: link });
  t.after(() => first.close());
  assert.ok(existsSync(file), "a link to a file that is not there yet creates that file");
  await assert.rejects(startLocalEndpoint({ stateFile: file }), { message: /in use by process/ });
  const { ino } = statSync(file);
  await fill(first.url);
  assert.notEqual(statSync(file).ino, ino, "the file was not rewritten");
  assert.ok(lstatSync(link).isSymbolicLink());
  await first.close();
  const second = await startLocalEndpoint({ stateFile: file });
  t.after(() => second.close());
  await assert.rejects(startLocalEndpoint({ stateFile: link }), { message: /in use by process/ });
});

test("a file with two names is one file, and both names keep its content", { skip }, async (t) => {
  const at = folder(t);
  const [file, other] = [join(at, "state.jsonl"), join(at, "other.jsonl")];
  const first = await startLocalEndpoint({ stateFile: file });
  t.after(() => first.close());
  linkSync(file, other);
  await assert.rejects(startLocalEndpoint({ stateFile: other }), { message: /in use by process/ });
  await fill(first.url);
  await createCluster(first.url, "late");
  assert.equal(statSync(file).ino, statSync(other).ino);
  await first.close();
  const second = await startLocalEndpoint({ stateFile: other });
  t.after(() => second.close());
  const { clusterArns } = await post(second.url, `${ecs}.ListClusters`, {});
  assert.equal(clusterArns.length, 2);
});

test("a file that was rewritten is locked under its other names, too", { skip }, async (t) => {
  const at = folder(t);
  const [file, other] = [join(at, "state.jsonl"), join(at, "other.jsonl")];
  const first = await startLocalEndpoint({ stateFile: file });
  t.after(() => first.close());
  await fill(first.url);
  linkSync(file, other);
  await assert.rejects(startLocalEndpoint({ stateFile: other }), { message: /in use by process/ });
});

test("a new file is its owner's, and another file keeps its mode when it is rewritten", {
  skip,
}, async (t) => {
  const file = join(folder(t), "state.jsonl");
  const mode = () => (statSync(file).mode & 0o777).toString(8);
  const first = await startLocalEndpoint({ stateFile: file });
  assert.equal(mode(), "600");
  await fill(first.url);
  assert.equal(mode(), "600");
  await first.close();
  chmodSync(file, 0o640);
  const second = await startLocalEndpoint({ stateFile: file });
  t.after(() => second.close());
  await fill(second.url);
  assert.equal(mode(), "640");
});

test("a pipe, a device, a folder and a file without a folder are refused", { skip }, async (t) => {
  const at = folder(t);
  const pipe = join(at, "pipe");
  execFileSync("mkfifo", [pipe]);
  for (const path of [pipe, "/dev/null", at])
    await assert.rejects(startLocalEndpoint({ stateFile: path }), {
      message: `${fs.realpathSync(path)} is not a regular file. Choose another state file.`,
    });
  await assert.rejects(startLocalEndpoint({ stateFile: join(at, "nowhere", "state.jsonl") }), {
    message: /cannot be used as a state file: its folder does not exist/,
  });
});

test("a row that its table cannot have is damage in its line", async (t) => {
  const file = join(folder(t), "state.jsonl");
  await (await startLocalEndpoint({ stateFile: file })).close();
  const whole = readFileSync(file, "utf8");
  const rows = whole
    .split("\n")
    .slice(1, -1)
    .flatMap((line) => JSON.parse(line) as [string, string, Record<string, unknown>?][]);
  const [instances, id, instance] = rows.find(([table]) => table === "instances") ?? [];
  const message = new RegExp(`is damaged in line ${whole.split("\n").length}\\.`);
  for (const change of [
    ["clusters", "default", null],
    ["clusters", "default", []],
    ["clusters", "default", "x"],
    ["clusters", "default", { name: "default", status: "ACTIVE" }],
    ["clusters", 7],
    ["nothing", "default"],
    ["clock", "clock", { aheadBy: "soon" }],
    [instances, id, { ...instance, status: "RUNNING" }],
    [instances, id, { ...instance, registered: { cpu: 1 } }],
    [instances, id, { ...instance, attributes: [{ value: "prod" }] }],
  ]) {
    writeFileSync(file, `${whole}${JSON.stringify([change])}\n`);
    await assert.rejects(startLocalEndpoint({ stateFile: file }), { message }, JSON.stringify(change));
  }
  const good = [
    [instances, id, instance],
    ["clusters", "nobody"],
  ];
  writeFileSync(file, `${whole}${JSON.stringify(good)}\n`);
  await (await startLocalEndpoint({ stateFile: file })).close();
});

test("a disk that stays full costs no descriptors, and the state is saved once there is room", {
  skip: process.platform === "linux" ? false : "descriptors are counted in /proc",
}, async (t) => {
  const file = join(folder(t), "state.jsonl");
  const first = await startLocalEndpoint({ stateFile: file, instances: 1 });
  t.after(() => first.close());
  const descriptors = () =>
    fs.readdirSync("/proc/self/fd").filter((it) => linkOf(it).includes("state.jsonl")).length;
  const full = t.mock.method(fs, "writeSync", (() => {
    throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  }) as typeof fs.writeSync);
  for (let number = 0; number < 30; number += 1)
    await assert.rejects(createCluster(first.url, `c${number}`), { name: "ServerException" });
  assert.equal(descriptors(), 1);
  full.mock.restore();
  await createCluster(first.url, "after");
  await first.close();
  const again = await startLocalEndpoint({ stateFile: file });
  t.after(() => again.close());
  const { clusterArns } = await post(again.url, `${ecs}.ListClusters`, {});
  assert.equal(clusterArns.length, 32);
});

function linkOf(descriptor: string): string {
  try {
    return fs.readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return "";
  }
}
