import assert from "node:assert/strict";
import { test } from "node:test";
import { readClusterText } from "../../../server/src/core/cluster/readClusterText";
import {
  completeQuery,
  type QuerySurroundings,
} from "../../../server/src/core/language/expressions/queryCompletion";
import { accept, atCursor } from "../../support/cursor";

const fleet = {
  groups: [
    { count: 3, instanceType: "m5.large", zones: ["eu-west-1a"], attributes: { env: "prod", rack: "row 1" } },
    { count: 2, instanceType: "c5.xlarge", zones: ["eu-west-1b"], attributes: { env: "dev" } },
  ],
};
const { cluster } = readClusterText("five.ecs-fleet.json", JSON.stringify(fleet));
const surroundings: QuerySurroundings = {
  cluster,
  serviceNames: ["datadog-agent"],
  families: ["datadog"],
  written: (text) => text,
};
const withoutCluster: QuerySurroundings = { ...surroundings, cluster: undefined };

function labels(marked: string, from = surroundings): readonly string[] {
  const { text, offset } = atCursor(marked);
  return completeQuery(text, offset, from).map((it) => it.label);
}

const places: readonly (readonly [string, readonly string[]])[] = [
  ["attribute:env $0", ["==", "!=", "in", "!in", "=~", "!~", "exists", "!exists"]],
  ["attribute:env !$0", ["==", "!=", "in", "!in", "=~", "!~", "exists", "!exists"]],
  ["agentVersion $0", ["==", "!=", ">", ">=", "<", "<="]],
  ["attribute:ecs.capability.task-eni $0", ["exists", "!exists"]],
  ["attribute:env == $0", ["prod", "dev"]],
  ["attribute:env ==$0", ["prod", "dev"]],
  ["attribute:env == pr$0", ["prod", "dev"]],
  ["attribute:env == 'pr$0'", ["prod", "dev"]],
  ["attribute:env equals $0", ["prod", "dev"]],
  ["attribute:env in [$0]", ["prod", "dev"]],
  ["attribute:env in [prod, $0]", ["dev"]],
  ["attribute:env in [prod,$0", ["dev"]],
  ["attribute:env exists $0", ["and", "or"]],
  ["attribute:env == prod $0", ["and", "or"]],
  ["attribute:env == prod an$0", ["and", "or"]],
  ["(attribute:env == prod) $0", ["and", "or"]],
  ["attribute:ecs.instance-type == $0", ["m5.large", "c5.xlarge"]],
  ["attribute:ecs.os-type == $0", ["linux", "windows"]],
  ["agentConnected == $0", ["true", "false"]],
  ["task:group == $0", ["service:datadog-agent", "family:datadog"]],
];

for (const [marked, expected] of places)
  test(`at ${marked} may stand ${expected.join(" ")}`, () => assert.deepEqual(labels(marked), expected));

const operandPlaces = [
  "$0",
  "attr$0",
  "attribute:en$0",
  "attribute:env == prod and $0",
  "attribute:env == prod or at$0",
  "not $0",
  "not($0)",
  "($0",
  "attribute:env == prod && !$0",
  "attribute:env == prod and $0 and attribute:x == y",
  "foo = bar and $0",
];
for (const marked of operandPlaces)
  test(`at ${marked} may stand a subject, attributes of one's own first`, () => {
    const found = labels(marked);
    assert.deepEqual(found.slice(0, 2), ["attribute:env", "attribute:rack"]);
    for (const it of [
      "attribute:ecs.instance-type",
      "attribute:ecs.outpost-arn",
      "agentConnected",
      "task:group",
      "not",
    ])
      assert.ok(found.includes(it), it);
  });

test("attributes and values say how many instances of the cluster have them", () => {
  const subjects = completeQuery("", 0, surroundings);
  assert.equal(subjects.find((it) => it.label === "attribute:rack")?.detail, "3 of 5");
  assert.equal(subjects.find((it) => it.label === "attribute:ecs.outpost-arn")?.detail, "0 of 5");
  const values = completeQuery("attribute:env == ", 17, surroundings);
  assert.deepEqual(
    values.map((it) => it.detail),
    ["3 of 5", "2 of 5"],
  );
});

test("without a cluster built-in attributes and their possible values are known", () => {
  const found = labels("$0", withoutCluster);
  assert.ok(found.includes("attribute:ecs.cpu-architecture"));
  assert.deepEqual(labels("attribute:ecs.cpu-architecture == $0", withoutCluster), ["x86_64", "arm64"]);
  assert.equal(completeQuery("", 0, withoutCluster)[0]?.detail, undefined);
});

function accepted(marked: string, label: string): string {
  const { text, offset } = atCursor(marked);
  const found = completeQuery(text, offset, surroundings).find((it) => it.label === label);
  assert.ok(found, label);
  return accept(text, found);
}

test("an accepted completion replaces the word under the cursor and nothing else", () => {
  assert.equal(accepted("attribute:e$0nv == prod", "attribute:rack"), "attribute:rack == prod");
  // A line break is no space that goes on to the next word.
  assert.equal(accepted("attribute:e$0\n", "attribute:rack"), "attribute:rack \n");
  assert.equal(accepted("attribute:env == p$0rod and x", "dev"), "attribute:env == dev and x");
  assert.equal(accepted("attribute:env =$0", "=="), "attribute:env == ");
  assert.equal(accepted("attribute:env $0", "in"), "attribute:env in [$1]");
  assert.equal(accepted("attribute:env in $0", "dev"), "attribute:env in [dev$1]");
});

test("a value that is not one word is written in quotes, once", () => {
  assert.equal(accepted("attribute:rack == $0", "row 1"), "attribute:rack == 'row 1'");
  assert.equal(accepted("attribute:rack == 'ro$0'", "row 1"), "attribute:rack == 'row 1'");
});

test("no prefix of an expression makes completion fail, and it replaces only text that is there", () => {
  const whole =
    "not(attribute:env in [prod, 'a b']) and (agentVersion >= 1.97.1 or attribute:ecs.instance-type =~ m5.*) && task:group != service:x";
  for (let length = 0; length <= whole.length; length++) {
    const text = whole.slice(0, length);
    for (let offset = 0; offset <= length; offset++)
      for (const { replace } of completeQuery(text, offset, surroundings)) {
        assert.ok(0 <= replace.start && replace.start <= offset && offset <= replace.end, text);
        assert.ok(replace.end <= length, text);
      }
  }
});
