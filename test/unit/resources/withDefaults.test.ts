// Defaults and given values of templates and modules: what counts in a preview, and how it says so.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Cluster } from "../../../server/src/core/cluster/containerInstance";
import { readClusterText } from "../../../server/src/core/cluster/readClusterText";
import { daemonServiceOf } from "../../../server/src/core/language/previewSubject";
import { givenText } from "../../../server/src/core/resources/hosts/givenValues";
import { namesInConfiguration } from "../../../server/src/core/resources/hosts/terraform/readConfiguration";
import { openResources } from "../../../server/src/core/resources/openResources";
import type { Resource } from "../../../server/src/core/resources/resource";
import { withDefaults } from "../../../server/src/core/resources/withDefaults";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { describePlacement } from "../../../server/src/core/scheduler/describePlacement";
import { placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";
import { plain } from "../source/trees";

const template = `Parameters:
  AgentMemory: { Type: Number, Default: 512 }
  Env: { Type: String, Default: prod }
  Image: { Type: String }
  Stored: { Type: "AWS::SSM::Parameter::Value<String>", Default: /agent/image }
  Ports: { Type: CommaDelimitedList, Default: "53, 8125" }
Conditions:
  IsBig: !Equals [a, b]
Mappings:
  Sizes: { prod: { Cpu: 128 } }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: !Join ["-", [agent, !Ref Env]]
      ContainerDefinitions:
        - Name: agent
          Image: !Sub "\${Image}:7"
          Cpu: !FindInMap [Sizes, !Ref Env, Cpu]
          Memory: !Ref AgentMemory
          User: !Ref Stored
          DnsServers: !Ref Ports
          Hostname: !If [IsBig, big, small]
      PlacementConstraints:
        - { Type: memberOf, Expression: !Sub "attribute:env == \${Env}" }
`;

const given = (values: Readonly<Record<string, string>>) =>
  new Map(Object.entries(values).map(([name, text]) => [name, givenText(text)]));

const inputOf = (document: Resource | undefined) => plain(document?.input);

const cluster: Cluster = readClusterText(
  "a.ecs-fleet.json",
  JSON.stringify({
    groups: [
      { count: 2, instanceType: "m5.large", attributes: { env: "prod" } },
      { count: 1, instanceType: "m5.large", attributes: { env: "test" } },
    ],
  }),
).cluster;

describe("a CloudFormation template", () => {
  test("with its defaults", () => {
    const [task] = openResources("stack.yaml", template);
    const { document, assumptions } = withDefaults(task as Resource);
    assert.deepEqual(inputOf(document), {
      family: "agent-prod",
      containerDefinitions: [
        {
          name: "agent",
          image: { unknown: "${Image}:7" },
          cpu: 128,
          memory: 512,
          user: { unknown: "Stored" },
          dnsServers: ["53", "8125"],
          hostname: "small",
        },
      ],
      placementConstraints: [{ type: "memberOf", expression: "attribute:env == prod" }],
    });
    assert.deepEqual(
      assumptions.map((it) => [it.name, it.value]),
      [
        ["Env", "prod"],
        ["AgentMemory", "512"],
        ["Ports", "53, 8125"],
      ],
    );
  });

  test("with given values", () => {
    const values = given({
      AgentMemory: "256",
      Env: "prod",
      Image: "agent",
      Stored: "root",
      Ports: "9",
      IsBig: "true",
    });
    const [task] = openResources("stack.yaml", template, { given: values });
    assert.deepEqual(inputOf(task), {
      family: "agent-prod",
      containerDefinitions: [
        {
          name: "agent",
          image: "agent:7",
          cpu: 128,
          memory: 256,
          user: "root",
          dnsServers: ["9"],
          hostname: "big",
        },
      ],
      placementConstraints: [{ type: "memberOf", expression: "attribute:env == prod" }],
    });
  });

  test("is previewed with its defaults, and says so", () => {
    const [taskDefinition] = openResources("stack.yaml", template);
    const daemon = daemonServiceOf({ taskDefinition: taskDefinition as Resource, service: undefined });
    const placement = placeDaemon(daemon, cluster);
    assert.equal(
      describePlacement(placement, daemon),
      "Lands on 2 of 3 container instances: 1 is excluded by `attribute:env == prod`. With the defaults of Env, prod; AgentMemory, 512.",
    );
    assert.match(
      placement.instances.find((it) => it.verdict === "excluded")?.reasons[0]?.message ?? "",
      /With the default of Env, prod\.$/,
    );
  });
});

describe("a Terraform file", () => {
  const main = `locals {
  name = "agent-\${var.env}"
}
resource "aws_ecs_task_definition" "agent" {
  family = local.name
  cpu    = var.cpu
  execution_role_arn = aws_iam_role.agent.arn
  container_definitions = jsonencode([{ name = "agent", image = "agent:\${var.tag}", memory = var.memory }])
}
`;
  const variables = `variable "env" {
  type    = string
  default = "prod"
}
variable "memory" {
  type    = number
  default = 512
}
variable "cpu" { default = null }
variable "tag" { type = string }
`;
  const names = namesInConfiguration(variables);

  test("has the names of its module", () => {
    const [task] = openResources("main.tf", main, { names });
    const { document, assumptions } = withDefaults(task as Resource);
    assert.deepEqual(inputOf(document), {
      family: "agent-prod",
      executionRoleArn: { unknown: "aws_iam_role.agent.arn" },
      containerDefinitions: [{ name: "agent", image: { unknown: "agent:${var.tag}" }, memory: 512 }],
    });
    assert.deepEqual(
      assumptions.map((it) => [it.name, it.value]),
      [
        ["var.env", "prod"],
        ["var.cpu", "null"],
        ["var.memory", "512"],
      ],
    );
  });

  test("takes given values in the types of their variables", () => {
    const values = given({
      "var.env": "5",
      memory: "256",
      cpu: "64",
      tag: "7",
      "aws_iam_role.agent.arn": "arn:x",
    });
    const [task] = openResources("main.tf", main, { names, given: values });
    assert.deepEqual(inputOf(task), {
      family: "agent-5",
      cpu: "64",
      executionRoleArn: "arn:x",
      containerDefinitions: [{ name: "agent", image: "agent:7", memory: 256 }],
    });
  });

  test("in a heredoc has the references of its JSON", () => {
    const text = `variable "port" {
  type    = string
  default = "80"
}
resource "aws_ecs_task_definition" "web" {
  container_definitions = <<EOT
[{ "name": "\${var.name}", "portMappings": [{ "containerPort": \${var.port}, "hostPort": \${var.host} }] }]
EOT
}
`;
    const [task] = openResources("main.tf", text, { given: given({ "var.name": "web" }) });
    assert.deepEqual(inputOf(withDefaults(task as Resource).document), {
      containerDefinitions: [
        { name: "web", portMappings: [{ containerPort: 80, hostPort: { unknown: "${var.host}" } }] },
      ],
    });
    assert.deepEqual(
      validateDocument(task as Resource).map((it) => it.code),
      ["container-without-image", "memory-missing"],
    );
  });

  test("without the rest of its module knows less, and still reads", () => {
    const [task] = openResources("main.tf", main);
    assert.deepEqual(withDefaults(task as Resource).assumptions, []);
  });
});

describe("a default that is a secret", () => {
  const secret = "hunter2-Zx9Qm";
  const declared = (name: string, value: string) => `variable "${name}" {\n  default = "${value}"\n}\n`;
  const module = (name: string, value: string, container: string) =>
    `${declared(name, value)}${declared("tag", "7.1")}resource "aws_ecs_task_definition" "agent" {
  family = "agent"
  container_definitions = jsonencode([{ name = "agent", image = "agent:\${var.tag}", memory = 64, ${container} }])
}
`;
  const places: readonly (readonly [name: string, value: string, container: string])[] = [
    ["db_password", secret, "hostname = var.db_password"],
    ["given", secret, 'environment = [{ name = "DB_PASSWORD", value = var.given }]'],
    ["given", secret, 'command = ["agent", "--password", var.given]'],
    ["given", secret, "dockerLabels = { password = var.given }"],
    ["given", secret, 'environment = [{ name = "DB", value = "postgres://u:${var.given}@db/x" }]'],
    ["given", `postgres://u:${secret}@db/x`, 'environment = [{ name = "DB", value = var.given }]'],
  ];
  for (const [name, value, container] of places)
    test(`is in no message: ${name} in ${container}`, () => {
      const [document] = openResources("main.tf", module(name, value, container));
      assert.ok(document);
      const { assumptions } = withDefaults(document);
      const shown = new Map(assumptions.map((it) => [it.name, it.value]));
      assert.equal(shown.get("var.tag"), "7.1");
      assert.match(shown.get(`var.${name}`) ?? "", /\(not shown\)/);
      assert.doesNotMatch(JSON.stringify(assumptions), /hunter2/);
      assert.match(
        JSON.stringify(inputOf(withDefaults(document).document)),
        /hunter2/,
        "it counts all the same",
      );
    });
});
