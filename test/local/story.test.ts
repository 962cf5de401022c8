// The daemon story over the real SDK: what a user reads in a blog post has to come true here.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  CreateServiceCommand,
  DeleteAttributesCommand,
  DeleteServiceCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListContainerInstancesCommand,
  ListTasksCommand,
  PutAttributesCommand,
  paginateListTasks,
  RegisterTaskDefinitionCommand,
  waitUntilServicesInactive,
  waitUntilServicesStable,
} from "@aws-sdk/client-ecs";
import { idsOf, startTestEndpoint, type TestEndpoint } from "../support/localEndpoint";

const datadog = {
  family: "datadog-agent",
  containerDefinitions: [
    {
      name: "datadog-agent",
      image: "datadog/agent:latest",
      cpu: 100,
      memory: 512,
      essential: true,
      portMappings: [
        { containerPort: 8125, hostPort: 8125, protocol: "udp" as const },
        { containerPort: 8126, hostPort: 8126, protocol: "tcp" as const },
      ],
      mountPoints: [{ sourceVolume: "docker_sock", containerPath: "/var/run/docker.sock" }],
    },
  ],
  volumes: [{ name: "docker_sock", host: { sourcePath: "/var/run/docker.sock" } }],
};

async function tasksOf({ client }: TestEndpoint, serviceName: string): Promise<string[]> {
  const { taskArns = [] } = await client.send(new ListTasksCommand({ serviceName }));
  return taskArns;
}

async function daemonEverywhere(test: TestContext): Promise<TestEndpoint> {
  const it = await startTestEndpoint(test);
  await it.client.send(new RegisterTaskDefinitionCommand(datadog));
  await it.client.send(
    new CreateServiceCommand({
      serviceName: "datadog",
      taskDefinition: "datadog-agent",
      schedulingStrategy: "DAEMON",
    }),
  );
  return it;
}

test("a daemon service runs one task on each of five container instances", async (t) => {
  const it = await daemonEverywhere(t);
  const arns = await tasksOf(it, "datadog");
  const { tasks = [] } = await it.client.send(new DescribeTasksCommand({ tasks: arns }));
  const { containerInstanceArns = [] } = await it.client.send(new ListContainerInstancesCommand({}));
  assert.equal(arns.length, 5);
  assert.deepEqual(
    tasks.map((task) => task.lastStatus),
    Array(5).fill("RUNNING"),
  );
  assert.deepEqual(tasks.map((task) => task.containerInstanceArn).sort(), containerInstanceArns);
});

test("an instance that joins gets the daemon, and nobody touches the service", async (t) => {
  const it = await daemonEverywhere(t);
  const [joined = ""] = it.endpoint.addInstances({ count: 1 });
  const { services = [] } = await it.client.send(new DescribeServicesCommand({ services: ["datadog"] }));
  assert.equal(services[0]?.desiredCount, 6);
  assert.equal(services[0]?.runningCount, 6);
  const { taskArns = [] } = await it.client.send(
    new ListTasksCommand({ containerInstance: joined, serviceName: "datadog" }),
  );
  assert.equal(taskArns.length, 1);
});

test("env=prod on one instance puts the prod daemon exactly there, and taking it away stops it", async (t) => {
  const it = await daemonEverywhere(t);
  const { containerInstanceArns = [] } = await it.client.send(new ListContainerInstancesCommand({}));
  const [target = ""] = containerInstanceArns;
  await it.client.send(
    new PutAttributesCommand({ attributes: [{ name: "env", value: "prod", targetId: target }] }),
  );
  await it.client.send(
    new RegisterTaskDefinitionCommand({
      family: "prod-agent",
      containerDefinitions: [{ name: "agent", image: "example/agent:1", memory: 128 }],
    }),
  );
  await it.client.send(
    new CreateServiceCommand({
      serviceName: "prod",
      taskDefinition: "prod-agent:1",
      schedulingStrategy: "DAEMON",
      placementConstraints: [{ type: "memberOf", expression: "attribute:env==prod" }],
    }),
  );
  const arns = await tasksOf(it, "prod");
  const { tasks = [] } = await it.client.send(new DescribeTasksCommand({ tasks: arns }));
  assert.deepEqual(
    tasks.map((task) => task.containerInstanceArn),
    [target],
  );
  await it.client.send(new DeleteAttributesCommand({ attributes: [{ name: "env", targetId: target }] }));
  assert.deepEqual(await tasksOf(it, "prod"), []);
  const { tasks: stopped = [] } = await it.client.send(new DescribeTasksCommand({ tasks: arns }));
  assert.equal(stopped[0]?.lastStatus, "STOPPED");
  assert.match(
    stopped[0]?.stoppedReason ?? "",
    /^Scaling activity initiated by \(deployment ecs-svc\/\d{19}\)$/,
  );
  assert.equal((await tasksOf(it, "datadog")).length, 5);
});

test("the answers carry what a daemon author looks at", async (t) => {
  const it = await daemonEverywhere(t);
  const { containerInstanceArns = [] } = await it.client.send(new ListContainerInstancesCommand({}));
  const { containerInstances = [] } = await it.client.send(
    new DescribeContainerInstancesCommand({ containerInstances: containerInstanceArns }),
  );
  for (const instance of containerInstances) {
    const remaining = new Map(instance.remainingResources?.map((one) => [one.name, one]));
    const registered = new Map(instance.registeredResources?.map((one) => [one.name, one]));
    assert.equal(instance.runningTasksCount, 1);
    assert.equal(instance.agentConnected, true);
    assert.ok(instance.registeredAt instanceof Date);
    assert.equal(remaining.get("MEMORY")?.integerValue, (registered.get("MEMORY")?.integerValue ?? 0) - 512);
    assert.equal(remaining.get("CPU")?.integerValue, 2048 - 100);
    assert.ok(remaining.get("PORTS")?.stringSetValue?.includes("8126"));
    assert.deepEqual(remaining.get("PORTS_UDP")?.stringSetValue, ["8125"]);
    assert.ok(
      instance.attributes?.some((one) => one.name === "ecs.instance-type" && one.value === "m5.large"),
    );
  }
});

test("the SDK's waiters and paginators come to an end", async (t) => {
  const it = await daemonEverywhere(t);
  it.endpoint.addInstances({ count: 245 });
  const waited = await waitUntilServicesStable(
    { client: it.client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 },
    { services: ["datadog"] },
  );
  assert.equal(waited.state, "SUCCESS");
  const seen: string[] = [];
  for await (const page of paginateListTasks(
    { client: it.client, pageSize: 30 },
    { serviceName: "datadog" },
  )) {
    assert.ok((page.taskArns?.length ?? 0) <= 30);
    seen.push(...(page.taskArns ?? []));
  }
  assert.equal(seen.length, 250);
  assert.equal(new Set(idsOf(seen)).size, 250);
  await it.client.send(new DeleteServiceCommand({ service: "datadog" }));
  const gone = await waitUntilServicesInactive(
    { client: it.client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 },
    { services: ["datadog"] },
  );
  assert.equal(gone.state, "SUCCESS");
  assert.deepEqual(await tasksOf(it, "datadog"), []);
});
