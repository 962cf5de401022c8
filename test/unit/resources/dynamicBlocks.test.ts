// Dynamic blocks of Terraform: what a list makes is there where the list is known, by default where it is a default.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plainValue } from "../../../server/src/core/resources/documentValue";
import { openResources } from "../../../server/src/core/resources/openResources";
import { withDefaults } from "../../../server/src/core/resources/withDefaults";
import { validateDocument } from "../../../server/src/core/rules/validate";

const service = (forEach: string, more = "") => `
variable "none" {
  default = []
}
variable "some" {
  default = [{ type = "memberOf", expression = "attribute:env == prod" }, { type = "distinctInstance" }]
}
variable "open" {}
locals {
  rules = { first = "attribute:a exists", second = "attribute:b exists" }
}
resource "aws_ecs_service" "agent" {
  name                = "agent"
  task_definition     = "agent"
  scheduling_strategy = "DAEMON"
  ${more}
  dynamic "placement_constraints" {
    for_each = ${forEach}
    content {
      type       = lookup(placement_constraints.value, "type", "memberOf")
      expression = try(placement_constraints.value.expression, null)
    }
  }
}`;

function read(text: string) {
  const [resource] = openResources("main.tf", text).filter((it) => it.kind === "service");
  assert.ok(resource);
  assert.deepEqual(validateDocument(resource), []);
  const { document, assumptions, unknown } = withDefaults(resource);
  assert.ok(document.input);
  const { placementConstraints } = JSON.parse(JSON.stringify(plainValue(document.input)));
  return {
    placementConstraints,
    byDefault: assumptions.map((it) => it.name),
    unknown: unknown.map((it) => it.name),
  };
}

test("a list that is empty by default makes nothing, and says so", () => {
  assert.deepEqual(read(service("var.none")), {
    placementConstraints: undefined,
    byDefault: ["var.none"],
    unknown: [],
  });
  assert.deepEqual(read(service("[]")), { placementConstraints: undefined, byDefault: [], unknown: [] });
});

test("each item of a default makes a block", () => {
  const { placementConstraints, byDefault } = read(service("var.some"));
  assert.deepEqual(placementConstraints, [
    { type: "memberOf", expression: "attribute:env == prod" },
    { type: "distinctInstance" },
  ]);
  assert.deepEqual(byDefault, ["var.some"]);
});

test("an iterator has the key and the value of each entry of a map", () => {
  const text = service("local.rules", "").replace(
    /content \{[\s\S]*?\n {4}\}/,
    'iterator = rule\n    content {\n      type       = "memberOf"\n      expression = rule.value\n    }',
  );
  assert.deepEqual(read(text).placementConstraints, [
    { type: "memberOf", expression: "attribute:a exists" },
    { type: "memberOf", expression: "attribute:b exists" },
  ]);
});

test("of an item that is not known nothing is taken for absent", () => {
  const text = service("[var.open]");
  const { unknown } = read(text);
  assert.deepEqual(unknown, ["var.open.type", "var.open.expression"]);
  const plain = text.replace(/lookup\(.*\)/, "placement_constraints.value.type").replace(/try\(.*\)/, "null");
  assert.deepEqual(read(plain).unknown, ["var.open.type"]);
});

test("what an item of a declared type lacks is absent", () => {
  const text = service("var.some").replace(/try\(.*\)/, "placement_constraints.value.expression");
  assert.deepEqual(read(text).placementConstraints, [
    { type: "memberOf", expression: "attribute:env == prod" },
    { type: "distinctInstance" },
  ]);
});

test("what decides a list that nobody knows is named", () => {
  assert.deepEqual(read(service("var.open")).unknown, ["var.open"]);
  assert.deepEqual(read(service("var.open ? [1] : []")).unknown, ["var.open"]);
});

test("a block that the provider does not know is reported, whatever it makes", () => {
  const text = service("[]").replace("placement_constraints", "placement_constraint");
  const [resource] = openResources("main.tf", text).filter((it) => it.kind === "service");
  assert.ok(resource);
  assert.deepEqual(
    validateDocument(resource).map((it) => it.code),
    ["misspelt-member"],
  );
});
