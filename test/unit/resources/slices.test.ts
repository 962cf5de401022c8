// Templates and Terraform files are read in slices: a slip in one resource leaves the others whole, and what refers to
// another slice, or to another file, keeps its place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { namesInConfiguration } from "../../../server/src/core/resources/hosts/terraform/readConfiguration";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { plainValueOf } from "../../support/hostFixes";

const yaml = `Resources:
  First:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: agent
          Image: "agent:7"
          Memory: 512
          Environment: [{ Name: A, Value: b }]
  Second:
    Type: AWS::ECS::Service
    Properties:
      SchedulingStrategy: DAEMON
      TaskDefinition: !Ref First
`;

const terraform = `resource "aws_ecs_task_definition" "first" {
  family = "first"
  container_definitions = jsonencode([
    { name = "agent", image = "agent:\${var.tag}", memory = 512 },
  ])
  tags = { a = "b" }
}

resource "aws_ecs_service" "second" {
  name                = "second"
  task_definition     = aws_ecs_task_definition.first.arn
  scheduling_strategy = "DAEMON"
}
`;

const slips = [
  "",
  '"',
  "'",
  "{",
  "}",
  "[",
  "(",
  ":",
  "=",
  "\n",
  "#",
  "${",
  "/*",
  "<<EOT\n",
  "|",
  "&a ",
  "*a ",
  "!If ",
];

for (const [file, text] of [
  ["stack.yaml", yaml],
  ["main.tf", terraform],
] as const)
  test(`a slip in one resource of ${file} leaves the other whole`, () => {
    const secondOf = (text: string) =>
      openResources(file, text).find((it) => it.hosted?.id.toLowerCase().endsWith("second"));
    const whole = JSON.stringify(plainValueOf(secondOf(text)?.input));
    const from = file === "main.tf" ? 0 : text.indexOf("First") + 7;
    const until = text.search(/\n\s*(?:Second|resource "aws_ecs_service")/);
    for (let at = from; at < until; at += 3)
      for (const slip of slips) {
        const slipped = text.slice(0, at) + slip + text.slice(slip === "" ? at + 1 : at);
        const second = JSON.stringify(plainValueOf(secondOf(slipped)?.input));
        assert.equal(second, whole, `${JSON.stringify(slip)} behind ${text.slice(at - 20, at)}`);
      }
  });

test("a block is not cut where a heredoc or a comment has a line like the beginning of one", () => {
  const text = `resource "aws_ecs_task_definition" "a" {
  container_definitions = <<EOT
[{ "name": "a", "image": "a", "memory": 64,
"command": [
"sh", "-c", "
resource \\"x\\" {"] }]
EOT
/*
resource "aws_ecs_service" "old" {
*/
  family = "a"
}
`;
  const [resource, ...others] = openResources("main.tf", text.replace('"\nresource \\"x\\" {"', '"x"'));
  assert.equal(others.length, 0);
  assert.match(JSON.stringify(plainValueOf(resource?.input)), /"family":"a"/);
  const [first] = openResources("main.tf", text);
  assert.match(JSON.stringify(plainValueOf(first?.input)), /"family":"a"/);
});

const list = '[{ name = "agent", image = "agent:7", memory = 64, essental = true }]';
const definition = `
resource "aws_ecs_task_definition" "a" {
  family                = "a"
  container_definitions = jsonencode(local.containers)
}
`;

test("a list in a local is shown there, and where it is referred to if it is in another file", () => {
  const own = `${definition}locals {\n  containers = ${list}\n}\n`;
  const others = namesInConfiguration(`# another file\nlocals {\n  containers = ${list}\n}\n`);
  for (const [text, names, expected] of [
    [own, undefined, "essental"],
    [`locals {\n  containers = ${list}\n}\n${definition}`, undefined, "essental"],
    [definition, others, "jsonencode(local.containers)"],
  ] as const) {
    const [resource] = openResources("main.tf", text, names ? { names } : {});
    const found = resource === undefined ? [] : validateDocument(resource);
    const places = found.map((it) => [it.code, text.slice(it.span.start, it.span.end)]);
    assert.equal(places[0]?.[0], "misspelt-member");
    assert.ok(expected.includes(places[0]?.[1] ?? "?"), JSON.stringify(places));
    // What is written in another place is changed there.
    assert.deepEqual(
      found.flatMap((it) => it.fixes ?? []),
      [],
    );
  }
});

test("an alias is an unknown value", () => {
  const aliased = yaml
    .replace('"agent:7"', "&image agent:7")
    .replace("SchedulingStrategy", "ServiceName: *image\n      SchedulingStrategy");
  const [, second] = openResources("stack.yaml", aliased);
  assert.match(JSON.stringify(plainValueOf(second?.input)), /"serviceName":"\$\{u\}"/);
});
