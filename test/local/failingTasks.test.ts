// Tasks that do not come up: stopped reasons, retries that wait longer and longer, and the circuit breaker.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ListClustersCommand, RunTaskCommand } from "@aws-sdk/client-ecs";
import {
  type AnyAnswer,
  agentDefinition,
  startTestEndpoint,
  type TestEndpoint,
} from "../support/localEndpoint";
import { until } from "../support/until";

const service = async (it: TestEndpoint): Promise<AnyAnswer> =>
  (await it.call("DescribeServices", { services: ["agent"] })).services[0];

async function stoppedTasks(it: TestEndpoint): Promise<AnyAnswer[]> {
  const { taskArns } = await it.call("ListTasks", { serviceName: "agent", desiredStatus: "STOPPED" });
  return taskArns.length === 0 ? [] : (await it.call("DescribeTasks", { tasks: taskArns })).tasks;
}

const daemon = (more: object = {}) => ({
  serviceName: "agent",
  taskDefinition: "agent",
  schedulingStrategy: "DAEMON",
  ...more,
});

test("an image that cannot be pulled is told by the stopped task", async (t) => {
  const it = await startTestEndpoint(t, { instances: 2 });
  await it.call("RegisterTaskDefinition", agentDefinition());
  await it.local("SetFault", { family: "agent", failure: "CannotPullContainerError" });
  await it.call("CreateService", daemon());
  const [stopped] = await stoppedTasks(it);
  assert.equal(stopped.stopCode, "TaskFailedToStart");
  assert.match(stopped.stoppedReason, /^CannotPullContainerError: /);
  assert.match(stopped.containers[0].reason, /^CannotPullContainerError: /);
  assert.equal(stopped.startedAt, undefined);
  const { runningCount, deployments } = await service(it);
  assert.deepEqual([runningCount, deployments[0].failedTasks], [0, 2]);
});

test("a container that exits is told with its exit code, and the daemon comes up when the fault is gone", async (t) => {
  const it = await startTestEndpoint(t, { instances: 1 });
  await it.call("RegisterTaskDefinition", agentDefinition());
  await it.local("SetFault", { service: "agent", failure: "exit", exitCode: 137, count: 2 });
  await it.call("CreateService", daemon());
  const [first] = await stoppedTasks(it);
  assert.deepEqual(
    [first.stopCode, first.stoppedReason, first.containers[0].exitCode],
    ["EssentialContainerExited", "Essential container in task exited", 137],
  );
  assert.equal((await stoppedTasks(it)).length, 1);
  await it.local("AdvanceClock", { seconds: 1 });
  assert.equal((await stoppedTasks(it)).length, 2);
  await it.local("AdvanceClock", { seconds: 1 });
  assert.equal((await service(it)).runningCount, 0);
  await it.local("AdvanceClock", { seconds: 1 });
  assert.equal((await service(it)).runningCount, 1);
});

test("a service whose tasks keep failing says so once", async (t) => {
  const it = await startTestEndpoint(t, { instances: 1 });
  await it.call("RegisterTaskDefinition", agentDefinition());
  await it.local("SetFault", { family: "agent", failure: "exit" });
  await it.call("CreateService", daemon());
  for (let round = 0; round < 6; round += 1) await it.local("AdvanceClock", { seconds: 2 ** round });
  const messages: string[] = (await service(it)).events.map((event: AnyAnswer) => event.message);
  const complaints = messages.filter((one) =>
    one.includes("is unable to consistently start tasks successfully."),
  );
  assert.equal(complaints.length, 1);
});

test("the circuit breaker fails a deployment and rolls back to the last one that worked", async (t) => {
  const it = await startTestEndpoint(t);
  await it.call("RegisterTaskDefinition", agentDefinition());
  await it.call(
    "CreateService",
    daemon({
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    }),
  );
  await it.call("RegisterTaskDefinition", agentDefinition("agent", { image: "example/agent:broken" }));
  await it.local("SetFault", { family: "agent", failure: "CannotPullContainerError", count: 5 });
  await it.call("UpdateService", { service: "agent", taskDefinition: "agent:2" });
  const { deployments, runningCount, events, taskDefinition } = await service(it);
  assert.match(taskDefinition, /agent:1$/);
  assert.deepEqual([deployments.length, runningCount], [1, 5]);
  const messages: string[] = events.map((event: AnyAnswer) => event.message);
  assert.ok(
    messages.some((one) =>
      /\(deployment ecs-svc\/\d+\) deployment failed: tasks failed to start\.$/.test(one),
    ),
  );
  assert.ok(messages.some((one) => /rolling back to deployment ecs-svc\/\d+\.$/.test(one)));
  const { serviceDeployments } = await it.call("ListServiceDeployments", { service: "agent" });
  assert.deepEqual(serviceDeployments.map((one: AnyAnswer) => one.status).sort(), [
    "ROLLBACK_SUCCESSFUL",
    "SUCCESSFUL",
  ]);
});

