// The operations on task definitions, and what the rules reject.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnyAnswer, agentDefinition, idsOf, startTestEndpoint } from "../support/localEndpoint";

test("task definitions have revisions that are never used twice", async (t) => {
  const { call } = await startTestEndpoint(t);
  const tags = [{ key: "team", value: "x" }];
  const first = await call("RegisterTaskDefinition", { ...agentDefinition(), tags });
  assert.deepEqual([first.taskDefinition.revision, first.tags], [1, tags]);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("RegisterTaskDefinition", agentDefinition("zebra"));
  const describe = async (taskDefinition: string, include: string[] = []) =>
    call("DescribeTaskDefinition", { taskDefinition, include });
  assert.equal((await describe("agent")).taskDefinition.revision, 2);
  assert.deepEqual((await describe("agent:1", ["TAGS"])).tags, tags);
  assert.equal(
    (await describe("arn:aws:ecs:us-east-1:123456789012:task-definition/agent:1")).taskDefinition.revision,
    1,
  );
  await assert.rejects(describe("agent:7"), {
    name: "ClientException",
    message: "Unable to describe task definition.",
  });
  const list = async (input: object) => idsOf((await call("ListTaskDefinitions", input)).taskDefinitionArns);
  assert.deepEqual(await list({}), ["agent:1", "agent:2", "zebra:1"]);
  assert.deepEqual(await list({ familyPrefix: "agent", sort: "DESC" }), ["agent:2", "agent:1"]);
  const gone = await call("DeregisterTaskDefinition", { taskDefinition: "agent:2" });
  assert.equal(gone.taskDefinition.status, "INACTIVE");
  assert.equal((await describe("agent")).taskDefinition.revision, 1);
  assert.deepEqual(await list({ status: "INACTIVE" }), ["agent:2"]);
  const deleted = await call("DeleteTaskDefinitions", { taskDefinitions: ["agent:2", "agent:1"] });
  assert.deepEqual([deleted.taskDefinitions[0].status, deleted.failures.length], ["DELETE_IN_PROGRESS", 1]);
  const next = await call("RegisterTaskDefinition", agentDefinition());
  assert.equal(next.taskDefinition.revision, 3);
  assert.deepEqual((await call("ListTaskDefinitionFamilies", { status: "ACTIVE" })).families, [
    "agent",
    "zebra",
  ]);
});

test("a registered definition has ECS's defaults, requiresAttributes and compatibilities", async (t) => {
  const { call } = await startTestEndpoint(t);
  const { taskDefinition } = await call("RegisterTaskDefinition", {
    ...agentDefinition("agent", {
      portMappings: [{ containerPort: 8126 }],
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "g", "awslogs-region": "us-east-1" },
      },
      futureMember: true,
    }),
    networkMode: "host",
    cpu: "1 vCPU",
    memory: "0.5 GB",
  });
  const [container] = taskDefinition.containerDefinitions;
  assert.deepEqual(container.portMappings, [{ containerPort: 8126, hostPort: 8126, protocol: "tcp" }]);
  assert.deepEqual([container.essential, container.mountPoints], [true, []]);
  assert.deepEqual([taskDefinition.cpu, taskDefinition.memory], ["1024", "512"]);
  assert.ok(
    taskDefinition.requiresAttributes.some(
      (it: AnyAnswer) => it.name === "com.amazonaws.ecs.capability.logging-driver.awslogs",
    ),
  );
  assert.deepEqual(taskDefinition.compatibilities, ["EXTERNAL", "EC2"]);
});

