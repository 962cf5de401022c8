// Deployments of managed daemons: batches, bake time, alarms, circuit breaker, rollback.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnyAnswer } from "../../support/localEndpoint";
import { arn, managedProvider, onMi, startManagedEndpoint } from "./support";

const daemonArn = arn("daemon", "default/agent");
const byStatus = (instances: readonly { status: string }[]) => {
  const count = (status: string) => instances.filter((it) => it.status === status).length;
  return { active: count("ACTIVE"), draining: count("DRAINING"), registering: count("REGISTERING") };
};

test("an update drains and replaces so many percent of the instances at a time", async (t) => {
  const it = await startManagedEndpoint(t, undefined, { startDelaySeconds: 10, stopDelaySeconds: 10 });
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.local("AddContainerInstances", { capacityProvider: "mi", count: 8 });
  assert.deepEqual(byStatus(await it.instances()), { active: 0, draining: 0, registering: 8 });
  await it.pass(10);
  assert.equal((await it.revision()).totalRunningCount, 8);
  await it.call("UpdateDaemon", {
    daemonArn,
    ...onMi("agent:2", { deploymentConfiguration: { drainPercent: 40 } }),
  });
  assert.deepEqual(byStatus(await it.instances()), { active: 5, draining: 3, registering: 3 });
  const going = await it.deployment();
  assert.equal(going.status, "IN_PROGRESS");
  assert.equal(going.circuitBreaker.status, "MONITORING");
  assert.equal(going.sourceDaemonRevisions[0].totalDrainingInstanceCount, 3);
  assert.equal(going.sourceDaemonRevisions[0].totalRunningInstanceCount, 5);
  await it.pass(10);
  // Eight again, so that the next batch has three, too.
  assert.deepEqual(byStatus(await it.instances()), { active: 5, draining: 3, registering: 3 });
  assert.equal((await it.deployment()).targetDaemonRevision.totalRunningInstanceCount, 3);
  await it.pass(20);
  const done = await it.deployment();
  assert.equal(done.status, "SUCCESSFUL");
  assert.equal(done.statusReason, "Deployment completed successfully.");
  assert.deepEqual(byStatus(await it.instances()), { active: 8, draining: 0, registering: 0 });
  assert.equal((await it.daemonTasks()).length, 8);
});

test("a deployment ends when its own daemon is up, though another one keeps the instance out", async (t) => {
  const it = await startManagedEndpoint(t, managedProvider({ allowed: ["t3.small"] }));
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.local("AddContainerInstances", { capacityProvider: "mi", count: 2 });
  await it.call("RegisterDaemonTaskDefinition", {
    family: "huge",
    containerDefinitions: [{ name: "huge", image: "huge:1", cpu: 64, memory: 1800 }],
  });
  await it.call("CreateDaemon", { daemonName: "huge", ...onMi("huge:1") });
  assert.deepEqual(byStatus(await it.instances()), { active: 1, draining: 0, registering: 1 });
  await it.call("UpdateDaemon", { daemonArn, ...onMi("agent:2") });
  await it.pass(600);
  const { active, registering } = byStatus(await it.instances());
  assert.deepEqual([active, registering], [0, 2]);
  assert.equal((await it.deployment()).status, "SUCCESSFUL");
});

test("one instance at a time is the least, however small the share is", async (t) => {
  const it = await startManagedEndpoint(t, undefined, { startDelaySeconds: 10 });
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.local("AddContainerInstances", { capacityProvider: "mi", count: 3 });
  await it.pass(10);
  await it.call("UpdateDaemon", {
    daemonArn,
    ...onMi("agent:2", { deploymentConfiguration: { drainPercent: 1 } }),
  });
  assert.equal(byStatus(await it.instances()).registering, 1);
});

test("the circuit breaker takes an update back, and a first deployment has nothing to go back to", async (t) => {
  const it = await startManagedEndpoint(t);
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.local("AddContainerInstances", { capacityProvider: "mi", count: 4 });
  const before = await it.revision();
  await it.local("SetFault", { daemon: "agent", failure: "CannotPullContainerError", count: 10 });
  await it.call("UpdateDaemon", { daemonArn, ...onMi("agent:2") });
  const failing = await it.deployment();
  assert.equal(failing.status, "IN_PROGRESS");
  assert.equal(failing.circuitBreaker.failureCount, 1);
  const [waiting] = (await it.instances()).filter((one) => one.status === "REGISTERING");
  const health = waiting.healthStatus.details.find((one: { type: string }) => one.type === "DAEMON");
  assert.equal(health.status, "IMPAIRED");
  assert.match(health.statusReason, /CannotPullContainerError/);
  await it.pass(600);
  const back = await it.deployment();
  assert.equal(back.status, "ROLLBACK_SUCCESSFUL");
  assert.deepEqual(back.circuitBreaker, { failureCount: 10, status: "TRIGGERED", threshold: 10 });
  assert.equal(back.rollback.rollbackTargetDaemonRevisionArn, before.arn);
  const after = await it.revision();
  assert.equal(after.arn, before.arn);
  assert.equal(after.totalRunningCount, 4);
  const { events } = await it.local("ListEvents");
  const names = events.map((one: { detail: { eventName: string } }) => one.detail.eventName);
  assert.equal(names.filter((one: string) => one === "DAEMON_TASK_START_IMPAIRED").length, 10);
  assert.deepEqual(names.slice(-3), [
    "DAEMON_DEPLOYMENT_STOP_REQUESTED",
    "DAEMON_DEPLOYMENT_ROLLBACK_IN_PROGRESS",
    "DAEMON_DEPLOYMENT_ROLLBACK_SUCCESSFUL",
  ]);

  await it.local("SetFault", { daemon: "second", failure: "exit" });
  await it.call("CreateDaemon", { daemonName: "second", ...onMi("agent:1") });
  await it.pass(600);
  const { daemonDeployments } = await it.call("ListDaemonDeployments", {
    daemonArn: arn("daemon", "default/second"),
    status: ["STOPPED"],
  });
  assert.match(daemonDeployments[0].statusReason, /No earlier revision to roll back to/);
});

