// The operations on tasks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnyAnswer, agentDefinition, idsOf, startTestEndpoint } from "../support/localEndpoint";

test("tasks are listed by every filter and stopped by id", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("RegisterTaskDefinition", agentDefinition("job"));
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const { tasks } = await call("RunTask", {
    taskDefinition: "job",
    count: 2,
    startedBy: "me",
    group: "jobs",
  });
  assert.deepEqual(
    tasks.map((it: AnyAnswer) => [it.lastStatus, it.group]),
    [
      ["PENDING", "jobs"],
      ["PENDING", "jobs"],
    ],
  );
  const count = async (input: object) => (await call("ListTasks", input)).taskArns.length;
  assert.equal(await count({}), 7);
  assert.equal(await count({ family: "job" }), 2);
  assert.equal(await count({ startedBy: "me" }), 2);
  assert.equal(await count({ serviceName: "agent" }), 5);
  assert.equal(await count({ launchType: "FARGATE" }), 0);
  assert.equal(await count({ containerInstance: tasks[0].containerInstanceArn }), 2);
  const [id = ""] = idsOf([tasks[0].taskArn]);
  await call("StopTask", { task: id });
  assert.equal(await count({ family: "job" }), 1);
  assert.equal(await count({ desiredStatus: "STOPPED" }), 1);
  await assert.rejects(call("StopTask", { task: "0".repeat(32) }), {
    name: "InvalidParameterException",
    message: "The referenced task was not found.",
  });
  await assert.rejects(call("DescribeTasks", { tasks: ["nonsense"] }), {
    message: "taskId length should be one of [32,36]",
  });
  await assert.rejects(call("ListTasks", { serviceName: "none" }), { name: "ServiceNotFoundException" });
});

test("StartTask starts on the instances that are named, or says why not", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 2 });
  const [first, second] = (await call("ListContainerInstances")).containerInstanceArns;
  await call("RegisterTaskDefinition", agentDefinition("big", { memory: 7000 }));
  const containerInstances = [first, first, second, "0".repeat(32)];
  const { tasks, failures } = await call("StartTask", { taskDefinition: "big", containerInstances });
  assert.deepEqual(
    tasks.map((it: AnyAnswer) => it.containerInstanceArn),
    [first, second],
  );
  assert.deepEqual(
    failures.map((it: AnyAnswer) => it.reason),
    ["RESOURCE:MEMORY", "MISSING"],
  );
});

test("dynamic host ports are free ones and are shown with the task", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 1 });
  await call("RegisterTaskDefinition", agentDefinition("web", { portMappings: [{ containerPort: 80 }] }));
  await call("RunTask", { taskDefinition: "web", count: 2 });
  const { taskArns } = await call("ListTasks");
  const { tasks } = await call("DescribeTasks", { tasks: taskArns });
  const ports = tasks.map((it: AnyAnswer) => it.containers[0].networkBindings[0].hostPort);
  assert.deepEqual(ports.sort(), [32768, 32769]);
});

test("where every container instance has its one task already, the next is told so", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 2 });
  await call("RegisterTaskDefinition", agentDefinition());
  const placementConstraints = [{ type: "distinctInstance" }];
  const { tasks, failures } = await call("RunTask", {
    taskDefinition: "agent",
    count: 3,
    placementConstraints,
  });
  assert.equal(tasks.length, 2);
  const reason = "DistinctInstance placement constraint unsatisfied.";
  assert.deepEqual(
    failures.map((it: AnyAnswer) => it.reason),
    [reason, reason],
  );
  const service = { serviceName: "web", taskDefinition: "agent", placementConstraints, desiredCount: 3 };
  await call("CreateService", service);
  const { services } = await call("DescribeServices", { services: ["web"] });
  assert.ok(
    services[0].events.some((it: AnyAnswer) => it.message.includes(`encountered error "${reason}".`)),
  );
});

