// Inputs of the benchmarks: fleets and documents of a given size, the same at every run.

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const types = ["m5.large", "m5.xlarge", "c5.large", "r5.large", "m6i.large", "t3.large"];

/** `count` plain instances whose values repeat as a real fleet's do; `unique`: an attribute no two share. */
export function plainInstances(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    env: index % 3 === 0 ? "prod" : index % 3 === 1 ? "dev" : "test",
    instanceType: types[index % types.length] ?? "",
    zone: zones[index % zones.length] ?? "",
    unique: `m5.host-${index}`,
  }));
}

/** A snapshot as `aws ecs describe-container-instances` prints it: about 9 kB an instance. */
export function snapshotText(count: number, capabilities: readonly string[]): string {
  const containerInstances = plainInstances(count).map((it, index) => {
    const id = index.toString(16).padStart(32, "0");
    const attributes = [
      ...capabilities.map((name) => ({ name })),
      { name: "ecs.instance-type", value: it.instanceType },
      { name: "ecs.availability-zone", value: it.zone },
      { name: "ecs.os-type", value: "linux" },
      { name: "ecs.os-family", value: "LINUX" },
      { name: "ecs.cpu-architecture", value: "x86_64" },
      { name: "ecs.ami-id", value: "ami-0123456789abcdef0" },
      { name: "env", value: it.env },
    ];
    const resources = (cpu: number, memory: number, ports: readonly string[]) => [
      { name: "CPU", type: "INTEGER", doubleValue: 0, longValue: 0, integerValue: cpu },
      { name: "MEMORY", type: "INTEGER", doubleValue: 0, longValue: 0, integerValue: memory },
      {
        name: "PORTS",
        type: "STRINGSET",
        doubleValue: 0,
        longValue: 0,
        integerValue: 0,
        stringSetValue: ports,
      },
      {
        name: "PORTS_UDP",
        type: "STRINGSET",
        doubleValue: 0,
        longValue: 0,
        integerValue: 0,
        stringSetValue: [],
      },
    ];
    const busy = index % 10 === 0 ? ["8126"] : [];
    return {
      containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/bench/${id}`,
      ec2InstanceId: `i-${id.slice(15)}`,
      version: 3,
      versionInfo: { agentVersion: "1.97.1", agentHash: "0123abcd", dockerVersion: "DockerVersion: 25.0.8" },
      remainingResources: resources(1900, index % 7 === 0 ? 200 : 7000, [
        "22",
        "2375",
        "2376",
        "51678",
        "51679",
        ...busy,
      ]),
      registeredResources: resources(2048, 7680, ["22", "2375", "2376", "51678", "51679"]),
      status: index % 50 === 0 ? "DRAINING" : "ACTIVE",
      agentConnected: index % 40 !== 0,
      runningTasksCount: 1,
      pendingTasksCount: 0,
      attributes,
      registeredAt: "2026-03-01T10:00:00.000000+00:00",
      attachments: [],
      tags: [],
    };
  });
  return JSON.stringify({ containerInstances, failures: [] }, null, 4);
}

/** A fleet file of `count` instances in three groups of another size each, the first of them with `env` prod. */
export function fleetText(count: number): string {
  const third = Math.floor(count / 3);
  const groups = ["prod", "dev", "test"].map((env, index) => ({
    count: index === 0 ? count - 2 * third : third,
    instanceType: ["m5.large", "c5.large", "t3.small"][index],
    zones,
    attributes: { env, team: index === 0 ? "web" : "data" },
  }));
  return JSON.stringify({ groups }, null, 2);
}

/** A valid task definition of about `bytes` bytes: ten containers with as much environment as it takes. */
export function taskDefinitionText(bytes: number): string {
  const definition = (variables: number) => ({
    family: "bench",
    networkMode: "bridge",
    volumes: [{ name: "proc", host: { sourcePath: "/proc/" } }],
    placementConstraints: [
      { type: "memberOf", expression: "attribute:env == prod and attribute:ecs.instance-type =~ m5.*" },
    ],
    containerDefinitions: Array.from({ length: 10 }, (_, index) => ({
      name: `agent-${index}`,
      image: "public.ecr.aws/datadog/agent:latest",
      cpu: 10,
      memory: 128,
      essential: index === 0,
      portMappings: [{ containerPort: 8000 + index, hostPort: 8000 + index, protocol: "tcp" }],
      mountPoints: [{ sourceVolume: "proc", containerPath: "/host/proc", readOnly: true }],
      environment: Array.from({ length: variables }, (_, variable) => ({
        name: `VARIABLE_${variable}`,
        value: `value ${variable} of container ${index}`,
      })),
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "/ecs/bench", "awslogs-region": "us-east-1" },
      },
    })),
  });
  let variables = 1;
  while (JSON.stringify(definition(variables + 1), null, 2).length <= bytes) variables++;
  return JSON.stringify(definition(variables), null, 2);
}

/** A valid CloudFormation template of about `bytes` bytes: agents, each with a definition, a service, a log group and a role. */
export function templateText(bytes: number): string {
  const head = `AWSTemplateFormatVersion: "2010-09-09"
Description: Agents on every container instance
Parameters:
  Cluster:
    Type: String
  AgentMemory:
    Type: Number
    Default: 256
Conditions:
  IsDebugged: !Equals [!Ref Cluster, debug]
Resources:
`;
  return repeated(head, agentOfTemplate, bytes);
}

/** A valid Terraform file of about `bytes` bytes with the same. */
export function configurationText(bytes: number): string {
  const head = `variable "cluster" {
  type = string
}

variable "agent_memory" {
  type    = number
  default = 256
}

locals {
  constraint = "attribute:env == prod"
}
`;
  return repeated(head, agentOfConfiguration, bytes);
}

function repeated(head: string, part: (index: number) => string, bytes: number): string {
  const parts = [head];
  for (let length = head.length, index = 0; ; index++) {
    const next = part(index);
    length += next.length;
    if (index > 0 && length > bytes) return parts.join("");
    parts.push(next);
  }
}

function agentOfTemplate(index: number): string {
  return `  Agent${index}Logs:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub "/ecs/\${Cluster}/agent-${index}"
      RetentionInDays: 14
  Agent${index}Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: ecs-tasks.amazonaws.com
            Action: sts:AssumeRole
  Agent${index}Definition:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: agent-${index}
      NetworkMode: bridge
      TaskRoleArn: !GetAtt Agent${index}Role.Arn
      Volumes:
        - Name: proc
          Host:
            SourcePath: /proc/
      PlacementConstraints:
        - Type: memberOf
          Expression: attribute:env == prod and attribute:ecs.instance-type =~ m5.*
      ContainerDefinitions:
        - Name: agent
          Image: public.ecr.aws/datadog/agent:latest
          Cpu: 10
          Memory: !Ref AgentMemory
          MemoryReservation: 128
          Essential: true
          Environment:
            - Name: DD_ENV
              Value: !Ref Cluster
            - Name: DD_LOGS_ENABLED
              Value: !If [IsDebugged, "true", "false"]
          MountPoints:
            - SourceVolume: proc
              ContainerPath: /host/proc
              ReadOnly: true
          LogConfiguration:
            LogDriver: awslogs
            Options:
              awslogs-group: !Ref Agent${index}Logs
              awslogs-region: !Ref AWS::Region
  Agent${index}Service:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: agent-${index}
      Cluster: !Ref Cluster
      TaskDefinition: !Ref Agent${index}Definition
      SchedulingStrategy: DAEMON
      PlacementConstraints:
        - Type: memberOf
          Expression: attribute:env in [prod, test]
`;
}

function agentOfConfiguration(index: number): string {
  return `
resource "aws_cloudwatch_log_group" "agent_${index}" {
  name              = "/ecs/\${var.cluster}/agent-${index}"
  retention_in_days = 14
}

resource "aws_iam_role" "agent_${index}" {
  name = "agent-${index}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole" }
    ]
  })
}

