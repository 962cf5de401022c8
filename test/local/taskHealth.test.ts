// healthStatus of tasks and containers, and what becomes of a task whose health checks fail.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnyAnswer, agentDefinition, startTestEndpoint } from "../support/localEndpoint";

const healthCheck = { command: ["CMD", "true"], interval: 10, retries: 2 };

test("a task is as healthy as its essential containers that have a health check", async (context) => {
  const { call } = await startTestEndpoint(context, { instances: 1, startDelaySeconds: 0 });
  const container = (name: string, more: object) => ({ name, image: "a:1", cpu: 10, memory: 64, ...more });
  await call("RegisterTaskDefinition", {
    family: "mixed",
    containerDefinitions: [
      container("checked", { healthCheck }),
      container("plain", {}),
      container("extra", { essential: false, healthCheck }),
    ],
  });
  await call("RegisterTaskDefinition", agentDefinition("plain"));
  const health = async (taskDefinition: string) => {
    const { tasks } = await call("RunTask", { taskDefinition });
    const described = await call("DescribeTasks", { tasks: [tasks[0].taskArn] });
    const [{ healthStatus, containers }] = described.tasks;
    return [healthStatus, ...containers.map((it: AnyAnswer) => it.healthStatus)];
  };
  assert.deepEqual(await health("mixed"), ["HEALTHY", "HEALTHY", "UNKNOWN", "HEALTHY"]);
  assert.deepEqual(await health("plain"), ["UNKNOWN", "UNKNOWN"]);
});

test("failing checks make a task UNHEALTHY, and the scheduler of a service replaces it", async (context) => {
  const { call, local } = await startTestEndpoint(context, { instances: 1 });
  await call("RegisterTaskDefinition", agentDefinition("agent", { healthCheck }));
  await local("SetFault", { family: "agent", failure: "unhealthy", count: 1 });
  const agent = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  await call("CreateService", agent);
  const task = async () => {
    const { taskArns } = await call("ListTasks", { serviceName: "agent" });
    return (await call("DescribeTasks", { tasks: taskArns })).tasks[0];
  };
  const first = await task();
  assert.equal(first.healthStatus, "HEALTHY");
  await local("AdvanceClock", { seconds: 21 });
  const ill = await task();
  assert.deepEqual([ill.healthStatus, ill.lastStatus], ["UNHEALTHY", "RUNNING"]);
  await local("AdvanceClock", { seconds: 40 });
  const next = await task();
  assert.notEqual(next.taskArn, first.taskArn);
  assert.equal(next.healthStatus, "HEALTHY");
  const { tasks } = await call("DescribeTasks", { tasks: [first.taskArn] });
  assert.equal(tasks[0].stopCode, "ServiceSchedulerInitiated");
  assert.match(tasks[0].stoppedReason, /health checks/);
});

test("a task of no service stays UNHEALTHY, and one without a health check is not concerned", async (context) => {
  const { call, local } = await startTestEndpoint(context, { instances: 1 });
  await call("RegisterTaskDefinition", agentDefinition("checked", { healthCheck }));
  await call("RegisterTaskDefinition", agentDefinition("plain"));
  await local("SetFault", { failure: "unhealthy" });
  for (const [taskDefinition, expected] of [
    ["checked", "UNHEALTHY"],
    ["plain", "UNKNOWN"],
  ] as const) {
    const { tasks } = await call("RunTask", { taskDefinition });
    await local("AdvanceClock", { seconds: 600 });
    const [it] = (await call("DescribeTasks", { tasks: [tasks[0].taskArn] })).tasks;
    assert.deepEqual([it.healthStatus, it.lastStatus], [expected, "RUNNING"]);
  }
});
