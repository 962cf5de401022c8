import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeInstance, placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";
import { cluster, containerInstance, daemonService } from "../../support/builders";

const values = ["prod", "dev", null, undefined];
const teams = ["web", "data", undefined];
const types = ["m5.large", "c5.large"];

/** Every combination, many times over: more of them than reasons are remembered. */
const instances = Array.from({ length: 1_500 }, (_, index) => {
  const env = values[index % 4];
  const team = teams[index % 3];
  return containerInstance({
    id: `i-${index}`,
    attributes: {
      "ecs.instance-type": types[index % 2] ?? "m5.large",
      own: `value-${index}`,
      ...(env !== undefined && { env }),
      ...(team !== undefined && { team }),
    },
  });
});

const expressions = [
  "attribute:env == prod",
  "attribute:env != prod and attribute:team == web",
  "not(attribute:env exists) or (attribute:team in [web, data] and attribute:ecs.instance-type =~ m5.*)",
  "attribute:env == attribute:team",
  "attribute:own == value-7 or attribute:env == dev",
];

for (const expression of expressions) {
  test(`the reasons of many instances are those of each alone: ${expression}`, () => {
    const placed = placeDaemon(daemonService([expression]), cluster(instances));
    const byId = new Map(placed.instances.map((it) => [it.id, it]));
    for (const instance of instances)
      assert.deepEqual(byId.get(instance.id), judgeInstance(daemonService([expression]), instance));
  });
}

test("instances in which an expression reads the same share one reason", () => {
  const { instances: judged } = placeDaemon(daemonService(["attribute:env == prod"]), cluster(instances));
  const reasons = new Set(judged.flatMap((it) => it.reasons));
  assert.equal(reasons.size, 3, [...reasons].map((it) => it.message).join("\n"));
});
