// Services whose task definition a condition chooses: a preview takes what the defaults choose, and diagnostics are those
// that hold with each of the task definitions.

import assert from "node:assert/strict";
import { test } from "node:test";
import { daemonServiceOf } from "../../../server/src/core/language/previewSubject";
import { givenTexts } from "../../../server/src/core/resources/hosts/givenValues";
import { isService } from "../../../server/src/core/resources/kinds/registry";
import { nameOfResource, openResources } from "../../../server/src/core/resources/openResources";
import type { Resource } from "../../../server/src/core/resources/resource";
import type { Pair } from "../../../server/src/core/workspace/pairing";
import { pairingWithValues } from "../../../server/src/core/workspace/pairingWithValues";
import { validateInWorkspace } from "../../../server/src/core/workspace/validateInWorkspace";
import { createWorkspace } from "../../../server/src/core/workspace/workspace";

/** `reference` is the expression of the service; `port` is what only the second task definition lacks. */
const terraform = (reference: string) => `
variable "blue" { default = true }
variable "open" {}
variable "arn" { default = null }
locals {
  chosen = var.blue ? aws_ecs_task_definition.a.arn : aws_ecs_task_definition.b.arn
  plain  = aws_ecs_task_definition.a.arn
}
resource "aws_ecs_task_definition" "a" {
  family                = "a"
  container_definitions = jsonencode([{ name = "web", image = "x", memory = 64, portMappings = [{ containerPort = 80 }] }])
}
resource "aws_ecs_task_definition" "b" {
  family                = "b"
  container_definitions = jsonencode([{ name = "other", image = "x", memory = 64 }])
}
resource "aws_ecs_service" "s" {
  name                = "s"
  task_definition     = ${reference}
  scheduling_strategy = "DAEMON"
  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/0123456789abcdef"
    container_name   = "web"
    container_port   = 80
  }
}`;

const template = (reference: string) => `
Parameters:
  Blue: { Type: String, Default: "true" }
  Open: { Type: String }
  Arn: { Type: String, Default: "" }
Conditions:
  IsBlue: !Equals [!Ref Blue, "true"]
  IsOpen: !Equals [!Ref Open, x]
  HasArn: !Not [!Equals [!Ref Arn, ""]]
Resources:
  A:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{ Name: web, Image: x, Memory: 64, PortMappings: [{ ContainerPort: 80 }] }]
  B:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{ Name: other, Image: x, Memory: 64 }]
  S:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: ${reference}
      SchedulingStrategy: DAEMON
      LoadBalancers:
        - { ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Group }
`;

function workspaceOf(file: string, text: string, pairs: readonly Pair[] = []) {
  const documents = openResources(file, text);
  const workspace = createWorkspace({
    files: documents.map((document) => ({ path: nameOfResource(document), document })),
    pathOf: nameOfResource,
    pairs,
  });
  const service = documents.find(isService);
  assert.ok(service);
  return { workspace, documents, service };
}

const idOf = (resource: Resource | undefined) => resource?.hosted?.id.split(".").at(-1)?.toLowerCase();

function pairedBy(file: string, text: string) {
  const { workspace, service } = workspaceOf(file, text);
  const { taskDefinition, by, byDefault = [] } = workspace.pairingOf(service);
  const codes = validateInWorkspace(service, () => workspace).map((it) => it.code);
  return [idOf(taskDefinition), by, byDefault.map((it) => it.name).join(), codes.join()];
}

const missing = "load-balancer-container";
const cases: readonly (readonly [string, string, readonly string[] | undefined])[] = [
  ["aws_ecs_task_definition.b.arn", "!Ref B", ["b", "only", "", missing]],
  [
    "var.blue ? aws_ecs_task_definition.a.arn : aws_ecs_task_definition.b.arn",
    "!If [IsBlue, !Ref A, !Ref B]",
    ["a", "only", "blue", ""],
  ],
  [
    "var.blue ? aws_ecs_task_definition.b.arn : aws_ecs_task_definition.a.arn",
    "!If [IsBlue, !Ref B, !Ref A]",
    ["b", "only", "blue", ""],
  ],
  // Whichever it is, it is one and the same.
  [
    'var.open ? aws_ecs_task_definition.b.arn : "${aws_ecs_task_definition.b.family}:1"',
    "!If [IsOpen, !Ref B, !GetAtt B.TaskDefinitionArn]",
    ["b", "only", "", missing],
  ],
  [
    "var.open ? aws_ecs_task_definition.a.arn : aws_ecs_task_definition.b.arn",
    "!If [IsOpen, !Ref A, !Ref B]",
    undefined,
  ],
  [
    "var.arn != null ? var.arn : aws_ecs_task_definition.b.arn",
    "!If [HasArn, !Ref Arn, !Ref B]",
    ["b", "only", "arn", ""],
  ],
];
for (const [expression, reference, expected] of cases) {
  const nobodyKnows = [undefined, "undecided", "", ""];
  test(`${expression} is ${expected?.[0] ?? "undecided"}`, () =>
    assert.deepEqual(
      pairedBy("main.tf", terraform(expression)).map((it) => it?.replace("var.", "")),
      expected ?? nobodyKnows,
    ));
  test(`${reference} is ${expected?.[0] ?? "undecided"}`, () =>
    assert.deepEqual(
      pairedBy("stack.yaml", template(reference)).map((it) => it?.toLowerCase()),
      expected ?? nobodyKnows,
    ));
}

