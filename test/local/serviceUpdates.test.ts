// What an update of a service changes: its deployment, or only the tasks that start from then on.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type AnyAnswer, startTestEndpoint, type TestEndpoint } from "../support/localEndpoint";

const namespace = "arn:aws:servicediscovery:us-east-1:123456789012:namespace/ns-1";
const role = "arn:aws:iam::123456789012:role/ecs";
const volumes = (sizeInGiB: number) => [
  { name: "data", managedEBSVolume: { roleArn: role, sizeInGiB, filesystemType: "xfs" } },
];
const lattice = [
  {
    roleArn: role,
    targetGroupArn: "arn:aws:vpc-lattice:us-east-1:123456789012:targetgroup/tg-0123456789abcdef0",
    portName: "http",
  },
];

async function withService(t: TestContext, members: object = {}): Promise<TestEndpoint> {
  const endpoint = await startTestEndpoint(t);
  await endpoint.call("RegisterTaskDefinition", {
    family: "web",
    taskRoleArn: role,
    containerDefinitions: [
      {
        name: "web",
        image: "web:1",
        memory: 64,
        portMappings: [{ containerPort: 80, name: "http" }],
        mountPoints: [{ sourceVolume: "data", containerPath: "/data" }],
      },
    ],
    volumes: [{ name: "data", configuredAtLaunch: true }],
  });
  await endpoint.call("CreateService", {
    serviceName: "web",
    taskDefinition: "web",
    desiredCount: 1,
    volumeConfigurations: volumes(10),
    ...members,
  });
  return endpoint;
}

const idOf = (answer: AnyAnswer): string => answer.service.deployments[0].id;

for (const [what, members, deploys] of [
  ["the task definition", { taskDefinition: "web:2" }, true],
  ["a load balancer that goes", { loadBalancers: [] }, true],
  ["Service Connect", { serviceConnectConfiguration: { enabled: true, namespace } }, true],
  ["VPC Lattice", { vpcLatticeConfigurations: lattice }, true],
  ["other volumes", { volumeConfigurations: volumes(20) }, true],
  ["the same volumes", { volumeConfigurations: volumes(10) }, false],
  ["volumes that are null", { volumeConfigurations: null }, false],
  ["the desired count", { desiredCount: 2 }, false],
  ["ECS Exec", { enableExecuteCommand: true }, false],
  ["propagated tags", { propagateTags: "SERVICE" }, false],
  ["managed tags", { enableECSManagedTags: true }, false],
  ["the grace period", { healthCheckGracePeriodSeconds: 30 }, false],
  ["zone rebalancing", { availabilityZoneRebalancing: "DISABLED" }, false],
  ["the deployment configuration", { deploymentConfiguration: { minimumHealthyPercent: 0 } }, false],
] as const)
  test(`an update of ${what} makes ${deploys ? "a new" : "no"} deployment`, async (t) => {
    const { call } = await withService(t);
    const { taskDefinition } = await call("DescribeTaskDefinition", { taskDefinition: "web" });
    const { family, containerDefinitions, volumes: named } = taskDefinition;
    const next = { family, containerDefinitions, volumes: named, taskRoleArn: role };
    await call("RegisterTaskDefinition", next);
    const before = idOf({ service: (await call("DescribeServices", { services: ["web"] })).services[0] });
    assert.equal(idOf(await call("UpdateService", { service: "web", ...members })) !== before, deploys);
  });

test("tags are propagated to tasks that start after the update", async (t) => {
  const { call } = await withService(t, { tags: [{ key: "team", value: "a" }] });
  const tags = async () => {
    const { taskArns } = await call("ListTasks", { serviceName: "web" });
    const { tasks } = await call("DescribeTasks", { tasks: taskArns, include: ["TAGS"] });
    return tasks.map((it: AnyAnswer) => it.tags.length).sort();
  };
  await call("UpdateService", { service: "web", propagateTags: "SERVICE" });
  assert.deepEqual(await tags(), [0]);
  await call("UpdateService", { service: "web", desiredCount: 2 });
  assert.deepEqual(await tags(), [0, 1]);
});

