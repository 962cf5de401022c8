// An expression that a host computes has no quotes: its place is all of what is written, and never outside the text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { placementExpressions } from "../../../server/src/core/resources/placementExpressions";
import { validateDocument } from "../../../server/src/core/rules/validate";

const terraform = (value: string) =>
  `resource "aws_ecs_service" "a" {\n  name = "a"\n  scheduling_strategy = "DAEMON"\n  placement_constraints {\n    type = "memberOf"\n    expression =${value}`;
const template = (value: string) =>
  `Resources:\n  S:\n    Type: AWS::ECS::Service\n    Properties:\n      ServiceName: a\n      SchedulingStrategy: DAEMON\n      PlacementConstraints:\n        - Type: memberOf\n          Expression: ${value}`;

test("the place of a computed expression is what is written", () => {
  for (const [file, text, written] of [
    ["main.tf", terraform(" var.where"), "var.where"],
    ["main.tf", terraform(' -0 "att'), '-0 "att'],
    ["main.tf", terraform(""), ""],
    ["a.yaml", template("!Sub"), ""],
    ["a.yaml", template("!ImportValue where"), "where"],
  ] as const) {
    const [resource] = openResources(file, text);
    assert.ok(resource, text);
    const [expression] = placementExpressions(resource);
    assert.ok(expression, text);
    const { start, end } = expression.span;
    assert.equal(text.slice(start, end), written);
    const part = expression.toDocumentSpan({ start: 0, end: expression.text?.length ?? 0 });
    assert.ok(part.start >= start && part.end <= text.length, written);
  }
});

test("a fix does not reach beyond a list that is not closed", () => {
  const text =
    "Resources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: a\n      ContainerDefinitions:\n        - Name: agent\n          Image: b\n          Memory: 64\n          Environment: [{ \n";
  const [resource] = openResources("a.yaml", text);
  assert.ok(resource);
  const found = validateDocument(resource);
  assert.ok(found.some((it) => it.code === "environment-without-name"));
  for (const { fixes = [] } of found)
    for (const { edits } of fixes)
      for (const { span } of edits) assert.ok(span.start <= span.end && span.end <= text.length);
});