test("what the editor underlines as an error, the endpoint rejects in ECS's words", async (t) => {
  const { call } = await startTestEndpoint(t);
  const [container] = agentDefinition().containerDefinitions;
  await assert.rejects(
    call("RegisterTaskDefinition", {
      family: "agent",
      containerDefinitions: [
        { ...container, mountPoints: [{ sourceVolume: "logs", containerPath: "/logs" }] },
      ],
    }),
    { name: "ClientException", message: /Unknown volume 'logs'/ },
  );
  await call("RegisterTaskDefinition", agentDefinition());
  const create = (more: object) =>
    call("CreateService", {
      serviceName: "agent",
      taskDefinition: "agent",
      schedulingStrategy: "DAEMON",
      ...more,
    });
  await assert.rejects(create({ placementStrategy: [{ type: "random" }] }), {
    name: "InvalidParameterException",
    message: /^The daemon scheduling strategy does not support placement strategies\./,
  });
  await assert.rejects(create({ deploymentConfiguration: { maximumPercent: 200 } }), {
    name: "InvalidParameterException",
    message: /^The daemon scheduling strategy does not support values above 100 for maximumPercent/,
  });
  await assert.rejects(create({ taskDefinition: "none" }), {
    name: "ClientException",
    message: "TaskDefinition not found.",
  });
  await assert.rejects(create({ cluster: "none" }), { name: "ClusterNotFoundException" });
});

test("a deleted revision that a service uses stays until the service is gone", async (t) => {
  const { call, local } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  await call("DeregisterTaskDefinition", { taskDefinition: "agent:1" });
  await call("DeleteTaskDefinitions", { taskDefinitions: ["agent:1"] });
  const { taskDefinition } = await call("DescribeTaskDefinition", { taskDefinition: "agent:1" });
  assert.equal(taskDefinition.status, "DELETE_IN_PROGRESS");
  await assert.rejects(call("RunTask", { taskDefinition: "agent:1" }), {
    name: "ClientException",
    message: "TaskDefinition is inactive",
  });
  await local("AdvanceClock", { seconds: 3600 });
  await call("DescribeTaskDefinition", { taskDefinition: "agent:1" });
  await call("DeleteService", { service: "agent" });
  await assert.rejects(call("DescribeTaskDefinition", { taskDefinition: "agent:1" }), {
    name: "ClientException",
    message: "Unable to describe task definition.",
  });
});

test("a deleted revision that nothing uses can be described for an hour", async (t) => {
  const { call, local } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("DeregisterTaskDefinition", { taskDefinition: "agent:1" });
  await call("DeleteTaskDefinitions", { taskDefinitions: ["agent:1"] });
  await local("AdvanceClock", { seconds: 3500 });
  const { taskDefinition } = await call("DescribeTaskDefinition", { taskDefinition: "agent:1" });
  assert.equal(taskDefinition.status, "DELETE_IN_PROGRESS");
  const listed = await call("ListTaskDefinitions", { status: "DELETE_IN_PROGRESS" });
  assert.equal(listed.taskDefinitionArns.length, 1);
  await local("AdvanceClock", { seconds: 200 });
  await assert.rejects(call("DescribeTaskDefinition", { taskDefinition: "agent:1" }), {
    name: "ClientException",
  });
});

test("a revision that cannot be deleted is answered with the reason alone", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const references = ["agent:1", "agent", "agent:foo", "nobody:1"];
  const { taskDefinitions, failures } = await call("DeleteTaskDefinitions", { taskDefinitions: references });
  assert.deepEqual(taskDefinitions, []);
  const invalid =
    "The specified task definition identifier is invalid. Specify a valid name or ARN and try again.";
  assert.deepEqual(failures, [
    {
      arn: "agent:1",
      reason:
        "The specified task definition is still in ACTIVE status. Please deregister the target and try again.",
    },
    { arn: "agent", reason: invalid },
    { arn: "agent:foo", reason: invalid },
    {
      arn: "nobody:1",
      reason:
        "The specified task definition does not exist. Specify a valid account, family, revision and try again.",
    },
  ]);
});

test("members that occur in answers alone are ignored, as ECS ignores what it does not know", async (t) => {
  const { call } = await startTestEndpoint(t);
  const { taskDefinition } = await call("RegisterTaskDefinition", agentDefinition());
  const again = await call("RegisterTaskDefinition", taskDefinition);
  assert.equal(again.taskDefinition.revision, 2);
  assert.equal(again.taskDefinition.status, "ACTIVE");
});
