// Reads of the chosen cluster overlap: a watcher looks again while an edit already made somebody else look.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cluster } from "../../../server/src/core/cluster/containerInstance";
import type { EcsPort } from "../../../server/src/ecs/port";
import { nodeEnvironment } from "../../../server/src/lsp/base/environment";
import { createClusterSource } from "../../../server/src/lsp/clusters/clusterSource";
import { loadLater } from "../../../server/src/lsp/loadLater";

/** A source whose account answers when the test says so: the n-th call of `answers` belongs to the n-th read. */
function accountSource() {
  const answers: ((cluster: Cluster | Error) => void)[] = [];
  const readCluster = () =>
    new Promise<Cluster>((resolve, reject) => {
      answers.push((it) => (it instanceof Error ? reject(it) : resolve(it)));
    });
  const port = { readCluster, close: () => {} } as unknown as EcsPort;
  const source = createClusterSource({
    environment: { ...nodeEnvironment(loadLater), connectEcs: async () => port },
    documents: {} as never,
    local: { read: () => undefined } as never,
    folders: () => [],
    trusted: () => true,
    aws: () => ({}) as never,
  });
  source.choose({ kind: "aws", cluster: "prod" });
  const asked = async (reads: number) => {
    while (answers.length < reads) await new Promise(setImmediate);
  };
  return { source, answers, asked };
}

/** The same with two reads under way, of which the first has begun earlier. */
async function twoReads() {
  const { source, answers, asked } = accountSource();
  const earlier = source.refresh([]);
  await asked(1);
  const later = source.refresh([]);
  await asked(2);
  return { source, answers, earlier, later };
}

const named = (name: string) => ({ name, instances: [], tasks: [] }) as unknown as Cluster;

test("what an earlier read found does not replace what a later one found", async () => {
  const { source, answers, earlier, later } = await twoReads();
  answers[1]?.(named("after"));
  assert.equal(await later, "changed");
  answers[0]?.(named("before"));
  assert.equal(await earlier, "same");
  assert.equal(source.current()?.cluster.name, "after");
});

test("an earlier read that fails late takes nothing away from a later one", async () => {
  const { source, answers, asked } = accountSource();
  const earlier = source.resolve(undefined, []);
  await asked(1);
  const later = source.refresh([]);
  await asked(2);
  answers[1]?.(named("after"));
  await later;
  answers[0]?.(new Error("gone"));
  assert.ok("error" in (await earlier), "the one who asked is told");
  assert.equal(source.current()?.cluster.name, "after");
});

test("reads that end in the order in which they began all count", async () => {
  const { source, answers, earlier, later } = await twoReads();
  answers[0]?.(named("before"));
  assert.equal(await earlier, "changed");
  answers[1]?.(named("after"));
  assert.equal(await later, "changed");
  assert.equal(source.current()?.cluster.name, "after");
});

test("a read of a cluster that is no longer chosen does not count", async () => {
  const { source, answers, asked } = accountSource();
  const old = source.refresh([]);
  await asked(1);
  source.choose({ kind: "aws", cluster: "test" });
  answers[0]?.(named("prod"));
  await old;
  assert.equal(source.current(), undefined);
});
