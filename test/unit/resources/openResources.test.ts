// Resources of templates and Terraform files: what they are for the API, and diagnostics at the places of the host text.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { plain } from "../source/trees";

const yaml = `Parameters:
  AgentMemory: { Type: Number, Default: 512 }
  Subnets: { Type: "List<AWS::EC2::Subnet::Id>" }
Mappings:
  Sizes: { small: { Cpu: 128 } }
Resources:
  # what runs on every instance
  AgentTask:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: host
      Volumes: [{ Name: docker_sock, Host: { SourcePath: /var/run/docker.sock } }]
      ContainerDefinitions:
        - Name: agent
          Image: !Sub "agent:\${Version}"
          Cpu: !FindInMap [Sizes, small, Cpu]
          Memory: !Ref AgentMemory
          Essential: "true"
          Environment: [{ Name: DD_SITE, Value: 5 }, !If [C, { Name: A, Value: b }, !Ref AWS::NoValue]]
          DockerLabels: { SomeName: x }
          MountPoints: [{ SourceVolume: docker_sock, ContainerPath: /var/run/docker.sock }]
  Bucket: { Type: AWS::S3::Bucket }
  AgentService:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      TaskDefinition: !Ref AgentTask
      SchedulingStrategy: DAEMON
      Role: !Ref AWS::NoValue
      PlacementConstraints:
        - { Type: memberOf, Expression: "attribute:env == prod" }
`;

const terraform = `locals { image = "agent:7" }
variable "memory" { default = 512 }

resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  network_mode          = "host"
  container_definitions = jsonencode([
    { name = "agent", image = local.image, memory = var.memory, essential = true, environment = [{ name = "A", value = null }], mountPoints = [{ sourceVolume = "docker_sock", containerPath = "/x" }] }
  ])
  volume {
    name      = "docker_sock"
    host_path = "/var/run/docker.sock"
  }
}

resource "aws_ecs_service" "agent" {
  name                               = "agent"
  task_definition                    = aws_ecs_task_definition.agent.arn
  scheduling_strategy                = "DAEMON"
  deployment_minimum_healthy_percent = "0"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets          = var.subnets
    assign_public_ip = false
  }
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:env =~ .*a\\\\.b"
  }
  tags = { a = "b" }
}
`;

const inputs = (file: string, text: string) =>
  openResources(file, text).map((it) => [it.hosted?.id, it.operation, plain(it.input)]);

describe("a CloudFormation template", () => {
  test("holds inputs in the API's names and types", () => {
    assert.deepEqual(inputs("stack.yaml", yaml), [
      [
        "AgentTask",
        "registerTaskDefinition",
        {
          networkMode: "host",
          volumes: [{ name: "docker_sock", host: { sourcePath: "/var/run/docker.sock" } }],
          containerDefinitions: [
            {
              name: "agent",
              image: { unknown: "agent:${Version}" },
              cpu: 128,
              memory: { unknown: "AgentMemory" },
              essential: true,
              environment: [{ name: "DD_SITE", value: "5" }, { unknown: "" }],
              dockerLabels: { SomeName: "x" },
              mountPoints: [{ sourceVolume: "docker_sock", containerPath: "/var/run/docker.sock" }],
            },
          ],
        },
      ],
      [
        "AgentService",
        "createService",
        {
          cluster: { unknown: "Cluster" },
          taskDefinition: { unknown: "AgentTask" },
          schedulingStrategy: "DAEMON",
          placementConstraints: [{ type: "memberOf", expression: "attribute:env == prod" }],
        },
      ],
    ]);
  });

  test("in JSON holds the same", () => {
    const template = {
      Resources: {
        T: {
          Type: "AWS::ECS::TaskDefinition",
          Properties: {
            Family: { Ref: "F" },
            ContainerDefinitions: [{ Name: "a", Memory: "128" }],
            Cpu: 256,
          },
        },
      },
    };
    assert.deepEqual(inputs("stack.template.json", JSON.stringify(template)), [
      [
        "T",
        "registerTaskDefinition",
        { family: { unknown: "" }, containerDefinitions: [{ name: "a", memory: 128 }], cpu: "256" },
      ],
    ]);
  });

  test("with aliases or in flow style is read as a whole", () => {
    const aliased = yaml.replace("Cluster: !Ref Cluster", "Cluster: &c main\n      ServiceName: *c");
    assert.deepEqual(
      openResources("stack.yml", aliased).map((it) => it.hosted?.id),
      ["AgentTask", "AgentService"],
    );
  });
});

