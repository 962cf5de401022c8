// The ARN of a secret in Terraform is known only as that of a resource, and what is written behind it is known all the same.

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
