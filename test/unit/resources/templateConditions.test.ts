// Conditions of CloudFormation: a given value decides them, a default decides them by default, anything else leaves them
// open; whatever a preview takes, both values are checked.

import assert from "node:assert/strict";
import { test } from "node:test";
import { daemonServiceOf } from "../../../server/src/core/language/previewSubject";
import { plainValue } from "../../../server/src/core/resources/documentValue";
import { givenTexts } from "../../../server/src/core/resources/hosts/givenValues";
import { openResources } from "../../../server/src/core/resources/openResources";
import type { Resource } from "../../../server/src/core/resources/resource";
import { withDefaults } from "../../../server/src/core/resources/withDefaults";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { absenceText } from "../../../server/src/core/text/assumption";

const head = `Parameters:
  Env: { Type: String, Default: dev }
  Size: { Type: Number, Default: 2 }
  Open: { Type: String }
  Stored: { Type: "AWS::SSM::Parameter::Value<String>", Default: dev }
Mappings:
  Stages: { dev: { Stage: test } }
Conditions:
  IsDev: !Equals [!Ref Env, dev]
  IsProd: !Equals [!Ref Env, prod]
  IsSmall: { "Fn::Equals": [{ Ref: Size }, "2"] }
  IsTest: !Equals [!FindInMap [Stages, !Ref Env, Stage], test]
  IsJoined: !Equals [!Sub "\${Env}-x", dev-x]
  IsOpen: !Equals [!Ref Open, ""]
  IsStored: !Equals [!Ref Stored, dev]
  IsRegion: !Equals [!Ref "AWS::Region", us-east-1]
  NotDev: !Not [!Condition IsDev]
  Both: !And [!Condition IsDev, Condition: IsSmall]
  Either: !Or [!Condition IsOpen, !Condition IsDev]
  Neither: !And [!Condition IsOpen, !Condition IsProd]
  Unsure: !Or [!Condition IsOpen, !Condition IsProd]
  Circle: !Not [!Condition Circle]
  Lost: !Not [!Condition Nowhere]
  Always: !Equals [a, a]
Resources:
`;

const task = (mode: string, more = "") => `${head}  Task:
    Type: AWS::ECS::TaskDefinition
${more}    Properties:
      NetworkMode: ${mode}
`;

function modeOf(text: string, given: Readonly<Record<string, string>> = {}) {
  const [resource] = openResources("stack.yaml", text, { given: givenTexts(given) });
  assert.ok(resource);
  const { document, assumptions, unknown } = withDefaults(resource);
  const { networkMode } = JSON.parse(JSON.stringify(plainValue(document.input as never)));
  return unknown.length > 0
    ? unknown.map((it) => it.name)
    : [networkMode, ...assumptions.map((it) => it.name)];
}

const cases: Readonly<Record<string, readonly unknown[]>> = {
  "!If [IsDev, host, bridge]": ["host", "Env"],
  "!If [IsProd, host, bridge]": ["bridge", "Env"],
  "!If [IsSmall, host, bridge]": ["host", "Size"],
  "!If [IsTest, host, bridge]": ["host", "Env"],
  "!If [IsJoined, host, bridge]": ["host", "Env"],
  "!If [NotDev, host, bridge]": ["bridge", "Env"],
  "!If [Both, host, bridge]": ["host", "Env", "Size"],
  "!If [Either, host, bridge]": ["host", "Env"],
  "!If [Neither, host, bridge]": ["bridge", "Env"],
  '!If [IsProd, host, !Ref "AWS::NoValue"]': [undefined, "Env"],
  "!If [IsDev, !If [IsSmall, host, bridge], none]": ["host", "Env", "Size"],
  '{ "Fn::If": [Always, host, bridge] }': ["host"],
  "!If [IsDev, !Ref Open, bridge]": ["Env", "Open"],
  "!If [IsOpen, host, bridge]": ["IsOpen"],
  "!If [IsStored, host, bridge]": ["IsStored"],
  "!If [IsRegion, host, bridge]": ["IsRegion"],
  "!If [Unsure, host, bridge]": ["Unsure"],
  "!If [Circle, host, bridge]": ["Circle"],
  "!If [Lost, host, bridge]": ["Lost"],
  "!If [Nowhere, host, bridge]": ["Nowhere"],
};
for (const [mode, expected] of Object.entries(cases))
  test(`${mode} is ${expected.join(" by ")}`, () => assert.deepEqual(modeOf(task(mode)), expected));

test("given values of parameters and of conditions decide", () => {
  const text = task("!If [IsDev, host, bridge]");
  assert.deepEqual(modeOf(text, { Env: "prod" }), ["bridge"]);
  assert.deepEqual(modeOf(text, { IsDev: "false" }), ["bridge"]);
  assert.deepEqual(modeOf(task("!If [IsOpen, host, bridge]"), { Open: "x" }), ["bridge"]);
});