test("each deployment shows the configuration that it was made with, and so do the revisions", async (t) => {
  const { call, local } = await withService(t, { vpcLatticeConfigurations: lattice });
  await local("SetFault", { family: "web", failure: "exit", exitCode: 1 });
  const connect = { enabled: true, namespace };
  const { service } = await call("UpdateService", {
    service: "web",
    volumeConfigurations: volumes(20),
    serviceConnectConfiguration: connect,
    monitoring: { metricConfigurations: [{ metricNames: ["CPUUtilization"], resolutionSeconds: 20 }] },
  });
  for (const name of ["volumeConfigurations", "vpcLatticeConfigurations", "monitoring"])
    assert.equal(name in service, false, name);
  const shown = service.deployments.map((it: AnyAnswer) => [
    it.volumeConfigurations[0].managedEBSVolume.sizeInGiB,
    it.serviceConnectConfiguration?.namespace,
    it.vpcLatticeConfigurations,
  ]);
  assert.deepEqual(shown, [
    [20, namespace, lattice],
    [10, undefined, lattice],
  ]);
  const arns = service.currentServiceRevisions.map((it: AnyAnswer) => it.arn);
  const { serviceRevisions } = await call("DescribeServiceRevisions", { serviceRevisionArns: arns });
  assert.deepEqual(
    serviceRevisions.map((it: AnyAnswer) => it.volumeConfigurations[0].managedEBSVolume.sizeInGiB),
    [20, 10],
  );
  assert.deepEqual(serviceRevisions[0].vpcLatticeConfigurations, lattice);
});

test("the services of a namespace are listed across clusters, those of a default namespace too", async (t) => {
  const connect = (members: object) => ({ serviceConnectConfiguration: { enabled: true, ...members } });
  const { call } = await withService(t, connect({ namespace }));
  await call("CreateCluster", { clusterName: "other", serviceConnectDefaults: { namespace } });
  const create = (serviceName: string, members: object = {}) =>
    call("CreateService", {
      cluster: "other",
      serviceName,
      taskDefinition: "web",
      desiredCount: 0,
      volumeConfigurations: volumes(10),
      ...members,
    });
  await create("inherits", connect({}));
  await create("elsewhere", connect({ namespace: "internal" }));
  await create("disabled", { serviceConnectConfiguration: { enabled: false, namespace } });
  await create("without");
  const names = async (input: object) =>
    (await call("ListServicesByNamespace", input)).serviceArns.map((it: string) => it.split("service/")[1]);
  assert.deepEqual(await names({ namespace }), ["default/web", "other/inherits"]);
  assert.deepEqual(await names({ namespace: "internal" }), ["other/elsewhere"]);
  assert.deepEqual(await names({ namespace: "nobody" }), []);
  const first = await call("ListServicesByNamespace", { namespace, maxResults: 1 });
  assert.deepEqual(await names({ namespace, maxResults: 1, nextToken: first.nextToken }), ["other/inherits"]);
  await assert.rejects(call("ListServicesByNamespace"), { name: "InvalidParameterException" });
  await call("DeleteService", { service: "web", force: true });
  assert.deepEqual(await names({ namespace }), ["other/inherits"]);
});

test("an update cannot turn Service Connect on where no namespace is known", async (t) => {
  const { call } = await withService(t);
  const update = () =>
    call("UpdateService", { service: "web", serviceConnectConfiguration: { enabled: true } });
  await assert.rejects(update(), { name: "InvalidParameterException", message: "Namespace is missing" });
  await call("UpdateCluster", { cluster: "default", serviceConnectDefaults: { namespace } });
  assert.equal((await update()).service.serviceName, "web");
});

for (const what of ["an update", "draining"] as const)
  test(`at 100 percent ${what} starts nothing before what it replaces has stopped`, async (t) => {
    const { call, local } = await startTestEndpoint(t, { instances: 2, stopDelaySeconds: 10 });
    const container = { name: "web", image: "web:1", memory: 64 };
    await call("RegisterTaskDefinition", { family: "web", containerDefinitions: [container] });
    await call("CreateService", {
      serviceName: "web",
      taskDefinition: "web",
      desiredCount: 4,
      deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 50 },
    });
    const counts = async () => {
      const { runningCount, pendingCount } = (await call("DescribeServices", { services: ["web"] }))
        .services[0];
      return runningCount + pendingCount;
    };
    const withoutStopping = async () => (await call("ListTasks", { serviceName: "web" })).taskArns.length;
    const [containerInstance] = (await call("ListContainerInstances")).containerInstanceArns;
    if (what === "an update") await call("UpdateService", { service: "web", forceNewDeployment: true });
    else
      await call("UpdateContainerInstancesState", {
        containerInstances: [containerInstance],
        status: "DRAINING",
      });
    assert.deepEqual([await counts(), await withoutStopping()], [4, 2]);
    await local("AdvanceClock", { seconds: 10 });
    assert.equal(await counts(), 4);
    await local("AdvanceClock", { seconds: 10 });
    assert.deepEqual([await counts(), await withoutStopping()], [4, 4]);
    const { services } = await call("DescribeServices", { services: ["web"] });
    assert.equal(services[0].deployments.length, 1);
  });
