// What the panel shows of the resources of one container instance: the amounts add up, and an own task counts as free.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerInstance } from "../../../server/src/core/cluster/containerInstance";
import { daemonServiceOf } from "../../../server/src/core/scheduler/daemonServiceOf";
import { instanceDetail } from "../../../server/src/core/scheduler/instanceDetail";
import { UnknownValue } from "../../../server/src/core/text/unknownValue";
import { containerInstance, instanceTask, taskDefinition } from "../../support/builders";

/** Asked, used and free, by name. */
function usesOf(definition: Readonly<Record<string, unknown>>, instance: ContainerInstance) {
  const daemon = daemonServiceOf(definition, { serviceName: "agent" });
  return Object.fromEntries(
    instanceDetail(daemon, instance).resources.map(({ name, asked, used, free }) => [
      name,
      [asked, used, free],
    ]),
  );
}

const neighbor = instanceTask({ arn: "n", group: "service:web", enis: 1 });

test("used and free come to the whole instance", () => {
  const instance = containerInstance({ remaining: { cpu: 2000, memory: 7000 } });
  const uses = usesOf(taskDefinition(), instance);
  assert.deepEqual(uses["Memory (MiB)"], [256, 816, 7000]);
  assert.deepEqual(uses["CPU (units)"]?.slice(1), [48, 2000]);
});

test("a port is taken or free", () => {
  const portMappings = [{ containerPort: 1, hostPort: 8126, protocol: "udp" }];
  const definition = taskDefinition({}, { portMappings });
  assert.deepEqual(usesOf(definition, containerInstance())["Port 8126/udp"], [1, 0, 1]);
  const taken = containerInstance({ remaining: { usedUdpPorts: new Set([8126]) } });
  assert.deepEqual(usesOf(definition, taken)["Port 8126/udp"], [1, 1, 0]);
  const ofTcp = containerInstance({ remaining: { usedTcpPorts: new Set([8126]) } });
  assert.deepEqual(usesOf(definition, ofTcp)["Port 8126/udp"], [1, 0, 1]);
});

test("GPUs are listed where the task asks for one or the instance has one", () => {
  const gpus = ["a", "b"];
  const withGpus = containerInstance({ registered: { gpus }, remaining: { gpus: ["b"] } });
  assert.equal(usesOf(taskDefinition(), containerInstance()).GPUs, undefined);
  assert.deepEqual(usesOf(taskDefinition(), withGpus).GPUs, [0, 1, 1]);
  const asking = taskDefinition({}, { resourceRequirements: [{ type: "GPU", value: "1" }] });
  assert.deepEqual(usesOf(asking, containerInstance()).GPUs, [1, 0, 0]);
  const one = containerInstance({ registered: { gpus: ["a"] } });
  assert.deepEqual(usesOf(asking, one).GPUs, [1, 0, 1]);
});

test("network interfaces are listed where a task takes one, or where nobody knows", () => {
  const instance = containerInstance({ tasks: [neighbor] });
  assert.equal(usesOf(taskDefinition(), instance)["Network interfaces"], undefined);
  const awsvpc = taskDefinition({ networkMode: "awsvpc" });
  assert.deepEqual(usesOf(awsvpc, instance)["Network interfaces"], [1, 1, 1]);
  const open = taskDefinition({ networkMode: new UnknownValue("${MODE}") });
  assert.deepEqual(usesOf(open, instance)["Network interfaces"], [undefined, 1, 1]);
  const other = containerInstance({ attributes: { "ecs.instance-type": "x9.none" } });
  assert.deepEqual(usesOf(awsvpc, other)["Network interfaces"], [1, undefined, undefined]);
});
