import assert from "node:assert/strict";
import { test } from "node:test";
import { inBatches, pages } from "../../../../server/src/ecs/calls/paging";

test("batches are at most as large as asked, a few run at a time, and results keep the order", async () => {
  const items = Array.from({ length: 1001 }, (_, index) => index);
  const sizes: number[] = [];
  let running = 0;
  let most = 0;
  const results = await inBatches(items, 100, async (batch) => {
    sizes.push(batch.length);
    running += 1;
    most = Math.max(most, running);
    // The later batches answer first.
    for (let turn = batch[0] ?? 0; turn < 1000; turn += 100) await Promise.resolve();
    running -= 1;
    return batch.map((it) => it * 2);
  });
  assert.deepEqual(
    results,
    items.map((it) => it * 2),
  );
  assert.equal(sizes.length, 11);
  assert.equal(Math.max(...sizes), 100);
  assert.ok(most > 1 && most <= 4, `${most} at a time`);
});

test("nothing to do asks nothing", async () => {
  const results = await inBatches([], 100, async () => assert.fail("was asked"));
  assert.deepEqual(results, []);
});

test("pages are asked for until there is no token", async () => {
  const tokens: (string | undefined)[] = [];
  const all = await pages(async (token) => {
    tokens.push(token);
    const page = tokens.length;
    return { items: [page], nextToken: page < 3 ? `after-${page}` : undefined };
  });
  assert.deepEqual(all, [1, 2, 3]);
  assert.deepEqual(tokens, [undefined, "after-1", "after-2"]);
});
