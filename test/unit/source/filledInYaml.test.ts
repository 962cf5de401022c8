// Placeholders in YAML that are no text to YAML itself: `${X}` in brackets is an object there, `#{X}` a comment, `[[X]]` a list
// of a list. Somebody fills them in first, so that they are unknown values.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { get } from "../../../server/src/core/source/tree";

const template = (placeholder: (name: string) => string) => `Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      Cpu: ${placeholder("CPU")}
      RequiresCompatibilities: [${placeholder("TYPE")}]
      ContainerDefinitions:
        - Name: web
          Image: web:1
          Memory: ${placeholder("MEMORY")} # MiB
          PortMappings: [{ ContainerPort: ${placeholder("PORT")} }]
          Environment: [{ Name: A, Value: ${placeholder("LEVEL")} }, { Name: B, Value: b }]
          Command:
            - ${placeholder("COMMAND")}
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      DesiredCount: 1
      NetworkConfiguration:
        AwsvpcConfiguration:
          Subnets: [
            ${placeholder("A_SUBNET")},
            ${placeholder("B_SUBNET")}
          ]
          SecurityGroups: ${placeholder("GROUPS")}
`;

const forms: Readonly<Record<string, (name: string) => string>> = {
  "$\\{X}": (name) => `\${${name}}`,
  "$\\{self:custom.x}": (name) => `\${self:custom.${name}}`,
  "#{X}": (name) => `#{${name}}`,
  "[[X]]": (name) => `[[${name}]]`,
};

for (const [form, placeholder] of Object.entries(forms))
  test(`${form} is unknown wherever a value is`, () => {
    const resources = openResources("stack.yaml", template(placeholder));
    assert.deepEqual(
      resources.flatMap((it) => validateDocument(it)),
      [],
    );
    const [task] = resources;
    assert.equal(get(task?.input, "cpu")?.unknown, true);
    assert.equal(get(task?.input, "requiresCompatibilities")?.children?.[0]?.unknown, true);
  });

test("texts in quotes, names of !Sub, comments and lists stay what they are", () => {
  const text = `Parameters: { Env: { Type: String, Default: prod } }
Resources:
  # [\${COMMENTED}], and [[COMMENTED]]
  Service:
    Type: AWS::ECS::Service
    Properties: { TaskDefinition: "a:1", SchedulingStrategy: DAEMON, Cluster: !Sub "\${Env}", PlacementConstraints: [{ Type: memberOf, Expression: !Sub "attribute:env = \${Env}" }] }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web #{not a value} but a comment
      Cpu: 12x
      ContainerDefinitions: [{ Name: web, Image: "web:1", Memory: 64, Command: [sh, -c, "echo \${A}, \${B}"] }]
`;
  const codes = openResources("stack.yaml", text).flatMap((it) =>
    validateDocument(it).map(({ code }) => code),
  );
  assert.deepEqual(codes, ["expression-single-equals", "bad-task-size"]);
});
