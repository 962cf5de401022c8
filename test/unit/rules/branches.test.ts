// What stands in the branches of Fn::If is looked at, whichever of them the condition chooses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const template = (container: string, task = "NetworkMode: bridge") => `Conditions: { Prod: !Equals [a, b] }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ${task}
      ContainerDefinitions:
        - Name: agent
          Image: agent:7
          Memory: 128
          ${container}
`;

const found = (text: string) =>
  openResources("stack.yaml", text)
    .flatMap((it) => validateDocument(it))
    .map(({ code, span, fixes }) => {
      assert.deepEqual(fixes ?? [], [], "a fix would change one of the branches");
      return [code, text.slice(span.start, span.end)];
    });

test("a slip in a branch is reported there", () => {
  assert.deepEqual(found(template("", "NetworkMode: !If [Prod, hosted, bridge]")), [
    ["unknown-value", "hosted"],
  ]);
  assert.deepEqual(found(template("Cpu: !If [Prod, -5, 0]")), [["number-out-of-range", "-5"]]);
  assert.deepEqual(found(template("Ulimits: !If [Prod, [{ Name: nofile, SoftLimit: 1 }], []]")), [
    ["missing-member", "{"],
  ]);
  assert.deepEqual(
    found(
      template("PortMappings: [Fn::If: [Prod, { ContainerPort: 80, Protokol: tcp }, !Ref AWS::NoValue]]"),
    ),
    [["misspelt-member", "Protokol"]],
  );
  assert.deepEqual(found(template("LogConfiguration: !If [Prod, !If [Prod, { LogDriver: awslog }, x], x]")), [
    ["unknown-value", "awslog"],
    ["wrong-type", "x"],
    ["wrong-type", "x"],
  ]);
});

test("branches of what is right, computed or absent have no diagnostics", () => {
  for (const it of [
    "Cpu: !If [Prod, 5, !Ref Cpu]",
    'Cpu: !If [Prod, "5", !Ref AWS::NoValue]',
    "Environment: !If [Prod, [{ Name: A, Value: 5 }], !Ref AWS::NoValue]",
    "DependsOn: !If [Prod, !If [Other, [], !Ref AWS::NoValue], !Ref Containers]",
    "Command: [!If [Prod, a, !Sub '${A}']]",
  ])
    assert.deepEqual(found(template(it)), [], it);
});

test("a branch is found where the resource is moved down the text", () => {
  const text = template("Cpu: !If [Prod, -5, 0]");
  found(text);
  assert.deepEqual(found(`# moved\n${text}`), [["number-out-of-range", "-5"]]);
});
