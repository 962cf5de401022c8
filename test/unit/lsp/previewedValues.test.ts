// Values for a preview of a template or module: the names that it depends on, and what becomes of given ones.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withValues } from "../../../client/webview/model/valueWords";
import { daemonServiceOf } from "../../../server/src/core/language/previewSubject";
import { givenTexts } from "../../../server/src/core/resources/hosts/givenValues";
import { openResources } from "../../../server/src/core/resources/openResources";
import { subjectWithValues } from "../../../server/src/lsp/preview/previewedValues";
import type { FileValues } from "../../../server/src/lsp/preview/valuesFiles";

const template = `Parameters:
  AgentMemory: { Type: Number, Default: 512 }
  Env: { Type: String }
  Image: { Type: String }
  ApiToken: { Type: String }
  BigCpu: { Type: Number }
  Mode: { Type: String }
  Kind: { Type: String }
Conditions:
  IsBig: !Equals [!Ref Kind, big]
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: !Ref Mode
      ContainerDefinitions:
        - { Name: agent, Image: !Ref Image, Memory: !Ref AgentMemory, Cpu: !If [IsBig, !Ref BigCpu, 10] }
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      SchedulingStrategy: DAEMON
      PlacementConstraints:
        - { Type: memberOf, Expression: !Sub "attribute:env == \${Env}" }
        - { Type: memberOf, Expression: !Sub "attribute:token == \${ApiToken}" }
        - { Type: memberOf, Expression: !ImportValue expression }
`;

/** Of a file `values.json`, by name. */
const valuesOf = (values: Readonly<Record<string, string>>): FileValues => ({
  given: givenTexts(values),
  from: new Map(Object.keys(values).map((it) => [it, "file:///w/values.json"])),
  files: [{ uri: "file:///w/values.json" }],
});

function previewed(
  values: Readonly<Record<string, unknown>> = {},
  file = "stack.yaml",
  text = template,
  fromFiles = valuesOf({}),
) {
  const read = (given?: Parameters<Parameters<typeof subjectWithValues>[2]>[1]) =>
    openResources(file, text, given && { given });
  const [taskDefinition, service] = read();
  assert.ok(taskDefinition !== undefined);
  return subjectWithValues(
    { taskDefinition, service },
    { asked: values, fromFiles },
    (document, given) => read(given).find((it) => it.hosted?.id === document.hosted?.id) ?? document,
  );
}

const entry = (values: Readonly<Record<string, unknown>>, name: string) =>
  previewed(values).values.find((it) => it.name === name);

describe("a template", () => {
  test("is judged with the values of a file, of which it shows those that it depends on", () => {
    const fromFiles = valuesOf({
      AgentMemory: "64",
      Env: "dev",
      Unrelated: "1",
      ApiToken: "tok_live_0123456789abcdef",
    });
    const { subject, values } = previewed({ Env: "prod" }, "stack.yaml", template, fromFiles);
    const { requirements, constraints } = daemonServiceOf(subject);
    assert.equal(requirements.memory, 64);
    assert.equal(constraints[0]?.query?.text, "attribute:env == prod", "what is given itself counts first");
    const from = "file:///w/values.json";
    assert.deepEqual(values, [
      { name: "AgentMemory", byDefault: "512", given: "64", from },
      { name: "Mode" },
      { name: "IsBig" },
      { name: "Env", given: "prod" },
      { name: "ApiToken", secret: true, from },
    ]);
  });

  test("names what decides the placement, with defaults, and nothing else", () => {
    assert.deepEqual(previewed().values, [
      { name: "AgentMemory", byDefault: "512" },
      { name: "Mode" },
      { name: "IsBig" },
      { name: "Env" },
      { name: "ApiToken" },
    ]);
  });

  test("is judged with given values, which stay on the list with their defaults", () => {
    const { subject, values } = previewed({ AgentMemory: "64", Env: "prod", Mode: "host" });
    const { requirements, constraints, assumptions } = daemonServiceOf(subject);
    assert.equal(requirements.memory, 64);
    assert.equal(constraints[0]?.query?.text, "attribute:env == prod");
    assert.equal(assumptions, undefined);
    assert.deepEqual(values.slice(0, 2), [
      { name: "AgentMemory", byDefault: "512", given: "64" },
      { name: "Mode", given: "host" },
    ]);
  });

  test("names what a given condition brings along, and keeps it when it is given too", () => {
    assert.deepEqual(entry({ IsBig: "true" }, "BigCpu"), { name: "BigCpu" });
    assert.deepEqual(entry({ IsBig: "true", BigCpu: "256" }, "BigCpu"), { name: "BigCpu", given: "256" });
    assert.deepEqual(entry({ IsBig: "false", BigCpu: "256" }, "BigCpu"), {
      name: "BigCpu",
      given: "256",
      problem: "The preview does not depend on it.",
    });
  });
});

