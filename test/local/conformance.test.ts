// Every operation once, held to the API model (test/support/answerModel looks at each answer and each exception).

import assert from "node:assert/strict";
import { test } from "node:test";
import { ecsOperations, unsupportedOperations } from "../../server/src/local/operations";
import { answerProblems, canAnswer } from "../support/answerModel";
import { agentDefinition, startTestEndpoint, type TestEndpoint } from "../support/localEndpoint";
import { managedProvider } from "./managed/support";

test("every operation answers as the API model says", async (t) => {
  const endpoint = await startTestEndpoint(t, { instances: 2 });
  const answered = new Set<string>();
  const call = async (operation: string, input: object = {}) => {
    const answer = await endpoint.call(operation, input);
    answered.add(operation);
    return answer;
  };
  const tags = [{ key: "team", value: "ops" }];
  await call("CreateCluster", { clusterName: "c", tags, configuration: { executeCommandConfiguration: {} } });
  const capacityProviders = ["FARGATE"];
  const defaultCapacityProviderStrategy = [{ capacityProvider: "FARGATE" }];
  await call("PutClusterCapacityProviders", {
    cluster: "c",
    capacityProviders,
    defaultCapacityProviderStrategy,
  });
  await call("DescribeCapacityProviders", { include: ["TAGS"] });
  const settings = [{ name: "containerInsights", value: "enabled" }];
  await call("UpdateCluster", { cluster: "c", settings, serviceConnectDefaults: { namespace: "n" } });
  await call("UpdateClusterSettings", { cluster: "c", settings });
  await call("DescribeClusters", {
    clusters: ["c", "no"],
    include: ["TAGS", "SETTINGS", "STATISTICS", "CONFIGURATIONS"],
  });
  await call("ListClusters", { maxResults: 1 });
  await call("DeleteCluster", { cluster: "c" });

  const registered = await call("RegisterContainerInstance", { tags });
  const { containerInstanceArn } = registered.containerInstance;
  const attributes = [{ name: "env", value: "prod", targetId: containerInstanceArn }];
  await call("PutAttributes", { attributes });
  await call("ListAttributes", { targetType: "container-instance" });
  await call("DeleteAttributes", { attributes });
  const containerInstances = [containerInstanceArn];
  await call("DescribeContainerInstances", {
    containerInstances,
    include: ["TAGS", "CONTAINER_INSTANCE_HEALTH"],
  });
  await call("ListContainerInstances", { filter: "agentConnected == true" });
  await call("UpdateContainerInstancesState", { containerInstances, status: "DRAINING" });
  await call("DeregisterContainerInstance", { containerInstance: containerInstanceArn, force: true });

  await call("RegisterTaskDefinition", {
    ...agentDefinition(),
    tags,
    networkMode: "awsvpc",
    taskRoleArn: "r",
  });
  await call("RegisterTaskDefinition", agentDefinition("b"));
  await call("DescribeTaskDefinition", { taskDefinition: "agent", include: ["TAGS"] });
  await call("ListTaskDefinitions");
  await call("ListTaskDefinitionFamilies");
  const networkConfiguration = { awsvpcConfiguration: { subnets: ["subnet-0123456789abcdef0"] } };
  const { service } = await call("CreateService", {
    serviceName: "a",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    enableECSManagedTags: true,
    networkConfiguration,
    serviceConnectConfiguration: { enabled: false },
    tags,
  });
  await call("UpdateService", { service: "a", forceNewDeployment: true, enableExecuteCommand: true });
  await call("ListServices");
  await call("ListServicesByNamespace", { namespace: "internal" });
  const described = await call("DescribeServices", { services: ["a", "no"], include: ["TAGS"] });
  const [{ currentServiceRevisions }] = described.services;
  const serviceRevisionArns = currentServiceRevisions.map((it: { arn: string }) => it.arn);
  await call("DescribeServiceRevisions", { serviceRevisionArns });
  const { serviceDeployments } = await call("ListServiceDeployments", { service: "a" });
  const serviceDeploymentArns = serviceDeployments.map(
    (it: { serviceDeploymentArn: string }) => it.serviceDeploymentArn,
  );
  await call("DescribeServiceDeployments", { serviceDeploymentArns });
  await endpoint.local("SetFault", { family: "agent", failure: "exit", exitCode: 1 });
  const update = { service: "a", forceNewDeployment: true };
  const updated = await call("UpdateService", update);
  const stopped = { serviceDeploymentArn: updated.service.currentServiceDeployment };
  await call("StopServiceDeployment", stopped);

  const instances = (await call("ListContainerInstances")).containerInstanceArns;
  const { tasks } = await call("RunTask", {
    taskDefinition: "b",
    overrides: { containerOverrides: [{}] },
    tags,
  });
  await call("StartTask", { taskDefinition: "b", containerInstances: instances });
  await call("ListTasks");
  const protectedTasks = { tasks: [tasks[0].taskArn, "0".repeat(32)] };
  await call("UpdateTaskProtection", { ...protectedTasks, protectionEnabled: true });
  await call("GetTaskProtection", protectedTasks);
  await call("DescribeTasks", { tasks: [tasks[0].taskArn, "0".repeat(32)], include: ["TAGS"] });
  await call("StopTask", { task: tasks[0].taskArn });

  await call("TagResource", { resourceArn: service.serviceArn, tags });
  await call("ListTagsForResource", { resourceArn: service.serviceArn });
  await call("UntagResource", { resourceArn: service.serviceArn, tagKeys: ["team"] });
  await call("PutAccountSetting", { name: "containerInsights", value: "enabled" });
  await call("PutAccountSettingDefault", { name: "taskLongArnFormat", value: "enabled" });
  await call("ListAccountSettings", { effectiveSettings: true });
  await call("DeleteAccountSetting", { name: "containerInsights" });
  await call("DeleteService", { service: "a", force: true });
  await call("DeregisterTaskDefinition", { taskDefinition: "b:1" });
  await call("DeleteTaskDefinitions", { taskDefinitions: ["b:1", "no:1"] });
  await call("RegisterDaemonTaskDefinition", {
    family: "d",
    pidMode: "shared",
    containerDefinitions: [{ name: "d", image: "d:1", healthCheck: { command: ["CMD", "true"] } }],
  });
  await call("DescribeDaemonTaskDefinition", { daemonTaskDefinition: "d" });
  await callManagedDaemons(call);
  await call("DeleteDaemonTaskDefinition", { daemonTaskDefinition: "d:1" });
  await call("ListDaemonTaskDefinitions", { status: "ALL" });
  assert.deepEqual(
    [...ecsOperations.keys()].filter((it) => !answered.has(it)),
    [],
  );
});

