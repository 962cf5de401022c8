// What a coverage look costs: calls of one large cluster, and the time of a hundred at the rates that ECS publishes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { portOf } from "../../../server/src/ecs/calls/portOf";
import { createThrottle } from "../../../server/src/ecs/calls/throttle";
import type { Depth, LookOptions } from "../../../server/src/ecs/coverage/look";
import { lookAtCluster } from "../../../server/src/ecs/coverage/lookAtCluster";
import { lookAtFleet } from "../../../server/src/ecs/coverage/lookAtFleet";
import { drivenClock, hostId, type LargeCluster, largeEcs } from "../../support/largeEcs";

const options = (depth: Depth = "why"): LookOptions => ({
  depth,
  daemons: [],
  grace: 300_000,
  now: () => Date.UTC(2026, 10, 28),
  definitions: new Map(),
});

const large = (bad: number, more: Partial<LargeCluster> = {}): LargeCluster => ({
  clusters: ["big"],
  instances: 5_000,
  daemons: 20,
  replicas: 3,
  full: Array.from({ length: bad }, (_, index) => hostId(index * 700 + 3)),
  daemonsOnFull: 3,
  ...more,
});

async function callsOf(shape: LargeCluster, depth?: Depth) {
  let calls = 0;
  const port = portOf(
    largeEcs(shape, async () => {
      calls += 1;
    }),
  );
  const look = await lookAtCluster(port, "big", options(depth), undefined);
  return { calls, look };
}

test("who lacks what and why in 5,000 instances with 20 daemons takes at most 35 calls", async () => {
  for (const daemonsOnFull of [3, 1, 19, 0]) {
    const shape = large(7, { daemonsOnFull });
    const { calls, look } = await callsOf(shape);
    assert.ok(calls <= 35, `${calls} calls with ${daemonsOnFull} daemons on the full instances`);
    assert.deepEqual(look.incomplete, []);
    for (const [index, daemon] of look.daemons.entries()) {
      const isMissing = index >= daemonsOnFull;
      assert.equal(daemon.cells.length, isMissing ? 7 : 0);
      assert.equal(daemon.running, isMissing ? 4_993 : 5_000);
      assert.equal(daemon.wanted, 5_000);
      for (const cell of daemon.cells) {
        assert.equal(cell.state, "missing");
        assert.ok(shape.full.includes(cell.instance));
        assert.equal(cell.reasons[0]?.code, "insufficient-memory");
        assert.equal(cell.remedy, "make-room");
      }
    }
  }
});

test("a cluster without a gap is looked at with six calls, its counts with four", async () => {
  assert.equal((await callsOf(large(0))).calls, 6);
  assert.equal((await callsOf(large(0), "who")).calls, 5);
  assert.equal((await callsOf(large(0), "counts")).calls, 4);
});

test("hundreds of instances without their daemon are read by daemon", async () => {
  const full = Array.from({ length: 1_000 }, (_, index) => hostId(index));
  const { calls, look } = await callsOf(large(0, { full, daemonsOnFull: 19 }));
  assert.equal(look.daemons.at(-1)?.cells.length, 1_000);
  assert.equal(look.daemons.at(-1)?.running, 4_000);
  assert.ok(calls < 1_000, `${calls} calls`);
});

test("100 clusters in four Regions are read within 40 s per Region at the published rates", async () => {
  const clock = drivenClock();
  const regions = ["us-east-1", "us-west-2", "eu-west-1", "ap-south-1"];
  const ports = new Map(
    regions.map((region) => {
      const throttle = createThrottle(clock).share(100);
      const clusters = Array.from({ length: 25 }, (_, index) => `c${index}`);
      const shape = large(20, {
        region,
        clusters,
        full: Array.from({ length: 20 }, (_, at) => hostId(at * 241)),
      });
      const send = async (operation: Parameters<typeof throttle>[0]) => {
        await throttle(operation);
        await clock.wait(30);
      };
      return [region, portOf(largeEcs(shape, send))] as const;
    }),
  );
  let most = 0;
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const watch = setInterval(() => {
    collect();
    most = Math.max(most, process.memoryUsage().heapUsed);
  }, 1_000);
  const fleet = await clock.drive(
    lookAtFleet(
      (target, use) => {
        const port = ports.get(target.region ?? "");
        assert.ok(port);
        return use(port);
      },
      { targets: regions.map((region) => ({ region })), clusters: "all", options: options() },
    ),
  );
  clearInterval(watch);
  assert.deepEqual(fleet.failed, []);
  assert.equal(fleet.clusters.length, 100);
  assert.ok(
    fleet.clusters.every((it) => it.daemons.reduce((sum, daemon) => sum + daemon.cells.length, 0) === 340),
  );
  assert.ok(clock.now() <= 40_000, `${clock.now()} ms`);
  assert.ok(most <= 200 * 1024 * 1024, `${most} bytes`);
});
