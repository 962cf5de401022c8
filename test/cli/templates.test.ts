// Templates and Terraform files on the command line: each resource with its partner, at the positions of the host.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { runCli, startCli } from "../support/commandLine";
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

test("a list of containers is checked with the definition that reads it", async (context) => {
  const folder = temporaryFolder({
    "main.tf": `resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  network_mode          = "host"
  container_definitions = file("\${path.module}/lists/agent.json")
}
`,
    "lists/agent.json":
      '[{ "name": "agent", "image": "a:1", "memory": 64, "portMappings": [{ "containerPort": 80, "hostPort": 81 }] }]\n',
  });
  context.after(() => folder.remove());
  const { stdout, code } = await runCli(["validate", "lists/agent.json"], { cwd: folder.path });
  assert.equal(code, 1);
  assert.match(stdout, /1:103 +error +With network mode host/);
});

test("validate finds expressions in the programs of a folder", async (context) => {
  const folder = temporaryFolder({
    "lib/stack.ts": "s.addPlacementConstraints(PlacementConstraint.memberOf('attribute:a = b'));\n",
    "lib/other.ts": "export const value = 1;\n",
  });
  context.after(() => folder.remove());
  const { stdout, code } = await runCli(["validate", "."], { cwd: folder.path });
  assert.equal(code, 1);
  assert.match(stdout, /1:69 +error +'=' is not an operator/);
});

test("validate takes values, and reports what follows from them", async (context) => {
  const folder = temporaryFolder({
    "stack.yaml": template.replace("Memory: 128", "Memory: !Ref Memory"),
    "parameters.json": '[{ "ParameterKey": "Memory", "ParameterValue": "2" }]',
  });
  context.after(() => folder.remove());
  const codesOf = async (...options: readonly string[]) => {
    const call = ["validate", "stack.yaml", "--format", "json", ...options];
    const { stdout } = await runCli(call, { cwd: folder.path });
    return (JSON.parse(stdout) as readonly Shown[]).flatMap((it) => it.diagnostics.map(({ code }) => code));
  };
  assert.deepEqual(await codesOf(), ["network-configuration-needless"]);
  for (const values of [
    ["--set", "Memory=2"],
    ["--values", "parameters.json"],
  ])
    assert.deepEqual(await codesOf(...values), ["memory-too-small", "network-configuration-needless"]);
});

test("a file without anything of ECS is not called checked", async (context) => {
  const folder = temporaryFolder({ "main.tf": 'resource "aws_s3_bucket" "b" {}\n', "values.yaml": "a: 1\n" });
  context.after(() => folder.remove());
  for (const file of ["main.tf", "values.yaml"])
    assert.equal((await runCli(["validate", file], { cwd: folder.path })).code, 2);
});

const fleet = JSON.stringify({
  groups: [
    { count: 2, instanceType: "m5.large", attributes: { env: "prod" } },
    { count: 3, instanceType: "m5.large", attributes: { env: "test" } },
  ],
});

const daemon = `Parameters:
  AgentMemory: { Type: Number, Default: 512 }
  Image: { Type: String }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - { Name: agent, Image: !Ref Image, Memory: !Ref AgentMemory }
  Service:
    Type: AWS::ECS::Service
    Properties:
      SchedulingStrategy: DAEMON
      TaskDefinition: !Ref Task
      PlacementConstraints:
        - { Type: memberOf, Expression: "attribute:env == prod" }
`;

const main = `resource "aws_ecs_service" "agent" {
  name                = "agent"
  task_definition     = aws_ecs_task_definition.agent.arn
  scheduling_strategy = "DAEMON"
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:env == \${var.env}"
  }
}
`;
const task = `resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  container_definitions = jsonencode([{ name = "agent", image = var.image, memory = var.memory }])
}
variable "memory" {
  type    = number
  default = 512
}
`;
const variables = `variable "env" { default = "test" }
variable "image" { type = string }
`;

test("a preview is of the resource that is named, or of the only one that can be meant", async (context) => {
  const folder = temporaryFolder({
    "stack.yaml": daemon,
    "main.tf": main,
    "task.tf": task,
    "variables.tf": variables,
    "x.ecs-fleet.json": fleet,
  });
  context.after(() => folder.remove());
  const sentence = async (...call: readonly string[]) => {
    const { stdout, stderr } = await runCli(
      ["preview", ...call, "--cluster", "x.ecs-fleet.json", "--format", "json"],
      {
        cwd: folder.path,
      },
    );
    return stdout === "" ? stderr : (JSON.parse(stdout) as { readonly sentence: string }).sentence;
  };
  const prod = "Lands on 2 of 5 container instances: 3 are excluded by `attribute:env == prod`.";
  for (const name of ["stack.yaml", "stack.yaml#Task", "stack.yaml#Service"])
    assert.equal(await sentence(name), `${prod} With the default of AgentMemory, 512.`);
  assert.equal(await sentence("stack.yaml", "--set", "AgentMemory=64"), prod);
  assert.equal(
    await sentence("stack.yaml", "--set", "AgentMemory=lots"),
    `ecs-daemon: The value of AgentMemory cannot be used. 'Memory' has to be an integer, not the text "lots".\n`,
  );
  assert.equal(
    await sentence("main.tf"),
    "Lands on 3 of 5 container instances: 2 are excluded by `attribute:env == test`. With the defaults of var.memory, 512; var.env, test.",
  );
  assert.equal(await sentence("main.tf", "--set", "env=prod", "--set", "var.memory=64"), prod);
});

