// Terraform with a fault of its syntax: what follows the fault is still there, or at least not called missing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const codes = (text: string) =>
  openResources("main.tf", text).flatMap((it) => validateDocument(it).map(({ code }) => code));

const definition = (size: string, port = "80") => `resource "aws_ecs_task_definition" "agent" {
  family                   = "agent"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = ${size}
  memory                   = 512
  container_definitions    = jsonencode([
    { name = "agent", image = "agent:1", portMappings = [{ containerPort = ${port} }] }
  ])
}
`;

test("a placeholder in braces is no object, and swallows nothing", () => {
  assert.deepEqual(codes(definition("256")), []);
  assert.deepEqual(codes(definition("{cpu}")), []);
  assert.deepEqual(codes(definition("{ cpu }", "{port}")), []);
  assert.deepEqual(codes(definition("{ cpu = 1 }")), ["wrong-type"]);
});

test("what stands after an unclosed brace or bracket is not missing", () => {
  for (const size of ["{", '{ a = "b"', "[256", "max(256", "{ a ="])
    assert.deepEqual(
      codes(definition(size)).filter((it) => /missing/.test(it)),
      [],
      size,
    );
});