/** The definition `d` is there. */
async function callManagedDaemons(call: TestEndpoint["call"]): Promise<void> {
  const managedInstancesProvider = managedProvider();
  const tags = [{ key: "team", value: "ops" }];
  const provider = { name: "mi", cluster: "default", managedInstancesProvider, tags };
  const { capacityProvider } = await call("CreateCapacityProvider", provider);
  await call("UpdateCapacityProvider", { name: "mi", managedInstancesProvider });
  await call("DescribeCapacityProviders", { include: ["TAGS"], cluster: "default" });
  const settings = {
    daemonTaskDefinitionArn: "d:1",
    capacityProviderArns: [capacityProvider.capacityProviderArn],
    deploymentConfiguration: { alarms: { alarmNames: ["a"], enable: true } },
  };
  const { daemonArn, deploymentArn } = await call("CreateDaemon", { daemonName: "d", tags, ...settings });
  await call("DescribeDaemonDeployments", { daemonDeploymentArns: [deploymentArn, `${deploymentArn}x`] });
  await call("UpdateDaemon", { daemonArn, ...settings });
  await call("ListDaemonDeployments", { daemonArn });
  await call("ListDaemons", { maxResults: 1 });
  const { daemon } = await call("DescribeDaemon", { daemonArn });
  const { arn } = daemon.currentRevisions[0];
  await call("DescribeDaemonRevisions", { daemonRevisionArns: [arn, `${arn}0`] });
  await call("ListTasks", { daemonName: "d" });
  for (const resourceArn of [daemonArn, capacityProvider.capacityProviderArn])
    await call("ListTagsForResource", { resourceArn });
  await call("DeleteDaemon", { daemonArn });
  await call("DeleteCapacityProvider", { capacityProvider: "mi" });
}

