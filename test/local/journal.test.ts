// The state file: what was acknowledged is there after the process is killed, at whatever moment.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { agentDefinition, post } from "../support/localEndpoint";

const ecs = "AmazonEC2ContainerServiceV20141113";

function stateFile(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "ecs-daemon-state-"));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "state.jsonl");
}

/** Another process that serves the state file until it is killed. */
async function startProcess(file: string): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const program = `
    require(${JSON.stringify(require.resolve("../../server/src/local/startLocalEndpoint"))})
      .startLocalEndpoint({ stateFile: ${JSON.stringify(file)}, instances: 2 })
      .then((it) => console.log(it.url));`;
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8").trim()));
    child.once("exit", (code) => reject(new Error(`The endpoint exited with ${code}.`)));
  });
  return { url, child };
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.once("exit", () => resolve()));

test("a restart goes on where the endpoint was", async (t) => {
  const file = stateFile(t);
  const first = await startLocalEndpoint({ stateFile: file });
  await post(first.url, `${ecs}.RegisterTaskDefinition`, agentDefinition());
  await post(first.url, `${ecs}.CreateService`, {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const before = await post(first.url, `${ecs}.DescribeServices`, { services: ["agent"] });
  const tasks = await post(first.url, `${ecs}.ListTasks`, {});
  await first.close();
  const second = await startLocalEndpoint({ stateFile: file });
  t.after(() => second.close());
  assert.deepEqual(await post(second.url, `${ecs}.DescribeServices`, { services: ["agent"] }), before);
  assert.deepEqual(await post(second.url, `${ecs}.ListTasks`, {}), tasks);
  second.addInstances({ count: 1 });
  const { services } = await post(second.url, `${ecs}.DescribeServices`, { services: ["agent"] });
  assert.equal(services[0].runningCount, 6);
});

test("tasks that were on their way when the process died come up after the restart", async (t) => {
  const file = stateFile(t);
  const first = await startLocalEndpoint({ stateFile: file, startDelaySeconds: 60 });
  await post(first.url, `${ecs}.RegisterTaskDefinition`, agentDefinition());
  await post(first.url, `${ecs}.RunTask`, { taskDefinition: "agent" });
  await first.close();
  const second = await startLocalEndpoint({ stateFile: file, startDelaySeconds: 60 });
  t.after(() => second.close());
  await post(second.url, "EcsDaemonLocal.AdvanceClock", { seconds: 61 });
  const { clusters } = await post(second.url, `${ecs}.DescribeClusters`, {});
  assert.deepEqual([clusters[0].runningTasksCount, clusters[0].pendingTasksCount], [1, 0]);
});

test("nothing acknowledged is lost when the process is killed while clients write", async (t) => {
  const file = stateFile(t);
  const acknowledged: string[] = [];
  let number = 0;
  for (let round = 0; round < 5; round += 1) {
    const { url, child } = await startProcess(file);
    const target = acknowledged.length + 10 + round * 7;
    const gone = ended(child);
    const client = async (): Promise<void> => {
      for (;;) {
        const clusterName = `c${number++}`;
        try {
          await post(url, `${ecs}.CreateCluster`, { clusterName });
        } catch {
          return;
        }
        acknowledged.push(clusterName);
        if (acknowledged.length >= target) child.kill("SIGKILL");
      }
    };
    await Promise.all(Array.from({ length: 8 }, client));
    await gone;
  }
  const last = await startLocalEndpoint({ stateFile: file });
  t.after(() => last.close());
  const { clusters, failures } = await describeAll(last.url, acknowledged);
  assert.deepEqual(failures, []);
  assert.deepEqual(clusters.sort(), [...acknowledged].sort());
  assert.ok(acknowledged.length > 50);
});

async function describeAll(url: string, names: readonly string[]) {
  const clusters: string[] = [];
  const failures: unknown[] = [];
  for (let start = 0; start < names.length; start += 100) {
    const answer = await post(url, `${ecs}.DescribeClusters`, { clusters: names.slice(start, start + 100) });
    clusters.push(...answer.clusters.map((it: { clusterName: string }) => it.clusterName));
    failures.push(...answer.failures);
  }
  return { clusters, failures };
}

test("a torn last line is as if it had never been written", async (t) => {
  const file = stateFile(t);
  const first = await startLocalEndpoint({ stateFile: file });
  await post(first.url, `${ecs}.CreateCluster`, { clusterName: "kept" });
  const whole = statSync(file).size;
  await post(first.url, `${ecs}.CreateCluster`, { clusterName: "torn" });
  await first.close();
  for (const size of [whole + 1, Math.floor((whole + statSync(file).size) / 2), statSync(file).size - 1]) {
    truncateSync(file, size);
    const again = await startLocalEndpoint({ stateFile: file });
    const { clusterArns } = await post(again.url, `${ecs}.ListClusters`, {});
    await post(again.url, `${ecs}.CreateCluster`, { clusterName: "torn" });
    await again.close();
    assert.deepEqual(
      clusterArns.map((it: string) => it.split("/")[1]),
      ["default", "kept"],
    );
  }
});

test("the journal is compacted, and nothing of the state goes with it", async (t) => {
  const file = stateFile(t);
  const first = await startLocalEndpoint({ stateFile: file });
  const [target] = (await post(first.url, `${ecs}.ListContainerInstances`, {})).containerInstanceArns;
  const sizes: number[] = [];
  for (let number = 0; number < 400; number += 1) {
    const attributes = [{ name: "env", value: `v${number}`, targetId: target }];
    await post(first.url, `${ecs}.PutAttributes`, { attributes });
    sizes.push(statSync(file).size);
  }
  await first.close();
  assert.ok(sizes.some((size, index) => size < (sizes[index - 1] ?? 0)));
  assert.ok(Math.max(...sizes) < 2 << 20);
  assert.ok(!existsSync(`${file}.new`) && !existsSync(`${file}.lock`));
  const second = await startLocalEndpoint({ stateFile: file });
  t.after(() => second.close());
  const answer = await post(second.url, `${ecs}.ListAttributes`, {
    targetType: "container-instance",
    attributeName: "env",
  });
  assert.equal(answer.attributes[0].value, "v399");
});

test("two endpoints do not share a state file, and a leftover lock is no obstacle", async (t) => {
  const file = stateFile(t);
  const { child } = await startProcess(file);
  const gone = ended(child);
  await assert.rejects(startLocalEndpoint({ stateFile: file }), {
    message: new RegExp(`in use by process ${child.pid}\\.`),
  });
  child.kill("SIGKILL");
  await gone;
  assert.ok(existsSync(`${file}.lock`));
  const next = await startLocalEndpoint({ stateFile: file });
  await assert.rejects(startLocalEndpoint({ stateFile: file }), { message: /in use by process/ });
  await next.close();
});

test("a file that is something else is left alone", async (t) => {
  const file = stateFile(t);
  writeFileSync(file, '{"name":"package.json"}\n');
  await assert.rejects(startLocalEndpoint({ stateFile: file }), {
    message: /is not a state file of the local endpoint/,
  });
  writeFileSync(file, "no newline");
  await assert.rejects(startLocalEndpoint({ stateFile: file }), {
    message: /is not a state file of the local endpoint/,
  });
  assert.equal(readFileSync(file, "utf8"), "no newline");
  writeFileSync(file, `${JSON.stringify({ format: "ecs-daemon state", version: 3 })}\n`);
  await assert.rejects(startLocalEndpoint({ stateFile: file }), {
    message: /another version of this program \(format 3, this one reads 1 and 2\)/,
  });
});

test("damage in the middle of the file is told with its line", async (t) => {
  const file = stateFile(t);
  await (await startLocalEndpoint({ stateFile: file })).close();
  appendFileSync(file, "garbage\n[]\n");
  await assert.rejects(startLocalEndpoint({ stateFile: file }), { message: /is damaged in line 3\./ });
});
