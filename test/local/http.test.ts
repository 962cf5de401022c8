// The HTTP side: who may ask, what is no request, and errors in the form that clients read.

import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { ListClustersCommand } from "@aws-sdk/client-ecs";
import { startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { type AnyAnswer, clientOf, startTestEndpoint } from "../support/localEndpoint";

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: AnyAnswer;
}

/** Unlike fetch, this sends the Host and Origin that it is told to. */
function send(
  port: number,
  headers: Record<string, string>,
  body: string,
  method = "POST",
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: JSON.parse(text) });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const list = { "x-amz-target": "AmazonEC2ContainerServiceV20141113.ListClusters" };

test("an answer has the protocol's headers", async (t) => {
  const { endpoint } = await startTestEndpoint(t);
  const answer = await send(endpoint.port, list, "{}");
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["content-type"], "application/x-amz-json-1.1");
  assert.match(String(answer.headers["x-amzn-requestid"]), /^[0-9a-f-]{36}$/);
  assert.deepEqual(answer.body, { clusterArns: ["arn:aws:ecs:us-east-1:123456789012:cluster/default"] });
});

test("web pages and rebound names are turned away", async (t) => {
  const { endpoint } = await startTestEndpoint(t);
  const page = await send(endpoint.port, { ...list, origin: "https://example.com" }, "{}");
  const rebound = await send(endpoint.port, { ...list, host: "evil.example.com" }, "{}");
  const named = await send(endpoint.port, { ...list, host: `localhost:${endpoint.port}` }, "{}");
  assert.deepEqual([page.status, rebound.status, named.status], [403, 403, 200]);
});

test("what is no request is refused by name", async (t) => {
  const { endpoint } = await startTestEndpoint(t);
  const cases: readonly (readonly [string, string, string])[] = [
    ["ListClusters", "{", "SerializationException"],
    ["ListClusters", "[]", "SerializationException"],
    ["RegisterTaskDefinition", `{"family":${"[".repeat(100_000)}`, "SerializationException"],
    [
      "RegisterTaskDefinition",
      `{"family":"x","x":${'{"y":'.repeat(500)}1${"}".repeat(501)}`,
      "SerializationException",
    ],
    ["ListClusters", '{"maxResults":"5"}', "SerializationException"],
    ["ListClusters", '{"maxResults":0}', "InvalidParameterException"],
    ["ListClusters", '{"nextToken":"nonsense"}', "InvalidParameterException"],
    ["ListNothing", "{}", "UnknownOperationException"],
    ["ExecuteCommand", "{}", "UnsupportedFeatureException"],
    ["toString", "{}", "UnknownOperationException"],
    ["__proto__", "{}", "UnknownOperationException"],
  ];
  for (const [operation, body, type] of cases) {
    const target = { "x-amz-target": `AmazonEC2ContainerServiceV20141113.${operation}` };
    const answer = await send(endpoint.port, target, body);
    assert.deepEqual(
      [answer.status, answer.body.__type, answer.headers["x-amzn-errortype"]],
      [400, type, type],
      `${operation} ${body.slice(0, 80)}`,
    );
    assert.equal(typeof answer.body.message, "string");
  }
});

test("a request that is too large is refused, and the next one is answered", async (t) => {
  const { endpoint } = await startTestEndpoint(t);
  const large = await send(endpoint.port, list, JSON.stringify({ nextToken: "x".repeat(2_000_000) }));
  assert.equal(large.status, 413);
  assert.equal((await send(endpoint.port, list, "{}")).status, 200);
});

test("anything but POST is refused", async (t) => {
  const { endpoint } = await startTestEndpoint(t);
  assert.equal((await send(endpoint.port, {}, "", "GET")).status, 405);
});

test("ARNs are of the region that the client signs for", async (t) => {
  const { endpoint } = await startTestEndpoint(t, { clusterName: "demo" });
  const client = clientOf(endpoint.url, "cn-north-1");
  t.after(() => client.destroy());
  const { clusterArns } = await client.send(new ListClustersCommand({}));
  assert.deepEqual(clusterArns, ["arn:aws-cn:ecs:cn-north-1:123456789012:cluster/demo"]);
});

test("a port in use is said so", async (t) => {
  const { endpoint } = await startTestEndpoint(t);
  await assert.rejects(startLocalEndpoint({ port: endpoint.port }), {
    message: `Port ${endpoint.port} of 127.0.0.1 is in use. Choose another one, or leave it out for any free port.`,
  });
});

test("the log has a line for every request and no credentials", async (t) => {
  const lines: string[] = [];
  const { endpoint } = await startTestEndpoint(t, { log: (line) => lines.push(line) });
  const authorization =
    "AWS4-HMAC-SHA256 Credential=AKIASECRET/20261122/us-east-1/ecs/aws4_request, Signature=f00";
  await send(endpoint.port, { ...list, authorization, "x-amz-security-token": "SESSION" }, "{}");
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? "", /^AmazonEC2ContainerServiceV20141113\.ListClusters 200 [\d.]+ ms$/);
  assert.doesNotMatch(lines.join(), /AKIASECRET|f00|SESSION/);
});