test("of several resources one has to be named", async (context) => {
  const folder = temporaryFolder({
    "main.tf": main + main.replaceAll("agent", "other"),
    "x.ecs-fleet.json": fleet,
  });
  context.after(() => folder.remove());
  const { code, stderr } = await runCli(["preview", "main.tf", "--cluster", "x.ecs-fleet.json"], {
    cwd: folder.path,
  });
  assert.equal(code, 2);
  assert.equal(
    stderr,
    "ecs-daemon: main.tf has several resources: aws_ecs_service.agent, aws_ecs_service.other. Name one: main.tf#aws_ecs_service.agent.\n",
  );
});

test("values come from files too, and match takes the constraints of a resource", async (context) => {
  const folder = temporaryFolder({
    "main.tf": main,
    "variables.tf": variables,
    "prod.tfvars": 'env = "prod"\n',
    "stack.yaml": daemon.replace('"attribute:env == prod"', '!Sub "attribute:env == ${Env}"'),
    "parameters.json": JSON.stringify([{ ParameterKey: "Env", ParameterValue: "prod" }]),
    "x.ecs-fleet.json": fleet,
  });
  context.after(() => folder.remove());
  const matched = async (...call: readonly string[]) => {
    const { stdout } = await runCli(["match", ...call, "--cluster", "x.ecs-fleet.json", "--format", "json"], {
      cwd: folder.path,
    });
    return (JSON.parse(stdout) as { readonly matched: readonly string[] }).matched.length;
  };
  assert.equal(await matched("main.tf"), 3);
  assert.equal(await matched("main.tf#aws_ecs_service.agent", "--values", "prod.tfvars"), 2);
  assert.equal(await matched("stack.yaml#Service", "--values", "parameters.json"), 2);
});

test("SARIF has one artifact for a template, and names the resource of a result", async (context) => {
  const folder = temporaryFolder({ "stack.yaml": template });
  context.after(() => folder.remove());
  const { stdout } = await runCli(["validate", "stack.yaml", "--format", "sarif"], { cwd: folder.path });
  const [run] = (JSON.parse(stdout) as SarifLog).runs;
  assert.deepEqual(run?.artifacts, [{ location: { uri: "stack.yaml" } }]);
  assert.deepEqual(
    run?.results.map(({ locations: [it] }) => [
      it?.physicalLocation.artifactLocation.index,
      it?.physicalLocation.region.startLine,
      it?.logicalLocations[0]?.fullyQualifiedName,
    ]),
    [[0, 12, "Service"]],
  );
});

interface SarifLog {
  readonly runs: readonly {
    readonly artifacts: readonly object[];
    readonly results: readonly {
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly index: number };
          readonly region: { readonly startLine: number };
        };
        readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
      }[];
    }[];
  }[];
}

test("a template is deployed to the local cluster once all of its values are known", async (context) => {
  const folder = temporaryFolder({ "stack.yaml": daemon, "x.ecs-fleet.json": fleet });
  context.after(() => folder.remove());
  const { firstLine } = await startCli(context, ["local", "--fleet", join(folder.path, "x.ecs-fleet.json")]);
  const url = firstLine.replace("listening on ", "");
  const deploy = (...more: readonly string[]) =>
    runCli(["deploy", "stack.yaml", "--cluster", "default", ...more], { cwd: folder.path });
  const open = await deploy("--endpoint-url", url);
  assert.equal(open.code, 2);
  assert.match(open.stderr, /stack\.yaml:9:38: 1 value of Task is not known: Image\. Give it with --set/);
  const far = await deploy("--region", "eu-west-1", "--yes", "--set", "Image=agent:1");
  assert.equal(far.code, 2);
  assert.match(far.stderr, /is deployed with CloudFormation/);
  const done = await deploy("--endpoint-url", url, "--set", "Image=agent:1");
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stderr, /^With the default of AgentMemory, 512\.$/m);
  assert.match(done.stdout, /Verified: 2 tasks of Service/);
});
