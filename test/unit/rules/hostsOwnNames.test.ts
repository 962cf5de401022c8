// Properties that CloudFormation or Terraform call otherwise than the API: the API's name is reported, in every place that
// a table has one for, and the host's own name is not.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type ArgumentTable,
  capacityProviderArguments,
  daemonArguments,
  daemonTaskDefinitionArguments,
  serviceArguments,
  taskDefinitionArguments,
} from "../../../server/src/core/resources/hosts/terraform/arguments";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { applyEdits } from "../../support/markers";

const ofNames = new Set(["argument-case", "property-case", "block-or-argument-name", "misspelt-member"]);

function named(file: string, text: string) {
  const [resource] = openResources(file, text);
  assert.ok(resource);
  return validateDocument(resource).filter((it) => ofNames.has(it.code));
}

const tables: Readonly<Record<string, ArgumentTable>> = {
  aws_ecs_task_definition: taskDefinitionArguments,
  aws_ecs_service: serviceArguments,
  aws_ecs_daemon_task_definition: daemonTaskDefinitionArguments,
  aws_ecs_daemon: daemonArguments,
  aws_ecs_capacity_provider: capacityProviderArguments,
};
const snakeCase = (name: string) => name.replace(/[A-Z]+/g, (letters) => `_${letters.toLowerCase()}`);

for (const [type, table] of Object.entries(tables))
  for (const [place, target] of Object.entries(table)) {
    const path = place.split(".");
    const own = path.pop() ?? "";
    // What is written in a block that Terraform does not have is not a matter of its name.
    if (target === "-" || target.includes(".") || snakeCase(target) === own) continue;
    // Older providers took it.
    if (target === "placementStrategy") continue;
    const withName = (name: string) =>
      path.reduceRight((body, block) => `${block} {\n${body}\n}`, `${name} = var.x`);
    const text = (name: string) => `resource "${type}" "it" {\n${withName(name)}\n}\n`;
    test(`${type} has ${place}, not ${snakeCase(target)}`, () => {
      const [diagnostic, ...others] = named("main.tf", text(snakeCase(target)));
      assert.ok(diagnostic, "it is reported");
      assert.deepEqual(others, []);
      const [fix] = diagnostic.fixes ?? [];
      if (fix !== undefined) assert.equal(applyEdits(text(snakeCase(target)), fix.edits), text(own));
      assert.deepEqual(named("main.tf", text(own)), []);
    });
  }

const template = (type: string, properties: string) =>
  `Resources:\n  It:\n    Type: AWS::ECS::${type}\n    Properties: { ${properties} }\n`;
const renamed: readonly (readonly [string, string, string])[] = [
  ["Service", "PlacementStrategy: !Ref X", "PlacementStrategies: !Ref X"],
  ["CapacityProvider", "Cluster: !Ref X", "ClusterName: !Ref X"],
  [
    "TaskDefinition",
    "ProxyConfiguration: { Properties: !Ref X }",
    "ProxyConfiguration: { ProxyConfigurationProperties: !Ref X }",
  ],
];
for (const [type, wrong, right] of renamed)
  test(`${type} of CloudFormation has ${right}`, () => {
    const text = template(type, wrong);
    const [diagnostic, ...others] = named("stack.yaml", text);
    assert.deepEqual([diagnostic?.code, others], ["property-case", []]);
    assert.equal(applyEdits(text, diagnostic?.fixes?.[0]?.edits ?? []), template(type, right));
    assert.deepEqual(named("stack.yaml", template(type, right)), []);
  });

test("a property of the API that Terraform has elsewhere is not renamed in its place", () => {
  for (const body of [
    "deployment_configuration {\n maximum_percent = 100\n}",
    'volume {\n name = "a"\n host {\n source_path = "/a"\n }\n}',
  ]) {
    const type = body.startsWith("volume") ? "task_definition" : "service";
    assert.deepEqual(named("main.tf", `resource "aws_ecs_${type}" "it" {\n${body}\n}\n`), []);
  }
});

test("names of Terraform 0.11 are left alone", () => {
  const text =
    'resource "aws_ecs_service" "it" {\n  name = "${var.name}"\n  placement_strategy {\n    type = "random"\n  }\n}\n';
  assert.deepEqual(named("main.tf", text), []);
});

test("the names of inputs of modules are their authors'", () => {
  const text =
    'module "ecs" {\n  source = "terraform-aws-modules/ecs/aws"\n  container_definitions = { a = { service_name = "x", image = "a" } }\n}\n';
  assert.deepEqual(named("main.tf", text), []);
});
