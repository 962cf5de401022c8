// ECS places a task into the room of tasks that are asked to stop; the container agent starts it once they are gone.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { InstanceTask } from "../../../server/src/core/cluster/containerInstance";
import { waitsForRoom } from "../../../server/src/core/scheduler/waitsForRoom";
import { containerInstance, instanceTask } from "../../support/builders";

const registered = { cpu: 1000, memory: 1000 };

/** Whether a placed task waits where another one leaves, and ECS counts the room of the latter as free. */
function waits(placed: Partial<InstanceTask>, leaving: Partial<InstanceTask> | undefined): boolean {
  const own = instanceTask({ arn: "new", lastStatus: "PENDING", cpu: 0, memory: 0, ...placed });
  const old = instanceTask({ arn: "old", desiredStatus: "STOPPED", cpu: 0, memory: 0, ...leaving });
  const remaining = { cpu: 1000 - (own.cpu ?? 0), memory: 1000 - (own.memory ?? 0) };
  const tasks = leaving === undefined ? [own] : [old, own];
  return waitsForRoom(containerInstance({ registered, remaining, tasks }), own);
}

test("a task waits for CPU and memory that a leaving task still has, and for no more than it lacks", () => {
  assert.equal(waits({ cpu: 900 }, undefined), false);
  for (const size of ["cpu", "memory"] as const) {
    assert.equal(waits({ [size]: 600 }, { [size]: 400 }), false);
    assert.equal(waits({ [size]: 601 }, { [size]: 400 }), true);
  }
});

test("a task waits for the port and the GPU of a leaving task", () => {
  const port = (number: number, protocol: "tcp" | "udp" = "tcp") => ({
    ports: [{ port: number, protocol }],
  });
  assert.equal(waits(port(8125), port(8125)), true);
  assert.equal(waits(port(8125), port(8125, "udp")), false);
  assert.equal(waits(port(8125), port(8126)), false);
  assert.equal(waits({ gpus: ["g0"] }, { gpus: ["g0", "g1"] }), true);
  assert.equal(waits({ gpus: ["g0"] }, { gpus: ["g1"] }), false);
});

test("a task waits where one of several leaving tasks has one of its ports or GPUs", () => {
  const tcp = (...ports: readonly number[]) => ({
    ports: ports.map((port) => ({ port, protocol: "tcp" as const })),
  });
  assert.equal(waits(tcp(8125, 8126), tcp(8126, 8127)), true);
  assert.equal(waits({ gpus: ["g0", "g1"] }, { gpus: ["g1", "g2"] }), true);
  const own = instanceTask({ arn: "new", lastStatus: "PENDING", cpu: 0, memory: 0, ...tcp(8125) });
  const leaving = [8125, 9000].map((port) =>
    instanceTask({ arn: `old-${port}`, desiredStatus: "STOPPED", cpu: 0, memory: 0, ...tcp(port) }),
  );
  assert.equal(waitsForRoom(containerInstance({ tasks: [...leaving, own] }), own), true);
});

test("a task waits for the network interface of a leaving task", () => {
  const placed = instanceTask({ arn: "new", lastStatus: "PENDING", enis: 1 });
  const old = (arn: string) => instanceTask({ arn, desiredStatus: "STOPPED", enis: 1 });
  // An m5.large has three, of which one is its own.
  const on = (...leaving: readonly InstanceTask[]) => containerInstance({ tasks: [...leaving, placed] });
  assert.equal(waitsForRoom(on(old("a")), placed), false);
  assert.equal(waitsForRoom(on(old("a"), old("b")), placed), true);
});
