// Capacity providers of Auto Scaling groups, in the order in which Terraform calls: provider, association, service.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agentDefinition, startTestEndpoint, type TestEndpoint } from "../support/localEndpoint";

const groupArn = (name: string) =>
  `arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:0f0f0f0f:autoScalingGroupName/${name}`;
const provider = (name: string, more: object = {}) => ({
  name,
  autoScalingGroupProvider: { autoScalingGroupArn: groupArn(`${name}-asg`), ...more },
});
const invalid = (message: string | RegExp) => ({ name: "InvalidParameterException", message });

/** Two instances of the group `web-asg`, one of `spot-asg`, one of none. */
const fleetText = JSON.stringify({
  groups: [
    { count: 2, instanceType: "m5.large", autoScalingGroup: "web-asg" },
    { count: 1, instanceType: "m5.large", autoScalingGroup: "spot-asg" },
    { count: 1, instanceType: "m5.large" },
  ],
});

const associate = (names: readonly string[], strategy: readonly object[] = []) => ({
  cluster: "default",
  capacityProviders: names,
  defaultCapacityProviderStrategy: strategy,
});

async function start(t: Parameters<typeof startTestEndpoint>[0]): Promise<TestEndpoint> {
  const it = await startTestEndpoint(t, { fleetText });
  await it.call("RegisterTaskDefinition", agentDefinition());
  for (const name of ["web", "spot", "empty"]) await it.call("CreateCapacityProvider", provider(name));
  await it.call("PutClusterCapacityProviders", associate(["web", "spot", "empty"]));
  return it;
}

/** Names of the capacity providers of the service's running tasks, and of their instances. */
async function placesOf({ call }: TestEndpoint, serviceName: string): Promise<readonly string[]> {
  const { taskArns } = await call("ListTasks", { serviceName });
  if (taskArns.length === 0) return [];
  const { tasks } = await call("DescribeTasks", { tasks: taskArns });
  const containerInstances = tasks.map((it: { containerInstanceArn: string }) => it.containerInstanceArn);
  const described = await call("DescribeContainerInstances", { containerInstances });
  const nameOf = new Map(
    described.containerInstances.map((it: Record<string, string>) => [
      it.containerInstanceArn,
      it.capacityProviderName,
    ]),
  );
  for (const it of tasks) assert.equal(nameOf.get(it.containerInstanceArn), it.capacityProviderName);
  return tasks.map((it: { capacityProviderName: string }) => it.capacityProviderName).sort();
}

test("a capacity provider of an Auto Scaling group is created, changed, tagged and deleted", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 0 });
  const tags = [{ key: "team", value: "ops" }];
  const created = await call("CreateCapacityProvider", { ...provider("web"), tags });
  const { capacityProviderArn } = created.capacityProvider;
  const scaling = {
    status: "DISABLED",
    targetCapacity: 100,
    minimumScalingStepSize: 1,
    maximumScalingStepSize: 10_000,
    instanceWarmupPeriod: 300,
  };
  const settings = {
    autoScalingGroupArn: groupArn("web-asg"),
    managedScaling: scaling,
    managedTerminationProtection: "DISABLED",
    managedDraining: "ENABLED",
  };
  assert.deepEqual(created.capacityProvider, {
    capacityProviderArn: "arn:aws:ecs:us-east-1:123456789012:capacity-provider/web",
    name: "web",
    status: "ACTIVE",
    autoScalingGroupProvider: settings,
    type: "EC2_AUTOSCALING",
    tags,
  });
  const updated = await call("UpdateCapacityProvider", {
    name: capacityProviderArn,
    autoScalingGroupProvider: { managedScaling: { status: "ENABLED", targetCapacity: 90 } },
  });
  assert.equal(updated.capacityProvider.updateStatus, "UPDATE_COMPLETE");
  assert.deepEqual(updated.capacityProvider.autoScalingGroupProvider, {
    ...settings,
    managedScaling: { ...scaling, status: "ENABLED", targetCapacity: 90 },
  });
  await call("TagResource", { resourceArn: capacityProviderArn, tags: [{ key: "a", value: "b" }] });
  const described = await call("DescribeCapacityProviders", {
    capacityProviders: [capacityProviderArn],
    include: ["TAGS"],
  });
  assert.equal(described.capacityProviders[0].tags.length, 2);
  const { capacityProviders } = await call("DescribeCapacityProviders");
  assert.deepEqual(
    capacityProviders.map((it: { name: string }) => it.name),
    ["FARGATE", "FARGATE_SPOT", "web"],
  );

  await call("CreateCluster", { clusterName: "c", capacityProviders: ["web"] });
  const failed = await call("DeleteCapacityProvider", { capacityProvider: "web" });
  assert.deepEqual(
    [
      failed.capacityProvider.status,
      failed.capacityProvider.updateStatus,
      failed.capacityProvider.updateStatusReason,
    ],
    [
      "ACTIVE",
      "DELETE_FAILED",
      "The capacity provider cannot be deleted because it is associated with cluster: c. Remove the capacity provider from the cluster and try again.",
    ],
  );
  await call("DeleteCluster", { cluster: "c" });
  const deleted = await call("DeleteCapacityProvider", { capacityProvider: capacityProviderArn });
  assert.equal(deleted.capacityProvider.updateStatus, "DELETE_IN_PROGRESS");
  const gone = await call("DescribeCapacityProviders", { capacityProviders: ["web"] });
  assert.equal(gone.capacityProviders[0].status, "INACTIVE");
  await call("CreateCapacityProvider", provider("web"));
});