test("without rollback a failed deployment starts nothing more", async (t) => {
  const it = await startTestEndpoint(t);
  await it.call("RegisterTaskDefinition", agentDefinition());
  await it.local("SetFault", { family: "agent", failure: "CannotPullContainerError" });
  await it.call(
    "CreateService",
    daemon({
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    }),
  );
  const { deployments } = await service(it);
  assert.deepEqual(
    [deployments[0].rolloutState, deployments[0].rolloutStateReason],
    ["FAILED", "ECS deployment circuit breaker: tasks failed to start."],
  );
  const before = (await stoppedTasks(it)).length;
  await it.local("AdvanceClock", { seconds: 600 });
  assert.equal((await stoppedTasks(it)).length, before);
  await it.local("SetFault", { clear: true });
  await it.call("UpdateService", { service: "agent", forceNewDeployment: true });
  assert.equal((await service(it)).runningCount, 5);
});

test("faults of calls reach the client, and the SDK tries again", async (t) => {
  const it = await startTestEndpoint(t);
  const throttle = { operation: "ListClusters", effect: "throttle", count: 1 };
  await it.local("SetFault", throttle);
  await assert.rejects(it.call("ListClusters"), { name: "ThrottlingException", message: "Rate exceeded" });
  await it.local("SetFault", throttle);
  await it.local("SetFault", { operation: "ListClusters", effect: "serverError", count: 1 });
  const { clusterArns, $metadata } = await it.client.send(new ListClustersCommand({}));
  assert.deepEqual([clusterArns?.length, $metadata.attempts], [1, 3]);
});

test("a connection that breaks after the work was done is a retry that must not do it twice", async (t) => {
  const it = await startTestEndpoint(t);
  await it.call("RegisterTaskDefinition", agentDefinition());
  await it.local("SetFault", { operation: "RunTask", effect: "reset", count: 1 });
  const { $metadata } = await it.client.send(
    new RunTaskCommand({ taskDefinition: "agent", clientToken: "once" }),
  );
  assert.equal($metadata.attempts, 2);
  assert.equal((await it.call("ListTasks")).taskArns.length, 1);
});

test("a slow answer comes all the same", async (t) => {
  const it = await startTestEndpoint(t);
  await it.local("SetFault", { operation: "ListClusters", effect: "delay", seconds: 3600, count: 1 });
  let endPause: (() => void) | undefined;
  const original = globalThis.setTimeout;
  t.mock.method(globalThis, "setTimeout", ((ring: () => void, milliseconds?: number) => {
    if (milliseconds === 3600 * 1000) endPause = ring;
    return original(ring, milliseconds);
  }) as typeof setTimeout);
  let isAnswered = false;
  const answer = it.call("ListClusters").finally(() => {
    isAnswered = true;
  });
  await until("the answer is held back", async () => endPause !== undefined);
  assert.equal(isAnswered, false);
  endPause?.();
  assert.equal((await answer).clusterArns.length, 1);
});

test("what an operation of the endpoint's own does not know is refused by name", async (t) => {
  const it = await startTestEndpoint(t, { instances: 1 });
  const id = (await it.call("ListContainerInstances")).containerInstanceArns[0];
  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ["SetFault", { kind: "task", family: "a", failure: "exit" }, /'failure' has no property 'kind'/],
    ["SetFault", { family: "a", failure: "exit", times: 2 }, /no property 'times'/],
    ["SetFault", { effect: "throttle", family: "a" }, /'effect' has no property 'family'. It has effect, op/],
    ["SetFault", { order: "replicasFirst", count: 1 }, /no property 'count'/],
    ["SetFault", { alarm: "high", state: "OK", count: 1 }, /no property 'count'/],
    ["SetFault", { clear: true, family: "a" }, /no property 'family'/],
    ["AdvanceClock", { seconds: 1, minutes: 2 }, /no property 'minutes'/],
    ["AddContainerInstances", { counts: 2 }, /no property 'counts'/],
    ["UpdateContainerInstance", { containerInstance: id, connected: false }, /no property 'connected'/],
  ];
  for (const [operation, input, message] of wrong)
    await assert.rejects(it.local(operation, input), { name: "InvalidParameterException", message });
  assert.equal((await it.call("ListContainerInstances")).containerInstanceArns.length, 1);
});