describe("a value that cannot be used", () => {
  test("is left out with the reason, and the others count", () => {
    const { subject, values } = previewed({ AgentMemory: "abc", Env: "a b (", Mode: "host" });
    const named = new Map(values.map((it) => [it.name, it]));
    assert.equal(named.get("AgentMemory")?.problem, `'Memory' has to be an integer, not the text "abc".`);
    assert.equal(named.get("Env")?.problem, "Unexpected 'b'. Join comparisons with 'and' or 'or'.");
    assert.equal(named.get("Mode")?.problem, undefined);
    assert.equal(daemonServiceOf(subject).requirements.memory, 512);
    for (const wrong of ["", "-1", "1.5"])
      assert.ok(entry({ AgentMemory: wrong }, "AgentMemory")?.problem, JSON.stringify(wrong));
    assert.match(entry({ Mode: "brigde" }, "Mode")?.problem ?? "", /'brigde' is not a valid value/);
  });

  test("is not reported for what is wrong in the file anyway", () => {
    const broken = template.replace("Cpu: !If [IsBig, !Ref BigCpu, 10]", "Cpu: many");
    const { values } = previewed({ AgentMemory: "64" }, "stack.yaml", broken);
    assert.equal(values.find((it) => it.name === "AgentMemory")?.problem, undefined);
  });

  test("may be part of what nobody evaluates here", () => {
    const { values } = previewed(
      { "var.memory": "64" },
      "main.tf",
      `variable "memory" { type = number }
resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  container_definitions = jsonencode([{ name = "agent", image = "agent:1", memory = var.memory * 2 }])
}
`,
    );
    assert.deepEqual(values, [
      {
        name: "var.memory",
        given: "64",
        problem: "It is part of an expression that is not evaluated here.",
      },
    ]);
  });
});

test("what looks like a secret counts and is not repeated", () => {
  const secret = "q9Zr7Wp2Lm4Xt8Vb";
  const { subject, values } = previewed({ ApiToken: secret });
  assert.ok(daemonServiceOf(subject).constraints.some((it) => it.query?.text.includes(secret)));
  assert.deepEqual(
    values.find((it) => it.name === "ApiToken"),
    { name: "ApiToken", secret: true },
  );
  assert.ok(!JSON.stringify(previewed({ ApiToken: `${secret} (` }).values).includes(secret));
});

test("a sentence says which values are given, taken by default and not known", () => {
  assert.equal(withValues([]), "");
  assert.equal(withValues(previewed().values.slice(0, 1)), "With the default of AgentMemory.");
  assert.equal(
    withValues(previewed({ Env: "prod", IsBig: "false" }).values),
    "With the given values of IsBig and Env and the default of AgentMemory. Mode and ApiToken are not known.",
  );
  assert.equal(
    withValues(previewed({ AgentMemory: "abc" }).values),
    "With the default of AgentMemory. Mode, IsBig and 2 more are not known.",
  );
});
