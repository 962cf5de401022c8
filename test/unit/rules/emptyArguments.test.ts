// Arguments of Terraform that are empty or 0: the AWS provider takes many of them for absent, and so do the rules.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const codes = (file: string, text: string) =>
  openResources(file, text).flatMap((it) => validateDocument(it).map(({ code }) => code));

const service = (more: string) => `resource "aws_ecs_service" "a" {
  name            = "a"
  cluster         = ""
  task_definition = "agent"
  iam_role        = ""
  desired_count   = 2
  ${more}
}
`;

const definition = (more: string) => `resource "aws_ecs_task_definition" "a" {
  family             = "a"
  cpu                = ""
  memory             = ""
  task_role_arn      = ""
  execution_role_arn = ""
  ${more}
  container_definitions = jsonencode([{
    name = "a", image = "a:1", memory = 64
    environment = [{ name = "EMPTY", value = "" }]
    mountPoints = [{ sourceVolume = "v", containerPath = "/v" }]
  }])
}
`;

test("what the provider does not send is not there", () => {
  for (const more of [
    'placement_constraints {\n type = "distinctInstance"\n expression = ""\n }',
    'ordered_placement_strategy {\n type = "random"\n field = ""\n }',
    'service_registries {\n registry_arn = "arn:aws:servicediscovery:eu-west-1:123456789012:service/srv-a"\n container_name = "a"\n container_port = 80\n port = 0\n }',
  ])
    assert.deepEqual(codes("main.tf", service(more)), [], more);
  for (const more of [
    'volume {\n name = "v"\n host_path = ""\n }',
    'volume {\n name = "v"\n host_path = ""\n efs_volume_configuration {\n file_system_id = "fs-12345678"\n }\n }',
  ])
    assert.deepEqual(codes("main.tf", definition(more)), [], more);
});

test("what it refuses or sends is reported as before", () => {
  const member = 'placement_constraints {\n type = "memberOf"\n expression = ""\n }';
  assert.deepEqual(codes("main.tf", service(member)), ["constraint-without-expression"]);
  assert.deepEqual(codes("main.tf", service('launch_type = ""')), ["unknown-value"]);
  const template = `Resources:
  A:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: agent
      PlacementConstraints: [{ Type: distinctInstance, Expression: "" }]
`;
  assert.deepEqual(codes("stack.yaml", template), ["distinct-instance-expression"]);
});

test("a resource of which much is empty is not a skeleton", () => {
  const more =
    'volume {\n name = ""\n host_path = ""\n }\n pid_mode = ""\n ipc_mode = ""\n network_mode = ""\n tags = { a = "", b = "", c = "" }';
  const found = codes("main.tf", definition(more));
  assert.ok(found.includes("unknown-value") && !found.includes("cli-skeleton"), found.join());
});

test("empty values of containers stay", () => {
  const [resource] = openResources("main.tf", definition('volume {\n name = "v"\n }'));
  const text = JSON.stringify(resource?.input, (key, value) =>
    key === "parent" || key === "origin" ? undefined : value,
  );
  assert.match(text, /"EMPTY"/);
  assert.match(text, /"value":""/);
});
