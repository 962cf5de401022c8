// What ECS adds to tasks by itself: network interfaces, managed tags, image digests, host ports that Docker chose.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnyAnswer, agentDefinition, startTestEndpoint } from "../support/localEndpoint";

const daemon = { serviceName: "a", taskDefinition: "agent", schedulingStrategy: "DAEMON" };

async function tasksOf(
  call: (operation: string, input?: object) => Promise<AnyAnswer>,
): Promise<AnyAnswer[]> {
  const { taskArns } = await call("ListTasks");
  return (await call("DescribeTasks", { tasks: taskArns, include: ["TAGS"] })).tasks;
}

test("a task in awsvpc mode has a network interface in its subnet, and so have its containers", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 2 });
  await call("RegisterTaskDefinition", { ...agentDefinition(), networkMode: "awsvpc" });
  await call("CreateService", {
    ...daemon,
    networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-0123456789abcdef0"] } },
  });
  for (const task of await tasksOf(call)) {
    const [attachment] = task.attachments;
    assert.match(attachment.id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.deepEqual([attachment.type, attachment.status], ["ElasticNetworkInterface", "ATTACHED"]);
    const details = new Map(
      attachment.details.map((it: { name: string; value: string }) => [it.name, it.value]),
    );
    assert.equal(details.get("subnetId"), "subnet-0123456789abcdef0");
    assert.match(String(details.get("networkInterfaceId")), /^eni-0[0-9a-f]{16}$/);
    assert.match(String(details.get("macAddress")), /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
    assert.deepEqual(task.containers[0].networkInterfaces, [
      { attachmentId: attachment.id, privateIpv4Address: details.get("privateIPv4Address") },
    ]);
  }
});

test("managed tags name the cluster and the service, beside the tags that are propagated", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 1 });
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    ...daemon,
    enableECSManagedTags: true,
    propagateTags: "SERVICE",
    tags: [{ key: "team", value: "ops" }],
  });
  const [task] = await tasksOf(call);
  assert.deepEqual(task.tags, [
    { key: "aws:ecs:clusterName", value: "default" },
    { key: "aws:ecs:serviceName", value: "a" },
    { key: "team", value: "ops" },
  ]);
  const { tasks } = await call("RunTask", { taskDefinition: "agent", enableECSManagedTags: true });
  assert.deepEqual(tasks[0].tags, [{ key: "aws:ecs:clusterName", value: "default" }]);
});

test("a host port that Docker chose is bound, and is no resource that ECS counts", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 1 });
  const [container] = agentDefinition().containerDefinitions;
  const portMappings = [{ containerPort: 80 }, { containerPort: 81, hostPort: 8081 }];
  await call("RegisterTaskDefinition", {
    family: "agent",
    containerDefinitions: [{ ...container, portMappings }],
  });
  await call("CreateService", daemon);
  const [task] = await tasksOf(call);
  const bound = task.containers[0].networkBindings.map((it: { hostPort: number }) => it.hostPort);
  assert.ok(bound[0] >= 32_768);
  assert.equal(bound[1], 8081);
  const { containerInstances } = await call("DescribeContainerInstances", {
    containerInstances: [task.containerInstanceArn],
  });
  const ports = (resources: AnyAnswer[]) => resources.find((it) => it.name === "PORTS").stringSetValue;
  const [{ registeredResources, remainingResources }] = containerInstances;
  assert.deepEqual(ports(remainingResources), [...ports(registeredResources), "8081"]);
});

test("a started container has the digest of its image, and so has the service revision", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 1 });
  await call("RegisterTaskDefinition", agentDefinition());
  const { service } = await call("CreateService", daemon);
  const [task] = await tasksOf(call);
  assert.match(task.containers[0].imageDigest, /^sha256:[0-9a-f]{64}$/);
  const { services } = await call("DescribeServices", { services: ["a"] });
  const { serviceRevisions } = await call("DescribeServiceRevisions", {
    serviceRevisionArns: [services[0].currentServiceRevisions[0].arn],
  });
  const [revision] = serviceRevisions;
  assert.deepEqual(revision.containerImages, [
    {
      containerName: task.containers[0].name,
      imageDigest: task.containers[0].imageDigest,
      image: task.containers[0].image,
    },
  ]);
  assert.deepEqual(
    [revision.guardDutyEnabled, revision.serviceConnectConfiguration],
    [false, { enabled: false }],
  );
  assert.equal(service.serviceConnectConfiguration, undefined);
});

test("each container names the GPUs that it has", async (t) => {
  const fleetText = JSON.stringify({
    groups: [{ count: 1, instanceType: "p3.2xlarge", zones: ["us-east-1a"] }],
  });
  const { call } = await startTestEndpoint(t, { fleetText });
  const gpu = { resourceRequirements: [{ type: "GPU", value: "1" }] };
  const containerDefinitions = [
    { name: "without", image: "a", memory: 64 },
    { name: "with", image: "a", memory: 64, ...gpu },
  ];
  await call("RegisterTaskDefinition", { family: "gpu", containerDefinitions });
  const { tasks } = await call("RunTask", { taskDefinition: "gpu" });
  const [without, having] = tasks[0].containers;
  assert.deepEqual(having.gpuIds, ["GPU-0"]);
  assert.ok(!("gpuIds" in without));
});
