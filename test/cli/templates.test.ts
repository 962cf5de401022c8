// Templates and Terraform files on the command line: each resource with its partner, at the positions of the host.

import assert from "node:assert/strict";
import { test } from "node:test";
import { runCli } from "../support/commandLine";
import { temporaryFolder } from "../support/temporaryFolder";

const template = `Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: host
      ContainerDefinitions: [{ Name: agent, Image: "agent:1", Memory: 128 }]
  Service:
    Type: AWS::ECS::Service
    Properties:
      SchedulingStrategy: DAEMON
      TaskDefinition: !GetAtt Task.TaskDefinitionArn
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [subnet-0123456789abcdef0] } }
`;

const definition = `resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  network_mode          = "host"
  container_definitions = jsonencode([{ name = "agent", image = "agent:1", memory = 128, privilaged = true }])
}
`;

const service = `resource "aws_ecs_service" "agent" {
  name                = "agent"
  task_definition     = aws_ecs_task_definition.agent.arn
  scheduling_strategy = "DAEMON"
  network_configuration { subnets = ["subnet-0123456789abcdef0"] }
}
`;

interface Shown {
  readonly file: string;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly resource?: string;
    readonly severity: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
  }[];
}

test("a service is checked with the task definition that it refers to, in its file or its folder", async (context) => {
  const folder = temporaryFolder({ "stack.yaml": template, "task.tf": definition, "service.tf": service });
  context.after(() => folder.remove());
  const result = await runCli(["validate", ".", "--format", "json"], { cwd: folder.path });
  const shown: readonly Shown[] = JSON.parse(result.stdout);
  const rows = shown.flatMap(({ file, diagnostics }) =>
    diagnostics.map(({ code, resource, severity, range }) =>
      [file, resource, severity, code, `${range.start.line}:${range.start.character}`].join(" "),
    ),
  );
  assert.deepEqual(rows, [
    "service.tf aws_ecs_service.agent error network-configuration-needless 4:2",
    "stack.yaml Service error network-configuration-needless 11:6",
    "task.tf aws_ecs_task_definition.agent warning misspelt-member 3:89",
  ]);
  assert.equal(result.code, 1);
});

test("a file without anything of ECS is not called checked", async (context) => {
  const folder = temporaryFolder({ "main.tf": 'resource "aws_s3_bucket" "b" {}\n', "values.yaml": "a: 1\n" });
  context.after(() => folder.remove());
  for (const file of ["main.tf", "values.yaml"])
    assert.equal((await runCli(["validate", file], { cwd: folder.path })).code, 2);
});