test("what CloudFormation does with an update is no part of the service that it makes", () => {
  const text = `Resources:
  AgentService:
    Type: AWS::ECS::Service
    Properties:
      Cluster: prod
      TaskDefinition: agent
      SchedulingStrategy: DAEMON
      ForceNewDeployment: { EnableForceNewDeployment: true, ForceNewDeploymentNonce: "2" }
`;
  const [service] = openResources("stack.yaml", text);
  assert.ok(service?.input);
  assert.deepEqual(validateDocument(service), []);
  assert.deepEqual(plain(service.input), {
    cluster: "prod",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
});

test("a Terraform file holds inputs in the API's names and types", () => {
  assert.deepEqual(inputs("main.tf", terraform), [
    [
      "aws_ecs_task_definition.agent",
      "registerTaskDefinition",
      {
        family: "agent",
        networkMode: "host",
        containerDefinitions: [
          {
            name: "agent",
            image: "agent:7",
            memory: { unknown: "var.memory" },
            essential: true,
            environment: [{ name: "A" }],
            mountPoints: [{ sourceVolume: "docker_sock", containerPath: "/x" }],
          },
        ],
        volumes: [{ name: "docker_sock", host: { sourcePath: "/var/run/docker.sock" } }],
      },
    ],
    [
      "aws_ecs_service.agent",
      "createService",
      {
        serviceName: "agent",
        tags: [{ key: "a", value: "b" }],
        taskDefinition: { unknown: "aws_ecs_task_definition.agent.arn" },
        schedulingStrategy: "DAEMON",
        deploymentConfiguration: {
          minimumHealthyPercent: 0,
          deploymentCircuitBreaker: { enable: true, rollback: true },
        },
        networkConfiguration: {
          awsvpcConfiguration: { subnets: { unknown: "var.subnets" }, assignPublicIp: "DISABLED" },
        },
        placementConstraints: [{ type: "memberOf", expression: "attribute:env =~ .*a\\.b" }],
      },
    ],
  ]);
});

describe("a planted defect", () => {
  /** What is written instead of what, the code, and the text that is underlined. */
  const planted = [
    ["stack.yaml", yaml, "Essential:", "Essental:", "misspelt-member", "Essental"],
    ["stack.yaml", yaml, "NetworkMode: host", "NetworkMode: hosted", "unknown-value", "hosted"],
    ["stack.yaml", yaml, "env == prod", "env = prod", undefined, "="],
    ["stack.yaml", yaml, "Name: agent", "Name: 'a b'", "bad-container-name", "'a b'"],
    ["main.tf", terraform, "essential =", "essental =", "misspelt-member", "essental"],
    [
      "main.tf",
      terraform,
      'network_mode          = "host"',
      'network_mode = "hosted"',
      "unknown-value",
      '"hosted"',
    ],
    ["main.tf", terraform, "env =~", "env = ", undefined, "="],
    ["main.tf", terraform, "memory = var.memory", 'memory = "x"', "wrong-type", '"x"'],
  ] as const;

  for (const [file, text, from, to, code, underlined] of planted)
    test(`${to} in ${file}`, () => {
      const broken = text.replace(from, to);
      assert.notEqual(broken, text);
      const found = openResources(file, broken).flatMap((it) => validateDocument(it));
      const shown = found.map((it) => [it.code, broken.slice(it.span.start, it.span.end)]);
      assert.ok(
        shown.some(([found, place]) => (code === undefined || found === code) && place === underlined),
        JSON.stringify(shown),
      );
    });

  test("and without one nothing is reported", () => {
    for (const [file, text] of [
      ["stack.yaml", yaml],
      ["main.tf", terraform],
    ] as const)
      assert.deepEqual(
        openResources(file, text).flatMap((it) => validateDocument(it).map((found) => found.message)),
        [],
      );
  });
});

test("a strange file is none of ours", () => {
  for (const [file, text] of [
    ["values.yaml", "Resources:\n  A:\n    Type: AWS::S3::Bucket\n"],
    ["main.tf", 'resource "aws_s3_bucket" "b" {}\n'],
    ["notes.json", '{ "Resources": [] }'],
  ] as const)
    assert.deepEqual(
      openResources(file, text).map((it) => it.kind),
      [undefined],
    );
});
