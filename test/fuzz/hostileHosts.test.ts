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

const towers: readonly (readonly [file: string, opening: string, piece: string])[] = [
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
];

/** Milliseconds of the processor; each takes a few hundred at most, and took many thousands before it was linear. */
const patience = 6_000;

for (const [file, opening, piece] of towers) {
  test(`${file}: ${JSON.stringify(piece)} again and again`, () => {
    const text = opening + piece.repeat(40_000);
    const spent = processorTime(() => {
      for (const it of openResources(file, text)) validateDocument(it);
    });
    assert.ok(spent < patience, `${spent} ms for ${text.length} characters`);
  });
}
