// Names of properties in messages about templates and modules: those of the file, not those of the API.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const messages = (file: string, text: string) =>
  openResources(file, text).flatMap((it) => validateDocument(it).map(({ message }) => message));

test("a CloudFormation template has names with a capital", () => {
  const text = `Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      SchedulingStrategy: DAEMON
      TaskDefinition: agent
      DesiredCount: 3
`;
  const [message] = messages("stack.yaml", text);
  assert.match(message ?? "", /'DesiredCount'/);
  assert.doesNotMatch(message ?? "", /'desiredCount'/);
});

test("a Terraform resource has names in snake case, its containers the API's", () => {
  const service = `resource "aws_ecs_service" "a" {
  name                               = "a"
  task_definition                    = "agent"
  scheduling_strategy                = "DAEMON"
  desired_count                      = 3
  deployment_minimum_healthy_percent = 50
}
`;
  const found = messages("main.tf", service).join("\n");
  assert.match(found, /'desired_count'/);
  assert.match(found, /'deployment_minimum_healthy_percent'/);
  const definition = `resource "aws_ecs_task_definition" "a" {
  family                = "a"
  container_definitions = jsonencode([{ name = "a", image = "a:1", memory = 64, memoryReservation = 128 }])
}
`;
  assert.doesNotMatch(messages("task.tf", definition).join("\n"), /memory_reservation/);
});

test("a name is spelled as it is written where it is found without regard to case", () => {
  const definition = `resource "aws_ecs_task_definition" "a" {
  family                = "a"
  container_definitions = jsonencode([{ Name = "a", image = "a:1", Memory = 64, PortMappings = [{ ContainerPort = 70000 }] }])
}
`;
  assert.match(messages("task.tf", definition).join("\n"), /^'ContainerPort' is 70000/);
});

test("what is meant is never spelled like the name that is wrong", () => {
  const definition = `resource "aws_ecs_task_definition" "a" {
  family                = "a"
  container_definitions = jsonencode([{
    name         = "a", image = "a:1", memory = 64
    mount_points = []
    health_check = { command = ["CMD", "a"] }
    healthCheck  = { command = ["CMD", "a"], start_period = 5 }
  }])
}
`;
  const template = `Resources:
  Agent:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - { Name: a, Image: "a:1", Memory: 64, mount_points: [], memory_Reservation: 5 }
`;
  for (const [file, text, ...meant] of [
    ["task.tf", definition, "mountPoints", "healthCheck", "startPeriod"],
    ["stack.yaml", template, "MountPoints", "MemoryReservation"],
  ] as const)
    assert.deepEqual(
      messages(file, text).flatMap((it) => /Did you mean '(\w+)'/.exec(it)?.[1] ?? []),
      meant,
      file,
    );
});

test("an object that lacks a property is called as the file calls it", () => {
  const provider = `resource "aws_ecs_capacity_provider" "a" {
  name    = "a"
  cluster = "prod"
  managed_instances_provider {}
}
`;
  const template = `Resources:
  A:
    Type: AWS::ECS::CapacityProvider
    Properties: { ClusterName: prod, ManagedInstancesProvider: {} }
`;
  const owners = (file: string, text: string) =>
    new Set(messages(file, text).flatMap((it) => /^(\S+) needs/.exec(it)?.[1] ?? []));
  assert.deepEqual(owners("main.tf", provider), new Set(["'managed_instances_provider'"]));
  assert.deepEqual(owners("stack.yaml", template), new Set(["'ManagedInstancesProvider'"]));
});

test("a name that is known later is called as it is written, and a definition without a family by its resource", () => {
  const module = `resource "aws_ecs_task_definition" "agent" {
  family = var.family
  volume {
    name                = var.data
    configure_at_launch = true
  }
  container_definitions = jsonencode([{ name = "agent", image = "agent:1", memory = 64 }])
}
resource "aws_ecs_service" "agent" {
  name                   = "agent"
  task_definition        = aws_ecs_task_definition.agent.arn
  enable_execute_command = true
}
`;
  const template = `Resources:
  Agent:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{ Name: agent, Image: "agent:1", Memory: 64 }]
  Service:
    Type: AWS::ECS::Service
    Properties: { TaskDefinition: !Ref Agent, EnableExecuteCommand: true }
`;
  const inFile = (file: string, text: string) => {
    const [definition, service] = openResources(file, text);
    assert.ok(definition && service);
    return validateDocument(service, { findTaskDefinition: () => definition })
      .map(({ message }) => message)
      .join("\n");
  };
  assert.match(inFile("main.tf", module), /the volume 'var\.data' to the service/);
  assert.match(
    inFile("main.tf", module),
    /task definition 'aws_ecs_task_definition\.agent' has no 'task_role_arn'/,
  );
  assert.match(inFile("stack.yaml", template), /task definition 'Agent' has no 'TaskRoleArn'/);
});
