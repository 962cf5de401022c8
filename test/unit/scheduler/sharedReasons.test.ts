import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { describePlacement } from "../../../server/src/core/scheduler/describePlacement";
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

/** How many searches with patterns it takes to place a daemon and to say in a sentence where it lands. */
function searchesOf(expression: string, some: typeof instances): number {
  const daemon = daemonService([expression]);
  const exec = mock.method(RegExp.prototype, "exec");
  try {
    describePlacement(placeDaemon(daemon, cluster(some)), daemon);
    return exec.mock.callCount();
  } finally {
    exec.mock.restore();
  }
}

test("texts are searched for secrets once for a reason, not for each instance", () => {
  for (const expression of ["attribute:env == prod", "attribute:team == web and attribute:env == dev"]) {
    const few = searchesOf(expression, instances.slice(0, 150));
    assert.ok(few > 0);
    const many = searchesOf(expression, instances);
    assert.ok(many < 2 * few, `${expression}: ${few} searches for 150 instances, ${many} for 1,500`);
  }
});
