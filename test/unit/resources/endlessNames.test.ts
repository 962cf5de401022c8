// Names that refer to what they are a part of, and names that multiply: read without a fault and within a bound.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const using = (list: string) =>
  `resource "aws_ecs_task_definition" "agent" {\n  family = "agent"\n  container_definitions = jsonencode(${list})\n}\n`;

function codesOf(text: string): readonly string[] {
  const [resource] = openResources("main.tf", text);
  assert.ok(resource, "the task definition is found");
  return validateDocument(resource).map((it) => it.code);
}

test("a local inside itself, as while a closing brace is missing, is unknown from some depth on", () => {
  const text = `locals {\n  list = [{ name = "a", image = "b", memory = 64, command = local.list }]\n}\n`;
  assert.deepEqual(codesOf(text + using("local.list")), ["wrong-type"]);
  const two = `locals {\n  a = [local.b]\n  b = { environment = local.a }\n}\n`;
  assert.deepEqual(codesOf(two + using("local.a")).includes("container-without-name"), true);
});

test("locals that multiply end at a bound", () => {
  const names = "abcdefghij".split("");
  const lines = names.map((it, at) => {
    const next = names[at + 1] === undefined ? '"x"' : `local.${names[at + 1]}`;
    return `  ${it} = [${Array(10).fill(next).join(", ")}]\n`;
  });
  const list = '[{ name = "a", image = "b", memory = 64, command = local.a }]';
  assert.deepEqual(codesOf(`locals {\n${lines.join("")}}\n${using(list)}`), ["wrong-type"]);
});

test("lists that calls join, again and again, end at a bound", () => {
  for (const call of ["concat", "merge", "flatten"]) {
    const names = "abcdefgh".split("");
    const first = call === "merge" ? "{ memory = 64 }" : '[{ name = "a" }]';
    const lines = names.map((it, at) => {
      const many = Array(50).fill(names[at + 1] === undefined ? first : `local.${names[at + 1]}`);
      return `  ${it} = ${call}(${call === "flatten" ? `[${many.join(", ")}]` : many.join(", ")})\n`;
    });
    const codes = codesOf(
      `locals {\n${lines.join("")}}\n${using(call === "merge" ? "[local.a]" : "local.a")}`,
    );
    assert.ok(codes.length < 2000, call);
  }
});

test("texts that multiply end at a bound, and are unknown then", () => {
  const lines = Array.from({ length: 12 }, (_, at) => `  a${at + 1} = "${`\${local.a${at}}`.repeat(10)}"\n`);
  const list = '[{ name = local.a12, image = "b", memory = 64 }]';
  const locals = (first: string) => `locals {\n  a0 = "${first}"\n${lines.join("")}}\n`;
  assert.deepEqual(codesOf(locals("x") + using(list)), []);
  // Few names of a long text are as much.
  const long = locals("x".repeat(100_000)).replace("local.a12", "local.a3");
  assert.deepEqual(codesOf(long + using(list.replace("a12", "a3"))), []);
  const sub = (depth: number): string =>
    depth === 0 ? '"x"' : `!Sub ["${"${Y}".repeat(10)}", { Y: ${sub(depth - 1)} }]`;
  for (const value of [sub(12), sub(40)]) {
    const text = `Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: ${value}\n      ContainerDefinitions: [{ Name: a, Image: b, Memory: 64 }]\n`;
    const [resource] = openResources("a.yaml", text);
    assert.ok(resource);
    assert.deepEqual(validateDocument(resource), []);
  }
});

test("a lookup in a mapping with itself for its key, as while its bracket is missing, is unknown", () => {
  const cpu = (value: string) =>
    `Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: a\n      Cpu: ${value}\n      ContainerDefinitions: [{ Name: a, Image: b, Memory: 64 }]\n`;
  for (const it of ["!FindInMap ", "!FindInMap x[Sizes, a, Cpu]", "!FindInMap [!FindInMap x, a, b]"]) {
    const [resource] = openResources("a.yaml", cpu(it));
    assert.ok(resource, it);
    assert.deepEqual(validateDocument(resource), [], it);
  }
});
