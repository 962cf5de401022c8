// Sixteen defects, each planted in a CloudFormation template in YAML and in JSON and in a Terraform file: all are found in
// all three, at the text that is wrong there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const yaml = `Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: host
      ContainerDefinitions:
        - Name: agent
          Image: agent:7
          Memory: 512
          Essential: true
          PortMappings: [{ ContainerPort: 8126, HostPort: 8126 }]
          MountPoints: [{ SourceVolume: sock, ContainerPath: /var/run/docker.sock }]
          LogConfiguration: { LogDriver: awslogs, Options: { awslogs-group: g, awslogs-region: eu-west-1 } }
        - { Name: probe, Image: probe:1, Memory: 64, Essential: false, DependsOn: [{ ContainerName: agent, Condition: START }] }
      Volumes: [{ Name: sock, Host: { SourcePath: /var/run/docker.sock } }]
  Service:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      TaskDefinition: !Ref Task
      SchedulingStrategy: DAEMON
      DeploymentConfiguration: { MaximumPercent: 100, MinimumHealthyPercent: 0 }
      PlacementConstraints:
        - { Type: memberOf, Expression: "attribute:env == prod" }
`;

const json = `{
  "Resources": {
    "Task": {
      "Type": "AWS::ECS::TaskDefinition",
      "Properties": {
        "NetworkMode": "host",
        "ContainerDefinitions": [
          {
            "Name": "agent",
            "Image": "agent:7",
            "Memory": 512,
            "Essential": true,
            "PortMappings": [{ "ContainerPort": 8126, "HostPort": 8126 }],
            "MountPoints": [{ "SourceVolume": "sock", "ContainerPath": "/var/run/docker.sock" }],
            "LogConfiguration": { "LogDriver": "awslogs", "Options": { "awslogs-group": "g", "awslogs-region": "eu-west-1" } }
          },
          { "Name": "probe", "Image": "probe:1", "Memory": 64, "Essential": false, "DependsOn": [{ "ContainerName": "agent", "Condition": "START" }] }
        ],
        "Volumes": [{ "Name": "sock", "Host": { "SourcePath": "/var/run/docker.sock" } }]
      }
    },
    "Service": {
      "Type": "AWS::ECS::Service",
      "Properties": {
        "Cluster": "main",
        "TaskDefinition": { "Ref": "Task" },
        "SchedulingStrategy": "DAEMON",
        "DeploymentConfiguration": { "MaximumPercent": 100, "MinimumHealthyPercent": 0 },
        "PlacementConstraints": [{ "Type": "memberOf", "Expression": "attribute:env == prod" }]
      }
    }
  }
}
`;

const terraform = `resource "aws_ecs_task_definition" "agent" {
  family       = "agent"
  network_mode = "host"
  container_definitions = jsonencode([
    {
      name         = "agent"
      image        = "agent:7"
      memory       = 512
      essential    = true
      portMappings = [{ containerPort = 8126, hostPort = 8126 }]
      mountPoints  = [{ sourceVolume = "sock", containerPath = "/var/run/docker.sock" }]
      logConfiguration = { logDriver = "awslogs", options = { awslogs-group = "g", awslogs-region = "eu-west-1" } }
    },
    { name = "probe", image = "probe:1", memory = 64, essential = false, dependsOn = [{ containerName = "agent", condition = "START" }] },
  ])
  volume {
    name      = "sock"
    host_path = "/var/run/docker.sock"
  }
}

