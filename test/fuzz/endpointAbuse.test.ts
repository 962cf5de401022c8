// The endpoint under attack: web pages, rebound names, bytes that are no HTTP, bodies without end, clients that stall,
// sixty-four clients at once, and credentials that must not be kept anywhere.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { type LocalEndpointOptions, startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { agentDefinition, post } from "../support/localEndpoint";
import { temporaryFolder } from "../support/temporaryFolder";
import { within } from "./askEverything";
import { listClusters, type RawRequest, requestBytes, sendBytes } from "./rawHttp";
import { anyText } from "./texts";
import "../support/sameSequences";

const ecs = "AmazonEC2ContainerServiceV20141113";

async function start(test: TestContext, options: LocalEndpointOptions = {}) {
  const endpoint = await startLocalEndpoint({ instances: 2, ...options });
  test.after(() => endpoint.close());
  const send = (request: RawRequest) => within("a request", sendBytes(endpoint.port, requestBytes(request)));
  return { endpoint, send };
}

test("no name but this machine's own gets an answer, however it is written", async (t) => {
  const { endpoint, send } = await start(t);
  const foreign = [
    "evil.example.com",
    "127.0.0.1.evil.com",
    "localhost.evil.com",
    "evil@127.0.0.1",
    "[::1]evil",
    "0.0.0.0",
    "127.1",
    "2130706433",
    "localhost.",
    "localhost:80:80",
    "",
    "127.0.0.1 ,evil.com",
  ];
  for (const host of foreign) {
    const { status, type } = await send({ headers: [`Host: ${host}`] });
    assert.deepEqual([host, status, type], [host, 403, "AccessDeniedException"]);
  }
  const twice = await send({ headers: ["Host: evil.example.com", "Host: 127.0.0.1"] });
  assert.ok([400, 403].includes(twice.status), twice.text);
  for (const host of ["127.0.0.1", `localhost:${endpoint.port}`, "[::1]:80"]) {
    assert.equal((await send({ headers: [`Host: ${host}`] })).status, 200, host);
  }
});

test("no web page gets an answer, not even one that this machine serves, and none is told that it may ask", async (t) => {
  const { endpoint, send } = await start(t);
  const origins = [
    "https://evil.example.com",
    "null",
    "",
    `http://127.0.0.1:${endpoint.port}`,
    "vscode-webview://x",
  ];
  for (const origin of origins) {
    for (const method of ["POST", "GET", "OPTIONS", "PUT", "DELETE"]) {
      const { status, text } = await send({ method, headers: ["Host: 127.0.0.1", `Origin: ${origin}`] });
      assert.equal(status, 403, `${method} from ${origin}`);
      assert.doesNotMatch(text, /access-control-allow/i);
    }
  }
  const image = await send({ method: "GET", body: "" });
  assert.deepEqual([image.status, image.type], [405, "UnknownOperationException"]);
});

test("it listens on the loopback address alone", async (t) => {
  const { endpoint } = await start(t);
  const addresses = Object.values(networkInterfaces()).flatMap((it) => it ?? []);
  const others = addresses
    .filter((it) => it.family === "IPv4" && it.address !== "127.0.0.1")
    .map((it) => it.address);
  for (const host of [...others, "127.0.0.2"]) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect({ port: endpoint.port, host });
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      t.after(() => socket.destroy());
    });
    assert.equal(reached, false, host);
  }
});

test("bytes that are no request get a typed refusal or a closed connection, and the next client an answer", async (t) => {
  const { endpoint, send } = await start(t);
  const host = "Host: 127.0.0.1";
  const targeted = `X-Amz-Target: ${listClusters}`;
  const heads = [
    [host, targeted, "Content-Length: 4", "Transfer-Encoding: chunked"],
    [host, targeted, "Content-Length: -4"],
    [host, targeted, "Content-Length: 2", "Content-Length: 3"],
    [host, targeted, `X: ${"a".repeat(100_000)}`],
    [host, "X-Amz-Target : a", "Content-Length: 0"],
    ["Host 127.0.0.1"],
  ];
  for (const lines of heads) {
    const bytes = Buffer.from(`POST / HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n{}`, "latin1");
    const { status, type, text } = await within("bytes", sendBytes(endpoint.port, bytes));
    assert.deepEqual([status, type], [400, "SerializationException"], text);
  }
  const expecting = await send({ headers: [host, "Expect: the-impossible"] });
  assert.equal(expecting.status, 200);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        anyText.map((it) => Buffer.from(it)),
      ),
      async (bytes) => {
        const { status, type, text } = await within("random bytes", sendBytes(endpoint.port, bytes));
        assert.ok(status === 0 || type !== undefined, text);
      },
    ),
    { numRuns: 150, seed: 7 },
  );
  assert.equal((await send({})).status, 200);
});

test("a body that is too deep, too long or no JSON is refused by type, whatever the operation", async (t) => {
  const { send } = await start(t);
  const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);
  const bodies: readonly (readonly [number, string | Uint8Array])[] = [
    [400, deep("[", "]")],
    [400, deep('{"a":', "}").replace(":}", ":1}")],
    [400, `{"tags":${deep("[", "]")}}`],
    [400, "\u0000"],
    [400, "\ufeff{}"],
    [400, Uint8Array.from([0xff, 0xfe, 0x7b, 0x7d])],
    [400, '"text"'],
    [413, `{"a":"${"a".repeat(2 << 20)}"}`],
  ];
  for (const operation of ["RegisterTaskDefinition", "CreateService", "ListClusters", "TagResource"]) {
    for (const [status, body] of bodies) {
      const answer = await send({ target: `${ecs}.${operation}`, body });
      assert.equal(answer.status, status, `${operation} ${body.slice(0, 20)}: ${answer.text.slice(0, 300)}`);
      assert.match(String(answer.type), /Exception$/);
    }
  }
});

