// Managed Instances: how they come, what becomes of them when a daemon fails, and when they go.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arn, managedProvider, onMi, startManagedEndpoint } from "./support";

const strategy = { capacityProviderStrategy: [{ capacityProvider: "mi", weight: 1 }] };
const ids = (instances: readonly { containerInstanceArn: string }[]) =>
  instances.map((it) => it.containerInstanceArn).sort();
const daemonHealth = (instance: { healthStatus: { details: { type: string; status: string }[] } }) =>
  instance.healthStatus.details.find((it) => it.type === "DAEMON");

test("an application's task brings an instance, and starts after the daemon", async (t) => {
  const it = await startManagedEndpoint(t, undefined, { startDelaySeconds: 10 });
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  const { tasks } = await it.call("RunTask", { taskDefinition: "web", ...strategy });
  const web = async () => (await it.call("DescribeTasks", { tasks: [tasks[0].taskArn] })).tasks[0];
  assert.equal(tasks[0].lastStatus, "PROVISIONING");
  assert.equal(tasks[0].containerInstanceArn, undefined);
  assert.equal(tasks[0].launchType, "MANAGED_INSTANCES");
  assert.equal(tasks[0].capacityProviderName, "mi");
  const [instance] = await it.instances();
  assert.equal(instance.status, "REGISTERING");
  assert.equal(daemonHealth(instance)?.status, "INITIALIZING");
  await it.pass(10);
  assert.equal((await web()).lastStatus, "PENDING");
  assert.equal((await it.daemonTasks())[0].lastStatus, "RUNNING");
  await it.pass(10);
  assert.equal((await web()).lastStatus, "RUNNING");
  assert.equal((await web()).containerInstanceArn, instance.containerInstanceArn);
});

test("an instance whose critical daemon stops is replaced, and a service's tasks move", async (t) => {
  const it = await startManagedEndpoint(t);
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.call("CreateService", { serviceName: "web", taskDefinition: "web", desiredCount: 2, ...strategy });
  const { tasks: alone } = await it.call("RunTask", { taskDefinition: "web", ...strategy });
  const before = await it.instances();
  assert.equal(before.length, 3);
  for (const { taskArn } of await it.daemonTasks()) await it.call("StopTask", { task: taskArn });
  await it.pass(60);
  const after = await it.instances();
  assert.equal(after.filter((one) => one.status === "ACTIVE").length, 3);
  assert.deepEqual(
    ids(after).filter((one) => ids(before).includes(one)),
    [],
  );
  const { services } = await it.call("DescribeServices", { services: ["web"] });
  assert.equal(services[0].runningCount, 2);
  assert.deepEqual(services[0].capacityProviderStrategy, [{ capacityProvider: "mi", weight: 1, base: 0 }]);
  assert.equal(services[0].launchType, undefined);
  const stopped = await it.call("DescribeTasks", { tasks: [alone[0].taskArn] });
  assert.equal(stopped.tasks[0].stoppedReason, "Task stopped during instance draining");
});

for (const [family, fault] of [
  ["agent", { failure: "exit", afterSeconds: 20 }],
  ["checked", { failure: "unhealthy" }],
] as const)
  test(`a critical daemon that ran and fails costs its instance: ${fault.failure}`, async (t) => {
    const it = await startManagedEndpoint(t);
    const healthCheck = { command: ["CMD", "true"], interval: 10, retries: 2 };
    await it.call("RegisterDaemonTaskDefinition", {
      family: "checked",
      containerDefinitions: [{ name: "c", image: "c:1", memory: 64, healthCheck }],
    });
    await it.local("SetFault", { daemon: "agent", count: 1, ...fault });
    await it.call("CreateDaemon", { daemonName: "agent", ...onMi(`${family}:1`) });
    await it.local("AddContainerInstances", { capacityProvider: "mi" });
    const [before] = await it.instances();
    assert.equal(daemonHealth(before)?.status, "OK");
    await it.pass(19);
    assert.deepEqual(ids(await it.instances()), ids([before]));
    await it.pass(1);
    const [after, ...others] = await it.instances();
    assert.deepEqual(others, []);
    assert.notEqual(after.containerInstanceArn, before.containerInstanceArn);
    assert.equal(daemonHealth(after)?.status, "OK");
  });

