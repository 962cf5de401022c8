// What is a map in Terraform and a list of pairs in the API: tags, and the properties of a proxy.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

/** Codes with the texts that are underlined. */
const found = (text: string) =>
  openResources("main.tf", text)
    .flatMap((it) => validateDocument(it))
    .map(({ code, span }) => [code, text.slice(span.start, span.end)]);

const task = (body: string) => `resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = "awsvpc"
  container_definitions = jsonencode([{ name = "web", image = "nginx:1", memory = 128 }])
  ${body}
}
`;

const proxy = (properties: string) =>
  task(`proxy_configuration {
    type           = "APPMESH"
    container_name = "web"
    properties     = ${properties}
  }`);

test("a tag that ECS does not take is reported at its key or value", () => {
  assert.deepEqual(found(task('tags = { "a!" = "b", team = "x;y" }')), [
    ["bad-tag", '"a!"'],
    ["bad-tag", '"x;y"'],
  ]);
});

test("the provider leaves out tags with the prefix aws:, and computes what is not written", () => {
  for (const tags of [
    '{ "aws:x" = "y" }',
    '{ "a!" = var.x }',
    "merge(local.tags, { a = 1 })",
    "var.tags",
    "{}",
  ])
    assert.deepEqual(found(task(`tags = ${tags}`)), [], tags);
});

test("tags of a volume are a map, too", () => {
  const service = (tags: string) => `resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web:1"
  volume_configuration {
    name = "data"
    managed_ebs_volume {
      role_arn   = "arn:aws:iam::123456789012:role/ebs"
      size_in_gb = 20
      tag_specifications {
        resource_type = "volume"
        tags          = ${tags}
      }
    }
  }
}
`;
  assert.deepEqual(found(service('{ team = "x", cost-center = 5 }')), []);
  assert.deepEqual(found(service('{ AmazonECSCreated = "x" }')), [["bad-tag", "AmazonECSCreated"]]);
});

test("the properties of a proxy are looked at by name", () => {
  const all = `{
      AppPorts         = "8080"
      EgressIgnoredIPs = "169.254.170.2"
      IgnoredUID       = var.uid
      ProxyEgressPort  = 15001
      ProxyIngressPort = "15000"
    }`;
  assert.deepEqual(found(proxy(all)), []);
  assert.deepEqual(found(proxy(all.replace("AppPorts ", "AppPort  "))), [["proxy-properties", "properties"]]);
  for (const computed of ["var.proxy", "merge(local.proxy, {})", '{ (var.name) = "1" }'])
    assert.deepEqual(found(proxy(computed)), [], computed);
});
