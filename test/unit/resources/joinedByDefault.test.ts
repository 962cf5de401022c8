// Lists that calls of Terraform put together: with the defaults of their arguments where those decide, and open in rules.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plainValue } from "../../../server/src/core/resources/documentValue";
import { openResources } from "../../../server/src/core/resources/openResources";
import { withDefaults } from "../../../server/src/core/resources/withDefaults";
import { validateDocument } from "../../../server/src/core/rules/validate";

const text = (containers: string) => `
variable "extra" { default = true }
variable "none" { default = [] }
variable "some" { default = [{ name = "c", image = "c", memory = 4 }] }
variable "open" {}
locals {
  agent = { name = "a", image = "a", memory = 64 }
}
resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  container_definitions = jsonencode(${containers})
}`;

function read(containers: string) {
  const [resource] = openResources("main.tf", text(containers));
  assert.ok(resource);
  const codes = validateDocument(resource).map((it) => it.code);
  const { document, assumptions, unknown } = withDefaults(resource);
  assert.ok(document.input);
  const { containerDefinitions } = JSON.parse(JSON.stringify(plainValue(document.input)));
  const names = Array.isArray(containerDefinitions) ? containerDefinitions.map((it) => it.name) : [];
  return { names, byDefault: assumptions.map((it) => it.name), unknown: unknown.map((it) => it.name), codes };
}

const b = '{ name = "b", image = "b", memory = 64 }';
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [`concat([local.agent], [${b}])`, ["a", "b"], []],
  ["concat([local.agent], var.none)", ["a"], ["var.none"]],
  ["concat([local.agent], var.some)", ["a", "c"], ["var.some"]],
  [`concat([local.agent], var.extra ? [${b}] : [])`, ["a", "b"], ["var.extra"]],
  [`concat([local.agent], !var.extra ? [${b}] : [], var.none)`, ["a"], ["var.extra", "var.none"]],
  [`flatten([[local.agent], var.none, var.extra ? [${b}] : []])`, ["a", "b"], ["var.extra", "var.none"]],
  ["concat(var.some, var.none)", ["c"], ["var.none", "var.some"]],
];
for (const [containers, names, byDefault] of cases)
  test(`${containers} is ${names.join(", ")}`, () => {
    const found = read(containers);
    assert.deepEqual(found.names, names);
    assert.deepEqual([...found.byDefault].sort(), byDefault);
    assert.deepEqual(found.unknown, []);
    // The provider gives a container that is too small; only what is written beside the default is checked.
    assert.deepEqual(found.codes, []);
  });

test("one argument that nobody knows leaves the list open", () => {
  for (const it of ["concat([local.agent], var.none, var.open)", "flatten([[local.agent], var.open])"]) {
    const found = read(it);
    assert.ok(found.unknown.length > 0, it);
    assert.deepEqual(found.byDefault, [], it);
    assert.deepEqual(found.codes, [], it);
  }
});
