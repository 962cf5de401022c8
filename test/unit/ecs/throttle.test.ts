// Calls keep within what ECS grants, on a clock of the test.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { EcsOperation } from "../../../server/src/ecs/ecsCalls";
import { createThrottle } from "../../../server/src/ecs/throttle";

/** Asks for so many calls one after another and answers when each may go, in milliseconds. */
async function times(operations: readonly EcsOperation[], busyFor = 0) {
  let now = 0;
  const clock = {
    now: () => now,
    wait: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const throttle = createThrottle(clock);
  const went: number[] = [];
  for (const operation of operations) {
    await throttle(operation);
    went.push(now);
    now += busyFor;
  }
  return went;
}

const many = (operation: EcsOperation, count: number) => Array.from({ length: count }, () => operation);

test("a burst goes at once, the rest at the lasting rate", async () => {
  const went = await times(many("DescribeTasks", 200));
  assert.equal(went[99], 0);
  assert.equal(went[100], 50);
  assert.equal(went[199], 5000);
});

test("operations of one bucket share it, others have their own", async () => {
  const shared = await times([...many("DescribeTasks", 60), ...many("ListContainerInstances", 60)]);
  assert.equal(shared.at(-1), 1000);
  const apart = await times([...many("DescribeTasks", 60), ...many("DescribeServices", 60)]);
  assert.equal(apart.at(-1), 0);
});

test("no second has more calls than burst and rate allow", async () => {
  const went = await times(many("UpdateService", 120), 3);
  for (const start of went) {
    const within = went.filter((it) => it >= start && it < start + 1000).length;
    assert.ok(within <= 50 + 5 + 1, `${within} calls from ${start}`);
  }
});

test("calls that come slower than the rate never wait", async () => {
  const went = await times(many("CreateService", 100), 200);
  assert.deepEqual(
    went,
    went.map((_, index) => index * 200),
  );
});

test("a wait ends with the signal", async () => {
  const throttle = createThrottle();
  for (const operation of many("RegisterTaskDefinition", 20)) await throttle(operation);
  const controller = new AbortController();
  const waiting = throttle("RegisterTaskDefinition", controller.signal);
  controller.abort();
  await assert.rejects(waiting, { name: "AbortError" });
});
