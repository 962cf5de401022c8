import assert from "node:assert/strict";
import { test } from "node:test";
import type { Completion } from "../../../server/src/core/language/completion";
import { completeInput } from "../../../server/src/core/language/inputCompletion";
import { openResource } from "../../../server/src/core/resources/resource";
import { accept, atCursor } from "../../support/cursor";

function complete(marked: string, fileName = "agent.taskdef.json", definition?: string) {
  const { text, offset } = atCursor(marked);
  const taskDefinition = definition === undefined ? undefined : openResource("d.taskdef.json", definition);
  const surroundings = { taskDefinition, families: ["agent", "router"] };
  return { text, found: completeInput(openResource(fileName, text), offset, surroundings) };
}

const labels = (found: readonly Completion[]) => found.map((it) => it.label);

function accepted(marked: string, label: string, fileName?: string): string {
  const { text, found } = complete(marked, fileName);
  const completion = found.find((it) => it.label === label);
  assert.ok(completion, `${label} is not among ${labels(found)}`);
  return accept(text, completion);
}

const containers = (inside: string) => `{ "family": "a", "containerDefinitions": [${inside}] }`;

test("member names are offered, required ones first, present ones not", () => {
  const { found } = complete('{ "containerDefinitions": [], $0 }');
  assert.equal(found[0]?.label, "family");
  assert.equal(found[0]?.detail, "required");
  assert.ok(labels(found).includes("placementConstraints"));
  assert.ok(!labels(found).includes("containerDefinitions"));
});

test("a member is written with its required parts", () => {
  assert.equal(
    accepted(containers('{ "name": "a", $0 }'), "healthCheck"),
    containers(`{ "name": "a", "healthCheck": {\n\t"command": ["CMD-SHELL", "\${1:exit 0}"]\n} }`),
  );
  assert.equal(
    accepted(containers('{ "name": "a", $0 }'), "portMappings"),
    containers(`{ "name": "a", "portMappings": [\n\t{\n\t\t"containerPort": \${1:0}\n\t}\n] }`),
  );
});

test("the name under the cursor is replaced, its value stays", () => {
  assert.equal(
    accepted('{ "fam$0": "a", "containerDefinitions": [] }', "family"),
    '{ "family": "a", "containerDefinitions": [] }',
  );
  assert.equal(
    accepted('{ "containerDefinitions": [], "fam$0" }', "family"),
    '{ "containerDefinitions": [], "family": "$1" }',
  );
});

test("commas are added where they are missing", () => {
  assert.equal(
    accepted('{ $0 "containerDefinitions": [] }', "family"),
    '{ "family": "$1", "containerDefinitions": [] }',
  );
  assert.equal(
    accepted('{ "containerDefinitions": []\n  $0\n}', "family"),
    '{ "containerDefinitions": [],\n  "family": "$1"\n}',
  );
});

const values: readonly (readonly [string, readonly string[]])[] = [
  ['{ "containerDefinitions": [], "networkMode": $0 }', ["bridge", "host", "awsvpc", "none"]],
  ['{ "containerDefinitions": [], "networkMode": "$0" }', ["bridge", "host", "awsvpc", "none"]],
  [
    '{ "containerDefinitions": [], "requiresCompatibilities": ["EC2", "$0"] }',
    ["FARGATE", "EXTERNAL", "MANAGED_INSTANCES"],
  ],
  [containers('{ "essential": $0 }'), ["true", "false"]],
  [
    containers('{ "name": "a" }, { "name": "b", "dependsOn": [{ "containerName": "$0" }] }, { "name": "c" }'),
    ["a", "c"],
  ],
  [containers('{ "name": "a" }, { "name": "b", "links": ["$0"] }'), ["a"]],
  [
    '{ "volumes": [{ "name": "sock" }, { "name": "proc" }], "containerDefinitions": [{ "mountPoints": [{ "sourceVolume": "$0" }] }] }',
    ["sock", "proc"],
  ],
  [containers('{ "healthCheck": { "command": ["$0"] } }'), ["CMD-SHELL", "CMD"]],
  [containers('{ "healthCheck": { "command": ["CMD", "$0"] } }'), []],
  [containers('{ "logConfiguration": { "options": { "awslogs-create-group": "$0" } } }'), ["true"]],
];
for (const [marked, expected] of values)
  test(`the values at ${marked.replace(/\s+/g, " ")}`, () =>
    assert.deepEqual(labels(complete(marked).found), expected));

