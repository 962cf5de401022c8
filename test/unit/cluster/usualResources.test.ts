// Resources as ECS sends them are read by a short cut: it reads and reports what the careful reader reads and reports.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readSnapshot } from "../../../server/src/core/cluster/snapshot";
import "../../support/sameSequences";

const wrong = fc.constantFrom<unknown>(null, "", "x", 0, 22, 1.5, -1, true, [], {}, ["22"]);
const mostly = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: wrong });

const port = fc.constantFrom("22", "2375", "51678", "0", "00022", "65535", "65536", "x");
const resource = fc.constantFrom("CPU", "MEMORY", "PORTS", "PORTS_UDP", "GPU").chain((name) =>
  mostly(
    fc.record(
      {
        name: mostly(fc.constant(name)),
        type: mostly(
          fc.constantFrom(...(/^[CM]/.test(name) ? ["INTEGER", "LONG", "DOUBLE"] : ["STRINGSET"])),
        ),
        integerValue: mostly(fc.constantFrom(0, 128, 2048)),
        longValue: mostly(fc.constantFrom(0, 7)),
        doubleValue: mostly(fc.constantFrom(0, 0.5)),
        stringSetValue: mostly(fc.array(mostly(port), { maxLength: 3 })),
      },
      { requiredKeys: ["name", "type", "stringSetValue"] },
    ),
  ),
);
const resources = fc.array(resource, { maxLength: 6 });
const pairs = fc.array(fc.record({ registeredResources: resources, remainingResources: resources }), {
  minLength: 1,
  maxLength: 4,
});

/** A resource that the short cut does not know and nobody reads. */
const other = { name: "OTHER", type: "INTEGER", integerValue: 0 };

function read(given: readonly object[]) {
  const containerInstances = given.map((it, index) => ({
    containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/test/${100 + index}`,
    attributes: [],
    ...it,
  }));
  const { cluster, problems } = readSnapshot(JSON.stringify({ containerInstances }));
  return {
    problems,
    instances: cluster.instances.map(({ registered, remaining, unknownResources, unreadableLists }) => ({
      registered,
      remaining,
      unknownResources,
      unreadableLists,
    })),
  };
}

test("a list of resources is read and reported alike by the short cut and by the careful reader", () => {
  fc.assert(
    fc.property(pairs, (given) => {
      const careful = given.map((it) => ({
        registeredResources: [...it.registeredResources, other],
        remainingResources: [...it.remainingResources, other],
      }));
      assert.deepEqual(read(given), read(careful));
    }),
    { numRuns: 2_000 },
  );
});

test("equal resources are kept once, however many instances have them", () => {
  const list = (memory: number) => [
    { name: "CPU", type: "INTEGER", integerValue: 2048 },
    { name: "MEMORY", type: "INTEGER", integerValue: memory },
    { name: "PORTS", type: "STRINGSET", stringSetValue: ["22"] },
  ];
  const given = [512, 512, 1024].map((it) => ({
    registeredResources: list(1024),
    remainingResources: list(it),
  }));
  const [first, second, third] = read(given).instances;
  assert.equal(first?.remaining, second?.remaining);
  assert.notEqual(first?.remaining, third?.remaining);
  assert.equal(third?.remaining.memory, 1024);
});
