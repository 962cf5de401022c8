// CloudFormation refuses null wherever it stands in a template, which in YAML is a property or an item without a value; and
// it refuses a misspelt property of the task definition and the service as it does one of a container.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const head = "Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n";
const container = "      ContainerDefinitions: [{ Name: agent, Image: agent:7, Memory: 64 }]\n";

/** Codes with the line and the column, from 1, of what is underlined. */
function found(text: string): readonly string[] {
  return openResources("stack.yaml", text).flatMap((resource) =>
    validateDocument(resource).map(({ code, span }) => {
      const before = text.slice(0, span.start).split("\n");
      return `${code} ${before.length}:${(before.at(-1) ?? "").length + 1}`;
    }),
  );
}

const nulls: readonly (readonly [string, string, string])[] = [
  ["a property without a value", `${head}      PidMode:\n${container}`, "null-value 5:15"],
  [
    "a property of a container",
    `${head}      ContainerDefinitions:\n        - Name: agent\n          Image:\n          Memory: 64\n`,
    "null-value 7:17",
  ],
  ["the value null", `${head}      Cpu: null\n${container}`, "null-value 5:12"],
  ["an item without a value", `${head}      Volumes:\n        -\n${container}`, "null-value 6:10"],
  ["a container without a value", `${head}      ContainerDefinitions: [~]\n`, "null-value 5:30"],
];
for (const [name, text, expected] of nulls)
  test(`null in a template is reported once: ${name}`, () => assert.deepEqual(found(text), [expected]));

test("what is left out with AWS::NoValue, chosen, or filled in below its key is not null", () => {
  for (const value of ["!Ref AWS::NoValue", "!If [Host, host, !Ref AWS::NoValue]", "\n        {{ mode }}"])
    assert.deepEqual(found(`${head}      PidMode: ${value}\n${container}`), []);
});

test("a misspelt property of a task definition is reported in a template", () => {
  assert.deepEqual(found(`${head}      NetworkMod: host\n${container}`), ["misspelt-member 5:7"]);
});