test("options are those of the chosen log driver", () => {
  const { found } = complete(
    containers(
      '{ "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "x", "$0" } } }',
    ),
  );
  assert.deepEqual(labels(found).slice(0, 2), ["awslogs-region", "awslogs-stream-prefix"]);
  assert.ok(!labels(found).includes("splunk-token"));
});

test("a service knows the families of the workspace, and the containers, ports and volumes of its definition", () => {
  const definition = containers(
    '{ "name": "web", "portMappings": [{ "containerPort": 8080, "name": "http" }] }',
  );
  const service = (inside: string) => `{ "serviceName": "s", "taskDefinition": "a", ${inside} }`;
  const at = (inside: string) => labels(complete(service(inside), "s.service.json", definition).found);
  assert.deepEqual(
    labels(complete('{ "serviceName": "s", "taskDefinition": "$0" }', "s.service.json").found),
    ["agent", "router"],
  );
  assert.deepEqual(at('"loadBalancers": [{ "containerName": "$0" }]'), ["web"]);
  assert.deepEqual(at('"loadBalancers": [{ "containerName": "web", "containerPort": $0 }]'), ["8080"]);
  assert.deepEqual(at('"serviceConnectConfiguration": { "services": [{ "portName": "$0" }] }'), ["http"]);
});

test("values are written as JSON: texts in quotes, numbers and truth values without", () => {
  assert.equal(
    accepted('{ "containerDefinitions": [], "networkMode": $0 }', "host"),
    '{ "containerDefinitions": [], "networkMode": "host" }',
  );
  assert.equal(
    accepted('{ "containerDefinitions": [], "networkMode": "br$0" }', "bridge"),
    '{ "containerDefinitions": [], "networkMode": "bridge" }',
  );
  assert.equal(accepted(containers('{ "essential": t$0 }'), "true"), containers('{ "essential": true }'));
});

test("completion works in broken JSON", () => {
  assert.ok(labels(complete('{ "containerDefinitions": [{ "name": "a", "$0').found).includes("image"));
  assert.ok(labels(complete('{ "family": "a" "containerDefinitions": [{ $0').found).includes("image"));
  assert.deepEqual(
    labels(complete('{ "containerDefinitions": [], "networkMode": "h$0\n "family": 3').found).slice(0, 1),
    ["bridge"],
  );
});

test("an empty document offers a whole daemon task definition, or a service by its name", () => {
  assert.deepEqual(labels(complete("$0").found), ["daemon task definition"]);
  assert.deepEqual(labels(complete("{$0}").found).slice(0, 1), ["daemon task definition"]);
  assert.deepEqual(labels(complete("$0", "agent.service.json").found), [
    "daemon service",
    "daemon service with a placement constraint",
  ]);
});

test("no prefix of a document makes completion fail, and it replaces only text around the cursor", () => {
  const whole = containers(
    '{ "name": "a", "image": "b", "portMappings": [{ "containerPort": 80, "protocol": "tcp" }], "logConfiguration": { "logDriver": "awslogs", "options": { "mode": "blocking" } } }',
  );
  for (let length = 0; length <= whole.length; length++) {
    const { text, found } = complete(`${whole.slice(0, length)}$0`);
    for (const { replace, label } of found)
      assert.ok(
        replace.start >= 0 && replace.start <= length && replace.end === text.length,
        `${text} ${label}`,
      );
  }
});

test("what a daemon service cannot have is offered last, and said so", () => {
  const { found } = complete('{ "serviceName": "a", "schedulingStrategy": "DAEMON", $0 }', "a.service.json");
  const unfit = found.filter((it) => it.detail === "not for a daemon service").map((it) => it.label);
  assert.deepEqual([...unfit].sort(), [
    "capacityProviderStrategy",
    "desiredCount",
    "placementStrategy",
    "volumeConfigurations",
  ]);
  assert.deepEqual(labels(found).slice(-unfit.length).sort(), [...unfit].sort());
});

test("an item of a list is offered as a whole, with the comma it needs", () => {
  assert.equal(
    accepted(containers('$0 { "name": "b" }'), "container definition"),
    containers(`{\n\t"name": "$1",\n\t"image": "$2",\n\t"memory": \${3:128}\n}, { "name": "b" }`),
  );
});
