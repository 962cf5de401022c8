// What happens to daemon tasks while instances come, drain, lose their agent and go, and while a service changes.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  type AnyAnswer,
  agentDefinition,
  startTestEndpoint,
  type TestEndpoint,
} from "../support/localEndpoint";

async function withDaemon(
  test: TestContext,
  options: {
    readonly start?: number;
    readonly stop?: number;
    readonly service?: object;
    readonly container?: object;
  } = {},
): Promise<TestEndpoint> {
  const it = await startTestEndpoint(test, {
    startDelaySeconds: options.start ?? 0,
    stopDelaySeconds: options.stop ?? 0,
  });
  await it.call("RegisterTaskDefinition", agentDefinition("agent", options.container));
  await it.call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    ...options.service,
  });
  return it;
}

const service = async (it: TestEndpoint, name = "agent"): Promise<AnyAnswer> =>
  (await it.call("DescribeServices", { services: [name] })).services[0];

async function tasks(it: TestEndpoint, input: object = { serviceName: "agent" }): Promise<AnyAnswer[]> {
  const { taskArns } = await it.call("ListTasks", input);
  return taskArns.length === 0 ? [] : (await it.call("DescribeTasks", { tasks: taskArns })).tasks;
}

const instances = async (it: TestEndpoint): Promise<string[]> =>
  (await it.call("ListContainerInstances", { status: "ACTIVE" })).containerInstanceArns;

const events = async (it: TestEndpoint, name = "agent"): Promise<string[]> =>
  (await service(it, name)).events.map((event: AnyAnswer) => event.message);

test("a new service wants nothing yet, and is steady once its tasks run", async (t) => {
  const it = await startTestEndpoint(t, { startDelaySeconds: 30 });
  await it.call("RegisterTaskDefinition", agentDefinition());
  const created = await it.call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  assert.equal(created.service.desiredCount, 0);
  const before = await service(it);
  assert.deepEqual([before.desiredCount, before.pendingCount, before.runningCount], [5, 5, 0]);
  assert.equal(before.deployments[0].rolloutState, "IN_PROGRESS");
  await it.local("AdvanceClock", { seconds: 30 });
  const after = await service(it);
  assert.deepEqual([after.desiredCount, after.pendingCount, after.runningCount], [5, 0, 5]);
  assert.equal(after.deployments[0].rolloutState, "COMPLETED");
  const [steady, completed, started] = after.events.map((event: AnyAnswer) => event.message);
  assert.equal(steady, "(service agent) has reached a steady state.");
  assert.match(completed, /^\(service agent\) \(deployment ecs-svc\/\d{19}\) deployment completed\.$/);
  assert.match(started, /^\(service agent\) has started 5 tasks: \(task [0-9a-f]{32}\)/);
});

test("the daemon leaves a draining instance last, after the tasks that it serves", async (t) => {
  const it = await withDaemon(t, { stop: 30 });
  await it.call("RegisterTaskDefinition", agentDefinition("web"));
  await it.call("CreateService", { serviceName: "web", taskDefinition: "web", desiredCount: 5 });
  const [target = ""] = await instances(it);
  await it.call("UpdateContainerInstancesState", { containerInstances: [target], status: "DRAINING" });
  const groups = async (desiredStatus: string) =>
    (await tasks(it, { containerInstance: target, desiredStatus }))
      .filter((task) => task.lastStatus !== "STOPPED")
      .map((task) => task.group)
      .sort();
  // The web service replaces its task before it stops it (100/200); both stops take half a minute.
  assert.deepEqual([await groups("RUNNING"), await groups("STOPPED")], [["service:agent"], ["service:web"]]);
  await it.local("AdvanceClock", { seconds: 30 });
  assert.deepEqual([await groups("RUNNING"), await groups("STOPPED")], [[], ["service:agent"]]);
  await it.local("AdvanceClock", { seconds: 30 });
  assert.deepEqual([await groups("RUNNING"), await groups("STOPPED")], [[], []]);
  const { desiredCount, runningCount } = await service(it);
  assert.deepEqual([desiredCount, runningCount], [4, 4]);
  await it.call("UpdateContainerInstancesState", { containerInstances: [target], status: "ACTIVE" });
  assert.equal((await service(it)).runningCount, 5);
});

test("a disconnected agent keeps its task, and a changed constraint reaches it when it is back", async (t) => {
  const it = await withDaemon(t, {
    service: { placementConstraints: [{ type: "memberOf", expression: "not(attribute:off == yes)" }] },
  });
  const [target = ""] = await instances(it);
  await it.local("UpdateContainerInstance", { containerInstance: target, agentConnected: false });
  assert.equal((await service(it)).runningCount, 5);
  await it.call("PutAttributes", { attributes: [{ name: "off", value: "yes", targetId: target }] });
  assert.equal((await tasks(it, { containerInstance: target })).length, 1);
  await it.local("UpdateContainerInstance", { containerInstance: target, agentConnected: true });
  assert.equal((await tasks(it, { containerInstance: target })).length, 0);
  assert.equal((await service(it)).runningCount, 4);
});

