// The local endpoint: single calls beside moto's server where python has it, and a large cluster that converges.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { summarize } from "./measure.mjs";

// One connection that stays open and no more client than it takes: what is measured is the server.
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function post(url, headers, body) {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: "POST", agent, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk) => {
        text += chunk;
      });
      answer.on("end", () => resolve({ status: answer.statusCode, text }));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function call(url, operation, input, namespace = "AmazonEC2ContainerServiceV20141113") {
  const body = JSON.stringify(input);
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "content-length": Buffer.byteLength(body),
    "x-amz-target": `${namespace}.${operation}`,
    authorization:
      "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=0",
  };
  const { status, text } = await post(url, headers, body);
  const answer = JSON.parse(text);
  if (status !== 200) throw new Error(`${operation}: ${answer.message ?? text}`);
  return answer;
}

const definition = {
  family: "bench",
  containerDefinitions: [{ name: "agent", image: "busybox", memory: 64, cpu: 10 }],
};

/** Milliseconds of `count` calls, one after the other. */
async function timesOf(url, operation, input, count = 200) {
  const samples = [];
  for (let index = -20; index < count; index++) {
    const began = performance.now();
    await call(url, operation, input);
    if (index >= 0) samples.push(performance.now() - began);
  }
  return summarize(samples);
}

async function prepare(url) {
  await call(url, "CreateCluster", { clusterName: "default" });
  await call(url, "RegisterTaskDefinition", definition);
  await call(url, "CreateService", {
    serviceName: "bench",
    taskDefinition: "bench",
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
  });
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** moto's server, or `undefined` where python does not have it. */
async function startMoto() {
  if (spawnSync("python3", ["-c", "import moto.server, flask"]).status !== 0) return undefined;
  const port = await freePort();
  const child = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (await fetch(`${url}/moto-api/`).catch(() => undefined)) return { url, stop: () => child.kill() };
  }
  child.kill();
  throw new Error("moto's server does not answer.");
}

/** Milliseconds until 5,000 instances that join each run the daemon. */
async function convergence(startLocalEndpoint, stateFile) {
  const endpoint = await startLocalEndpoint({ instances: 0, ...(stateFile && { stateFile }) });
  await prepare(endpoint.url);
  const began = performance.now();
  await call(
    endpoint.url,
    "AddContainerInstances",
    { count: 5_000, instanceType: "m5.large" },
    "EcsDaemonLocal",
  );
  for (;;) {
    const { services } = await call(endpoint.url, "DescribeServices", { services: ["bench"] });
    if (services[0].runningCount === 5_000) break;
  }
  const milliseconds = performance.now() - began;
  await endpoint.close();
  return milliseconds;
}

export async function endpointRows({ startLocalEndpoint }) {
  const endpoint = await startLocalEndpoint({});
  await prepare(endpoint.url).catch((error) => {
    if (!/already|idempotent/.test(String(error))) throw error;
  });
  const moto = await startMoto();
  if (moto) await prepare(moto.url);
  const rows = [];
  for (const [what, operation, input] of [
    ["DescribeServices", "DescribeServices", { services: ["bench"] }],
    ["DescribeTaskDefinition", "DescribeTaskDefinition", { taskDefinition: "bench" }],
    ["ListContainerInstances", "ListContainerInstances", {}],
  ]) {
    const times = { ours: await timesOf(endpoint.url, operation, input) };
    if (moto) times["moto server"] = await timesOf(moto.url, operation, input);
    rows.push({
      what: `endpoint: ${what}`,
      times,
      ...(moto ? { target: 0.2, against: "moto server" } : { note: "moto is absent on this machine" }),
    });
  }
  await endpoint.close();
  moto?.stop();

  const folder = mkdtempSync(join(tmpdir(), "ecs-daemon-bench-"));
  const without = [];
  const withState = [];
  for (let round = 0; round < 3; round++) {
    without.push(await convergence(startLocalEndpoint));
    withState.push(await convergence(startLocalEndpoint, join(folder, `state-${round}`)));
  }
  rmSync(folder, { recursive: true });
  rows.push({ what: "5,000 instances join and the daemon converges", times: { ours: summarize(without) } });
  rows.push({ what: "the same with a state file", times: { ours: summarize(withState) } });
  return rows;
}
