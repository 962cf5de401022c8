// What holds for all operations; clusters, tags and account settings.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-ecs";
import { ecsOperations, unsupportedOperations } from "../../server/src/local/operations";
import { type AnyAnswer, agentDefinition, idsOf, startTestEndpoint } from "../support/localEndpoint";

test("every operation of the SDK behaves or honestly does not", async (t) => {
  const { call } = await startTestEndpoint(t);
  const names = Object.keys(sdk)
    .filter((it) => /^[A-Z].*Command$/.test(it))
    .map((it) => it.slice(0, -"Command".length));
  assert.ok(names.length > 70);
  const unknown = names.filter((it) => !ecsOperations.has(it) && !unsupportedOperations.has(it));
  assert.deepEqual(unknown, []);
  for (const name of names.filter((it) => unsupportedOperations.has(it))) {
    await assert.rejects(call(name), {
      name: "UnsupportedFeatureException",
      message: `${name} is not supported by the local endpoint.`,
    });
  }
});

test("no operation fails on an empty input or on members of the wrong type", async (t) => {
  const lines: string[] = [];
  const { call } = await startTestEndpoint(t, { log: (line) => lines.push(line) });
  const inputs = [
    {},
    { cluster: 5 },
    { cluster: "default", services: "x", tasks: {}, attributes: 1 },
    { nextToken: [] },
  ];
  for (const operation of ecsOperations.keys()) {
    for (const input of inputs)
      await call(operation, input).catch((error: Error) =>
        assert.notEqual(error.name, "ServerException", operation),
      );
  }
  assert.deepEqual(
    lines.filter((it) => it.startsWith("failed")),
    [],
  );
});

test("clusters are created once, described with statistics and deleted only when empty", async (t) => {
  const { call } = await startTestEndpoint(t);
  const { cluster } = await call("CreateCluster", {
    clusterName: "other",
    tags: [{ key: "team", value: "x" }],
  });
  assert.equal(cluster.status, "ACTIVE");
  await call("CreateCluster", { clusterName: "other" });
  const { clusters, failures } = await call("DescribeClusters", {
    clusters: ["other", "default", "none"],
    include: ["STATISTICS", "TAGS"],
  });
  assert.deepEqual(
    clusters.map((it: AnyAnswer) => [it.clusterName, it.registeredContainerInstancesCount]),
    [
      ["other", 0],
      ["default", 5],
    ],
  );
  assert.deepEqual(clusters[0].tags, [{ key: "team", value: "x" }]);
  assert.ok(
    clusters[1].statistics.some((it: AnyAnswer) => it.name === "runningEC2TasksCount" && it.value === "0"),
  );
  assert.deepEqual(failures, [{ arn: "arn:aws:ecs:us-east-1:123456789012:cluster/none", reason: "MISSING" }]);
  await assert.rejects(call("DeleteCluster", { cluster: "default" }), {
    name: "ClusterContainsContainerInstancesException",
    message: "The Cluster cannot be deleted while Container Instances are active or draining.",
  });
  assert.equal((await call("DeleteCluster", { cluster: "other" })).cluster.status, "INACTIVE");
  await assert.rejects(call("ListTasks", { cluster: "other" }), {
    name: "ClusterNotFoundException",
    message: "Cluster not found.",
  });
  assert.deepEqual(idsOf((await call("ListClusters")).clusterArns), ["default"]);
});

test("tags are put on, listed and taken off every kind of resource", async (t) => {
  const { call } = await startTestEndpoint(t);
  const { taskDefinition } = await call("RegisterTaskDefinition", agentDefinition());
  const { service } = await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const [instance] = (await call("ListContainerInstances")).containerInstanceArns;
  const [task] = (await call("ListTasks")).taskArns;
  for (const resourceArn of [
    taskDefinition.taskDefinitionArn,
    service.serviceArn,
    service.clusterArn,
    instance,
    task,
  ]) {
    await call("TagResource", {
      resourceArn,
      tags: [
        { key: "a", value: "1" },
        { key: "b", value: "2" },
      ],
    });
    await call("TagResource", { resourceArn, tags: [{ key: "a", value: "3" }] });
    await call("UntagResource", { resourceArn, tagKeys: ["b"] });
    assert.deepEqual((await call("ListTagsForResource", { resourceArn })).tags, [{ key: "a", value: "3" }]);
  }
  await assert.rejects(call("TagResource", { resourceArn: task, tags: [{ key: "aws:x" }] }), {
    name: "InvalidParameterException",
  });
});

test("account settings have defaults that can be overridden", async (t) => {
  const { call } = await startTestEndpoint(t);
  const { settings } = await call("ListAccountSettings", {
    effectiveSettings: true,
    name: "containerInsights",
  });
  assert.equal(settings[0].value, "disabled");
  await call("PutAccountSetting", { name: "containerInsights", value: "enabled" });
  const own = await call("ListAccountSettings");
  assert.deepEqual(
    own.settings.map((it: AnyAnswer) => [it.name, it.value]),
    [["containerInsights", "enabled"]],
  );
  const { setting } = await call("DeleteAccountSetting", { name: "containerInsights" });
  assert.equal(setting.value, "disabled");
});
