// ECS counts a task's room as free when the task is asked to stop; what takes the room waits PENDING until it is gone.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  type AnyAnswer,
  agentDefinition,
  startTestEndpoint,
  type TestEndpoint,
} from "../support/localEndpoint";

async function fullInstance(context: TestContext, more: object = {}): Promise<TestEndpoint> {
  const endpoint = await startTestEndpoint(context, { instances: 1, stopDelaySeconds: 30 });
  await endpoint.call("RegisterTaskDefinition", agentDefinition("web", { memory: 7000, ...more }));
  await endpoint.call("RegisterTaskDefinition", agentDefinition("agent", { memory: 2000, ...more }));
  await endpoint.call("RunTask", { taskDefinition: "web" });
  await endpoint.call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  return endpoint;
}

async function tasksOf({ call }: TestEndpoint, choice: object): Promise<AnyAnswer[]> {
  const { taskArns } = await call("ListTasks", choice);
  return taskArns.length === 0 ? [] : (await call("DescribeTasks", { tasks: taskArns })).tasks;
}

async function remainingMemory({ call }: TestEndpoint): Promise<number> {
  const { containerInstanceArns } = await call("ListContainerInstances");
  const { containerInstances } = await call("DescribeContainerInstances", {
    containerInstances: containerInstanceArns,
  });
  const [instance] = containerInstances;
  return instance.remainingResources.find((it: AnyAnswer) => it.name === "MEMORY").integerValue;
}

test("room is free when a task is asked to stop, and its successor is PENDING until it is gone", async (context) => {
  const endpoint = await fullInstance(context);
  const before = await remainingMemory(endpoint);
  assert.deepEqual(await tasksOf(endpoint, { serviceName: "agent" }), []);
  const [web] = await tasksOf(endpoint, { family: "web" });
  await endpoint.call("StopTask", { task: web.taskArn });
  assert.equal(await remainingMemory(endpoint), before + 7000 - 2000);
  assert.equal((await tasksOf(endpoint, { serviceName: "agent" }))[0].lastStatus, "PENDING");
  const [stopping] = await tasksOf(endpoint, { family: "web", desiredStatus: "STOPPED" });
  assert.equal(stopping.lastStatus, "RUNNING");
  await endpoint.local("AdvanceClock", { seconds: 31 });
  assert.equal((await tasksOf(endpoint, { serviceName: "agent" }))[0].lastStatus, "RUNNING");
  assert.equal(await remainingMemory(endpoint), before + 5000);
});

test("a host port is placed at once and bound when it is free", async (context) => {
  const ports = { memory: 300, portMappings: [{ containerPort: 80, hostPort: 8080 }] };
  const endpoint = await fullInstance(context, ports);
  const [web] = await tasksOf(endpoint, { family: "web" });
  await endpoint.call("StopTask", { task: web.taskArn });
  assert.equal((await tasksOf(endpoint, { serviceName: "agent" }))[0].lastStatus, "PENDING");
  await endpoint.local("AdvanceClock", { seconds: 31 });
  const [agent] = await tasksOf(endpoint, { serviceName: "agent" });
  assert.equal(agent.containers[0].networkBindings[0].hostPort, 8080);
});

test("room that is larger than what is left needs no waiting", async (context) => {
  const endpoint = await startTestEndpoint(context, { instances: 1, stopDelaySeconds: 30 });
  await endpoint.call("RegisterTaskDefinition", agentDefinition("web"));
  const { tasks } = await endpoint.call("RunTask", { taskDefinition: "web" });
  await endpoint.call("StopTask", { task: tasks[0].taskArn });
  await endpoint.call("RunTask", { taskDefinition: "web" });
  assert.equal((await tasksOf(endpoint, { family: "web" }))[0].lastStatus, "RUNNING");
});

test("no replica takes the room that a daemon's task gives up for its successor", async (context) => {
  const endpoint = await startTestEndpoint(context, { instances: 1, stopDelaySeconds: 30 });
  const { call, local } = endpoint;
  await call("RegisterTaskDefinition", agentDefinition("agent", { memory: 4000 }));
  await call("RegisterTaskDefinition", agentDefinition("web", { memory: 3000 }));
  const agent = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  await call("CreateService", agent);
  await call("CreateService", { serviceName: "web", taskDefinition: "web", desiredCount: 2 });
  assert.equal((await tasksOf(endpoint, { serviceName: "web" })).length, 1);
  await call("UpdateService", { service: "agent", forceNewDeployment: true });
  await call("UpdateService", { service: "web", desiredCount: 3 });
  assert.equal((await call("RunTask", { taskDefinition: "web" })).failures[0].reason, "RESOURCE:MEMORY");
  await local("AdvanceClock", { seconds: 31 });
  assert.equal((await tasksOf(endpoint, { serviceName: "agent" }))[0].lastStatus, "RUNNING");
  assert.equal((await tasksOf(endpoint, { serviceName: "web" })).length, 1);
  await call("DeleteService", { service: "agent", force: true });
  await local("AdvanceClock", { seconds: 31 });
  assert.equal((await tasksOf(endpoint, { serviceName: "web" })).length, 2);
});
