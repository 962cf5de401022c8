// What stands in the branches of a condition (Fn::If, `? :`) is looked at, whichever of them the condition chooses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const template = (container: string, task = "NetworkMode: bridge") => `Conditions: { Prod: !Equals [a, b] }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ${task}
      ContainerDefinitions:
        - Name: agent
          Image: agent:7
          Memory: 128
          ${container}
`;

const found = (text: string, file = "stack.yaml") =>
  diagnosticsOf(text, file).map(({ code, span, fixes }) => {
    assert.deepEqual(fixes ?? [], [], "a fix would change one of the branches");
    return [code, text.slice(span.start, span.end)];
  });

const diagnosticsOf = (text: string, file: string) =>
  openResources(file, text).flatMap((it) => validateDocument(it));

const configuration = (container: string, task = "") => `resource "aws_ecs_task_definition" "agent" {
  family = "agent"
  ${task}
  container_definitions = jsonencode([{
    name = "agent"
    image = "agent:7"
    memory = 128
    ${container}
  }])
}
`;

test("a slip in a branch is reported there", () => {
  assert.deepEqual(found(template("", "NetworkMode: !If [Prod, hosted, bridge]")), [
    ["unknown-value", "hosted"],
  ]);
  for (const it of diagnosticsOf(template("", "NetworkMode: !If [Prod, hosted, bridge]"), "stack.yaml"))
    assert.doesNotMatch(it.message, /That is so where/);
  assert.deepEqual(found(template("Cpu: !If [Prod, -5, 0]")), [["number-out-of-range", "-5"]]);
  assert.deepEqual(found(template("Ulimits: !If [Prod, [{ Name: nofile, SoftLimit: 1 }], []]")), [
    ["missing-member", "{"],
  ]);
  assert.deepEqual(
    found(
      template("PortMappings: [Fn::If: [Prod, { ContainerPort: 80, Protokol: tcp }, !Ref AWS::NoValue]]"),
    ),
    [["misspelt-member", "Protokol"]],
  );
  assert.deepEqual(found(template("LogConfiguration: !If [Prod, !If [Prod, { LogDriver: awslog }, x], x]")), [
    ["unknown-value", "awslog"],
    ["wrong-type", "x"],
    ["wrong-type", "x"],
  ]);
});

test("branches of what is right, computed or absent have no diagnostics", () => {
  for (const it of [
    "Cpu: !If [Prod, 5, !Ref Cpu]",
    'Cpu: !If [Prod, "5", !Ref AWS::NoValue]',
    "Environment: !If [Prod, [{ Name: A, Value: 5 }], !Ref AWS::NoValue]",
    "DependsOn: !If [Prod, !If [Other, [], !Ref AWS::NoValue], !Ref Containers]",
    "Command: [!If [Prod, a, !Sub '${A}']]",
  ])
    assert.deepEqual(found(template(it)), [], it);
});

test("a branch is found where the resource is moved down the text", () => {
  const text = template("Cpu: !If [Prod, -5, 0]");
  found(text);
  assert.deepEqual(found(`# moved\n${text}`), [["number-out-of-range", "-5"]]);
});

test("a value in a branch that ECS refuses together with the rest of the file is reported where ECS refuses", () => {
  for (const [container, task, code, text] of [
    [
      "PortMappings: [{ ContainerPort: 80, HostPort: 8080 }]",
      "NetworkMode: !If [Prod, awsvpc, bridge]",
      "host-port-mismatch",
      "8080",
    ],
    [
      "Hostname: b",
      "NetworkMode: !If [Prod, !If [Other, awsvpc, host], bridge]",
      "awsvpc-hostname",
      "Hostname",
    ],
    [
      "MountPoints: [!If [Prod, { SourceVolume: logs, ContainerPath: /logs }, !Ref AWS::NoValue]]",
      "NetworkMode: bridge",
      "unknown-volume",
      "logs",
    ],
    [
      "Essential: !If [Prod, false, !Ref Essential]",
      "NetworkMode: bridge",
      "no-essential-container",
      "false",
    ],
    ["MemoryReservation: !If [Prod, 256, 64]", "NetworkMode: bridge", "memory-below-reservation", "128"],
    [
      "LogConfiguration: !If [Prod, { LogDriver: awslogs, Options: { awslogs-group: g } }, !Ref Logs]",
      "NetworkMode: bridge",
      "log-options-missing",
      "Options",
    ],
    ["Cpu: 5", "Family: !If [Prod, agent, 'the agent']", "bad-family", "'the agent'"],
  ] as const)
    assert.deepEqual(found(template(container, task)), [[code, text]], container);
  for (const [container, task, code, text] of [
    [
      "portMappings = [{ containerPort = 80, hostPort = 8080 }]",
      'network_mode = var.fargate ? "awsvpc" : "bridge"',
      "host-port-mismatch",
      "8080",
    ],
    ['essential = (var.a == "?" && var.b) ? false : var.c', "", "no-essential-container", "false"],
    [
      'mountPoints = var.a ? [{ sourceVolume = "logs", containerPath = "/logs" }] : []',
      "",
      "unknown-volume",
      '"logs"',
    ],
    ['logConfiguration = var.a ? null : { logDriver = "awslog" }', "", "unknown-value", '"awslog"'],
    ["", 'network_mode = var.a ? var.b ? "host" : "hosted" : null', "unknown-value", '"hosted"'],
  ] as const)
    assert.deepEqual(found(configuration(container, task), "main.tf"), [[code, text]], container);
});