test("a service follows its strategy onto the instances of its capacity providers, and no others", async (t) => {
  const it = await start(t);
  const { call, local } = it;
  const strategy = [
    { capacityProvider: "web", weight: 1, base: 1 },
    { capacityProvider: "spot", weight: 1, base: 0 },
  ];
  const service = { taskDefinition: "agent", desiredCount: 3 };
  const created = await call("CreateService", {
    ...service,
    serviceName: "web",
    capacityProviderStrategy: strategy,
  });
  assert.equal(created.service.launchType, undefined);
  assert.deepEqual(created.service.capacityProviderStrategy, strategy);
  assert.deepEqual(await placesOf(it, "web"), ["spot", "web", "web"]);
  const [{ arn }] = created.service.currentServiceRevisions;
  const { serviceRevisions } = await call("DescribeServiceRevisions", { serviceRevisionArns: [arn] });
  assert.deepEqual(serviceRevisions[0].capacityProviderStrategy, strategy);

  // A capacity provider without instances keeps its share of the tasks waiting.
  const half = [
    { capacityProvider: "empty", weight: 1 },
    { capacityProvider: "spot", weight: 1 },
  ];
  await call("CreateService", {
    ...service,
    serviceName: "half",
    desiredCount: 4,
    capacityProviderStrategy: half,
  });
  assert.deepEqual(await placesOf(it, "half"), ["spot", "spot"]);
  const { services } = await call("DescribeServices", { services: ["half"] });
  assert.ok(
    services[0].events.some((event: { message: string }) =>
      event.message.includes("Reason: No Container Instances were found in your capacity provider."),
    ),
  );
  await local("AddContainerInstances", { capacityProvider: "empty", count: 1 });
  assert.deepEqual(await placesOf(it, "half"), ["empty", "empty", "spot", "spot"]);

  // An instance joins a group by hand, and the launch type EC2 still has every instance.
  const { containerInstanceArns } = await call("ListContainerInstances");
  const { containerInstances } = await call("DescribeContainerInstances", {
    containerInstances: containerInstanceArns,
  });
  const free = containerInstances.find(
    (one: Record<string, string>) => one.capacityProviderName === undefined,
  );
  await call("CreateService", {
    ...service,
    serviceName: "anywhere",
    desiredCount: 5,
    launchType: "EC2",
    placementConstraints: [{ type: "distinctInstance" }],
  });
  assert.equal((await call("ListTasks", { serviceName: "anywhere" })).taskArns.length, 5);
  const joined = await local("UpdateContainerInstance", {
    containerInstance: free.containerInstanceArn,
    autoScalingGroup: "spot-asg",
  });
  assert.equal(joined.containerInstance.capacityProviderName, "spot");
});

test("RunTask follows the strategy of the request or the cluster, and says where there is no instance", async (t) => {
  const { call } = await start(t);
  const task = { taskDefinition: "agent" };
  const run = (...capacityProviderStrategy: object[]) =>
    call("RunTask", { ...task, count: 2, capacityProviderStrategy });
  const { tasks } = await run({ capacityProvider: "spot", weight: 1 });
  assert.deepEqual(
    tasks.map((it: Record<string, string>) => [it.capacityProviderName, it.launchType]),
    [
      ["spot", "EC2"],
      ["spot", "EC2"],
    ],
  );
  const nowhere = await run({ capacityProvider: "empty", weight: 1 });
  assert.deepEqual(
    nowhere.failures.map((it: Record<string, string>) => [it.arn, it.reason]),
    [["arn:aws:ecs:us-east-1:123456789012:capacity-provider/empty", "EMPTY CAPACITY PROVIDER"]],
  );
  await call(
    "PutClusterCapacityProviders",
    associate(["web", "spot"], [{ capacityProvider: "web", weight: 1 }]),
  );
  const inherited = await call("RunTask", task);
  assert.equal(inherited.tasks[0].capacityProviderName, "web");
  const plain = await call("RunTask", { ...task, launchType: "EC2" });
  assert.equal(plain.tasks[0].capacityProviderName, undefined);
  const daemon = { serviceName: "d", schedulingStrategy: "DAEMON", ...task };
  await assert.rejects(
    call("CreateService", daemon),
    invalid(
      "Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.",
    ),
  );
  await call("CreateService", { ...daemon, launchType: "EC2" });
  assert.equal((await call("ListTasks", { serviceName: "d" })).taskArns.length, 4);
});