test("an override names a container of the definition", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const [containerInstance] = (await call("ListContainerInstances")).containerInstanceArns;
  const start = { taskDefinition: "agent", containerInstances: [containerInstance] };
  const overrides = (name: string) => ({ overrides: { containerOverrides: [{ name, command: ["x"] }] } });
  for (const operation of ["RunTask", "StartTask"]) {
    await assert.rejects(call(operation, { ...start, ...overrides("sidecar") }), {
      name: "InvalidParameterException",
      message: "Override for container named sidecar is not a container in the TaskDefinition.",
    });
    await call(operation, { ...start, overrides: { containerOverrides: [{}] } });
    const { tasks } = await call(operation, { ...start, ...overrides("agent") });
    assert.deepEqual(tasks[0].overrides.containerOverrides, [{ name: "agent", command: ["x"] }]);
  }
});

test("an override is refused where an object of it lacks what it needs", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const inContainer = (more: object) => ({ containerOverrides: [{ name: "agent", ...more }] });
  for (const [overrides, message] of [
    [{ ephemeralStorage: {} }, "overrides.ephemeralStorage needs 'sizeInGiB'."],
    [{ ephemeralStorage: { sizeInGiB: null } }, "overrides.ephemeralStorage needs 'sizeInGiB'."],
    [
      inContainer({ resourceRequirements: [{ value: "1" }] }),
      "overrides.containerOverrides[0].resourceRequirements[0] needs 'type'.",
    ],
    [
      inContainer({ environmentFiles: [{ type: "s3" }] }),
      "overrides.containerOverrides[0].environmentFiles[0] needs 'value'.",
    ],
  ] as const)
    await assert.rejects(call("RunTask", { taskDefinition: "agent", overrides }), {
      name: "InvalidParameterException",
      message,
    });
});

test("a task names each of its containers in its overrides, whatever RunTask was given", async (t) => {
  const { call } = await startTestEndpoint(t);
  const [agent] = agentDefinition().containerDefinitions;
  const containerDefinitions = [agent, { ...agent, name: "sidecar" }];
  await call("RegisterTaskDefinition", { family: "agent", containerDefinitions });
  const named = [{ name: "agent" }, { name: "sidecar" }];
  const command = { name: "sidecar", command: ["x"] };
  const cases = [
    [undefined, { containerOverrides: named }],
    [{}, { containerOverrides: named }],
    [{ containerOverrides: [{}] }, { containerOverrides: named }],
    [{ cpu: "64" }, { cpu: "64", containerOverrides: named }],
    [{ containerOverrides: [command] }, { containerOverrides: [{ name: "agent" }, command] }],
  ];
  for (const [overrides, expected] of cases) {
    const { tasks } = await call("RunTask", { taskDefinition: "agent", overrides });
    assert.deepEqual(tasks[0].overrides, { ...expected, inferenceAcceleratorOverrides: [] });
  }
});

test("RunTask again with the same client token starts nothing more", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition("job"));
  const input = { taskDefinition: "job", count: 2, clientToken: "once" };
  const first = await call("RunTask", input);
  const second = await call("RunTask", input);
  const arns = (answer: AnyAnswer) => answer.tasks.map((it: AnyAnswer) => it.taskArn);
  assert.deepEqual(arns(second), arns(first));
  assert.equal((await call("ListTasks")).taskArns.length, 2);
  await assert.rejects(call("RunTask", { ...input, count: 1 }), { name: "ConflictException" });
});

test("a task that fits nowhere is refused with the reason of every instance", async (t) => {
  const { call, local } = await startTestEndpoint(t, { instances: 2 });
  await call("RegisterTaskDefinition", agentDefinition("huge", { memory: 100_000 }));
  const { containerInstanceArns } = await call("ListContainerInstances");
  await local("UpdateContainerInstance", {
    containerInstance: containerInstanceArns[1],
    agentConnected: false,
  });
  const { tasks, failures } = await call("RunTask", { taskDefinition: "huge", count: 3 });
  assert.deepEqual(tasks, []);
  assert.deepEqual(failures, [
    { arn: containerInstanceArns[0], reason: "RESOURCE:MEMORY" },
    { arn: containerInstanceArns[1], reason: "AGENT" },
  ]);
  const placementConstraints = [{ type: "memberOf", expression: "attribute:env ==" }];
  await assert.rejects(call("RunTask", { taskDefinition: "huge", placementConstraints }), {
    name: "InvalidParameterException",
  });
});

