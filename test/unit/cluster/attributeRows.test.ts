import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readSnapshot } from "../../../server/src/core/cluster/snapshot";
import "../../support/sameSequences";

interface Attribute {
  readonly name: string;
  readonly value?: unknown;
}

const attribute: fc.Arbitrary<Attribute> = fc.record(
  {
    name: fc.constantFrom("env", "ecs.capability.logging-driver.awslogs", "__proto__", "constructor", ""),
    value: fc.constantFrom<unknown>("prod", "dev", "", null, 5, true, ["a"]),
  },
  { requiredKeys: ["name"] },
);

/** As each list alone is to be read. */
function mapOf(list: readonly Attribute[]): ReadonlyMap<string, string | undefined> {
  const texts = ["string", "number", "boolean"];
  const named = list.filter((it) => it.name !== "");
  return new Map(
    named.map(({ name, value }) => [name, texts.includes(typeof value) ? String(value) : undefined]),
  );
}

test("attributes of an instance are its own, however many of their names others have", () => {
  const lists = fc.oneof(
    fc.array(fc.array(attribute, { maxLength: 4 }), { maxLength: 5 }),
    // The usual snapshot: the same names everywhere.
    fc.array(fc.constantFrom("prod", "dev").map((value) => [{ name: "ssd" }, { name: "env", value }])),
  );
  fc.assert(
    fc.property(lists, (given) => {
      const containerInstances = given.map((attributes, index) => ({
        containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/test/${100 + index}`,
        attributes,
      }));
      const { instances } = readSnapshot(JSON.stringify({ containerInstances })).cluster;
      for (const [index, { attributes }] of instances.entries()) {
        const expected = mapOf(given[index] ?? []);
        assert.deepEqual(new Map(attributes), expected);
        assert.equal(attributes.size, expected.size);
        assert.deepEqual([...attributes.keys()], [...expected.keys()]);
        assert.deepEqual([...attributes.values()], [...expected.values()]);
        const each = new Map<string, string | undefined>();
        attributes.forEach((value, name) => {
          each.set(name, value);
        });
        assert.deepEqual(each, expected);
        for (const name of ["env", "ssd", "constructor", "toString"]) {
          assert.equal(attributes.has(name), expected.has(name));
          assert.equal(attributes.get(name), expected.get(name));
        }
      }
    }),
  );
});
