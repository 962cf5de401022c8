// Calls keep within what ECS grants, on a clock of the test.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { EcsOperation } from "../../../../server/src/ecs/calls/ecsCalls";
import { throttleFor } from "../../../../server/src/ecs/calls/sharedThrottles";
import { createThrottle } from "../../../../server/src/ecs/calls/throttle";

/** Asks for so many calls one after another and answers when each may go, in milliseconds. */
async function times(operations: readonly EcsOperation[], busyFor = 0, percent = 100) {
  let now = 0;
  const clock = {
    now: () => now,
    wait: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const throttle = createThrottle(clock).share(percent);
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
  const throttle = createThrottle().share(100);
  for (const operation of many("RegisterTaskDefinition", 20)) await throttle(operation);
  const controller = new AbortController();
  const waiting = throttle("RegisterTaskDefinition", controller.signal);
  controller.abort();
  await assert.rejects(waiting, { name: "AbortError" });
});

test("what is not a read has the buckets that ECS publishes for it", async () => {
  for (const [operation, burst, rate] of [
    ["StopTask", 100, 40],
    ["UpdateContainerInstancesState", 100, 40],
    ["GetTaskProtection", 200, 80],
    ["DescribeClusters", 50, 20],
  ] as const) {
    const went = await times(many(operation, burst + rate));
    assert.equal(went[burst - 1], 0, operation);
    assert.ok(Math.abs((went.at(-1) ?? 0) - 1000) < 1e-6, operation);
  }
});

test("half a share has half the burst and half the rate, and leaves the rest to others", async () => {
  const went = await times(many("DescribeTasks", 150), 0, 50);
  assert.equal(went[49], 0);
  assert.equal(went[50], 100);
  assert.equal(went[149], 10_000);
  const { throttle, now } = driven();
  for (let call = 0; call < 50; call += 1) await throttle.share(50)("DescribeTasks");
  for (let call = 0; call < 50; call += 1) await throttle.share(100)("DescribeTasks");
  assert.equal(now(), 0);
  await throttle.share(100)("DescribeTasks");
  assert.equal(now(), 50);
});

/** A throttle whose waits move its clock on. */
function driven() {
  let now = 0;
  const wait = async (milliseconds: number) => {
    now += milliseconds;
  };
  return { throttle: createThrottle({ now: () => now, wait }), now: () => now };
}

test("connections with other profiles share the throttle of an account and Region", async () => {
  const made: ReturnType<typeof driven>[] = [];
  const create = () => {
    const next = driven();
    made.push(next);
    return next.throttle;
  };
  const connection = (profile: string) => throttleFor({ profile, region: "eu-west-1" }, create);
  const ask = async (it: ReturnType<typeof throttleFor>, calls: number) => {
    for (let call = 0; call < calls; call += 1) await it.before("ListClusters");
  };
  const [one, other, elsewhere] = [connection("one"), connection("other"), connection("elsewhere")];
  for (const [it, account] of [
    [one, "111122223333"],
    [other, "111122223333"],
    [elsewhere, "444455556666"],
  ] as const) {
    await ask(it, 1);
    it.after({ clusterArns: [`arn:aws:ecs:eu-west-1:${account}:cluster/a`] });
  }
  await ask(one, 40);
  await ask(other, 9);
  await ask(elsewhere, 49);
  assert.ok(made.every((it) => it.now() === 0));
  await ask(other, 1);
  assert.deepEqual(
    made.map((it) => it.now() > 0),
    [true, false, false],
  );
});
