// Conditions of Terraform: a given value decides them, a default decides them by default, anything else leaves them open.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plainValue } from "../../../server/src/core/resources/documentValue";
import { givenTexts } from "../../../server/src/core/resources/hosts/givenValues";
import { readConfiguration } from "../../../server/src/core/resources/hosts/terraform/readConfiguration";
import { openResources } from "../../../server/src/core/resources/openResources";
import { withDefaults } from "../../../server/src/core/resources/withDefaults";

const names = `
variable "on" { default = false }
variable "env" { default = "dev" }
variable "arn" { default = null }
variable "size" { default = 2 }
variable "open" {}
locals { always = true }
`;
const textWith = (mode: string) => `${names}
resource "aws_ecs_task_definition" "agent" {
  family       = "agent"
  network_mode = ${mode}
}`;

function modeOf(mode: string) {
  const [resource] = openResources("main.tf", textWith(mode));
  assert.ok(resource);
  const { document, assumptions, unknown } = withDefaults(resource);
  assert.ok(document.input);
  const { networkMode } = JSON.parse(JSON.stringify(plainValue(document.input)));
  return unknown.length > 0
    ? unknown.map((it) => it.name)
    : [networkMode, ...assumptions.map((it) => it.name)];
}

const cases: Readonly<Record<string, readonly unknown[]>> = {
  'var.on ? "host" : "bridge"': ["bridge", "var.on"],
  '!var.on ? "host" : "bridge"': ["host", "var.on"],
  'var.env == "dev" ? "host" : "bridge"': ["host", "var.env"],
  'var.env != "dev" ? "host" : "bridge"': ["bridge", "var.env"],
  'var.arn == null ? "host" : "bridge"': ["host", "var.arn"],
  'var.arn != null ? "host" : null': [undefined, "var.arn"],
  'var.size == 2 ? "host" : "bridge"': ["host", "var.size"],
  'local.always ? "host" : "bridge"': ["host"],
  'var.on ? "host" : var.open': ["var.on", "var.open"],
  // What a text comes to as a number, or what a call says, is not known here.
  'var.env == 1 ? "host" : "bridge"': ["var.env"],
  'var.open ? "host" : "bridge"': ["var.open"],
  'var.size > 1 ? "host" : "bridge"': ["var.size"],
};
for (const [mode, expected] of Object.entries(cases))
  test(`${mode} is ${expected.join(" by ")}`, () => assert.deepEqual(modeOf(mode), expected));

test("a given value decides", () => {
  const given = (value: string) => {
    const [input] = readConfiguration(
      textWith('var.open ? "host" : "bridge"'),
      new Map(),
      givenTexts({ open: value }),
    );
    assert.ok(input);
    return JSON.parse(JSON.stringify(plainValue(input.input))).networkMode;
  };
  assert.deepEqual([given("true"), given("false")], ["host", "bridge"]);
});