test("a service changes its strategy with a new deployment only, and goes back to its launch type", async (t) => {
  const it = await start(t);
  const { call } = it;
  const forced = (capacityProviderStrategy: readonly object[]) => ({
    service: "a",
    capacityProviderStrategy,
    forceNewDeployment: true,
  });
  const web = { capacityProvider: "web", weight: 1 };
  await call("CreateService", { serviceName: "a", taskDefinition: "agent", desiredCount: 2 });
  await assert.rejects(
    call("UpdateService", { service: "a", capacityProviderStrategy: [web] }),
    invalid(/^When switching from launch type to capacity provider strategy on an existing service/),
  );
  await call("UpdateService", forced([web]));
  assert.deepEqual(await placesOf(it, "a"), ["web", "web"]);
  const same = await call("UpdateService", { service: "a", capacityProviderStrategy: [web] });
  assert.equal(same.service.deployments.length, 1);
  const back = await call("UpdateService", forced([]));
  assert.deepEqual([back.service.launchType, back.service.capacityProviderStrategy], ["EC2", undefined]);

  await call("CreateService", {
    serviceName: "b",
    taskDefinition: "agent",
    desiredCount: 1,
    capacityProviderStrategy: [web],
  });
  await assert.rejects(
    call("UpdateService", { ...forced([]), service: "b" }),
    invalid(
      "No launch type to fall back to for empty capacity provider strategy. Your service was not created with a launch type.",
    ),
  );
  const spot = { capacityProvider: "spot", weight: 1, base: 0 };
  await call("PutClusterCapacityProviders", associate(["web", "spot"], [spot]));
  const inherited = await call("UpdateService", { ...forced([]), service: "b" });
  assert.deepEqual(inherited.service.capacityProviderStrategy, [spot]);
});

test("capacity providers are refused in the words of ECS", async (t) => {
  const { call } = await start(t);
  const strategy = (...capacityProviderStrategy: object[]) => ({
    serviceName: "a",
    taskDefinition: "agent",
    desiredCount: 1,
    capacityProviderStrategy,
  });
  const web = { capacityProvider: "web", weight: 1, base: 1 };
  await call("CreateService", { ...strategy(web), serviceName: "used" });
  const scaling = { managedScaling: { minimumScalingStepSize: 5, maximumScalingStepSize: 2 } };
  for (const [operation, input, refusal] of [
    [
      "CreateCapacityProvider",
      provider("web", { autoScalingGroupArn: groupArn("other") }),
      { name: "ClientException", message: /^The specified capacity provider already exists\./ },
    ],
    [
      "CreateCapacityProvider",
      provider("web2", { autoScalingGroupArn: "web-asg" }),
      {
        name: "ClientException",
        message: /^The specified Auto Scaling group ARN is already being used by another capacity provider\./,
      },
    ],
    ["CreateCapacityProvider", provider("x", { autoScalingGroupArn: "" }), invalid(/AutoScalingGroupArn/)],
    [
      "CreateCapacityProvider",
      provider("ecs-x"),
      invalid(/^The specified capacity provider name is invalid\./),
    ],
    [
      "CreateCapacityProvider",
      provider("x", scaling),
      { name: "ClientException", message: "The minimum or maximum scaling step size value is invalid" },
    ],
    [
      "PutClusterCapacityProviders",
      associate(["spot"]),
      {
        name: "ResourceInUseException",
        message: "The specified capacity provider is in use and cannot be removed.",
      },
    ],
    [
      "PutClusterCapacityProviders",
      associate(["web", "nobody"]),
      invalid(
        "The specified capacity provider was not found. Specify a valid capacity provider and try again.",
      ),
    ],
    [
      "PutClusterCapacityProviders",
      associate(["web", "FARGATE"], [web, { capacityProvider: "FARGATE", weight: 1 }]),
      invalid(/^A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling/),
    ],
    [
      "PutClusterCapacityProviders",
      associate(["web"], [{ capacityProvider: "spot", weight: 1 }]),
      invalid(
        /^The specified capacity provider strategy cannot contain a capacity provider that is not assoc/,
      ),
    ],
    [
      "PutClusterCapacityProviders",
      associate(["web", "spot"], [web, { ...web, capacityProvider: "spot" }]),
      invalid(
        "The specified capacity provider strategy contains multiple capacity providers with a base value defined",
      ),
    ],
    [
      "CreateService",
      strategy(web, { ...web, capacityProvider: "spot" }),
      invalid(
        "There are multiple capacity providers in the specified capacity provider strategy with a base value defined",
      ),
    ],
    [
      "CreateService",
      strategy({ capacityProvider: "web" }),
      invalid(
        /^There are no capacity providers in the capacity provider strategy with a weight value greater/,
      ),
    ],
  ] as const)
    await assert.rejects(call(operation, input), refusal, `${operation} ${JSON.stringify(input)}`);
  await call("PutClusterCapacityProviders", associate(["web"], [{ capacityProvider: "web" }]));
  await assert.rejects(
    call("RunTask", { taskDefinition: "agent" }),
    invalid(/^There are no capacity providers with a weight value greater than zero defined in the default/),
  );
});