test("an instance without its agent gets its daemon when the agent comes", async (t) => {
  const it = await startTestEndpoint(t, {
    fleetText: JSON.stringify({ groups: [{ count: 1, instanceType: "m5.large", agentConnected: false }] }),
  });
  await it.call("RegisterTaskDefinition", agentDefinition());
  await it.call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const [message] = await events(it);
  assert.match(
    message ?? "",
    /The closest matching \(container-instance [0-9a-f]{32}\) doesn't have the agent connected\./,
  );
  const [target] = await instances(it);
  await it.local("UpdateContainerInstance", { containerInstance: target, agentConnected: true });
  assert.equal((await service(it)).runningCount, 1);
});

test("an instance that is deregistered takes its task with it", async (t) => {
  const it = await withDaemon(t);
  const [target = ""] = await instances(it);
  const [task] = await tasks(it, { containerInstance: target });
  await assert.rejects(it.call("DeregisterContainerInstance", { containerInstance: target }), {
    name: "InvalidParameterException",
    message: "Found running tasks on the instance.",
  });
  const { containerInstance } = await it.call("DeregisterContainerInstance", {
    containerInstance: target,
    force: true,
  });
  assert.equal(containerInstance.status, "INACTIVE");
  const { desiredCount, runningCount } = await service(it);
  assert.deepEqual([desiredCount, runningCount], [4, 4]);
  const { tasks: ended } = await it.call("DescribeTasks", { tasks: [task.taskArn] });
  assert.equal(ended[0].lastStatus, "STOPPED");
  assert.equal((await instances(it)).length, 4);
});

test("a task that a user stops is replaced", async (t) => {
  const it = await withDaemon(t);
  const [task] = await tasks(it);
  const { task: stopping } = await it.call("StopTask", { task: task.taskArn, reason: "trying" });
  assert.equal(stopping.desiredStatus, "STOPPED");
  const { tasks: stopped } = await it.call("DescribeTasks", { tasks: [task.taskArn] });
  assert.deepEqual([stopped[0].stoppedReason, stopped[0].stopCode], ["trying", "UserInitiated"]);
  const now = await tasks(it);
  assert.equal(now.length, 5);
  assert.ok(!now.some((one) => one.taskArn === task.taskArn));
});

test("changed constraints are a new deployment that moves the daemon", async (t) => {
  const it = await withDaemon(t);
  const [target = ""] = await instances(it);
  await it.call("PutAttributes", { attributes: [{ name: "env", value: "prod", targetId: target }] });
  const before = await service(it);
  await it.call("UpdateService", {
    service: "agent",
    placementConstraints: [{ type: "memberOf", expression: "attribute:env == prod" }],
  });
  const after = await service(it);
  assert.notEqual(after.deployments[0].id, before.deployments[0].id);
  assert.equal(after.deployments.length, 1);
  assert.deepEqual(
    (await tasks(it)).map((task) => task.containerInstanceArn),
    [target],
  );
});

test("an update stops the old task before it starts the new one, which needs the same port", async (t) => {
  const ports = { portMappings: [{ containerPort: 8126, hostPort: 8126 }] };
  const it = await withDaemon(t, { container: ports, stop: 10 });
  await it.call("RegisterTaskDefinition", agentDefinition("agent", { ...ports, image: "example/agent:2" }));
  await it.call("UpdateService", { service: "agent", taskDefinition: "agent" });
  const during = await service(it);
  assert.equal(during.deployments.length, 2);
  assert.deepEqual(
    during.deployments.map((one: AnyAnswer) => one.status),
    ["PRIMARY", "ACTIVE"],
  );
  assert.equal((await tasks(it)).length, 0);
  await it.local("AdvanceClock", { seconds: 10 });
  const after = await service(it);
  assert.deepEqual([after.runningCount, after.deployments.length], [5, 1]);
  for (const task of await tasks(it)) assert.match(task.taskDefinitionArn, /agent:2$/);
});

test("minimumHealthyPercent 50 updates two of five at a time", async (t) => {
  const it = await withDaemon(t, {
    start: 10,
    service: { deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 } },
  });
  await it.local("AdvanceClock", { seconds: 10 });
  await it.call("UpdateService", { service: "agent", forceNewDeployment: true });
  const running: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const { runningCount, pendingCount, deployments } = await service(it);
    running.push(runningCount);
    assert.equal(runningCount + pendingCount, 5);
    if (deployments.length === 1 && pendingCount === 0) break;
    await it.local("AdvanceClock", { seconds: 10 });
  }
  assert.deepEqual(running, [3, 3, 4, 5]);
  assert.equal((await service(it)).deployments[0].rolloutState, "COMPLETED");
});

