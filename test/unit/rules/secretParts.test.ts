// The ARN of a secret in Terraform or CloudFormation is known only as that of a resource, and what is written behind it is known
// all the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const found = (valueFrom: string) =>
  openResources(
    "main.tf",
    `resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  execution_role_arn    = "agent"
  container_definitions = jsonencode([
    { name = "agent", image = "agent:1", memory = 64, secrets = [{ name = "TOKEN", valueFrom = ${valueFrom} }] }
  ])
}
`,
  ).flatMap((it) => validateDocument(it).map(({ code, fixes }) => [code, fixes?.length ?? 0]));

test("some of the parts behind the ARN of a secret of the configuration are reported, with nothing to change", () => {
  for (const parts of [":key", ":key:"])
    for (const secret of ["aws_secretsmanager_secret.a.arn", 'data.aws_secretsmanager_secret.a["b"].arn'])
      assert.deepEqual(found(`"\${${secret}}${parts}"`), [["secret-reference-parts", 0]]);
});

test("all of the parts, none of them, and what is not known are left alone", () => {
  const secret = "aws_secretsmanager_secret.a.arn";
  for (const value of [`"\${${secret}}:key::"`, secret, `"\${${secret}}:\${var.key}"`, '"${var.arn}:key"'])
    assert.deepEqual(found(value), []);
});

const template = (valueFrom: string) => `Parameters: { Arn: { Type: String } }
Resources:
  Database:
    Type: AWS::RDS::DBInstance
  Token:
    Type: AWS::SecretsManager::Secret
  Agent:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ExecutionRoleArn: agent
      ContainerDefinitions:
        - { Name: agent, Image: "agent:1", Memory: 64, Secrets: [{ Name: TOKEN, ValueFrom: ${valueFrom} }] }
`;

const foundIn = (file: string, text: string) =>
  openResources(file, text).flatMap((it) => validateDocument(it).map(({ code }) => code));

/** The same template as JSON, with the functions in their long form. */
const asJson = (valueFrom: unknown) =>
  JSON.stringify({
    Resources: {
      Token: { Type: "AWS::SecretsManager::Secret" },
      Agent: {
        Type: "AWS::ECS::TaskDefinition",
        Properties: {
          ExecutionRoleArn: "agent",
          ContainerDefinitions: [
            { Name: "agent", Image: "agent:1", Memory: 64, Secrets: [{ Name: "T", ValueFrom: valueFrom }] },
          ],
        },
      },
    },
  });

test("some of the parts behind a secret of a template are reported, however they are put together", () => {
  for (const value of [
    '!Sub "${Token}:key"',
    '!Sub "${Token.Id}:key:"',
    '!Join [":", [!Ref Token, key]]',
    '!Join ["", [!GetAtt Database.MasterUserSecret.SecretArn, ":password"]]',
    '!Sub ["${S}:key", { S: !Ref Token }]',
  ])
    assert.deepEqual(foundIn("stack.yaml", template(value)), ["secret-reference-parts"], value);
  for (const value of [{ "Fn::Sub": "${Token}:key" }, { "Fn::Join": ["", [{ Ref: "Token" }, ":key"]] }])
    assert.deepEqual(foundIn("stack.json", asJson(value)), ["secret-reference-parts"]);
});

test("whole references to secrets of a template, and references to what is not known, are left alone", () => {
  for (const value of [
    '!Sub "${Token}:key::"',
    "!Ref Token",
    '!Sub "${Arn}:key"',
    '!Sub "${Token}:${Arn}"',
    '!Sub "${Token}${Arn}"',
    '!Join [":", [!Ref Token, key, "", ""]]',
    '!Sub "${Database}:key"',
  ])
    assert.deepEqual(foundIn("stack.yaml", template(value)), [], value);
  assert.deepEqual(foundIn("stack.json", asJson({ "Fn::Sub": "${Token}:key::" })), []);
});

test("what is a secret is looked at again when the template changes", () => {
  const text = template('!Sub "${Token}:key"');
  assert.deepEqual(foundIn("stack.yaml", text.replace("SecretsManager::Secret", "SNS::Topic")), []);
  assert.deepEqual(foundIn("stack.yaml", text), ["secret-reference-parts"]);
});
