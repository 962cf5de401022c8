// Task scale-in protection: neither scaling in nor a deployment stops a protected task, until the protection ends.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { agentDefinition, startTestEndpoint } from "../support/localEndpoint";

async function stage(context: TestContext) {
  const endpoint = await startTestEndpoint(context, { instances: 3 });
  const { call } = endpoint;
  await call("RegisterTaskDefinition", agentDefinition("web"));
  await call("CreateService", { serviceName: "web", taskDefinition: "web", desiredCount: 3 });
  const { taskArns } = await call("ListTasks", { serviceName: "web" });
  const tasks = [taskArns[0], taskArns[2]];
  const protect = (protectionEnabled: boolean, expiresInMinutes = 60) =>
    call("UpdateTaskProtection", { tasks, protectionEnabled, expiresInMinutes });
  await protect(true);
  const running = async (): Promise<string[]> => (await call("ListTasks", { serviceName: "web" })).taskArns;
  return { ...endpoint, tasks, protect, running };
}

test("scaling in takes what is not protected and waits for the rest", async (context) => {
  const { call, local, tasks, protect, running } = await stage(context);
  await call("UpdateService", { service: "web", desiredCount: 2 });
  assert.deepEqual((await running()).sort(), [...tasks].sort());
  await call("UpdateService", { service: "web", desiredCount: 1 });
  assert.equal((await running()).length, 2);
  await protect(true, 10);
  await local("AdvanceClock", { seconds: 9 * 60 });
  assert.equal((await running()).length, 2);
  await local("AdvanceClock", { seconds: 2 * 60 });
  assert.equal((await running()).length, 1);
});

test("a deployment leaves protected tasks until the protection is taken away", async (context) => {
  const { call, tasks, protect, running } = await stage(context);
  await call("UpdateService", { service: "web", forceNewDeployment: true });
  const during = await running();
  for (const it of tasks) assert.ok(during.includes(it));
  assert.ok(during.length <= 6);
  await protect(false);
  const after = await running();
  assert.equal(after.length, 3);
  for (const it of tasks) assert.ok(!after.includes(it));
});