test("without automatic repair the instance stays, and its health reports the daemon", async (t) => {
  const autoRepairConfiguration = { actionsStatus: "DISABLED" };
  const it = await startManagedEndpoint(t, managedProvider({}, { autoRepairConfiguration }));
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.local("AddContainerInstances", { capacityProvider: "mi" });
  const before = await it.instances();
  const [{ taskArn }] = await it.daemonTasks();
  await it.call("StopTask", { task: taskArn });
  await it.pass(600);
  const after = await it.instances();
  assert.deepEqual(ids(after), ids(before));
  assert.equal(daemonHealth(after[0])?.status, "IMPAIRED");
  assert.equal(after[0].healthStatus.overallStatus, "IMPAIRED");
});

test("without automatic repair an instance without its daemon takes tasks, and goes when it is old or idle", async (t) => {
  const more = {
    autoRepairConfiguration: { actionsStatus: "DISABLED" },
    infrastructureOptimization: { scaleInAfter: 120 },
  };
  const it = await startManagedEndpoint(t, managedProvider({}, more));
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.call("CreateService", { serviceName: "web", taskDefinition: "web", desiredCount: 1, ...strategy });
  const before = await it.instances();
  const [{ taskArn }] = await it.daemonTasks();
  await it.call("StopTask", { task: taskArn });
  await it.call("RegisterTaskDefinition", {
    family: "little",
    networkMode: "host",
    containerDefinitions: [{ name: "l", image: "l:1", memory: 64 }],
  });
  const { tasks } = await it.call("RunTask", { taskDefinition: "little", ...strategy });
  const little = (await it.call("DescribeTasks", { tasks: [tasks[0].taskArn] })).tasks[0];
  assert.equal(little.lastStatus, "RUNNING");
  assert.equal(little.containerInstanceArn, before[0].containerInstanceArn);
  await it.pass(14 * 24 * 3600);
  const after = await it.instances();
  assert.equal(after.length, 1);
  assert.notDeepEqual(ids(after), ids(before));
  assert.equal((await it.daemonTasks()).length, 1);
  await it.call("StopTask", { task: (await it.daemonTasks())[0].taskArn });
  await it.call("UpdateService", { service: "web", desiredCount: 0 });
  await it.pass(180);
  assert.deepEqual(await it.instances(), []);
});

test("a daemon that is not critical neither blocks nor drains: the instance runs without it", async (t) => {
  const it = await startManagedEndpoint(t);
  await it.local("SetFault", { daemon: "agent", failure: "CannotPullContainerError", count: 1 });
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1", { critical: false }) });
  await it.local("AddContainerInstances", { capacityProvider: "mi", count: 2 });
  const counts = async () => {
    const { totalRunningCount, totalWithoutDaemonCount } = await it.revision();
    return [totalRunningCount, totalWithoutDaemonCount];
  };
  assert.deepEqual(await counts(), [1, 1]);
  const before = ids(await it.instances());
  const [{ taskArn }] = await it.daemonTasks();
  await it.call("StopTask", { task: taskArn });
  await it.pass(600);
  assert.deepEqual(await counts(), [0, 2]);
  assert.deepEqual(ids(await it.instances()), before);
});

test("an instance that was chosen without the daemons can be too small for them", async (t) => {
  const it = await startManagedEndpoint(t, managedProvider({ allowed: ["t3.small", "m5.large"] }));
  const large = { cpu: 1024, memory: 1000 };
  await it.call("RegisterDaemonTaskDefinition", {
    family: "agent",
    containerDefinitions: [{ name: "agent", image: "agent:3", ...large }],
  });
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:3") });
  const typeOf = (instance: { attributes: { name: string; value: string }[] }) =>
    instance.attributes.find((one) => one.name === "ecs.instance-type")?.value;
  await it.call("RunTask", { taskDefinition: "web", ...strategy });
  assert.deepEqual(
    (await it.instances()).map(typeOf),
    ["m5.large"],
    "counting the daemon, only this type fits",
  );
  await it.call("DeleteDaemon", { daemonArn: "arn:aws:ecs:us-east-1:123456789012:daemon/default/agent" });
  await it.pass(600);
  await it.local("SetFault", { order: "typesWithoutDaemons" });
  const cpu = { cpu: 2048, memory: 1500 };
  await it.call("RegisterDaemonTaskDefinition", {
    family: "huge",
    containerDefinitions: [{ name: "huge", image: "huge:1", ...cpu }],
  });
  await it.call("CreateDaemon", { daemonName: "huge", ...onMi("huge:1") });
  const { tasks } = await it.call("RunTask", { taskDefinition: "web", ...strategy });
  assert.equal(tasks[0].lastStatus, "PROVISIONING");
  const [first] = (await it.instances()).filter((one) => one.status === "REGISTERING");
  assert.ok(first === undefined || typeOf(first) === "t3.small");
});