test("a local is followed", () => {
  assert.deepEqual(pairedBy("main.tf", terraform("local.chosen")), ["a", "only", "var.blue", ""]);
  assert.deepEqual(pairedBy("main.tf", terraform("local.plain")), ["a", "only", "", ""]);
  assert.deepEqual(pairedBy("main.tf", terraform("local.nothing")), [undefined, "only", "", ""]);
});

test("calls that come to one resource are that resource", () => {
  const one = [
    "one(aws_ecs_task_definition.b[*].arn)",
    'join("", aws_ecs_task_definition.b.*.arn)',
    'element(concat(aws_ecs_task_definition.b.*.arn, [""]), 0)',
    'try(aws_ecs_task_definition.b[0].arn, "")',
    'format("%s:%s", aws_ecs_task_definition.b.family, aws_ecs_task_definition.b.revision)',
  ];
  for (const it of one) assert.deepEqual(pairedBy("main.tf", terraform(it)), ["b", "only", "", missing], it);
  const none = [
    "try(aws_ecs_task_definition.a[0].arn, aws_ecs_task_definition.b[0].arn)",
    "coalesce(var.open, aws_ecs_task_definition.b.arn)",
    "one(concat(aws_ecs_task_definition.b[*].arn, var.open))",
    "one(concat(aws_ecs_task_definition.b[*].arn, [for it in var.open : it]))",
    "lookup(local.all, var.open)",
    "one([])",
  ];
  for (const it of none)
    assert.deepEqual(pairedBy("main.tf", terraform(it)), [undefined, "only", "", ""], it);
});

test("what holds with each of the task definitions is reported", () => {
  const text = template("!If [IsOpen, !Ref A, !Ref B]").replace("ContainerName: web", "ContainerName: none");
  const { workspace, service } = workspaceOf("stack.yaml", text);
  assert.deepEqual(
    validateInWorkspace(service, () => workspace).map((it) => it.code),
    [missing],
  );
});

test("the task definitions are paired from their side as well", () => {
  const { workspace, documents } = workspaceOf("stack.yaml", template("!If [IsBlue, !Ref A, !Ref B]"));
  const [first, second] = documents;
  assert.ok(first && second);
  const chosen = workspace.pairingOf(first);
  assert.deepEqual([idOf(chosen.service), chosen.by, chosen.byDefault?.[0]?.name], ["s", "only", "Blue"]);
  const other = workspace.pairingOf(second);
  assert.deepEqual([idOf(other.service), other.by, other.candidates.length], [undefined, "undecided", 1]);
  assert.deepEqual(workspace.daemonsOf(first), [], "rules are not told of what only a default decides");
});

test("an answer counts before the defaults", () => {
  const pairs = [{ taskDefinition: "stack.yaml#B", service: "stack.yaml#S" }];
  const { workspace, service } = workspaceOf("stack.yaml", template("!If [IsBlue, !Ref A, !Ref B]"), pairs);
  const { taskDefinition, by, byDefault } = workspace.pairingOf(service);
  assert.deepEqual([idOf(taskDefinition), by, byDefault], ["b", "chosen", undefined]);
});

test("given values count before the defaults, from either side", () => {
  const text = template("!If [IsBlue, !Ref A, !Ref B]");
  const { workspace, service, documents } = workspaceOf("stack.yaml", text);
  const read = (blue: string) => (document: Resource) =>
    openResources("stack.yaml", text, { given: givenTexts({ Blue: blue }) }).find(
      (it) => it.hosted?.id === document.hosted?.id,
    ) ?? document;
  const given = pairingWithValues(workspace.pairingOf(service), workspace, read("false"));
  assert.deepEqual([idOf(given.taskDefinition), given.byDefault], ["b", undefined]);
  const [first] = documents;
  assert.ok(first);
  const pairing = workspace.pairingOf(first);
  assert.equal(pairingWithValues(pairing, workspace, read("false")).service, undefined);
  const same = pairingWithValues(pairing, workspace, read("true"));
  assert.deepEqual([idOf(same.service), same.byDefault], ["s", undefined]);
});

test("a preview says which default chose the task definition", () => {
  const { workspace, service } = workspaceOf("stack.yaml", template("!If [IsBlue, !Ref A, !Ref B]"));
  const { taskDefinition, byDefault } = workspace.pairingOf(service);
  assert.ok(taskDefinition && byDefault);
  const { assumptions } = daemonServiceOf({ taskDefinition, service, byDefault });
  assert.deepEqual(
    assumptions?.map((it) => [it.name, it.value]),
    [["Blue", "true"]],
  );
});
