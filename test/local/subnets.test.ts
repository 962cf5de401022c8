// A task in awsvpc mode starts only on instances in the zones of its subnets, as far as the cluster's instances show them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestEndpoint, type TestEndpoint } from "../support/localEndpoint";

const network = (...subnets: string[]) => ({ networkConfiguration: { awsvpcConfiguration: { subnets } } });

async function prepare({ call }: TestEndpoint) {
  await call("RegisterTaskDefinition", {
    family: "agent",
    networkMode: "awsvpc",
    containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64 }],
  });
  const { containerInstanceArns } = await call("ListContainerInstances");
  const { containerInstances } = await call("DescribeContainerInstances", {
    containerInstances: containerInstanceArns,
  });
  const attributeOf = (instance: { attributes: { name: string; value?: string }[] }, name: string) =>
    instance.attributes.find((it) => it.name === name)?.value;
  const [first] = containerInstances;
  const zone = attributeOf(first, "ecs.availability-zone");
  return {
    subnet: attributeOf(first, "ecs.subnet-id") ?? "",
    inZone: containerInstances.filter((it: typeof first) => attributeOf(it, "ecs.availability-zone") === zone)
      .length,
    all: containerInstances.length,
  };
}

test("a daemon has tasks in the zones of its subnets alone, and everywhere where the zones are not known", async (t) => {
  const endpoint = await startTestEndpoint(t);
  const { subnet, inZone, all } = await prepare(endpoint);
  assert.ok(subnet !== "" && inZone < all);
  const tasksOf = async (serviceName: string, ...subnets: string[]) => {
    await endpoint.call("CreateService", {
      serviceName,
      taskDefinition: "agent",
      schedulingStrategy: "DAEMON",
      ...network(...subnets),
    });
    const { services } = await endpoint.call("DescribeServices", { services: [serviceName] });
    return services[0].pendingCount + services[0].runningCount;
  };
  assert.equal(await tasksOf("here", subnet), inZone);
  assert.equal(await tasksOf("anywhere", "subnet-0123456789abcdef0"), all);
});

test("what an instance that joins or leaves shows of a subnet counts for the others", async (t) => {
  const endpoint = await startTestEndpoint(t, { instances: 2 });
  await prepare(endpoint);
  const join = (subnet: string, zone: string) =>
    endpoint.call("RegisterContainerInstance", {
      totalResources: [
        { name: "CPU", type: "INTEGER", integerValue: 2048 },
        { name: "MEMORY", type: "INTEGER", integerValue: 4096 },
      ],
      attributes: [
        { name: "ecs.subnet-id", value: subnet },
        { name: "ecs.availability-zone", value: zone },
      ],
    });
  const { containerInstance } = await join("subnet-0new", "zone-new");
  await endpoint.call("CreateService", {
    serviceName: "there",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    ...network("subnet-0new"),
  });
  const count = async () => {
    const { services } = await endpoint.call("DescribeServices", { services: ["there"] });
    return services[0].pendingCount + services[0].runningCount;
  };
  assert.equal(await count(), 1);
  await endpoint.call("DeregisterContainerInstance", {
    containerInstance: containerInstance.containerInstanceArn,
    force: true,
  });
  // Nobody shows the subnet's zone any more.
  assert.equal(await count(), 2);
});

test("RunTask and StartTask refuse an instance in another zone with LOCATION", async (t) => {
  const endpoint = await startTestEndpoint(t);
  const { subnet, inZone, all } = await prepare(endpoint);
  const { containerInstanceArns } = await endpoint.call("ListContainerInstances");
  const started = await endpoint.call("StartTask", {
    taskDefinition: "agent",
    containerInstances: containerInstanceArns,
    ...network(subnet),
  });
  assert.equal(started.tasks.length, inZone);
  assert.deepEqual([...new Set(started.failures.map((it: { reason: string }) => it.reason))], ["LOCATION"]);
  const run = await endpoint.call("RunTask", { taskDefinition: "agent", count: 1, ...network(subnet) });
  assert.equal(run.tasks.length, 1);
  assert.ok(all > inZone);
});
