// Words that ECS does not know, and clusters that are gone: refused in the words that people have seen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agentDefinition, startTestEndpoint } from "../support/localEndpoint";

test("a deleted cluster can be described, and what would start something there says that it is inactive", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const { cluster } = await call("CreateCluster", { clusterName: "gone" });
  await call("DeleteCluster", { cluster: "gone" });
  const { clusters } = await call("DescribeClusters", { clusters: ["gone"] });
  assert.equal(clusters[0].status, "INACTIVE");
  const service = {
    cluster: "gone",
    serviceName: "a",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  };
  for (const [operation, input] of [
    ["CreateService", service],
    ["RunTask", { cluster: "gone", taskDefinition: "agent" }],
    ["UpdateService", { cluster: cluster.clusterArn, service: "a" }],
  ] as const)
    await assert.rejects(call(operation, input), {
      name: "ClusterNotFoundException",
      message: "The referenced cluster was inactive.",
    });
  for (const it of ["never", "gone"])
    await assert.rejects(call("ListTasks", { cluster: it }), {
      name: "ClusterNotFoundException",
      message: "Cluster not found.",
    });
  await assert.rejects(call("ListTagsForResource", { resourceArn: cluster.clusterArn }), {
    name: "InvalidParameterException",
    message: "The specified cluster is inactive. Specify an active cluster and try again.",
  });
  await call("CreateCluster", { clusterName: "gone" });
  assert.equal((await call("CreateService", service)).service.status, "ACTIVE");
});

test("a word that a request may not have is answered with those that it may", async (t) => {
  const { call } = await startTestEndpoint(t);
  const id = "0".repeat(32);
  for (const [operation, input, words] of [
    [
      "DescribeClusters",
      { include: ["NOPE"] },
      "include should be one of [ATTACHMENTS,CONFIGURATIONS,SETTINGS,STATISTICS,TAGS]",
    ],
    ["DescribeServices", { services: ["a"], include: ["TAGS", "NOPE"] }, "include should be one of [TAGS]"],
    ["DescribeTasks", { tasks: [id], include: ["NOPE"] }, "include should be one of [TAGS]"],
    [
      "DescribeContainerInstances",
      { containerInstances: [id], include: ["NOPE"] },
      "include should be one of [TAGS,CONTAINER_INSTANCE_HEALTH]",
    ],
    [
      "ListTasks",
      { launchType: "NOPE" },
      "launch type should be one of [EC2,FARGATE,EXTERNAL,FMI,MANAGED_INSTANCES]",
    ],
    [
      "ListServices",
      { launchType: "NOPE" },
      "launch type should be one of [EC2,FARGATE,EXTERNAL,FMI,MANAGED_INSTANCES]",
    ],
  ] as const)
    await assert.rejects(call(operation, input), { name: "InvalidParameterException", message: words });
});

test("Fargate can be associated with a cluster, and what would run there is refused by the name of the place", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const capacityProviders = ["FARGATE", "FARGATE_SPOT"];
  const strategy = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
  const cluster = "fargate";
  await call("CreateCluster", {
    clusterName: cluster,
    capacityProviders,
    defaultCapacityProviderStrategy: strategy,
  });
  const task = { cluster, taskDefinition: "agent" };
  const service = { ...task, serviceName: "a", desiredCount: 1 };
  const spot = "capacity provider FARGATE_SPOT";
  for (const [operation, input, place] of [
    ["RunTask", task, `${spot}, the default of cluster 'fargate'`],
    ["CreateService", service, `${spot}, the default of cluster 'fargate'`],
    ["RunTask", { ...task, capacityProviderStrategy: strategy }, spot],
    ["CreateService", { ...service, capacityProviderStrategy: strategy }, spot],
    ["RunTask", { ...task, launchType: "FARGATE" }, "launch type FARGATE"],
  ] as const)
    await assert.rejects(call(operation, input), {
      name: "UnsupportedFeatureException",
      message: `The local endpoint cannot run tasks on ${place}: it has container instances only. Use launch type EC2 or EXTERNAL, or a capacity provider of an Auto Scaling group or of Managed Instances.`,
    });
  const created = await call("CreateService", { ...service, launchType: "EC2" });
  assert.equal(created.service.launchType, "EC2");
});

test("an id of another length is none", async (t) => {
  const { call } = await startTestEndpoint(t);
  for (const [operation, input, kind] of [
    ["DescribeTasks", { tasks: ["None"] }, "taskId"],
    ["DescribeContainerInstances", { containerInstances: ["None"] }, "instanceId"],
  ] as const)
    await assert.rejects(call(operation, input), {
      name: "InvalidParameterException",
      message: `${kind} length should be one of [32,36]`,
    });
});

