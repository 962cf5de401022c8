// Calls of terraform-aws-modules/ecs: the constraints in them are checked and mended.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { editsFor } from "../../../server/src/core/resources/writer";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { add, remove, set } from "../../../server/src/core/source/change";
import { get, items } from "../../../server/src/core/source/tree";
import { applied } from "../../support/hostFixes";

const call = (constraints: string) => `module "agent" {
  source = "terraform-aws-modules/ecs/aws//modules/service"
  name   = "agent"
  placement_constraints = ${constraints}
}
`;

test("constraints of a call are checked in both forms of the module", () => {
  const constraint = '{ type = "memberOf", expression = "attribute:env = prod" }';
  for (const text of [call(`[${constraint}]`), call(`{ a = ${constraint} }`)]) {
    const [resource, ...others] = openResources("main.tf", text);
    assert.equal(others.length, 0);
    assert.equal(resource?.hosted?.id, "module.agent.placement_constraints");
    const found = resource === undefined ? [] : validateDocument(resource);
    assert.deepEqual(
      found.map((it) => it.code),
      ["expression-single-equals"],
    );
    const edits = found[0]?.fixes?.[0]?.edits;
    assert.equal(applied(text, edits ?? []), text.replace("env = prod", "env == prod"));
  }
});

test("containers of a call are checked, in the names of both versions of the module", () => {
  const text = (containers: string) => `module "agent" {
  source = "terraform-aws-modules/ecs/aws//modules/service"
  name   = "agent"
  container_definitions = ${containers}
}
module "cluster" {
  source   = "terraform-aws-modules/ecs/aws"
  services = { agent = { container_definitions = ${containers} } }
}
`;
  const codes = (containers: string) =>
    openResources("main.tf", text(containers)).map((it) => [
      it.hosted?.id,
      ...validateDocument(it).map(({ code }) => code),
    ]);
  const sound = `{
    agent = { image = "agent:1", memory = "512", essential = true, port_mappings = [{ containerPort = 80 }], enable_cloudwatch_logging = false },
    side  = { image = var.image, readonlyRootFilesystem = false, portMappings = [], dependsOn = [{ containerName = "agent", condition = "START" }] },
  }`;
  const ids = ["module.agent.container_definitions", "module.cluster.services.agent.container_definitions"];
  assert.deepEqual(
    codes(sound),
    ids.map((it) => [it]),
  );
  assert.deepEqual(
    codes(sound.replace('containerName = "agent"', 'containerName = "agnet"')),
    ids.map((it) => [it, "depends-on-unknown"]),
  );
  assert.deepEqual(
    codes(sound.replace("containerPort = 80", "containerPort = 80000")),
    ids.map((it) => [it, "bad-port"]),
  );
  assert.deepEqual(codes("var.containers"), []);
});

test("values in a container of a call are mended; what the module names is left to it", () => {
  const text = (container: string) => `module "agent" {
  source                = "terraform-aws-modules/ecs/aws//modules/service"
  container_definitions = { agent = { image = "agent:1", memory = 64, ${container} } }
}
`;
  const mended = (container: string) => {
    const [resource] = openResources("main.tf", text(container));
    const found = resource === undefined ? [] : validateDocument(resource);
    return found.map((it) => [
      it.code,
      ...(it.fixes ?? []).map((fix) => applied(text(container), fix.edits)),
    ]);
  };
  const driver = (name: string) => `log_configuration = { logDriver = "${name}" }`;
  assert.deepEqual(mended(driver("json-fil")), [["unknown-value", text(driver("json-file"))]]);
  const mapping = (protocol: string) => `port_mappings = [{ containerPort = 80, protocol = "${protocol}" }]`;
  assert.deepEqual(mended(mapping("TCP")), [["unknown-protocol", text(mapping("tcp"))]]);
  // The name of another argument depends on the version of the module, and the key of the map is the name.
  const [resource] = openResources("main.tf", text("memory_reservation = 32"));
  const [container] = items(get(resource?.input, "containerDefinitions"));
  assert.ok(resource && container);
  const name = get(container, "name") ?? container;
  for (const change of [add(container, "user", "1000"), remove(container), set(name, "b")])
    assert.equal(editsFor(resource, [change]), undefined);
});

test("what is computed, and other modules, are left alone", () => {
  for (const text of [call("var.constraints"), call("[]").replace("terraform-aws-modules/ecs/aws", "./ecs")])
    assert.deepEqual(
      openResources("main.tf", text).flatMap((it) => validateDocument(it)),
      [],
    );
});