test("a minimum that leaves no room blocks the update, and the events say so", async (t) => {
  const it = await withDaemon(t, {
    service: { deploymentConfiguration: { minimumHealthyPercent: 90, maximumPercent: 100 } },
  });
  await it.call("UpdateService", { service: "agent", forceNewDeployment: true });
  const { deployments, runningCount } = await service(it);
  assert.deepEqual([deployments.length, runningCount], [2, 5]);
  const [message = ""] = await events(it);
  assert.match(
    message,
    /was unable to stop or start tasks during a deployment because of the service deployment configuration\./,
  );
  await it.call("UpdateService", {
    service: "agent",
    deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
  });
  assert.equal((await service(it)).deployments.length, 1);
});

test("a neighbor that holds the port keeps the daemon out until it is gone", async (t) => {
  const it = await startTestEndpoint(t, { instances: 1 });
  const ports = { portMappings: [{ containerPort: 8126, hostPort: 8126 }] };
  await it.call("RegisterTaskDefinition", agentDefinition("neighbor", ports));
  await it.call("RegisterTaskDefinition", agentDefinition("agent", ports));
  const { tasks: neighbors, failures } = await it.call("RunTask", { taskDefinition: "neighbor", count: 2 });
  assert.equal(neighbors.length, 1);
  assert.deepEqual(
    failures.map((one: AnyAnswer) => one.reason),
    ["RESOURCE:PORTS"],
  );
  await it.call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const blocked = await service(it);
  assert.deepEqual([blocked.desiredCount, blocked.runningCount], [1, 0]);
  assert.match(
    blocked.events[0].message,
    /^\(service agent\) was unable to place a task because no container instance met all of its requirements\. The closest matching \(container-instance [0-9a-f]{32}\) is already using a port required by your task\. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide\.$/,
  );
  await it.call("StopTask", { task: neighbors[0].taskArn });
  assert.equal((await service(it)).runningCount, 1);
});

test("a deleted daemon service drains and is then INACTIVE; its name can be used again", async (t) => {
  const it = await withDaemon(t, { stop: 5 });
  await it.call("DeleteService", { service: "agent" });
  assert.equal((await service(it)).status, "DRAINING");
  const again = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  await assert.rejects(it.call("CreateService", again), {
    name: "InvalidParameterException",
    message: "Unable to Start a service that is still Draining.",
  });
  await it.local("AdvanceClock", { seconds: 5 });
  assert.equal((await service(it)).status, "INACTIVE");
  assert.deepEqual((await it.call("ListServices")).serviceArns, []);
  await it.call("CreateService", again);
  const fresh = await service(it);
  assert.deepEqual([fresh.status, fresh.runningCount], ["ACTIVE", 5]);
});

test("a constraint that a task itself makes false keeps the endpoint busy for a few rounds only", async (t) => {
  for (const start of [0, 2]) {
    const it = await withDaemon(t, {
      start,
      service: { placementConstraints: [{ type: "memberOf", expression: "runningTasksCount == 0" }] },
    });
    await it.local("AdvanceClock", { seconds: 600 });
    const stopped = await it.call("ListTasks", { desiredStatus: "STOPPED", maxResults: 100 });
    assert.equal((await service(it)).status, "ACTIVE");
    assert.equal(stopped.nextToken, undefined, "five instances had more than twenty tasks each");
    // Another deployment begins anew.
    const placementConstraints = [{ type: "memberOf", expression: "runningTasksCount <= 1" }];
    await it.call("UpdateService", { service: "agent", placementConstraints });
    await it.local("AdvanceClock", { seconds: start });
    assert.equal((await service(it)).runningCount, 5);
  }
});

test("a stopped task is forgotten after an hour", async (t) => {
  const it = await withDaemon(t);
  const [task] = await tasks(it);
  await it.call("StopTask", { task: task.taskArn });
  await it.local("AdvanceClock", { seconds: 3601 });
  const { failures } = await it.call("DescribeTasks", { tasks: [task.taskArn] });
  assert.deepEqual(failures, [{ arn: task.taskArn, reason: "MISSING" }]);
});

test("the clock goes through everything that is due on its way", async (t) => {
  const it = await withDaemon(t, {
    start: 10,
    service: { deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 } },
  });
  await it.local("AdvanceClock", { seconds: 10 });
  await it.call("UpdateService", { service: "agent", forceNewDeployment: true });
  await it.local("AdvanceClock", { seconds: 60 });
  const { deployments, runningCount } = await service(it);
  assert.deepEqual([deployments.length, runningCount, deployments[0].rolloutState], [1, 5, "COMPLETED"]);
  const took = deployments[0].updatedAt - deployments[0].createdAt;
  assert.ok(took >= 30 && took < 35, `three rounds of ten seconds took ${took}`);
});
