// Terraform takes a property as a block or as an argument, under one name: what is written otherwise is one error.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parse as parseHcl } from "@cdktf/hcl2json";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { applyEdits } from "../../support/markers";

const definition = (body: string) => `resource "aws_ecs_task_definition" "agent" {
  family = "agent"
  container_definitions = jsonencode([{
    name = "agent", image = "agent:1", memory = 64
    mountPoints = [{ sourceVolume = "logs", containerPath = "/logs" }]
    logConfiguration = { logDriver = "json-file" }
  }])
  volume {
    name = "logs"
  }
  ${body}
}
`;
const service = (body: string) => `resource "aws_ecs_service" "agent" {
  name                = "agent"
  task_definition     = "agent:1"
  scheduling_strategy = "DAEMON"
  ${body}
}
`;

function found(text: string) {
  const [resource] = openResources("main.tf", text);
  assert.ok(resource);
  return validateDocument(resource);
}

const platform = 'cpu_architecture = "ARM64"';
const registry = 'registry_arn = "arn:aws:servicediscovery:eu-west-1:123456789012:service/srv-1"';
const hook = `hook_target_arn = "arn:aws:lambda:eu-west-1:123456789012:function:check"
 role_arn = "arn:aws:iam::123456789012:role/check"
 lifecycle_stages = ["POST_SCALE_UP"]`;
const wrong: readonly (readonly [text: string, code: string, fixed?: string])[] = [
  [
    definition(`runtime_platform = { ${platform} }`),
    "argument-for-block",
    definition(`runtime_platform {\n    ${platform}\n  }`),
  ],
  [definition("runtime_platform = var.platform"), "argument-for-block"],
  [definition('tags { team = "ops" }'), "block-for-argument", definition('tags = { team = "ops" }')],
  [definition("").replace("volume {", "volumes {"), "block-or-argument-name", definition("")],
  [
    definition("").replace('volume {\n    name = "logs"\n  }', 'volume = [{ name = "logs" }]'),
    "argument-for-block",
    definition(""),
  ],
  [
    service(`service_registries = { ${registry} }`),
    "argument-for-block",
    service(`service_registries {\n    ${registry}\n  }`),
  ],
  [
    service(`deployment_configuration {\n lifecycle_hooks {\n ${hook}\n}\n}`),
    "block-or-argument-name",
    service(`deployment_configuration {\n lifecycle_hook {\n ${hook}\n}\n}`),
  ],
  [
    service(`service_registries = [{ ${registry} }]`),
    "argument-for-block",
    service(`service_registries {\n    ${registry}\n  }`),
  ],
  [
    service('placement_constraints = { type = "distinctInstance" }').replace('"DAEMON"', '"REPLICA"'),
    "argument-for-block",
    service('placement_constraints {\n    type = "distinctInstance"\n  }').replace('"DAEMON"', '"REPLICA"'),
  ],
  [
    service("deployment_circuit_breaker = { enable = true, rollback = true }"),
    "argument-for-block",
    service("deployment_circuit_breaker {\n    enable   = true\n    rollback = true\n  }"),
  ],
  [
    service('placement_constraints = [{ type = "memberOf", expression = "attribute:a exists" }]'),
    "argument-for-block",
    service(
      'placement_constraints {\n    type       = "memberOf"\n    expression = "attribute:a exists"\n  }',
    ),
  ],
  [
    service(`placement_constraints = [
    { type = "memberOf", expression = "attribute:a exists" },
    { type = "memberOf", expression = var.b },
  ]`),
    "argument-for-block",
    service(`placement_constraints {
    type       = "memberOf"
    expression = "attribute:a exists"
  }
  placement_constraints {
    type       = "memberOf"
    expression = var.b
  }`),
  ],
  [
    service(`network_configuration = {
    subnets = [
      "subnet-0aaa1111", // a
    ]
  }`),
    "argument-for-block",
    service(`network_configuration {
    subnets = [
      "subnet-0aaa1111", // a
    ]
  }`),
  ],
  // What would be lost, or cannot be known, is left as it is.
  [
    service('placement_constraints = [{ type = "memberOf", /* why */ expression = "attribute:a exists" }]'),
    "argument-for-block",
  ],
  [
    service('placement_constraints = [for it in var.all : { type = "memberOf", expression = it }]'),
    "argument-for-block",
  ],
  [
    service('placement_constraints = concat(var.all, [{ type = "distinctInstance" }])').replace(
      '"DAEMON"',
      '"REPLICA"',
    ),
    "argument-for-block",
  ],
  [service('network_configuration = { (var.name) = ["subnet-0aaa1111"] }'), "argument-for-block"],
];

test("of two blocks neither becomes an argument", () => {
  const two = found(definition('tags { team = "ops" }\n  tags { a = "b" }'));
  const blocks = two.filter((it) => it.code === "block-for-argument");
  assert.deepEqual(
    blocks.flatMap((it) => it.fixes ?? []),
    [],
  );
  assert.equal(blocks.length, 2);
});

test("another parser reads what the fixes write", async () => {
  for (const [text, , fixed] of wrong) if (fixed !== undefined) await parseHcl(text.slice(0, 40), fixed);
});