test("a rollback that fails, too, is ROLLBACK_FAILED", async (t) => {
  const it = await startManagedEndpoint(t);
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.local("AddContainerInstances", { capacityProvider: "mi", count: 2 });
  await it.local("SetFault", { daemon: "agent", failure: "exit" });
  await it.call("UpdateDaemon", { daemonArn, ...onMi("agent:2") });
  await it.pass(1200);
  assert.equal((await it.deployment()).status, "ROLLBACK_FAILED");
});

test("alarms are watched until the bake time is over, but for those that were in ALARM before", async (t) => {
  const it = await startManagedEndpoint(t);
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.local("AddContainerInstances", { capacityProvider: "mi", count: 2 });
  await it.local("SetFault", { alarm: "old" });
  const deploymentConfiguration = {
    bakeTimeInMinutes: 10,
    alarms: { alarmNames: ["old", "new"], enable: true },
  };
  await it.call("UpdateDaemon", { daemonArn, ...onMi("agent:2", { deploymentConfiguration }) });
  await it.pass(60);
  const baking = await it.deployment();
  assert.equal(baking.status, "IN_PROGRESS");
  assert.equal(baking.targetDaemonRevision.totalRunningInstanceCount, 2);
  assert.deepEqual(baking.alarms.triggeredAlarmNames, []);
  await it.local("SetFault", { alarm: "new" });
  await it.pass(60);
  const back = await it.deployment();
  assert.equal(back.status, "ROLLBACK_SUCCESSFUL");
  assert.deepEqual(back.alarms, {
    status: "TRIGGERED",
    alarmNames: ["old", "new"],
    triggeredAlarmNames: ["new"],
  });
  await it.local("SetFault", { clear: true });
  await it.call("UpdateDaemon", { daemonArn, ...onMi("agent:2", { deploymentConfiguration }) });
  await it.pass(599);
  assert.equal((await it.deployment()).status, "IN_PROGRESS");
  await it.pass(1);
  assert.equal((await it.deployment()).status, "SUCCESSFUL");
});

test("a newer update stops the one that is going on", async (t) => {
  const it = await startManagedEndpoint(t, undefined, { startDelaySeconds: 10 });
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.local("AddContainerInstances", { capacityProvider: "mi", count: 4 });
  await it.pass(10);
  const { deploymentArn } = await it.call("UpdateDaemon", { daemonArn, ...onMi("agent:2") });
  await it.call("UpdateDaemon", { daemonArn, ...onMi("agent:1") });
  const { daemonDeployments } = await it.call("DescribeDaemonDeployments", {
    daemonDeploymentArns: [deploymentArn],
  });
  assert.equal(daemonDeployments[0].status, "STOPPED");
  await it.pass(60);
  assert.equal((await it.deployment()).status, "SUCCESSFUL");
  assert.equal((await it.revision()).totalRunningCount, 4);
});

test("an update without a setting takes the setting back to its default", async (t) => {
  const it = await startManagedEndpoint(t);
  const more = { critical: false, propagateTags: "DAEMON", enableExecuteCommand: true };
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1", more) });
  const settings = async () => {
    const { arn: revision } = await it.revision();
    const answer = await it.call("DescribeDaemonRevisions", { daemonRevisionArns: [revision] });
    const { critical, propagateTags, enableExecuteCommand } = answer.daemonRevisions[0];
    return { critical, propagateTags, enableExecuteCommand };
  };
  assert.deepEqual(await settings(), more);
  await it.call("UpdateDaemon", { daemonArn, ...onMi("agent:1") });
  assert.deepEqual(await settings(), { critical: true, propagateTags: "NONE", enableExecuteCommand: false });
});

test("events have the form in which EventBridge carries them", async (t) => {
  const it = await startManagedEndpoint(t, managedProvider({ allowed: ["t3.small"] }));
  await it.call("RegisterDaemonTaskDefinition", {
    family: "huge",
    containerDefinitions: [{ name: "h", image: "h:1", cpu: 4096, memory: 64 }],
  });
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("huge:1") });
  await it.local("AddContainerInstances", { capacityProvider: "mi" });
  const { events } = await it.local("ListEvents");
  const keys = (name: string) => {
    const { detail, ...event } = events.find((one: AnyAnswer) => one.detail.eventName === name);
    return [event["detail-type"], event.source, event.resources, Object.keys(detail)];
  };
  assert.deepEqual(keys("DAEMON_DEPLOYMENT_PENDING"), [
    "ECS Daemon Deployment State Change",
    "aws.ecs",
    [daemonArn],
    [
      "eventType",
      "eventName",
      "clusterArn",
      "daemonArn",
      "daemonDeploymentArn",
      "targetDaemonRevisionArn",
      "updatedAt",
    ],
  ]);
  const { detail } = events.at(-1);
  assert.deepEqual(
    [detail.eventType, detail.eventName, detail.failureType, detail.capacityProviderName, detail.reason],
    [
      "WARNING",
      "DAEMON_TASK_START_IMPAIRED",
      "TASK_CREATION_FAILED",
      "mi",
      "RESOURCE:CPU - Unable to place daemon task on container instance: insufficient CPU",
    ],
  );
});
