// A secret in the default of a parameter or a variable is in the task definition unless somebody gives another value.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const found = (file: string, text: string) =>
  openResources(file, text)
    .flatMap((it) => validateDocument(it))
    .map(({ code, span }) => [code, text.slice(span.start, span.end)]);

const terraform = (declared: string) => `variable "password" {
  ${declared}
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([{
    name        = "web"
    image       = "nginx:1"
    memory      = 128
    environment = [{ name = "DB_PASSWORD", value = var.password }]
  }])
}
`;

const template = (declared: string) => `Parameters:
  Password: { Type: String, ${declared} }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: nginx:1
          Memory: 128
          Environment: [{ Name: DB_PASSWORD, Value: !Ref Password }]
`;

test("a default that is a secret is reported where it becomes a variable of the environment", () => {
  assert.deepEqual(found("main.tf", terraform('default = "tr0ub4dor-and-3"')), [
    ["plain-secret", "var.password"],
  ]);
  assert.deepEqual(found("stack.yaml", template("Default: tr0ub4dor-and-3")), [["plain-secret", "Password"]]);
});

test("no default, and one that is to be changed, are no secrets", () => {
  for (const it of ["type = string", 'default = ""', 'default = "changeme"', "default = null"])
    assert.deepEqual(found("main.tf", terraform(it)), [], it);
  for (const it of ["NoEcho: true", 'Default: ""', "Default: changeme"])
    assert.deepEqual(found("stack.yaml", template(it)), [], it);
});
