// Filters and pages of lists.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agentDefinition, startTestEndpoint } from "../support/localEndpoint";

test("ListTasks takes startedBy alone, and knows no tasks of managed daemons", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 1 });
  await call("RegisterTaskDefinition", agentDefinition());
  await call("RunTask", { taskDefinition: "agent", startedBy: "me" });
  const [containerInstance] = (await call("ListContainerInstances")).containerInstanceArns;
  assert.equal((await call("ListTasks", { startedBy: "me" })).taskArns.length, 1);
  assert.equal((await call("ListTasks", { startedBy: "me", desiredStatus: "RUNNING" })).taskArns.length, 1);
  for (const other of [{ family: "agent" }, { containerInstance }, { launchType: "EC2" }])
    await assert.rejects(call("ListTasks", { startedBy: "me", ...other }), {
      name: "InvalidParameterException",
      message: "cannot specify startedBy with other arguments",
    });
  assert.deepEqual((await call("ListTasks", { daemonName: "d" })).taskArns, []);
  assert.equal(
    (await call("ListTasks", { family: "agent", containerInstance, startedBy: "" })).taskArns.length,
    1,
  );
});

test("ListServices knows that all of its services are their owner's", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", { serviceName: "a", taskDefinition: "agent", schedulingStrategy: "DAEMON" });
  const count = async (resourceManagementType: string) =>
    (await call("ListServices", { resourceManagementType })).serviceArns.length;
  assert.deepEqual([await count("CUSTOMER"), await count("ECS"), await count("")], [1, 0, 1]);
  await assert.rejects(count("X"), { name: "InvalidParameterException" });
});

test("ListServiceDeployments filters by the statuses of the API, and refuses others", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", { serviceName: "a", taskDefinition: "agent", schedulingStrategy: "DAEMON" });
  const count = async (...status: string[]) =>
    (await call("ListServiceDeployments", { service: "a", status })).serviceDeployments.length;
  assert.deepEqual([await count("SUCCESSFUL"), await count("PENDING", "STOPPED"), await count()], [1, 0, 1]);
  for (const statuses of [["RUNNING"], ["SUCCESSFUL", "X"]])
    await assert.rejects(count(...statuses), {
      name: "InvalidParameterException",
      message: /^status should be one of \[PENDING,SUCCESSFUL,/,
    });
});

test("DescribeCapacityProviders looks at the cluster, pages, and has tags where they are asked for", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("CreateCluster", { clusterName: "spot", capacityProviders: ["FARGATE_SPOT"] });
  const names = async (input: object) => {
    const { capacityProviders } = await call("DescribeCapacityProviders", input);
    return capacityProviders.map((it: { name: string }) => it.name);
  };
  assert.deepEqual(await names({}), ["FARGATE", "FARGATE_SPOT"]);
  assert.deepEqual(await names({ cluster: "spot" }), ["FARGATE_SPOT"]);
  assert.deepEqual(await names({ cluster: "default" }), []);
  await assert.rejects(names({ cluster: "nobody" }), { name: "ClusterNotFoundException" });
  const first = await call("DescribeCapacityProviders", { maxResults: 1 });
  const second = await call("DescribeCapacityProviders", { maxResults: 1, nextToken: first.nextToken });
  assert.deepEqual(
    [...first.capacityProviders, ...second.capacityProviders].map((it) => [it.name, it.type, it.tags]),
    [
      ["FARGATE", "FARGATE", undefined],
      ["FARGATE_SPOT", "FARGATE_SPOT", undefined],
    ],
  );
  assert.equal(second.nextToken, undefined);
  const tagged = await call("DescribeCapacityProviders", {
    include: ["TAGS"],
    capacityProviders: ["FARGATE", "x"],
  });
  assert.deepEqual(tagged.capacityProviders[0].tags, []);
  assert.equal(tagged.failures.length, 1);
  await assert.rejects(call("DescribeCapacityProviders", { maxResults: 11 }), {
    name: "InvalidParameterException",
  });
});
