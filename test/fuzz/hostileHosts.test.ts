// One piece of text again and again, as templates, modules, lists and programs: read within a time that grows with the
// text, and never down a tower without end.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../server/src/core/resources/openResources";
import { validateDocument } from "../../server/src/core/rules/validate";
import { processorTime } from "../support/processorTime";

const terraform = 'resource "aws_ecs_task_definition" "a" {\n family = "a"\n}\n';
const inTerraform = 'resource "aws_ecs_task_definition" "a" {\n family = ';
const template = "Resources:\n  A:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: a\n";
const inTemplate = template.slice(0, -2);
const definition = '{"family":"a","containerDefinitions":[{"name":"a","image":"b","memory":64,"command":["';

/** `§` in a piece is its number. */
const towers: readonly (readonly [
  file: string,
  opening: string,
  piece: string,
  count?: number,
  ending?: string,
])[] = [
  ["main.tf", terraform, "x = <<A\n"],
  ["main.tf", terraform, "\n"],
  ["main.tf", terraform, "/*\n"],
  ["main.tf", terraform, 'x = "${"\n'],
  ["main.tf", inTerraform, 'a "b" {\n'],
  ["main.tf", `${inTerraform}<<-EOT\n`, " a\n a\n a\n a\n"],
  ["main.tf", inTerraform, "&a *a "],
  ["main.tf", inTerraform, '"${'],
  ["a.yaml", inTemplate, "//\r"],
  ["a.yaml", inTemplate, '{"a":'],
  ["a.yaml", inTemplate, "{"],
  ["a.yaml", inTemplate, "? "],
  ["a.yaml", template, " "],
  ["a.yaml", template, "\n"],
  ["site.yml", "- ecs_taskdefinition:\n", "\n"],
  ["a.taskdef.json", definition, '","","","","'],
  ["a.taskdef.json", definition, "-p x "],
  ["a.taskdef.json", definition, "login -p x "],
  ["a.ecs-cluster.json", '{"containerInstances":[', "'(a+)+$'"],
  ["a.service.json", '{"serviceName":"a","taskDefinition":"', '{"a":'],
  ["main.tf", terraform.slice(0, -2), "x§ = 1\n", 20_000],
  ["main.tf", terraform, "<<A§\n"],
  ["main.tf", `${inTerraform}<<-A\n`, " a\n", 200_000],
  ["main.tf", `${inTerraform}"\${a`, " ", 200_000],
  ["main.tf", terraform, 'resource "a" "b" {\nx = <<A\nA\n}\n'],
  ["a.yaml", `${inTemplate}!Sub "`, "${P}", 200_000],
  ["a.yaml", `${inTemplate}!Sub "`, "${", 200_000],
  ["a.yaml", `${inTemplate}!Sub "\${a`, " ", 200_000],
  ["a.yaml", `${inTemplate}!Join ["", [`, "a,", 200_000],
  ["a.yaml", template, "      A§: {{ a }}\n      {% if a %}\n"],
  [
    "a.yaml",
    `Parameters:\n  P: {Type: String}\n${template}      ContainerDefinitions:\n`,
    "        - !Ref P§\n",
    20_000,
  ],
  ["site.yml", "- ecs_taskdefinition:\n", " ", 200_000],
  [
    "a.service.json",
    '{"serviceName":"a","taskDefinition":"a","loadBalancers":[{"targetGroupArn":"',
    "a",
    200_000,
    '!"}]}',
  ],
  [
    "a.taskdef.json",
    '{"family":"a","volumes":[{"name":"a","fsxWindowsFileServerVolumeConfiguration":{"authorizationConfig":{"credentialsParameter":"a',
    "a",
    200_000,
    '!"}}}]}',
  ],
  ["stack.ts", "// attribute:\n", "memberOf('x')\n", 70_000],
  ["a.taskdef.json", '{"family":"a","cpu":"1', " ", 200_000],
  ["a.taskdef.json", `${definition}token:v0`, "_a"],
  ["a.taskdef.json", '{"family":"a","volumes":[{"name":"a","host":{"sourcePath":"/', "/", 200_000],
];

/** Milliseconds of the processor; each takes a few hundred at most, and took many thousands before it was linear. */
const patience = 6_000;

for (const [file, opening, piece, count = 40_000, ending = ""] of towers) {
  test(`${file}: ${JSON.stringify(opening.slice(-20))}, and ${JSON.stringify(piece)} again and again`, () => {
    const pieces = Array.from({ length: count }, (_, at) => piece.replace("§", String(at)));
    const text = opening + pieces.join("") + ending;
    const spent = processorTime(() => {
      for (const it of openResources(file, text)) validateDocument(it);
    });
    assert.ok(spent < patience, `${spent} ms for ${text.length} characters`);
  });
}
