// Tasks as ECS sends most of them are read by a short cut: it reads and reports what the careful reader reads and reports.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readSnapshot } from "../../../server/src/core/cluster/snapshot";
import "../../support/sameSequences";

const wrong = fc.constantFrom<unknown>(null, "", "x", 0, 22, 1.5, -1, true, [], {}, ["22"]);
const mostly = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 40, arbitrary: usual }, { weight: 1, arbitrary: wrong });

const arn = (what: string, ...names: string[]) =>
  mostly(fc.constantFrom(...names.map((it) => `arn:aws:ecs:us-east-1:123456789012:${what}/test/${it}`)));
const size = mostly(fc.constantFrom("0", "64", "00256", "1234567890"));
const status = mostly(fc.constantFrom("RUNNING", "PENDING", "STOPPED"));

const container = mostly(
  fc.record(
    {
      name: fc.constant("agent"),
      cpu: size,
      memory: size,
      memoryReservation: size,
      networkBindings: mostly(
        fc.constantFrom<object[]>([], [{ hostPort: 80, protocol: "tcp" }], [{ hostPort: "80" }]),
      ),
      gpuIds: mostly(fc.constantFrom<string[]>([], ["GPU-1"])),
    },
    { requiredKeys: ["name"] },
  ),
);
const task = fc.record(
  {
    taskArn: arn("task", "t1", "t2", "t3"),
    containerInstanceArn: arn("container-instance", "a", "b"),
    clusterArn: arn("cluster", "test", "other"),
    group: mostly(fc.constantFrom("service:agent", "family:x", "mine")),
    taskDefinitionArn: arn("task-definition", "agent:1"),
    lastStatus: status,
    desiredStatus: status,
    cpu: size,
    memory: size,
    containers: mostly(fc.array(container, { maxLength: 2 })),
  },
  { requiredKeys: ["taskArn", "containerInstanceArn", "containers"] },
);

/** What the short cut does not know, and nobody counts. */
const attachments = [{ type: "AmazonElasticBlockStorage" }];

function read(tasks: readonly object[]) {
  const containerInstances = ["a", "b"].map((id) => ({
    containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/test/${id}`,
    attributes: [],
  }));
  const { cluster, problems } = readSnapshot(JSON.stringify({ containerInstances, tasks }));
  return { problems, cluster };
}

test("a task is read and reported alike by the short cut and by the careful reader", () => {
  fc.assert(
    fc.property(fc.array(task, { minLength: 1, maxLength: 4 }), (tasks) => {
      const careful = read(tasks.map((it) => ({ ...it, attachments })));
      assert.deepEqual(read(tasks.map((it) => ({ ...it, attachments: [] }))), careful);
      assert.deepEqual(read(tasks), careful);
    }),
    { numRuns: 2_000 },
  );
});
