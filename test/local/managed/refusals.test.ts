// What operations on managed daemons and Managed Instances refuse, and in which words where ECS's are known.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arn, managedProvider, onMi, startManagedEndpoint } from "./support";

test("daemons that cannot be are refused", async (t) => {
  const it = await startManagedEndpoint(t);
  await it.call("CreateCluster", { clusterName: "other" });
  await it.call("CreateCapacityProvider", {
    name: "elsewhere",
    cluster: "other",
    managedInstancesProvider: managedProvider(),
  });
  await it.call("RegisterDaemonTaskDefinition", {
    family: "gone",
    containerDefinitions: [{ name: "d", image: "d:1", memory: 64 }],
  });
  await it.call("DeleteDaemonTaskDefinition", { daemonTaskDefinition: "gone:1" });
  const create = (more: object) =>
    it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1"), ...more });
  const on = (...names: string[]) => ({
    capacityProviderArns: names.map((name) => arn("capacity-provider", name)),
  });
  for (const [more, name, message] of [
    [{ daemonName: undefined }, "InvalidParameterException", /DaemonName/],
    [{ daemonName: "a b" }, "InvalidParameterException", /'a b'/],
    [{ clusterArn: arn("cluster", "no") }, "ClusterNotFoundException", /Cluster not found/],
    [{ daemonTaskDefinitionArn: arn("daemon-task-definition", "no:1") }, "ClientException", /not found/],
    [
      { daemonTaskDefinitionArn: arn("daemon-task-definition", "gone:1") },
      "ClientException",
      /being deleted/,
    ],
    [{ daemonTaskDefinitionArn: arn("task-definition", "web:1") }, "InvalidParameterException", /web:1/],
    [{ capacityProviderArns: [] }, "InvalidParameterException", /capacityProviderArns/],
    [on("no"), "InvalidParameterException", /'.*no' was not found/],
    [on("elsewhere"), "InvalidParameterException", /belongs to the cluster 'other'/],
    [{ capacityProviderArns: ["FARGATE"] }, "InvalidParameterException", /FARGATE/],
    [{ deploymentConfiguration: { drainPercent: 101 } }, "InvalidParameterException", /101/],
    [{ deploymentConfiguration: { bakeTimeInMinutes: 1441 } }, "InvalidParameterException", /1441/],
    [{ critical: "yes" }, "SerializationException", /critical/],
    [{ propagateTags: "SERVICE" }, "InvalidParameterException", /SERVICE/],
    [{ clientToken: "x".repeat(37) }, "InvalidParameterException", /ClientToken/],
  ] as const)
    await assert.rejects(create(more), { name, message }, JSON.stringify(more));
  assert.deepEqual((await it.call("ListDaemons")).daemonSummariesList, []);
});

test("a name is taken once, and a token makes a request the same", async (t) => {
  const it = await startManagedEndpoint(t);
  const input = { daemonName: "agent", ...onMi("agent:1"), clientToken: "token" };
  const first = await it.call("CreateDaemon", input);
  assert.equal((await it.call("CreateDaemon", input)).deploymentArn, first.deploymentArn);
  await assert.rejects(it.call("CreateDaemon", { ...input, critical: false }), /idempotent/);
  await assert.rejects(it.call("CreateDaemon", { ...input, clientToken: "other" }), /already exists/);
});

