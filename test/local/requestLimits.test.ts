// Throttling as ECS publishes it, for those who ask for it.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { isOverLimit } from "../../server/src/local/scheduling/requestLimits";
import { startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { createWorld } from "../../server/src/local/state/world";
import { post, startTestEndpoint } from "../support/localEndpoint";

/** How many calls in a row are answered before one is throttled. */
async function answered(call: () => Promise<unknown>, most: number): Promise<number> {
  for (let count = 0; count < most; count += 1) {
    try {
      await call();
    } catch (error) {
      assert.ok(error instanceof Error && error.name === "ThrottlingException");
      return count;
    }
  }
  return most;
}

test("without limits nothing is throttled", async (context) => {
  const { call } = await startTestEndpoint(context, { instances: 0 });
  assert.equal(await answered(() => call("ListClusters"), 200), 200);
});

test("with the published limits a burst is answered, then the rate; buckets are shared and apart", () => {
  let now = 0;
  const world = createWorld(() => now, { start: 0, stop: 0 });
  const burst = (operation: string) => {
    let count = 0;
    while (count < 1000 && !isOverLimit(world, operation)) count += 1;
    return count;
  };
  assert.equal(burst("ListClusters"), 1000);
  world.faults.put("a", { id: "a", kind: "limits", limits: "published" });
  assert.equal(burst("ListClusters"), 50);
  assert.equal(burst("DescribeClusters"), 0);
  assert.equal(burst("ListTasks"), 100);
  assert.equal(burst("ListAccountSettings"), 1000);
  now += 2000;
  assert.equal(burst("DescribeClusters"), 40);
  now += 3_600_000;
  assert.equal(burst("DescribeClusters"), 50);
  now -= 10_000;
  assert.equal(burst("DescribeClusters"), 0);
});

test("the option throttles from the start; the fault survives a restart, the option does not", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-daemon-limits-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const stateFile = join(folder, "state.jsonl");
  // The bucket of the slowest rate: a call would have to take a second not to empty it.
  let number = 0;
  const create = (url: string) => () => {
    number += 1;
    return post(url, "AmazonEC2ContainerServiceV20141113.CreateCluster", { clusterName: `c${number}` });
  };
  const runs = async (options: object, before?: (url: string) => Promise<unknown>) => {
    const endpoint = await startLocalEndpoint({ stateFile, instances: 0, ...options });
    await before?.(endpoint.url);
    const count = await answered(create(endpoint.url), 100);
    await endpoint.close();
    return count;
  };
  assert.ok((await runs({ throttle: true })) < 100);
  assert.equal(await runs({}), 100);
  const set = (url: string) => post(url, "EcsDaemonLocal.SetFault", { limits: "published" });
  assert.ok((await runs({}, set)) < 100);
  assert.ok((await runs({})) < 100);
});
