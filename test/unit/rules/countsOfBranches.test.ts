// Limits of lists in templates: what a condition may leave out is not counted, and what it gives together is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const codes = (properties: string) =>
  openResources(
    "stack.yaml",
    `Parameters: { A: { Type: String } }
Conditions: { P: !Equals [!Ref A, p], Q: !Equals [!Ref A, q] }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
${properties}`,
  ).flatMap((it) => validateDocument(it).map(({ code }) => code));

const item = (condition: string | undefined, body: string) =>
  `        - ${condition === undefined ? `{ ${body} }` : `!If [${condition}, { ${body} }, !Ref "AWS::NoValue"]`}\n`;
const all = (count: number, condition: string | undefined, body: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => item(condition, body(at))).join("");
const container = (name: string) => (at: number) => `Name: ${name}${at}, Image: a, Memory: 8`;
const containers = (items: string) => `      ContainerDefinitions:\n${items}`;
const tag = (name: string) => (at: number) => `Key: ${name}${at}, Value: a`;
const tags = (items: string) => `${containers(all(1, undefined, container("a")))}      Tags:\n${items}`;

test("containers and tags that conditions leave out are not counted", () => {
  const [one, other] = [all(6, "P", container("p")), all(6, "Q", container("q"))];
  assert.deepEqual(codes(containers(all(2, undefined, container("a")) + one + other)), []);
  assert.deepEqual(codes(tags(all(30, "P", tag("p")) + all(30, "Q", tag("q")))), []);
});

test("those that one condition gives are counted together", () => {
  const more = all(4, undefined, container("a"));
  assert.deepEqual(codes(containers(more + all(7, "P", container("p")))), ["too-many-containers"]);
  assert.deepEqual(codes(containers(all(11, undefined, container("a")))), ["too-many-containers"]);
  assert.deepEqual(codes(tags(all(51, undefined, tag("a")))), ["too-many-tags"]);
});
