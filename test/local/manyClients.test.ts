// Many clients at once, and clusters as large as ECS allows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnyAnswer, agentDefinition, startTestEndpoint } from "../support/localEndpoint";
import { processorTime } from "../support/processorTime";

test("64 clients at once lose no write, and revisions stay without gaps", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 64 });
  const { containerInstanceArns } = await call("ListContainerInstances");
  const revisions = await Promise.all(
    containerInstanceArns.map(async (targetId: string, index: number) => {
      await call("PutAttributes", { attributes: [{ name: "n", value: String(index), targetId }] });
      await call("CreateCluster", { clusterName: `c${index}` });
      return (await call("RegisterTaskDefinition", agentDefinition())).taskDefinition.revision;
    }),
  );
  assert.deepEqual(
    revisions.sort((a, b) => a - b),
    Array.from({ length: 64 }, (_, index) => index + 1),
  );
  const { attributes } = await call("ListAttributes", {
    targetType: "container-instance",
    attributeName: "n",
  });
  assert.equal(new Set(attributes.map((it: AnyAnswer) => it.value)).size, 64);
  assert.equal((await call("ListClusters")).clusterArns.length, 65);
});

test("concurrent creations of one service make one", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const input = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  const outcomes = await Promise.allSettled(Array.from({ length: 16 }, () => call("CreateService", input)));
  assert.equal(outcomes.filter((it) => it.status === "fulfilled").length, 1);
  assert.equal((await call("ListTasks")).taskArns.length, 5);
});

test("thousands of instances join a daemon's cluster, each as cheaply as the first", async (t) => {
  const { call, endpoint } = await startTestEndpoint(t, { instances: 0 });
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const join = (count: number): number =>
    processorTime(() => {
      for (let number = 0; number < count; number += 1) endpoint.addInstances({ count: 1 });
    });
  join(500);
  const early = join(500);
  endpoint.addInstances({ count: 3500 });
  const late = join(500);
  const { services } = await call("DescribeServices", { services: ["agent"] });
  assert.deepEqual([services[0].desiredCount, services[0].runningCount], [5000, 5000]);
  // Work that grew with the cluster would make the late ones nine times as dear; garbage may double them.
  assert.ok(
    late < early * 5 + 100,
    `500 joins took ${early.toFixed(0)} ms first and ${late.toFixed(0)} ms later.`,
  );
});
