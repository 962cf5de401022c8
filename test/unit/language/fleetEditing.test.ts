import assert from "node:assert/strict";
import { test } from "node:test";
import { fleetShapes } from "../../../server/src/core/api/fleetShapes";
import { readFleet } from "../../../server/src/core/cluster/fleet";
import { type OutlineEntry, outlineOf } from "../../../server/src/core/language/documentOutline";
import { completeInput } from "../../../server/src/core/language/inputCompletion";
import { hoverInput } from "../../../server/src/core/language/inputHover";
import { openResource } from "../../../server/src/core/resources/resource";
import { withoutStops } from "../../../server/src/lsp/features/completion";
import { accept, atCursor } from "../../support/cursor";

function complete(marked: string) {
  const { text, offset } = atCursor(marked);
  const document = openResource("prod.ecs-fleet.json", text);
  return { text, found: completeInput(document, offset, { taskDefinition: undefined, families: [] }) };
}

const labelsAt = (marked: string) => complete(marked).found.map((it) => it.label);

function accepted(marked: string, label: string): string {
  const { text, found } = complete(marked);
  const completion = found.find((it) => it.label === label);
  assert.ok(completion, `${label} is not among ${found.map((it) => it.label)}`);
  return accept(text, completion);
}

const groups = (inside: string) => `{ "groups": [${inside}] }`;

test("the members of a group are offered, those it needs first, present ones not", () => {
  const labels = labelsAt(groups('{ "zones": [], $0 }'));
  assert.deepEqual(labels.slice(0, 2), ["count", "instanceType"]);
  assert.ok(labels.includes("agentConnected"));
  assert.ok(!labels.includes("zones"));
  assert.deepEqual(labelsAt("{ $0 }"), ["fleet", "groups", "capacityProviders"]);
  assert.deepEqual(labelsAt('{ "groups": [], $0 }'), ["capacityProviders"]);
});

test("every member that the reader of fleets knows is offered, and none that it does not", () => {
  const { problems } = readFleet(groups('{ "instanceType": "m5.large", "color": 1 }'));
  const [, names = ""] = /It can have (.*)\./.exec(problems[0]?.message ?? "") ?? [];
  assert.deepEqual(Object.keys(fleetShapes.FleetGroup?.members ?? {}).sort(), names.split(", ").sort());
});

test("instance types whose size is known are offered with it", () => {
  const { found } = complete(groups('{ "count": 1, "instanceType": "$0" }'));
  assert.equal(found.find((it) => it.label === "m7g.large")?.detail, "2 vCPU, 8 GiB, arm64");
  assert.equal(
    accepted(groups('{ "instanceType": "m5$0" }'), "m5.xlarge"),
    groups('{ "instanceType": "m5.xlarge" }'),
  );
});

test("statuses, zones, attributes and their values are offered from what can be and what other groups say", () => {
  assert.ok(labelsAt(groups('{ "status": "$0" }')).includes("DRAINING"));
  const other = '{ "zones": ["eu-west-1a", "eu-west-1b"], "attributes": { "env": "prod", "gpu": null } }';
  assert.deepEqual(labelsAt(groups(`${other}, { "zones": ["eu-west-1a", "$0"] }`)), ["eu-west-1b"]);
  assert.deepEqual(labelsAt(groups(`${other}, { "attributes": { "gpu": "", "$0" } }`)), ["env"]);
  assert.deepEqual(labelsAt(groups(`${other}, { "attributes": { "env": "$0" } }`)), ["prod"]);
});

test("a fleet that is begun with completions alone can be read", () => {
  for (const marked of ["$0", "{$0}", "{ $0 }"]) {
    const text = withoutStops(accepted(marked, "fleet"));
    const { cluster, problems } = readFleet(text);
    assert.deepEqual(problems, [], text);
    assert.equal(cluster.instances.length, 5);
  }
  const list = withoutStops(accepted("{ $0 }", "groups"));
  assert.deepEqual(readFleet(list).problems, [], list);
});

test("hover says what a member of a group means, without a link to ECS", () => {
  const { text, offset } = atCursor(groups('{ "mem$0ory": 7680 }'));
  const found = hoverInput(openResource("x.ecs-fleet.json", text), offset);
  assert.match(found?.text ?? "", /MiB that each instance registers/);
  assert.doesNotMatch(found?.text ?? "", /API reference/);
});

test("the outline lists the groups by number and type", () => {
  const text = groups(
    '{ "count": 40, "instanceType": "m5.large", "zones": ["a"], "attributes": { "env": "prod", "gpu": null } }, {}',
  );
  const print = (it: OutlineEntry): string =>
    `${it.name} [${it.detail}] ${it.children.map(print).join("; ")}`;
  assert.deepEqual(outlineOf(openResource("x.ecs-fleet.json", text)).map(print), [
    "fleet [] groups [] 40 × m5.large [a, env=prod, gpu] ; 1 × container instances [] ",
  ]);
});

test("no prefix of a fleet makes a feature fail", () => {
  const text = groups('{ "count": 4, "instanceType": "m5.large", "attributes": { "env": "p" } }');
  for (let end = 0; end <= text.length; end++) {
    const document = openResource("x.ecs-fleet.json", text.slice(0, end));
    completeInput(document, end, { taskDefinition: undefined, families: [] });
    hoverInput(document, end);
    outlineOf(document);
  }
});