for (const [text, code, fixed] of wrong)
  test(`${code}: ${text.replace(/\s+/g, " ").slice(-90)}`, () => {
    const all = found(text);
    assert.deepEqual(
      all.map((it) => it.code),
      [code],
    );
    const [fix] = all[0]?.fixes ?? [];
    assert.equal(fix && applyEdits(text, fix.edits), fixed);
    if (fixed !== undefined) assert.deepEqual(found(fixed), []);
  });

test("what is written as Terraform has it is not reported, nor a file of Terraform 0.11", () => {
  const right = [
    definition(`runtime_platform {\n ${platform}\n}\ntags = { team = "ops" }`),
    service('network_configuration {\n subnets = ["subnet-1"]\n}'),
    service(
      "deployment_minimum_healthy_percent = 0\n alarms {\n alarm_names = []\n enable = false\n rollback = false\n}",
    ),
    service(`deployment_configuration {\n strategy = "ROLLING"\n lifecycle_hook {\n ${hook}\n}\n}`),
    service('dynamic "load_balancer" {\n for_each = var.all\n content {\n container_name = "a"\n}\n}'),
    definition('tags { team = "ops" }').replace('family = "agent"', 'family = "${var.family}"'),
  ];
  for (const it of right)
    assert.deepEqual(
      found(it).map((one) => one.code),
      [],
      it,
    );
});

test("each way in which Terraform 0.11 writes a value keeps the file from being checked", () => {
  const old = [
    'family = "${var.family}"',
    'execution_role_arn = "${file("role.txt")}"',
    'execution_role_arn = "${lookup(var.roles, "agent")}"',
    'requires_compatibilities = ["${var.type}"]',
    'execution_role_arn = "${aws_iam_role.agent.*.arn[0]}"  ',
  ];
  const blocks = 'runtime_platform = { cpu_architecture = "ARM64" }\n  tags { team = "ops" }';
  for (const it of old) {
    const text = definition(blocks).replace('family = "agent"', () => it);
    assert.deepEqual(
      found(text).filter((one) => /block|argument/.test(one.code)),
      [],
      it,
    );
  }
  const today = ['family = "agent-${var.stage}"', "family = var.family", 'family = "$${not}"'];
  for (const it of today) {
    const text = definition(blocks).replace('family = "agent"', () => it);
    assert.equal(found(text).filter((one) => /block|argument/.test(one.code)).length, 2, it);
  }
});

const balancer =
  '{\n container_name = "web"\n container_port = 80\n target_group_arn = "${aws_lb.a.arn}"\n }';
const subnets = '{ subnets = ["${aws_subnet.a.id}"] }';

test("Terraform 0.11 takes objects, and lists of them, for blocks: what is in them is read as in blocks", () => {
  const old = (body: string) => service(body).replace('"agent:1"', '"${var.definition}"');
  const right = [
    old(`load_balancer = [${balancer}]`),
    old(`load_balancer = ${balancer}`),
    old('load_balancer = ["${var.balancer}"]'),
    old(`network_configuration = ${subnets}`),
    old(`network_configuration = [${subnets}]`),
    old('network_configuration = ["${var.network}"]'),
    definition("").replace(
      'volume {\n    name = "logs"\n  }',
      'execution_role_arn = "${var.role}"\n  volume = [{ name = "logs", host_path = "/var/log" }]',
    ),
    definition("").replace(
      'volume {\n    name = "logs"\n  }',
      'execution_role_arn = "${var.role}"\n  volume = { name = "logs", host_path = "/var/log" }',
    ),
  ];
  for (const it of right)
    assert.deepEqual(
      found(it).map((one) => one.message),
      [],
      it,
    );
  const wrong = '{ type = "memberOf", expression = "attribute:a = b" }';
  for (const it of [`placement_constraints = [${wrong}]`, `placement_constraints = ${wrong}`]) {
    const [only, ...more] = found(old(it));
    assert.equal(only?.code, "expression-single-equals");
    assert.deepEqual(more, []);
  }
});

test("a name is mended where it is written once, and its owner is named", () => {
  const blocks = (count: number) =>
    definition("").replace(
      'volume {\n    name = "logs"\n  }',
      Array.from({ length: count }, (_, at) => `volumes {\n    name = "logs${at || ""}"\n  }`).join("\n  "),
    );
  const named = (text: string) => found(text).filter((it) => it.code === "block-or-argument-name");
  const [one] = named(blocks(1));
  assert.deepEqual([one?.fixes?.length, /resource/.test(one?.message ?? "")], [1, true]);
  const [several] = named(blocks(2));
  assert.deepEqual([several?.code, several?.fixes], ["block-or-argument-name", undefined]);
  const [inner] = named(service(`deployment_configuration {\n lifecycle_hooks {\n ${hook}\n}\n}`));
  assert.match(inner?.message ?? "", /block/);
});

test("what is a block or an argument of other resources is not known", () => {
  const other = (body: string) =>
    found(
      `resource "aws_ecs_daemon_task_definition" "a" {\n  family = "a"\n  cpu = "256"\n  memory = "512"\n  ${body}\n}\n`,
    );
  for (const it of other('volume = [{ name = "logs" }]')) assert.doesNotMatch(it.code, /-for-/);
});