test("a value elsewhere is reported with the value of the branch that makes it wrong", () => {
  const [yaml] = diagnosticsOf(
    template(
      "PortMappings: [{ ContainerPort: 80, HostPort: 8080 }]",
      "NetworkMode: !If [Prod, awsvpc, bridge]",
    ),
    "stack.yaml",
  );
  assert.match(yaml?.message ?? "", / That is so where 'Prod' is true\.$/);
  const [hcl] = diagnosticsOf(
    `locals {\n  mode = var.fargate ? "awsvpc" : "bridge"\n}\n${configuration(
      "portMappings = [{ containerPort = 80, hostPort = 8080 }]",
      "network_mode = local.mode",
    )}`,
    "main.tf",
  );
  assert.match(hcl?.message ?? "", / That is so where 'var.fargate' is true\.$/);
});

test("what ECS accepts with every branch, or what only two conditions together would make wrong, is not reported", () => {
  for (const [container, task] of [
    [
      "PortMappings: [{ ContainerPort: 80, HostPort: !If [Prod, 80, 8080] }]",
      "NetworkMode: !If [Prod, awsvpc, bridge]",
    ],
    ["Hostname: !If [Prod, !Ref AWS::NoValue, b]", "NetworkMode: !If [Prod, awsvpc, bridge]"],
    [
      "MountPoints: !If [Prod, [{ SourceVolume: a, ContainerPath: /a }], []]",
      "Volumes: !If [Prod, [{ Name: a }], []]",
    ],
    ["Cpu: 5", "Volumes: [{ Name: !If [Prod, a, b] }]"],
    [
      "Privileged: !If [NotFargate, true, !Ref AWS::NoValue]",
      "RequiresCompatibilities: [!If [Fargate, FARGATE, EC2]]\n      NetworkMode: !If [Fargate, awsvpc, bridge]\n      Cpu: 256\n      Memory: 512\n      ExecutionRoleArn: agent",
    ],
    [
      "Cpu: 5",
      "EphemeralStorage: !If [Fargate, { SizeInGiB: 30 }, !Ref AWS::NoValue]\n      RequiresCompatibilities: !If [Fargate, [FARGATE], [EC2]]\n      NetworkMode: awsvpc\n      Cpu: 256\n      Memory: 512",
    ],
    [
      "Hostname: !If [Prod, !Ref AWS::NoValue, b]",
      "NetworkMode: !If [Prod, !If [Other, awsvpc, awsvpc], bridge]",
    ],
  ] as const)
    assert.deepEqual(
      diagnosticsOf(template(container, task), "stack.yaml").filter((it) => it.severity === "error"),
      [],
      container,
    );
  for (const [container, task] of [
    ["cpu = var.cpu > 0 ? var.cpu : 0", 'execution_role_arn = var.role ? aws_iam_role.a.arn : ""'],
    [
      "cpu = 1",
      'requires_compatibilities = var.a ? ["FARGATE"] : ["EC2"]\n dynamic "ephemeral_storage" {\n for_each = var.a ? [1] : []\n content { size_in_gib = 30 }\n }',
    ],
    [
      "privileged = !var.a ? true : null",
      'requires_compatibilities = (var.a) ? ["FARGATE"] : ["EC2"]\n network_mode = "awsvpc"\n cpu = 256\n memory = 512',
    ],
    ["secrets = var.a ? [] : {}", "pid_mode = var.a ? null : null"],
    ["command = [for it in var.a : it ? 1 : 2]", "cpu = var.a ? 256 : 512"],
    ["environment = [for k, v in var.a : { name = k, value = v ? 1 : 2 }]", 'memory = "${var.a ? 1 : 2}"'],
  ] as const)
    assert.deepEqual(found(configuration(container, task), "main.tf"), [], container);
});

test("a condition inside of a branch is named together with that of the branch", () => {
  const [found] = diagnosticsOf(
    template("Hostname: b", "NetworkMode: !If [Prod, bridge, !If [Other, awsvpc, host]]"),
    "stack.yaml",
  );
  assert.match(found?.message ?? "", / That is so where 'Prod' is false and 'Other' is true\.$/);
});

test("the other branch of the condition that the resource itself has is never chosen", () => {
  const text = template(
    "PortMappings: [{ ContainerPort: 80, HostPort: 8080 }]",
    "NetworkMode: !If [Prod, bridge, awsvpc]",
  );
  assert.equal(found(text).length, 1);
  assert.deepEqual(found(text.replace("    Type:", "    Condition: Prod\n    Type:")), []);
});

test("the condition of a resource is not taken for a parameter of the same name", () => {
  const text = template("Cpu: !Ref Prod").replace("    Type:", "    Condition: Prod\n    Type:");
  assert.deepEqual(found(`Parameters: { Prod: { Type: Number } }\n${text}`), []);
});

test("what one condition may leave out is not counted with what another may leave out", () => {
  const codes = (...items: readonly string[]) =>
    found(`Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: web
      DesiredCount: 1
      ServiceRegistries:
${items.map((it) => `        - ${it}\n`).join("")}`).map(([code]) => code);
  const registry = "{ RegistryArn: !GetAtt Registry.Arn }";
  const perhaps = (condition: string) => `!If [${condition}, ${registry}, !Ref AWS::NoValue]`;
  assert.deepEqual(codes(perhaps("A"), perhaps("B")), []);
  assert.deepEqual(codes(registry, perhaps("B")), ["too-many-registries"]);
  assert.deepEqual(codes(registry, `!If [A, ${registry}, ${registry}]`), ["too-many-registries"]);
});
