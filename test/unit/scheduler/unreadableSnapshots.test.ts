// What a snapshot writes so that nobody can read it is unknown: neither absent nor empty.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readClusterText } from "../../../server/src/core/cluster/readClusterText";
import { daemonServiceOf } from "../../../server/src/core/scheduler/daemonServiceOf";
import { placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";

const size = (name: string, integerValue: number) => ({ name, type: "INTEGER", integerValue });
const texts = (name: string, stringSetValue: unknown) => ({ name, type: "STRINGSET", stringSetValue });

function instance(changes: object, remaining: readonly object[] = []) {
  return {
    containerInstanceArn: "arn:aws:ecs:eu-west-1:123456789012:container-instance/demo/aaa1",
    status: "ACTIVE",
    agentConnected: true,
    attributes: [{ name: "env", value: "prod" }],
    remainingResources: [size("CPU", 2048), size("MEMORY", 4096), ...remaining],
    ...changes,
  };
}

function verdictOf(written: object, container: object, expression?: string, task: object = {}): string {
  const text = JSON.stringify({ containerInstances: [written] });
  const { cluster } = readClusterText("a.ecs-cluster.json", text);
  assert.ok(cluster);
  const definition = {
    family: "agent",
    containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64, ...container }],
    ...(expression !== undefined && { placementConstraints: [{ type: "memberOf", expression }] }),
    ...task,
  };
  return String(placeDaemon(daemonServiceOf(definition), cluster).instances[0]?.verdict);
}

test("attributes that cannot be read decide nothing", () => {
  for (const attributes of [{ env: "prod" }, "env=prod", ["env"], [{ name: 7, value: "prod" }]]) {
    const written = instance({ attributes });
    for (const expression of [
      "attribute:env == prod",
      "attribute:env != prod",
      "attribute:env exists",
      "not(attribute:env exists)",
      "attribute:env !exists",
    ])
      assert.equal(
        verdictOf(written, {}, expression),
        "unknown",
        `${JSON.stringify(attributes)}: ${expression}`,
      );
    assert.equal(verdictOf(written, {}), "place", "nothing reads them");
    const { cluster } = readClusterText(
      "a.ecs-cluster.json",
      JSON.stringify({ containerInstances: [written] }),
    );
    assert.ok(cluster);
    const platform = { runtimePlatform: { cpuArchitecture: "ARM64" } };
    assert.equal(verdictOf(written, {}, undefined, platform), "unknown", "the platform is one of them");
    assert.equal(verdictOf(written, { privileged: true }), "unknown", "capabilities are, too");
  }
});

test("a value that cannot be read leaves its name known", () => {
  const written = instance({
    attributes: [
      { name: "env", value: ["prod"] },
      { name: "tier", value: "a" },
    ],
  });
  assert.equal(verdictOf(written, {}, "attribute:env == prod"), "unknown");
  assert.equal(verdictOf(written, {}, "attribute:env exists"), "place");
  assert.equal(verdictOf(written, {}, "attribute:tier == b"), "excluded");
  assert.equal(verdictOf(written, {}, "attribute:other exists"), "excluded");
});

test("ports and GPUs that cannot be read are unknown where the task needs one", () => {
  const ports = { portMappings: [{ containerPort: 80, hostPort: 80 }] };
  for (const written of ["8080", { "8080": true }, [8080], ["http"]]) {
    const port = instance({}, [texts("PORTS", written)]);
    assert.equal(verdictOf(port, ports), "unknown", JSON.stringify(written));
    assert.equal(verdictOf(port, {}), "place", JSON.stringify(written));
  }
  const held = instance({}, [texts("PORTS", ["80", 8080])]);
  assert.equal(verdictOf(held, ports), "blocked", "what can be read counts");
  const gpus = { resourceRequirements: [{ type: "GPU", value: "1" }] };
  assert.equal(verdictOf(instance({}, [texts("GPU", "gpu-1")]), gpus), "unknown");
  assert.equal(verdictOf(instance({ remainingResources: "none" }), ports), "unknown");
});