resource "aws_ecs_service" "agent" {
  name                               = "agent"
  cluster                            = "main"
  task_definition                    = aws_ecs_task_definition.agent.arn
  scheduling_strategy                = "DAEMON"
  deployment_maximum_percent         = 100
  deployment_minimum_healthy_percent = 0
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:env == prod"
  }
}
`;

const files = { "stack.yaml": yaml, "stack.template.json": json, "main.tf": terraform } as const;
type File = keyof typeof files;

/** What is written instead of what, and the text that is underlined then. */
type Planted = readonly [from: string, to: string, underlined: string];

/** The code, then the defect in YAML, JSON and Terraform. */
const defects: readonly (readonly [code: string, yaml: Planted, json: Planted, terraform: Planted])[] = [
  [
    "misspelt-member",
    ["Essential: true", "Essental: true", "Essental"],
    ['"Essential": true', '"Essental": true', '"Essental"'],
    ["essential    = true", "essental = true", "essental"],
  ],
  [
    "misplaced-member",
    ["Image: agent:7", "Image: agent:7\n          NetworkMode: host", "NetworkMode"],
    ['"Image": "agent:7",', '"Image": "agent:7", "NetworkMode": "host",', '"NetworkMode"'],
    ['"agent:7"', '"agent:7"\n      networkMode = "host"', "networkMode"],
  ],
  [
    "unknown-value",
    ["NetworkMode: host", "NetworkMode: hosted", "hosted"],
    ['"NetworkMode": "host"', '"NetworkMode": "hosted"', '"hosted"'],
    ['network_mode = "host"', 'network_mode = "hosted"', '"hosted"'],
  ],
  [
    "bad-container-name",
    ["Name: agent", "Name: data dog", "data dog"],
    ['"Name": "agent"', '"Name": "data dog"', '"data dog"'],
    ['name         = "agent"', 'name = "data dog"', '"data dog"'],
  ],
  [
    "memory-missing",
    ["          Memory: 512\n", "", "Name"],
    ['            "Memory": 512,\n', "", "{"],
    ["      memory       = 512\n", "", "{"],
  ],
  [
    "unknown-volume",
    ["SourceVolume: sock", "SourceVolume: socket", "socket"],
    ['"SourceVolume": "sock"', '"SourceVolume": "socket"', '"socket"'],
    ['sourceVolume = "sock"', 'sourceVolume = "socket"', '"socket"'],
  ],
  [
    "host-port-mismatch",
    ["HostPort: 8126", "HostPort: 8125", "8125"],
    ['"HostPort": 8126', '"HostPort": 8125', "8125"],
    ["hostPort = 8126", "hostPort = 8125", "8125"],
  ],
  [
    "depends-on-unknown",
    ["ContainerName: agent", "ContainerName: agnet", "agnet"],
    ['"ContainerName": "agent"', '"ContainerName": "agnet"', '"agnet"'],
    ['containerName = "agent"', 'containerName = "agnet"', '"agnet"'],
  ],
  [
    "log-options-missing",
    ["awslogs-group: g, ", "", "Options"],
    ['"awslogs-group": "g", ', "", '"Options"'],
    ['awslogs-group = "g", ', "", "options"],
  ],
  [
    "duplicate-container-name",
    ["Name: probe", "Name: agent", "agent"],
    ['"Name": "probe"', '"Name": "agent"', '"agent"'],
    ['name = "probe"', 'name = "agent"', '"agent"'],
  ],
  [
    "expression-single-equals",
    ["env == prod", "env = prod", "="],
    ["env == prod", "env = prod", "="],
    ["env == prod", "env = prod", "="],
  ],
  [
    "constraint-without-expression",
    [', Expression: "attribute:env == prod"', "", "{"],
    [', "Expression": "attribute:env == prod"', "", "{"],
    ['    expression = "attribute:env == prod"\n', "", "{"],
  ],
  [
    "daemon-desired-count",
    ["Cluster: main", "Cluster: main\n      DesiredCount: 3", "DesiredCount"],
    ['"Cluster": "main"', '"Cluster": "main", "DesiredCount": 3', '"DesiredCount"'],
    ['"main"', '"main"\n  desired_count = 3', "desired_count"],
  ],
  [
    "daemon-maximum-percent",
    ["MaximumPercent: 100", "MaximumPercent: 200", "200"],
    ['"MaximumPercent": 100', '"MaximumPercent": 200', "200"],
    ["maximum_percent         = 100", "maximum_percent = 200", "200"],
  ],
  [
    "daemon-placement-strategy",
    [
      "Cluster: main",
      "Cluster: main\n      PlacementStrategies: [{ Type: binpack, Field: memory }]",
      "PlacementStrategies",
    ],
    [
      '"Cluster": "main"',
      '"Cluster": "main", "PlacementStrategies": [{ "Type": "binpack", "Field": "memory" }]',
      '"PlacementStrategies"',
    ],
    [
      '"main"',
      '"main"\n  ordered_placement_strategy {\n    type  = "binpack"\n    field = "memory"\n  }',
      "ordered_placement_strategy",
    ],
  ],
  [
    "daemon-launch-type",
    ["Cluster: main", "Cluster: main\n      LaunchType: FARGATE", "FARGATE"],
    ['"Cluster": "main"', '"Cluster": "main", "LaunchType": "FARGATE"', '"FARGATE"'],
    ['"main"', '"main"\n  launch_type = "FARGATE"', '"FARGATE"'],
  ],
];

/** What the AWS provider does not send is a hint, what it drops a warning. */
const severitiesInTerraform: Readonly<Record<string, string>> = {
  "daemon-desired-count": "hint",
  "daemon-maximum-percent": "hint",
  "misspelt-member": "warning",
  "misplaced-member": "warning",
};

const found = (file: File, text: string) =>
  openResources(file, text).flatMap((resource) =>
    validateDocument(resource, {
      onRuleFault: (codes, fault) => assert.fail(`${codes.join(" ")}: ${String(fault)}`),
    }),
  );

function check(file: File, code: string, [from, to, underlined]: Planted): void {
  const text = files[file].replace(from, to);
  assert.notEqual(text, files[file], from);
  const diagnostics = found(file, text).filter((it) => it.code === code);
  assert.deepEqual(
    diagnostics.map((it) => text.slice(it.span.start, it.span.end)),
    [underlined],
    JSON.stringify(found(file, text)),
  );
  const expected = file === "main.tf" ? severitiesInTerraform[code] : undefined;
  if (expected !== undefined) assert.equal(diagnostics[0]?.severity, expected);
}

test("a sound file has no diagnostic", () => {
  for (const [file, text] of Object.entries(files))
    assert.deepEqual(
      found(file as File, text).map((it) => it.message),
      [],
    );
});

test("there are sixteen defects", () => assert.equal(defects.length, 16));

for (const [code, inYaml, inJson, inTerraform] of defects)
  test(`${code} is found in every format`, () => {
    check("stack.yaml", code, inYaml);
    check("stack.template.json", code, inJson);
    check("main.tf", code, inTerraform);
  });

test("a dependency of a template without a container is not taken for a function", () => {
  const text = yaml.replace("{ ContainerName: agent, Condition: START }", "{ Condition: START }");
  const found = openResources("stack.yaml", text).flatMap((it) => validateDocument(it));
  assert.ok(found.some(({ message }) => message.includes("'ContainerName'")));
});