test("a task is refused for what a service is refused for, before anything starts", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("RegisterTaskDefinition", { ...agentDefinition("own-address"), networkMode: "awsvpc" });
  const networkConfiguration = { awsvpcConfiguration: { subnets: ["subnet-1"] } };
  const provider = { capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }] };
  const agent = { taskDefinition: "agent" };
  for (const [input, message] of [
    [
      { taskDefinition: "own-address" },
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    ],
    [
      { ...agent, networkConfiguration },
      "Network Configuration is not valid for the given networkMode of this task definition.",
    ],
    [
      { ...agent, launchType: "EC2", ...provider },
      "Specifying both a launch type and capacity provider strategy is not supported",
    ],
    [{ ...agent, placementStrategy: [{ type: "binpack", field: "x" }] }, "binpack field 'x' is invalid"],
    [
      { ...agent, launchType: "EC2", platformVersion: "1.4.0" },
      "The platform version must be null when specifying an EC2 launch type",
    ],
    [{ ...agent, startedBy: "x".repeat(129) }, "startedBy can have at most 128 characters: it has 129."],
  ] as const)
    await assert.rejects(call("RunTask", input), { name: "InvalidParameterException", message });
  await assert.rejects(call("RunTask", { ...agent, ...provider }), /not associated with the cluster/);
  await call("PutClusterCapacityProviders", {
    cluster: "default",
    capacityProviders: ["FARGATE"],
    defaultCapacityProviderStrategy: [],
  });
  await assert.rejects(call("RunTask", { ...agent, ...provider }), {
    name: "UnsupportedFeatureException",
    message: /container instances only/,
  });
  await assert.rejects(call("RunTask", { ...agent, placementStrategy: {} }), {
    name: "SerializationException",
  });
  const owned = { taskDefinition: "own-address", networkConfiguration };
  assert.equal((await call("RunTask", owned)).tasks.length, 1);
  assert.equal((await call("ListTasks")).taskArns.length, 1);
});

test("a task of no service takes no tags of a service", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const { containerInstanceArns } = await call("ListContainerInstances");
  const input = { taskDefinition: "agent", propagateTags: "SERVICE" };
  const refused = { name: "InvalidParameterException", message: /^propagateTags can not be SERVICE/ };
  await assert.rejects(call("RunTask", input), refused);
  await assert.rejects(call("StartTask", { ...input, containerInstances: containerInstanceArns }), refused);
  await assert.rejects(call("RunTask", { taskDefinition: "agent", propagateTags: "SERVCE" }), {
    name: "InvalidParameterException",
  });
  assert.deepEqual((await call("ListTasks")).taskArns, []);
});

test("overrides and a client token are as long as the API allows", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const run = (length: number, token = 64) => {
    const environment = [{ name: "A", value: "" }];
    const empty = JSON.stringify([{ name: "agent", environment }]).length;
    const filled = [{ name: "A", value: "v".repeat(length - empty) }];
    const containerOverrides = [{ name: "agent", environment: filled }];
    const clientToken = "t".repeat(token);
    return call("RunTask", { taskDefinition: "agent", overrides: { containerOverrides }, clientToken });
  };
  assert.equal((await run(8192)).tasks.length, 1);
  const name = "InvalidParameterException";
  await assert.rejects(run(8193, 63), { name, message: "Container Overrides length must be at most 8192" });
  await assert.rejects(run(100, 65), { name, message: /at most 64 characters/ });
});
