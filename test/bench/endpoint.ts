// The local endpoint: single calls beside moto's server where python has it, and a large cluster that converges.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, type OutgoingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { summarize, type Times } from "./measure";
import type { BenchOptions, Row } from "./section";

// One connection that stays open and no more client than it takes: what is measured is the server.
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

interface Answer {
  readonly status: number | undefined;
  readonly text: string;
}

function post(url: string, headers: OutgoingHttpHeaders, body: string): Promise<Answer> {
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

async function call(
  url: string,
  operation: string,
  input: object,
  namespace = "AmazonEC2ContainerServiceV20141113",
) {
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

/** Milliseconds of `count` calls, one after the other, after as many that do not count: a server runs for hours. */
async function timesOf(url: string, operation: string, input: object, count: number): Promise<Times> {
  const samples: number[] = [];
  for (let index = -count; index < count; index++) {
    const began = performance.now();
    await call(url, operation, input);
    if (index >= 0) samples.push(performance.now() - began);
  }
  return summarize(samples);
}

async function prepare(url: string): Promise<void> {
  await call(url, "CreateCluster", { clusterName: "default" });
  await call(url, "RegisterTaskDefinition", definition);
  await call(url, "CreateService", {
    serviceName: "bench",
    taskDefinition: "bench",
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface Contender {
  readonly url: string;
  stop(): void;
}

/** moto's server, or `undefined` where python does not have it. */
async function startMoto(): Promise<Contender | undefined> {
  if (spawnSync("python3", ["-c", "import moto.server, flask"]).status !== 0) return undefined;
  const port = await freePort();
  const child = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
  });
  const stop = () => void child.kill();
  // However this process ends, the server does not outlive it.
  process.once("exit", stop);
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (await fetch(`${url}/moto-api/`).catch(() => undefined)) return { url, stop };
  }
  stop();
  throw new Error("moto's server does not answer.");
}

/** Milliseconds until `count` instances that join each run the daemon. */
async function convergence(count: number, stateFile?: string): Promise<number> {
  const endpoint = await startLocalEndpoint({ instances: 0, ...(stateFile && { stateFile }) });
  try {
    await prepare(endpoint.url);
    const began = performance.now();
    await call(endpoint.url, "AddContainerInstances", { count, instanceType: "m5.large" }, "EcsDaemonLocal");
    for (;;) {
      const { services } = await call(endpoint.url, "DescribeServices", { services: ["bench"] });
      if (services[0].runningCount === count) return performance.now() - began;
    }
  } finally {
    await endpoint.close();
  }
}

export async function endpointRows({ quick }: BenchOptions): Promise<readonly Row[]> {
  return [...(await callRows(quick)), ...(await convergenceRows(quick))];
}

const calls: readonly (readonly [string, object])[] = [
  ["DescribeServices", { services: ["bench"] }],
  ["DescribeTaskDefinition", { taskDefinition: "bench" }],
  ["ListContainerInstances", {}],
];

async function callRows(quick: boolean): Promise<readonly Row[]> {
  const count = quick ? 10 : 500;
  const endpoint = await startLocalEndpoint({});
  let moto: Contender | undefined;
  try {
    await prepare(endpoint.url).catch((error) => {
      if (!/already|idempotent/.test(String(error))) throw error;
    });
    moto = quick ? undefined : await startMoto();
    if (moto) await prepare(moto.url);
    // The client and our server are in this process: whichever operation came first would wait for their compilation.
    for (const [operation, input] of calls)
      for (const it of [endpoint, ...(moto ? [moto] : [])]) await timesOf(it.url, operation, input, count);
    const rows: Row[] = [];
    for (const [operation, input] of calls) {
      const ours = await timesOf(endpoint.url, operation, input, count);
      const theirs = moto && { "moto server": await timesOf(moto.url, operation, input, count) };
      rows.push({
        what: `endpoint: ${operation}`,
        times: { ours, ...theirs },
        ...(moto ? { target: 0.1, against: "moto server" } : { note: "moto is absent on this machine" }),
      });
    }
    return rows;
  } finally {
    await endpoint.close();
    moto?.stop();
  }
}

async function convergenceRows(quick: boolean): Promise<readonly Row[]> {
  const count = quick ? 10 : 5_000;
  const folder = mkdtempSync(join(tmpdir(), "ecs-daemon-bench-"));
  const without: number[] = [];
  const withState: number[] = [];
  try {
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      without.push(await convergence(count));
      withState.push(await convergence(count, join(folder, `state-${round}`)));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return [
    { what: "5,000 instances join and the daemon converges", times: { ours: summarize(without) } },
    { what: "the same with a state file", times: { ours: summarize(withState) } },
  ];
}
