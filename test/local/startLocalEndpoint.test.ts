// What the process that starts the endpoint can ask of it without HTTP.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { agentDefinition, startTestEndpoint } from "../support/localEndpoint";

test("without options there are five m5.large over three zones with complete capabilities", async (t) => {
  const { endpoint } = await startTestEndpoint(t);
  const { name, instances } = endpoint.cluster();
  assert.deepEqual([name, instances.length, endpoint.clusterName], ["default", 5, "default"]);
  const values = (attribute: string) => new Set(instances.map((it) => it.attributes.get(attribute)));
  assert.deepEqual(values("ecs.instance-type"), new Set(["m5.large"]));
  assert.equal(values("ecs.availability-zone").size, 3);
  for (const it of instances) {
    assert.ok(it.attributes.has("com.amazonaws.ecs.capability.docker-remote-api.1.32"));
    assert.deepEqual([it.status, it.agentConnected, it.tasks], ["ACTIVE", true, []]);
  }
});

test("a fleet file's instances keep their ids, and one that cannot be used is refused", async (t) => {
  const fleetText = JSON.stringify({
    groups: [
      { count: 2, instanceType: "m5.large", attributes: { env: "prod" } },
      { count: 1, instanceType: "c7g.large", status: "DRAINING" },
    ],
  });
  const one = await startTestEndpoint(t, { fleetText });
  const two = await startTestEndpoint(t, { fleetText, clusterName: "other" });
  const ids = one.endpoint.cluster().instances.map((it) => it.id);
  assert.deepEqual(
    two.endpoint.cluster().instances.map((it) => it.id),
    ids,
  );
  assert.equal(ids.length, 3);
  const { containerInstanceArns } = await one.call("ListContainerInstances", {
    filter: "attribute:env == prod",
  });
  assert.equal(containerInstanceArns.length, 2);
  await assert.rejects(startLocalEndpoint({ fleetText: '{ "groups": 5 }' }), {
    message: /^The fleet file cannot be used: /,
  });
});

test("instances that are added have the type, zones and attributes that were asked for", async (t) => {
  const { endpoint } = await startTestEndpoint(t, { instances: 0 });
  const added = endpoint.addInstances({
    count: 4,
    instanceType: "c7g.large",
    attributes: { env: "prod" },
    zones: ["eu-west-1a", "eu-west-1b"],
  });
  const { instances } = endpoint.cluster();
  assert.deepEqual(
    instances.map((it) => it.id),
    [...added].sort(),
  );
  const facts = instances.map((it) =>
    ["ecs.instance-type", "ecs.cpu-architecture", "env"].map((name) => it.attributes.get(name)),
  );
  assert.deepEqual(facts, Array(4).fill(["c7g.large", "arm64", "prod"]));
  const zones = instances.map((it) => it.attributes.get("ecs.availability-zone"));
  assert.deepEqual(zones.sort(), ["eu-west-1a", "eu-west-1a", "eu-west-1b", "eu-west-1b"]);
  assert.throws(() => endpoint.addInstances({ count: 1, instanceType: "z9.huge" }), {
    name: "InvalidParameterException",
  });
  assert.throws(() => endpoint.addInstances({ count: 0 }), { name: "InvalidParameterException" });
});

test("listeners hear of changes, of those that time brings too, and not of reads", async (t) => {
  const { endpoint, call } = await startTestEndpoint(t, { instances: 1, startDelaySeconds: 0.05 });
  let heard = 0;
  const stop = endpoint.onChange(() => {
    heard += 1;
  });
  await call("RegisterTaskDefinition", agentDefinition());
  await call("DescribeTaskDefinition", { taskDefinition: "agent" });
  assert.equal(heard, 1);
  const running = new Promise<void>((resolve) => {
    endpoint.onChange(() => {
      if (endpoint.cluster().instances[0]?.runningTasksCount === 1) resolve();
    });
  });
  await call("RunTask", { taskDefinition: "agent" });
  assert.equal(endpoint.cluster().instances[0]?.tasks?.[0]?.lastStatus, "PENDING");
  await running;
  assert.equal(heard, 3);
  stop();
  endpoint.addInstances({ count: 1 });
  assert.equal(heard, 3);
});

test("the live cluster is what DescribeContainerInstances answers", async (t) => {
  const { endpoint, call } = await startTestEndpoint(t, { instances: 1 });
  await call(
    "RegisterTaskDefinition",
    agentDefinition("agent", { portMappings: [{ containerPort: 80, hostPort: 80 }] }),
  );
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const [instance] = endpoint.cluster().instances;
  const [arn] = (await call("ListContainerInstances")).containerInstanceArns;
  const described = await call("DescribeContainerInstances", { containerInstances: [arn] });
  const [cpu, memory, ports] = described.containerInstances[0].remainingResources;
  assert.equal(instance?.arn, arn);
  assert.deepEqual(
    [instance?.remaining.cpu, instance?.remaining.memory],
    [cpu.integerValue, memory.integerValue],
  );
  assert.deepEqual([...(instance?.remaining.usedTcpPorts ?? [])].map(String), ports.stringSetValue);
  assert.deepEqual(instance?.taskGroups, ["service:agent"]);
});
