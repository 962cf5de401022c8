import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import type { EcsPort } from "../../server/src/ecs/port";
import { nodeEnvironment } from "../../server/src/lsp/base/environment";
import { loadLater } from "../../server/src/lsp/loadLater";
import type { ClusterChoice, PreviewAnswer } from "../../server/src/lsp/protocol/protocol";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const taskDefinition = `{ "family": "agent", "containerDefinitions": [{ "name": "agent", "image": "a", "memory": 256 }] }`;
const fleet = '{ "groups": [{ "count": 2, "instanceType": "m5.large", "zones": ["z"] }] }';
const containerInstances = [
  { containerInstanceArn: "arn:aws:ecs:eu-west-1:123456789012:container-instance/c/i-1", status: "ACTIVE" },
];

/** A server whose accounts all have the same cluster, and how often it was read. */
async function opened() {
  const files = temporaryFolder({
    "agent.taskdef.json": taskDefinition,
    "two.ecs-fleet.json": fleet,
    "plain.ecs-cluster.json": JSON.stringify({ containerInstances }),
    "ours.ecs-cluster.json": JSON.stringify({ capturedAt: "2026-03-01T12:00:00Z", containerInstances }),
  });
  cleanups.push(files.remove);
  let reads = 0;
  const port: Partial<EcsPort> = {
    readCluster: async () => {
      reads += 1;
      return readClusterText("two.ecs-fleet.json", fleet).cluster;
    },
    close: () => {},
  };
  const environment = { ...nodeEnvironment(loadLater), connectEcs: async () => port as EcsPort };
  const server = await startClient({ folders: [files.uri], environment });
  cleanups.push(server.close);
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, taskDefinition);
  const preview = async (cluster: ClusterChoice, more: object = {}) => {
    const params = { textDocument: { uri }, cluster, ...more };
    const answer = await server.request<PreviewAnswer>("ecsDaemon/preview", params);
    assert.ok(!("error" in answer), JSON.stringify(answer));
    return answer.cluster.seen;
  };
  return { files, preview, reads: () => reads };
}

test("a snapshot tells when it was taken, or else when its file was written; a fleet tells nothing", async () => {
  const { files, preview } = await opened();
  const captured = await preview("ours.ecs-cluster.json");
  assert.deepEqual(captured, { how: "captured", at: Date.UTC(2026, 2, 1, 12) });
  const written = await preview("plain.ecs-cluster.json");
  assert.deepEqual(written, {
    how: "written",
    at: statSync(join(files.path, "plain.ecs-cluster.json")).mtimeMs,
  });
  assert.equal(await preview("two.ecs-fleet.json"), undefined);
});

test("an account is not asked with every preview, and asked anew by whoever refreshes", async () => {
  const { preview, reads } = await opened();
  const aws = { kind: "aws", cluster: "prod", region: "eu-west-1" } as const;
  const before = Date.now();
  const first = await preview(aws);
  assert.equal(first?.how, "read");
  assert.ok(before <= (first?.at ?? 0) && (first?.at ?? 0) <= Date.now());
  assert.deepEqual(await preview(aws), first);
  assert.equal(reads(), 1);
  const again = await preview(aws, { fresh: true });
  assert.equal(reads(), 2);
  assert.ok((again?.at ?? 0) >= (first?.at ?? 0));
});
