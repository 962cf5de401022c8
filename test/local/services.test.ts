// The operations on services and their history.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnyAnswer, agentDefinition, idsOf, startTestEndpoint } from "../support/localEndpoint";

test("creating a service twice needs the same token and the same input", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const input = {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    clientToken: "one",
  };
  const first = await call("CreateService", input);
  const second = await call("CreateService", input);
  assert.equal(second.service.deployments[0].id, first.service.deployments[0].id);
  const refused = { name: "InvalidParameterException", message: "Creation of service was not idempotent." };
  await assert.rejects(call("CreateService", { ...input, launchType: "EC2" }), refused);
  await assert.rejects(call("CreateService", { ...input, clientToken: "two" }), refused);
});

test("services are described, listed, updated and deleted by name and ARN", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  await call("CreateService", { serviceName: "web", taskDefinition: "agent", desiredCount: 7 });
  const { services, failures } = await call("DescribeServices", { services: ["web", "none"] });
  assert.equal(services[0].runningCount, 7);
  assert.equal(failures[0].reason, "MISSING");
  await assert.rejects(call("DescribeServices", { services: Array(11).fill("web") }), {
    name: "InvalidParameterException",
  });
  const daemons = await call("ListServices", { schedulingStrategy: "DAEMON" });
  assert.deepEqual(idsOf(daemons.serviceArns), ["agent"]);
  await assert.rejects(call("UpdateService", { service: "none" }), {
    name: "ServiceNotFoundException",
    message: "Service not found.",
  });
  await assert.rejects(call("UpdateService", { service: "agent", desiredCount: 3 }), {
    name: "InvalidParameterException",
    message: /^The daemon scheduling strategy does not support a desired count/,
  });
  await call("UpdateService", { service: services[0].serviceArn, desiredCount: 2 });
  assert.equal((await call("DescribeServices", { services: ["web"] })).services[0].runningCount, 2);
  await assert.rejects(call("DeleteService", { service: "web" }), {
    name: "InvalidParameterException",
    message: "The service cannot be stopped while it is scaled above 0.",
  });
  await call("DeleteService", { service: "web", force: true });
  await assert.rejects(call("UpdateService", { service: "web", desiredCount: 1 }), {
    name: "ServiceNotActiveException",
    message: "Service was not ACTIVE.",
  });
});

test("replicas spread over zones and instances, and follow distinctInstance", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    serviceName: "web",
    taskDefinition: "agent",
    desiredCount: 6,
    placementConstraints: [{ type: "distinctInstance" }],
  });
  const { services } = await call("DescribeServices", { services: ["web"] });
  assert.equal(services[0].runningCount, 5);
  assert.match(
    services[0].events.map((it: AnyAnswer) => it.message).join("\n"),
    /DistinctInstance placement constraint unsatisfied/,
  );
  const { taskArns } = await call("ListTasks", { serviceName: "web" });
  const { tasks } = await call("DescribeTasks", { tasks: taskArns });
  assert.equal(new Set(tasks.map((it: AnyAnswer) => it.containerInstanceArn)).size, 5);
});

test("service deployments and revisions tell the history", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  await call("UpdateService", { service: "agent", forceNewDeployment: true });
  const { serviceDeployments } = await call("ListServiceDeployments", { service: "agent" });
  assert.deepEqual(
    serviceDeployments.map((it: AnyAnswer) => it.status),
    ["SUCCESSFUL", "SUCCESSFUL"],
  );
  const arns = serviceDeployments.map((it: AnyAnswer) => it.serviceDeploymentArn);
  const described = await call("DescribeServiceDeployments", { serviceDeploymentArns: arns });
  const revisions = described.serviceDeployments.map((it: AnyAnswer) => it.targetServiceRevision.arn);
  const answer = await call("DescribeServiceRevisions", { serviceRevisionArns: revisions });
  assert.deepEqual(
    answer.serviceRevisions.map((it: AnyAnswer) => it.taskDefinition),
    Array(2).fill("arn:aws:ecs:us-east-1:123456789012:task-definition/agent:1"),
  );
});

test("a deployment that a user stops goes back to the one before", async (t) => {
  const { call, local } = await startTestEndpoint(t, { startDelaySeconds: 60 });
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  await local("AdvanceClock", { seconds: 60 });
  const stop = (serviceDeploymentArn: string) => call("StopServiceDeployment", { serviceDeploymentArn });
  const current = async () => (await call("DescribeServices", { services: ["agent"] })).services[0];
  const status = async (arn: string) =>
    (await call("DescribeServiceDeployments", { serviceDeploymentArns: [arn] })).serviceDeployments[0].status;
  const first = (await current()).currentServiceDeployment;
  await call("RegisterTaskDefinition", agentDefinition());
  await call("UpdateService", { service: "agent", taskDefinition: "agent:2" });
  const second = (await current()).currentServiceDeployment;
  await assert.rejects(stop(first), { name: "ConflictException" });
  await stop(second);
  assert.equal(await status(second), "ROLLBACK_IN_PROGRESS");
  assert.match((await current()).taskDefinition, /agent:1$/);
  await local("AdvanceClock", { seconds: 60 });
  assert.equal(await status(second), "ROLLBACK_SUCCESSFUL");
  assert.equal((await current()).runningCount, 5);
  await assert.rejects(stop(first.replace(/\d+$/, "1")), { name: "ServiceDeploymentNotFoundException" });
});

test("a cluster's default capacity provider strategy keeps daemons out unless they say EC2", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("PutClusterCapacityProviders", {
    cluster: "default",
    capacityProviders: ["FARGATE"],
    defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
  });
  const daemon = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  await assert.rejects(call("CreateService", daemon), {
    name: "InvalidParameterException",
    message:
      "Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.",
  });
  await call("CreateService", { ...daemon, launchType: "EC2" });
  assert.equal((await call("DescribeCapacityProviders")).capacityProviders.length, 2);
});

test("an update is checked against the task definition that the service keeps, and its own members against a new one", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const targetGroupArn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/a/1";
  const balanced = (containerName: string) => ({
    loadBalancers: [{ targetGroupArn, containerName, containerPort: 80 }],
  });
  const refusals: readonly (readonly [object, RegExp])[] = [
    [balanced("agent"), /^The container agent did not have a container port 80 defined$/],
    [balanced("other"), /^The container other does not exist in the task definition$/],
    [
      { networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"] } } },
      /^Network Configuration is not valid for the given networkMode/,
    ],
    [{ enableExecuteCommand: true }, /a valid taskRoleArn is not being used/],
  ];
  for (const [members, message] of refusals)
    await assert.rejects(call("UpdateService", { service: "agent", ...members }), {
      name: "InvalidParameterException",
      message,
    });
  const container = { name: "agent", image: "x", memory: 64, portMappings: [{ containerPort: 80 }] };
  await call("RegisterTaskDefinition", { family: "agent", containerDefinitions: [container] });
  await call("UpdateService", { service: "agent", taskDefinition: "agent", ...balanced("agent") });
  await call("UpdateService", { service: "agent", forceNewDeployment: true });
  await assert.rejects(call("UpdateService", { service: "agent", taskDefinition: "agent:1" }), {
    message: /did not have a container port 80/,
  });
});