test("names that every object inherits are names like any other", async (t) => {
  const { endpoint } = await start(t);
  const call = (operation: string, input: string) => post(endpoint.url, `${ecs}.${operation}`, input);
  for (const name of ["__proto__", "constructor", "hasOwnProperty"]) {
    const definition = JSON.stringify(agentDefinition(name)).replace(
      '"cpu"',
      '"dockerLabels":{"__proto__":"x"},"cpu"',
    );
    await call("RegisterTaskDefinition", definition);
    await call("CreateCluster", `{"clusterName":"${name}"}`);
    await call(
      "CreateService",
      `{"serviceName":"${name}","taskDefinition":"${name}","schedulingStrategy":"DAEMON"}`,
    );
    const { services } = await call("DescribeServices", `{"services":["${name}"]}`);
    assert.deepEqual([services[0].serviceName, services[0].runningCount], [name, 2]);
    const [target] = (await call("ListContainerInstances", "{}")).containerInstanceArns;
    await call("PutAttributes", JSON.stringify({ attributes: [{ name, value: "x", targetId: target }] }));
    const found = await call("ListContainerInstances", JSON.stringify({ filter: `attribute:${name} == x` }));
    assert.deepEqual(found.containerInstanceArns, [target]);
    await assert.rejects(call("DescribeTaskDefinition", `{"taskDefinition":"${name}-"}`), {
      name: "ClientException",
    });
    await call("DeleteService", `{"service":"${name}","force":true}`);
  }
  assert.equal(Object.hasOwn(Object.prototype, "family"), false);
});

test("two hundred clients that stall in the middle of a request keep nobody else waiting", async (t) => {
  const { endpoint, send } = await start(t);
  const halves = [
    "POST / HT",
    "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Amz-T",
    requestBytes({ body: "{}" }).subarray(0, -1),
  ];
  const stalled = await Promise.all(
    Array.from(
      { length: 200 },
      (_, index) =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect(endpoint.port, "127.0.0.1", () => {
            socket.write(halves[index % halves.length] ?? "", () => resolve(socket));
          });
          socket.once("error", reject);
        }),
    ),
  );
  t.after(() => {
    for (const socket of stalled) socket.destroy();
  });
  for (let count = 0; count < 20; count += 1) assert.equal((await send({})).status, 200);
  assert.ok(stalled.every((it) => !it.destroyed));
});

test("sixty-four clients that write at once lose no write, in memory or in the journal", async (t) => {
  const folder = temporaryFolder();
  t.after(() => folder.remove());
  const stateFile = join(folder.path, "state");
  const first = await startLocalEndpoint({ instances: 1, stateFile });
  const call = (url: string, operation: string, input: object = {}) =>
    post(url, `${ecs}.${operation}`, input);
  const writes = 12;
  await Promise.all(
    Array.from({ length: 64 }, async (_, client) => {
      for (let write = 0; write < writes; write += 1) {
        await call(first.url, "RegisterTaskDefinition", agentDefinition(`family-${client}`));
        await call(first.url, "CreateCluster", { clusterName: `c-${client}-${write}` });
      }
    }),
  );
  const picture = async (url: string) => {
    const arns: string[] = [];
    for (let nextToken: string | undefined = ""; nextToken !== undefined; ) {
      const page = await call(url, "ListTaskDefinitions", nextToken === "" ? {} : { nextToken });
      arns.push(...page.taskDefinitionArns);
      nextToken = page.nextToken;
    }
    const clusters = (await call(url, "DescribeClusters", { clusters: ["c-0-0", `c-63-${writes - 1}`] }))
      .clusters.length;
    return { definitions: new Set(arns).size, clusters };
  };
  const expected = { definitions: 64 * writes, clusters: 2 };
  assert.deepEqual(await picture(first.url), expected);
  await first.close();
  const again = await startLocalEndpoint({ stateFile });
  t.after(() => again.close());
  assert.deepEqual(await picture(again.url), expected);
});

test("credentials are in no log line, no answer and no state", async (t) => {
  const folder = temporaryFolder();
  t.after(() => folder.remove());
  const lines: string[] = [];
  const stateFile = join(folder.path, "state");
  const { endpoint, send } = await start(t, { stateFile, log: (line) => lines.push(line) });
  const secrets = ["AKIDSECRETKEYID", "SIGNATURESECRET", "SESSIONTOKENSECRET"];
  const headers = [
    "Host: 127.0.0.1",
    `Authorization: AWS4-HMAC-SHA256 Credential=${secrets[0]}/20261122/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=${secrets[1]}`,
    `X-Amz-Security-Token: ${secrets[2]}`,
  ];
  const bodies = ["{", "{}", JSON.stringify(agentDefinition()), '{"clusterName":"x"}'];
  const answers: string[] = [];
  for (const operation of [
    "ListClusters",
    "RegisterTaskDefinition",
    "CreateCluster",
    "Nothing",
    "DescribeServices",
  ]) {
    for (const body of bodies)
      answers.push((await send({ headers, target: `${ecs}.${operation}`, body })).text);
  }
  await endpoint.close();
  const files = readdirSync(folder.path).map((it) => readFileSync(join(folder.path, it), "utf8"));
  assert.ok(lines.length >= answers.length && files.join("").includes('"x"'));
  for (const kept of [lines.join("\n"), answers.join("\n"), ...files]) {
    for (const secret of secrets) assert.ok(!kept.includes(secret), secret);
  }
});