test("what is not there, or is being deleted, is refused in the words that are known", async (t) => {
  const it = await startManagedEndpoint(t, undefined, { stopDelaySeconds: 60 });
  const missing = { daemonArn: arn("daemon", "default/no") };
  for (const operation of ["DescribeDaemon", "DeleteDaemon"])
    await assert.rejects(it.call(operation, missing), { name: "DaemonNotFoundException" });
  await assert.rejects(it.call("ListDaemonDeployments", missing), { name: "ClientException" });
  await assert.rejects(it.call("UpdateDaemon", { ...missing, ...onMi("agent:1") }), {
    name: "DaemonNotFoundException",
  });
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.local("AddContainerInstances", { capacityProvider: "mi" });
  const daemonArn = arn("daemon", "default/agent");
  await assert.rejects(
    it.call("DeleteCapacityProvider", { capacityProvider: "mi" }),
    /Daemon services are still associated/,
  );
  await it.call("DeleteDaemonTaskDefinition", { daemonTaskDefinition: "agent:1" });
  await it.pass(3600);
  const { daemonTaskDefinition } = await it.call("DescribeDaemonTaskDefinition", {
    daemonTaskDefinition: "agent:1",
  });
  assert.equal(daemonTaskDefinition.status, "DELETE_IN_PROGRESS", "a daemon still uses it");
  await it.call("DeleteDaemon", { daemonArn });
  await assert.rejects(it.call("DeleteDaemon", { daemonArn }), {
    name: "InvalidParameterException",
    message: /deployment deletion is ongoing/,
  });
  await assert.rejects(it.call("UpdateDaemon", { daemonArn, ...onMi("agent:2") }), {
    name: "DaemonNotActiveException",
  });
  await assert.rejects(it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:2") }), /being deleted/);
  await it.pass(3600);
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:2") });
});

test("capacity providers that cannot be, or are in use, are refused", async (t) => {
  const it = await startManagedEndpoint(t);
  const create = (more: object) =>
    it.call("CreateCapacityProvider", {
      name: "new",
      cluster: "default",
      managedInstancesProvider: managedProvider(),
      ...more,
    });
  for (const [more, name, message] of [
    [{ name: "mi" }, "ClientException", /already exists/],
    [{ name: "fargate-1" }, "InvalidParameterException", /can't be prefixed/],
    [{ cluster: undefined }, "InvalidParameterException", /cluster/],
    [{ cluster: "no" }, "ClusterNotFoundException", /Cluster not found/],
    [{ managedInstancesProvider: undefined }, "InvalidParameterException", /Specify either/],
    [
      { managedInstancesProvider: { infrastructureRoleArn: "r" } },
      "InvalidParameterException",
      /nstanceLaunchTemplate/,
    ],
  ] as const)
    await assert.rejects(create(more), { name, message }, JSON.stringify(more));
  const associate = { cluster: "default", capacityProviders: ["mi"], defaultCapacityProviderStrategy: [] };
  await assert.rejects(it.call("PutClusterCapacityProviders", associate), {
    name: "InvalidParameterException",
    message:
      /^Cannot associate Managed Instances capacity provider to clusters using this API\. Managed Instances capacity providers are already/,
  });
  await assert.rejects(it.call("DeleteCluster", { cluster: "default" }), {
    name: "ClusterContainsCapacityProviderException",
    message:
      "The Cluster cannot be deleted while Cluster Scoped Capacity Providers are attached to the cluster.",
  });
  await assert.rejects(it.call("DeleteCapacityProvider", { capacityProvider: "FARGATE" }), /reserved/);
  await assert.rejects(it.call("DeleteCapacityProvider", { capacityProvider: "no" }), /does not exist/);
});

test("strategies name capacity providers of the cluster, with a weight", async (t) => {
  const it = await startManagedEndpoint(t);
  const run = (...capacityProviderStrategy: object[]) =>
    it.call("RunTask", { taskDefinition: "web", capacityProviderStrategy });
  await assert.rejects(run({ capacityProvider: "no", weight: 1 }), /capacity provider was not found/);
  await assert.rejects(run({ capacityProvider: "mi" }), /weight value greater than zero/);
  await it.call("RegisterTaskDefinition", {
    family: "giant",
    networkMode: "host",
    containerDefinitions: [{ name: "g", image: "g:1", memory: 100_000 }],
  });
  const { failures } = await it.call("RunTask", {
    taskDefinition: "giant",
    capacityProviderStrategy: [{ capacityProvider: "mi", weight: 1 }],
  });
  assert.equal(failures[0].reason, "RESOURCE:MEMORY");
  assert.deepEqual(await it.instances(), []);
});

test("a strategy reaches its base first and then follows its weights", async (t) => {
  const it = await startManagedEndpoint(t);
  await it.call("CreateCapacityProvider", {
    name: "second",
    cluster: "default",
    managedInstancesProvider: managedProvider(),
  });
  const { tasks } = await it.call("RunTask", {
    taskDefinition: "web",
    count: 9,
    capacityProviderStrategy: [
      { capacityProvider: "mi", weight: 1, base: 1 },
      { capacityProvider: "second", weight: 3 },
    ],
  });
  const on = (name: string) =>
    tasks.filter((one: { capacityProviderName: string }) => one.capacityProviderName === name).length;
  assert.deepEqual([on("mi"), on("second")], [3, 6]);
});

test("a cluster's default strategy may be of Managed Instances", async (t) => {
  const it = await startManagedEndpoint(t);
  const defaultCapacityProviderStrategy = [{ capacityProvider: "mi", weight: 1 }];
  const { cluster } = await it.call("PutClusterCapacityProviders", {
    cluster: "default",
    capacityProviders: [],
    defaultCapacityProviderStrategy,
  });
  assert.deepEqual(cluster.capacityProviders, ["mi"]);
  const { tasks } = await it.call("RunTask", { taskDefinition: "web" });
  assert.equal(tasks[0].capacityProviderName, "mi");
});