test("an idle instance is scaled in after the time of its capacity provider", async (t) => {
  const infrastructureOptimization = { scaleInAfter: 120 };
  const it = await startManagedEndpoint(t, managedProvider({}, { infrastructureOptimization }));
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  const { tasks } = await it.call("RunTask", { taskDefinition: "web", ...strategy });
  await it.pass(3600);
  assert.equal((await it.instances()).length, 1, "an instance with a task stays");
  await it.call("StopTask", { task: tasks[0].taskArn });
  await it.pass(119);
  assert.equal((await it.instances()).length, 1);
  await it.pass(1);
  assert.equal((await it.instances()).length, 0);
});

test("on day fourteen an instance drains, and its service moves", async (t) => {
  const it = await startManagedEndpoint(t);
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.call("CreateService", { serviceName: "web", taskDefinition: "web", desiredCount: 1, ...strategy });
  const before = await it.instances();
  await it.pass(14 * 24 * 3600 - 60);
  assert.deepEqual(ids(await it.instances()), ids(before));
  await it.pass(120);
  const after = await it.instances();
  assert.equal(after.length, 1);
  assert.notDeepEqual(ids(after), ids(before));
  const { services } = await it.call("DescribeServices", { services: ["web"] });
  assert.equal(services[0].runningCount, 1);
  assert.equal((await it.revision()).totalRunningCount, 1);
});

test("other services and tasks keep off Managed Instances", async (t) => {
  const it = await startManagedEndpoint(t);
  await it.local("AddContainerInstances", { capacityProvider: "mi", count: 2 });
  await assert.rejects(it.call("RunTask", { taskDefinition: "web" }), {
    name: "InvalidParameterException",
  });
  await it.call("CreateService", { serviceName: "d", taskDefinition: "web", schedulingStrategy: "DAEMON" });
  const { services } = await it.call("DescribeServices", { services: ["d"] });
  assert.equal(services[0].desiredCount, 0);
  await it.call("RegisterTaskDefinition", {
    family: "bridge",
    containerDefinitions: [{ name: "b", image: "b:1", memory: 64 }],
  });
  const { tasks } = await it.call("RunTask", { taskDefinition: "bridge", ...strategy });
  const stopped = (await it.call("DescribeTasks", { tasks: [tasks[0].taskArn] })).tasks[0];
  assert.equal(stopped.stoppedReason, "invalid network mode: bridge");
});

test("a fleet file brings capacity providers and their instances", async (t) => {
  const fleetText = JSON.stringify({
    groups: [
      { count: 1, instanceType: "m5.large" },
      { count: 2, instanceType: "t3.small", capacityProvider: "small" },
    ],
    capacityProviders: [
      { name: "spare", instanceRequirements: { vCpuCount: { min: 2 }, memoryMiB: { min: 1 } } },
    ],
  });
  const it = await startManagedEndpoint(t, undefined, { fleetText });
  const { capacityProviders } = await it.call("DescribeCapacityProviders", { cluster: "default" });
  assert.deepEqual(
    capacityProviders.map((one: { name: string }) => one.name),
    ["mi", "small", "spare"],
  );
  const { deploymentArn } = await it.call("CreateDaemon", {
    daemonName: "agent",
    ...onMi("agent:1"),
    capacityProviderArns: ["small", "spare"].map((name) => arn("capacity-provider", name)),
  });
  const { daemonDeployments } = await it.call("DescribeDaemonDeployments", {
    daemonDeploymentArns: [deploymentArn],
  });
  assert.equal(daemonDeployments[0].status, "SUCCESSFUL");
  assert.equal((await it.revision()).totalRunningCount, 2);
  assert.equal((await it.instances()).length, 3);
});