test("conditions of a JSON template are decided as well, and a change of one is seen", () => {
  const template = (value: string) =>
    JSON.stringify({
      Conditions: { C: { "Fn::Not": [{ Condition: "D" }] }, D: { "Fn::Equals": [value, "b"] } },
      Resources: {
        Task: {
          Type: "AWS::ECS::TaskDefinition",
          Properties: { NetworkMode: { "Fn::If": ["C", "host", "bridge"] } },
        },
      },
    });
  assert.deepEqual(modeOf(template("a")), ["host"]);
  assert.deepEqual(modeOf(template("b")), ["bridge"]);
});

function service(constraints: string, more = "") {
  const text = `${head}  Service:
    Type: AWS::ECS::Service
${more}    Properties:
      SchedulingStrategy: DAEMON
      PlacementConstraints:
${constraints}`;
  const [resource] = openResources("stack.yaml", text);
  assert.ok(resource);
  return resource;
}

const expressionsBy = (resource: Resource) => {
  const { document, assumptions, unknown } = withDefaults(resource);
  const { placementConstraints } = JSON.parse(JSON.stringify(plainValue(document.input as never)));
  return [
    ...placementConstraints.map((it: { expression?: string }) => it.expression),
    ...assumptions.map((it) => it.name),
    ...unknown.map((it) => `${it.name}?`),
  ];
};

const item = (condition: string, otherwise: string) =>
  `        - !If [${condition}, { Type: memberOf, Expression: "attribute:a exists" }, ${otherwise}]\n`;
const other = '{ Type: memberOf, Expression: "attribute:b exists" }';
const none = '!Ref "AWS::NoValue"';

test("items of a list that conditions choose are there, or not, by default", () => {
  assert.deepEqual(expressionsBy(service(item("IsDev", other) + item("IsProd", none))), [
    "attribute:a exists",
    "Env",
  ]);
  assert.deepEqual(expressionsBy(service(item("IsProd", other))), ["attribute:b exists", "Env"]);
  assert.deepEqual(expressionsBy(service(item("IsProd", none))), ["Env"]);
});

test("one item that nobody knows leaves the list open", () => {
  const resource = service(item("IsDev", other) + item("IsOpen", none));
  assert.deepEqual(withDefaults(resource).document.input?.type, "object");
  assert.deepEqual(
    withDefaults(resource).unknown.map((it) => it.name),
    ["Env", "IsOpen"],
  );
});

test("a fault in either value is reported, and nothing unknown is", () => {
  const bad = '{ Type: memberOf, Expression: "attribute:a ==" }';
  for (const condition of ["IsDev", "IsProd", "IsOpen", "Always"]) {
    for (const text of [item(condition, bad), item(condition, none) + item("NotDev", bad)])
      assert.deepEqual(
        validateDocument(service(text)).map((it) => it.code),
        ["expression-missing-value"],
        `${condition} ${text}`,
      );
    assert.deepEqual(validateDocument(service(item(condition, other))), []);
  }
});

test("a value that can never be chosen is not looked at", () => {
  const bad = '{ Type: memberOf, Expression: "attribute:a ==" }';
  const codes = (resource: Resource) => validateDocument(resource).map((it) => it.code);
  assert.deepEqual(codes(service(item("IsOpen", bad), "    Condition: IsOpen\n")), []);
  assert.deepEqual(codes(service(item("NotDev", bad), "    Condition: NotDev\n")), []);
  const other = item("IsDev", none).replace("attribute:a exists", "attribute:a ==");
  assert.deepEqual(
    codes(service(other, "    Condition: NotDev\n")).length,
    1,
    "IsDev is not known to be false",
  );
});

test("a resource that the defaults do not make says so, and is not read with those defaults", () => {
  const made = (condition: string, mode: string) => {
    const [taskDefinition] = openResources("stack.yaml", task(mode, `    Condition: ${condition}\n`));
    assert.ok(taskDefinition);
    const { absent = [] } = daemonServiceOf({ taskDefinition, service: undefined });
    return [absenceText(absent), ...modeOf(task(mode, `    Condition: ${condition}\n`))];
  };
  const without = "With the default of Env, dev, Task is not created.";
  assert.deepEqual(made("IsDev", "!If [IsDev, host, bridge]"), ["", "host"]);
  assert.deepEqual(made("IsProd", "!If [IsProd, host, bridge]"), [without, "host"]);
  assert.deepEqual(made("IsProd", "!If [IsDev, host, bridge]"), [without, "IsDev"]);
  assert.deepEqual(made("IsDev", "!If [NotDev, host, bridge]"), ["", "bridge"]);
  assert.deepEqual(made("IsOpen", "!If [IsDev, host, bridge]"), ["", "host", "Env"]);
});