test("a deployment configuration is answered with the defaults of a rolling deployment", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const { service } = await call("CreateService", {
    serviceName: "a",
    taskDefinition: "agent",
    desiredCount: 0,
  });
  assert.deepEqual(service.deploymentConfiguration, {
    deploymentCircuitBreaker: { enable: false, rollback: false },
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    strategy: "ROLLING",
    bakeTimeInMinutes: 0,
  });
});

test("access is denied in the words of IAM, which name the action", async (t) => {
  const { call, local } = await startTestEndpoint(t);
  await local("SetFault", { operation: "ListClusters", effect: "accessDenied", count: 1 });
  await assert.rejects(call("ListClusters"), {
    name: "AccessDeniedException",
    message:
      "User: arn:aws:iam::123456789012:user/local is not authorized to perform: ecs:ListClusters because no identity-based policy allows the ecs:ListClusters action",
  });
  assert.equal((await call("ListClusters")).clusterArns.length, 1);
});

test("a cluster that exists is answered again, unless an argument differs", async (t) => {
  const { call } = await startTestEndpoint(t);
  const strategy = [
    { capacityProvider: "FARGATE", weight: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 2, base: 1 },
  ];
  const first = {
    clusterName: "again",
    settings: [{ name: "containerInsights", value: "enhanced" }],
    configuration: { executeCommandConfiguration: { logging: "NONE" } },
    serviceConnectDefaults: { namespace: "one" },
    capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    defaultCapacityProviderStrategy: strategy,
    tags: [{ key: "env", value: "dev" }],
  };
  const { cluster } = await call("CreateCluster", first);
  const sameInAnotherOrder = {
    ...first,
    capacityProviders: ["FARGATE_SPOT", "FARGATE"],
    defaultCapacityProviderStrategy: strategy.toReversed(),
    tags: [{ key: "env", value: "prod" }],
  };
  for (const it of [first, { clusterName: "again" }, sameInAnotherOrder])
    assert.deepEqual((await call("CreateCluster", it)).cluster, cluster);
  for (const it of [
    { settings: [{ name: "containerInsights", value: "disabled" }] },
    { configuration: { executeCommandConfiguration: { logging: "DEFAULT" } } },
    { serviceConnectDefaults: { namespace: "two" } },
    { capacityProviders: ["FARGATE"] },
    { capacityProviders: first.capacityProviders, defaultCapacityProviderStrategy: strategy.slice(1) },
  ])
    await assert.rejects(call("CreateCluster", { clusterName: "again", ...it }), {
      name: "InvalidParameterException",
      message:
        "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).",
    });
  await assert.rejects(call("CreateCluster", { clusterName: "again", tags: "env" }), {
    name: "SerializationException",
  });
});

test("a setting has one of its values", async (t) => {
  const { call } = await startTestEndpoint(t);
  const refusal = { name: "InvalidParameterException", message: "Invalid setting 'value'" };
  for (const [name, value] of [
    ["taskLongArnFormat", "ENABLED"],
    ["tagResourceAuthorization", "enabled"],
    ["fargateTaskRetirementWaitPeriod", "8"],
    ["containerInsights", "on"],
  ])
    for (const operation of ["PutAccountSetting", "PutAccountSettingDefault"])
      await assert.rejects(call(operation, { name, value }), refusal);
  for (const [name, value] of [
    ["containerInsights", "enhanced"],
    ["tagResourceAuthorization", "on"],
    ["fargateTaskRetirementWaitPeriod", "14"],
  ])
    assert.equal((await call("PutAccountSetting", { name, value })).setting.value, value);
  const settings = [{ name: "containerInsights", value: "enhaced" }];
  await assert.rejects(call("UpdateClusterSettings", { cluster: "default", settings }), refusal);
});

test("tags are those of ARNs that name the cluster", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 1 });
  await call("RegisterTaskDefinition", agentDefinition());
  const { service } = await call("CreateService", {
    serviceName: "a",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const { taskArns } = await call("ListTasks");
  const { containerInstanceArns } = await call("ListContainerInstances");
  const tags = [{ key: "team", value: "web" }];
  for (const long of [service.serviceArn, taskArns[0], containerInstanceArns[0]]) {
    const resourceArn = long.replace("/default/", "/");
    for (const [operation, input] of [
      ["TagResource", { resourceArn, tags }],
      ["UntagResource", { resourceArn, tagKeys: ["team"] }],
      ["ListTagsForResource", { resourceArn }],
    ] as const)
      await assert.rejects(call(operation, input), {
        name: "InvalidParameterException",
        message: "Long arn format must be used for tagging operations",
      });
    await call("TagResource", { resourceArn: long, tags });
    assert.deepEqual((await call("ListTagsForResource", { resourceArn: long })).tags, tags);
  }
});
