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

test("the keys of a set are its values", () => {
  const text = service('toset(["attribute:a exists"])', "").replace(
    /content \{[\s\S]*?\n {4}\}/,
    'content {\n      type       = "memberOf"\n      expression = placement_constraints.key\n    }',
  );
  assert.deepEqual(read(text).placementConstraints, [{ type: "memberOf", expression: "attribute:a exists" }]);
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

const second = (forEach: string) => `dynamic "placement_constraints" {
    for_each = ${forEach}
    iterator = more
    content {
      type       = "memberOf"
      expression = more.value
    }
  }`;
const plainBlock = `placement_constraints {
    type       = "memberOf"
    expression = "attribute:plain exists"
  }`;
const expressionsOf = (text: string) => {
  const { placementConstraints = [], byDefault, unknown } = read(text);
  const expressions = placementConstraints.map(
    (it: { type: string; expression?: string }) => it.expression ?? it.type,
  );
  return [...expressions, ...byDefault, ...unknown.map((it) => `${it}?`)];
};
const beside: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    "two lists that are known make the blocks of both",
    "[]",
    second('["attribute:x exists", "attribute:y exists"]'),
    ["attribute:x exists", "attribute:y exists"],
  ],
  [
    "a list by default beside one that is known",
    "var.some",
    second('["attribute:x exists"]'),
    ["attribute:x exists", "attribute:env == prod", "distinctInstance", "var.some"],
  ],
  ["a list by default beside a block", "var.none", plainBlock, ["attribute:plain exists", "var.none"]],
  [
    "two lists by default",
    "var.none",
    second('var.blue ? ["attribute:x exists"] : []'),
    ["attribute:x exists", "var.none", "var.blue"],
  ],
];
for (const [what, forEach, more, expected] of beside)
  test(`${what}, in one list`, () =>
    assert.deepEqual(
      expressionsOf(`variable "blue" { default = true }\n${service(forEach, more)}`).sort(),
      [...expected].sort(),
    ));

test("beside a list that nobody knows, the others leave the list open", () => {
  for (const more of [second("var.open"), second("[var.open]")]) {
    const { unknown } = read(service("var.some", more));
    assert.ok(unknown.includes("var.open"), unknown.join());
  }
});

test("a dynamic block of an object beside another one is the one that is made", () => {
  const text = (blue: boolean) => `
locals { blue = ${blue} }
resource "aws_ecs_service" "agent" {
  name                = "agent"
  task_definition     = "agent"
  dynamic "deployment_circuit_breaker" {
    for_each = local.blue ? [1] : []
    content {
      enable   = true
      rollback = true
    }
  }
  dynamic "deployment_circuit_breaker" {
    for_each = local.blue ? [] : [1]
    content {
      enable   = true
      rollback = false
    }
  }
}`;
  const rollbackOf = (blue: boolean) => {
    const [resource] = openResources("main.tf", text(blue));
    assert.ok(resource?.input);
    assert.deepEqual(validateDocument(resource), []);
    return JSON.parse(JSON.stringify(plainValue(resource.input))).deploymentConfiguration
      .deploymentCircuitBreaker.rollback;
  };
  assert.deepEqual([rollbackOf(true), rollbackOf(false)], [true, false]);
});