resource "aws_ecs_task_definition" "agent_${index}" {
  family        = "agent-${index}"
  network_mode  = "bridge"
  task_role_arn = aws_iam_role.agent_${index}.arn

  container_definitions = jsonencode([
    {
      name              = "agent"
      image             = "public.ecr.aws/datadog/agent:latest"
      cpu               = 10
      memory            = var.agent_memory
      memoryReservation = 128
      essential         = true
      environment = [
        { name = "DD_ENV", value = var.cluster },
        { name = "DD_LOGS_ENABLED", value = "true" },
      ]
      mountPoints = [{ sourceVolume = "proc", containerPath = "/host/proc", readOnly = true }]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"  = aws_cloudwatch_log_group.agent_${index}.name
          "awslogs-region" = "us-east-1"
        }
      }
    }
  ])

  volume {
    name      = "proc"
    host_path = "/proc/"
  }

  placement_constraints {
    type       = "memberOf"
    expression = "attribute:env == prod and attribute:ecs.instance-type =~ m5.*"
  }
}

resource "aws_ecs_service" "agent_${index}" {
  name                = "agent-${index}"
  cluster             = var.cluster
  task_definition     = aws_ecs_task_definition.agent_${index}.arn
  scheduling_strategy = "DAEMON"

  placement_constraints {
    type       = "memberOf"
    expression = local.constraint
  }
}
`;
}
