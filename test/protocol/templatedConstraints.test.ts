// A placeholder may stand for a constraint, a part of one, or all of them: none of them is left out as if it were not there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import { daemonServiceOf } from "../../server/src/core/language/previewSubject";
import { openResource } from "../../server/src/core/resources/resource";
import { placeDaemon } from "../../server/src/core/scheduler/placeDaemon";
import { runCli } from "../support/commandLine";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const fleetText = JSON.stringify({
  groups: [{ count: 2, instanceType: "m5.large", zones: ["us-east-1a"], attributes: { env: "prod" } }],
});
const member = (expression: string) => `[{ "type": "memberOf", "expression": ${expression} }]`;

/** Constraints, and the text that the reason names. */
const unknown: readonly (readonly [string, string])[] = [
  [member('"attribute:env == ${ENV}"'), "attribute:env == ${ENV}"],
  [member('"{{ expression }}"'), "{{ expression }}"],
  [member("{{ expression }}"), "{{ expression }}"],
  [member('"attribute:env in [dev, $ENV]"'), "attribute:env in [dev, $ENV]"],
  [member('"attribute:<name> exists"'), "attribute:<name> exists"],
  [
    member('"attribute:env == dev or attribute:x == {{ x }}"'),
    "attribute:env == dev or attribute:x == {{ x }}",
  ],
  ['[{ "type": "${TYPE}", "expression": "attribute:env == dev" }]', "${TYPE}"],
  ['[{ "type": {{ type }}, "expression": "attribute:env == dev" }]', "{{ type }}"],
  ['[{ "type": "memberOf", {{ rest }} }]', "{{ rest }}"],
  ["{{ constraints }}", "{{ constraints }}"],
  ['"${CONSTRAINTS}"', "${CONSTRAINTS}"],
  ["[{{ constraint }}]", "{{ constraint }}"],
  ['[{ "type": "memberOf", "expression": "attribute:env == prod" }, {{ more }}]', "{{ more }}"],
  ['[{% for it in all %}{ "type": "memberOf", "expression": "{{ it }}" }{% endfor %}]', "{{ it }}"],
];

const definitionWith = (constraints?: string) =>
  `{ "family": "a", "containerDefinitions": [{ "name": "a", "image": "a", "memory": 64 }]${
    constraints === undefined ? "" : `, "placementConstraints": ${constraints}`
  } }`;
const serviceWith = (constraints: string) =>
  `{ "serviceName": "a", "taskDefinition": "a", "schedulingStrategy": "DAEMON", "placementConstraints": ${constraints} }`;

test("whatever of a constraint is a placeholder, every instance is unknown, for one reason that names it", () => {
  const { cluster } = readClusterText("a.ecs-fleet.json", fleetText);
  assert.ok(cluster);
  for (const [constraints, text] of unknown) {
    const plain = openResource("a.taskdef.json", definitionWith());
    for (const subject of [
      { taskDefinition: openResource("a.taskdef.json", definitionWith(constraints)), service: undefined },
      { taskDefinition: plain, service: openResource("a.service.json", serviceWith(constraints)) },
    ]) {
      for (const { verdict, reasons } of placeDaemon(daemonServiceOf(subject), cluster).instances) {
        assert.equal(verdict, "unknown", constraints);
        assert.deepEqual(
          reasons.map((it) => it.message),
          [`\`${text}\` is unknown: it holds a placeholder that is not filled in yet.`],
          constraints,
        );
      }
    }
  }
});

test("a false constraint beside a placeholder excludes all the same", () => {
  const { cluster } = readClusterText("a.ecs-fleet.json", fleetText);
  assert.ok(cluster);
  const constraints = '[{ "type": "memberOf", "expression": "attribute:env == dev" }, {{ more }}]';
  const taskDefinition = openResource("a.taskdef.json", definitionWith(constraints));
  const daemon = daemonServiceOf({ taskDefinition, service: undefined });
  assert.equal(placeDaemon(daemon, cluster).summary.excluded, 2);
});

test("what is known of an expression decides where it can", () => {
  const { cluster } = readClusterText("a.ecs-fleet.json", fleetText);
  assert.ok(cluster);
  const cases: readonly (readonly [string, "place" | "excluded" | "unknown"])[] = [
    ["attribute:env == dev and attribute:x == ${X}", "excluded"],
    ["attribute:x == ${X} and not(attribute:env == prod)", "excluded"],
    ["attribute:env == prod or attribute:x == ${X}", "place"],
    ["attribute:env == prod and attribute:x == ${X}", "unknown"],
    ["not(attribute:env == ${X})", "unknown"],
    // The placeholder may hold an `or`.
    ["attribute:env == dev and ${REST}", "unknown"],
    ["${REST} and attribute:env == dev", "unknown"],
  ];
  for (const [expression, verdict] of cases) {
    const taskDefinition = openResource("a.taskdef.json", definitionWith(member(JSON.stringify(expression))));
    const { instances } = placeDaemon(daemonServiceOf({ taskDefinition, service: undefined }), cluster);
    assert.deepEqual([...new Set(instances.map((it) => it.verdict))], [verdict], expression);
  }
});

test("the command line and the language server say the same of placeholders", async (context) => {
  const files = temporaryFolder({ "a.ecs-fleet.json": fleetText, "a.taskdef.json": definitionWith() });
  context.after(files.remove);
  const client = await startClient();
  context.after(client.close);
  client.open(files.uriOf("a.taskdef.json"), definitionWith());
  client.open(files.uriOf("b.service.json"), serviceWith("[]"));
  for (const [constraints] of unknown.filter((_, index) => index % 4 === 0)) {
    files.write("b.service.json", serviceWith(constraints));
    const name = (it: string) => `${files.path}/${it}`;
    const words = ["preview", name("a.taskdef.json"), "--service", name("b.service.json")];
    const printed = await runCli([...words, "--cluster", name("a.ecs-fleet.json"), "--format", "json"]);
    assert.equal(printed.code, 0, printed.stderr);
    client.change(files.uriOf("b.service.json"), serviceWith(constraints));
    const answer = await client.request<{
      summary: object;
      instances: readonly { reasons: readonly { message: string }[] }[];
    }>("ecsDaemon/preview", {
      textDocument: { uri: files.uriOf("a.taskdef.json") },
      service: files.uriOf("b.service.json"),
      cluster: name("a.ecs-fleet.json"),
    });
    const shown = printed.json();
    assert.deepEqual(shown.summary, answer.summary, constraints);
    assert.equal(shown.summary.unknown, 2);
    assert.equal(shown.instances[0].reasons[0].message, answer.instances[0]?.reasons[0]?.message);
  }
});