test("an operation that the endpoint does not have says so", async (t) => {
  const { call } = await startTestEndpoint(t);
  for (const operation of unsupportedOperations)
    await assert.rejects(call(operation), {
      name: "UnsupportedFeatureException",
      message: `${operation} is not supported by the local endpoint.`,
    });
});

test("the exceptions of operations that find nothing are theirs", async (t) => {
  const { call } = await startTestEndpoint(t);
  const arn = (type: string) => `arn:aws:ecs:us-east-1:123456789012:${type}`;
  const id = "0".repeat(32);
  for (const [operation, input] of [
    ...[
      "cluster/no",
      "service/default/no",
      "task-definition/no:1",
      `task/default/${id}`,
      `container-instance/default/${id}`,
    ].flatMap((it) => [
      ["ListTagsForResource", { resourceArn: arn(it) }] as const,
      ["TagResource", { resourceArn: arn(it), tags: [{ key: "a", value: "b" }] }] as const,
      ["UntagResource", { resourceArn: arn(it), tagKeys: ["a"] }] as const,
    ]),
    ["StopServiceDeployment", { serviceDeploymentArn: arn("service-deployment/default/a/1") }],
    ["UpdateService", { service: "no" }],
    ["DeleteService", { service: "no" }],
    ["ListServiceDeployments", { service: "no" }],
    ...["DescribeDaemon", "UpdateDaemon", "DeleteDaemon", "ListDaemonDeployments"].map(
      (it) => [it, { daemonArn: arn("daemon/default/no") }] as const,
    ),
    ["DescribeDaemonTaskDefinition", { daemonTaskDefinition: "no" }],
    ["UpdateCapacityProvider", { name: "no" }],
    ["DeleteCapacityProvider", { capacityProvider: "no" }],
    ["ListDaemons", { clusterArn: arn("cluster/no") }],
    ["ListTasks", { serviceName: "no" }],
    ["StopTask", { task: id }],
    ["DescribeTaskDefinition", { taskDefinition: "no" }],
    ["DeregisterTaskDefinition", { taskDefinition: "no:1" }],
    ["PutAttributes", { attributes: [{ name: "a", targetId: arn(`container-instance/default/${id}`) }] }],
    ["DeleteAttributes", { attributes: [{ name: "a", targetId: arn(`container-instance/default/${id}`) }] }],
    ["DeregisterContainerInstance", { containerInstance: id }],
    ...[
      "DescribeClusters",
      "DeleteCluster",
      "UpdateCluster",
      "ListServices",
      "ListTasks",
      "RunTask",
      "CreateService",
    ].map((it) => [it, { cluster: "no", taskDefinition: "no", serviceName: "no" }] as const),
  ] as const)
    await call(operation, input).catch((error: Error) => {
      if (error instanceof assert.AssertionError) throw error;
    });
});

test("the checker notices what the API model does not have", () => {
  const cluster = { clusterName: "c", registeredContainerInstancesCount: 1.5, clusterarn: "x" };
  assert.deepEqual(answerProblems("DescribeClusters", { clusters: [cluster] }), [
    "DescribeClusters.clusters[0].registeredContainerInstancesCount is not a integer",
    "DescribeClusters.clusters[0].clusterarn is not in the model",
  ]);
  assert.deepEqual(answerProblems("DescribeTasks", { tasks: [{ launchType: "NONE" }], failures: {} }), [
    "DescribeTasks.tasks[0].launchType is NONE, which is not one of EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES",
    "DescribeTasks.failures is not a list",
  ]);
  assert.equal(canAnswer("ListTagsForResource", "ResourceNotFoundException"), false);
});
