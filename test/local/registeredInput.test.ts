// What ECS makes of an input that it takes: defaults are written, members that it does not know are dropped.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agentDefinition, startTestEndpoint } from "../support/localEndpoint";

test("members that the API does not know are dropped at every depth", async (t) => {
  const { call } = await startTestEndpoint(t);
  const [container] = agentDefinition().containerDefinitions;
  const noise = { unknownMember: 1 };
  const { taskDefinition } = await call("RegisterTaskDefinition", {
    ...agentDefinition(),
    ...noise,
    containerDefinitions: [
      {
        ...container,
        ...noise,
        dockerLabels: { unknownMember: "kept" },
        linuxParameters: {
          ...noise,
          capabilities: { ...noise, add: ["SYS_PTRACE"] },
          initProcessEnabled: null,
        },
      },
    ],
    volumes: [{ name: "v", host: { sourcePath: "/v", ...noise } }],
  });
  const [registered] = taskDefinition.containerDefinitions;
  assert.deepEqual(registered.linuxParameters, { capabilities: { add: ["SYS_PTRACE"] } });
  assert.deepEqual(registered.dockerLabels, { unknownMember: "kept" });
  assert.deepEqual(taskDefinition.volumes, [{ name: "v", host: { sourcePath: "/v" } }]);
  const { service } = await call("CreateService", {
    serviceName: "a",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    deploymentConfiguration: {
      ...noise,
      deploymentCircuitBreaker: { enable: true, rollback: true, ...noise },
    },
  });
  assert.deepEqual(service.deploymentConfiguration.deploymentCircuitBreaker, {
    enable: true,
    rollback: true,
  });
  const { tasks } = await call("RunTask", {
    taskDefinition: "agent",
    overrides: { ...noise, containerOverrides: [{ name: container?.name, cpu: 1, ...noise }] },
  });
  assert.deepEqual(tasks[0].overrides, {
    containerOverrides: [{ name: container?.name, cpu: 1 }],
    inferenceAcceleratorOverrides: [],
  });
  assert.doesNotMatch(JSON.stringify([{ ...registered, dockerLabels: {} }, service, tasks]), /unknownMember/);
});

test("the defaults of a health check and of a capacity provider strategy are written", async (t) => {
  const { call } = await startTestEndpoint(t);
  const [container] = agentDefinition().containerDefinitions;
  const registered = async (healthCheck: object) => {
    const containerDefinitions = [{ ...container, healthCheck }];
    const answer = await call("RegisterTaskDefinition", { family: "h", containerDefinitions });
    return answer.taskDefinition.containerDefinitions[0].healthCheck;
  };
  const command = ["CMD", "true"];
  assert.deepEqual(await registered({ command }), { command, interval: 30, timeout: 5, retries: 3 });
  assert.deepEqual(await registered({ command, retries: 1, interval: null, startPeriod: 9 }), {
    command,
    interval: 30,
    timeout: 5,
    retries: 1,
    startPeriod: 9,
  });
  const { cluster } = await call("CreateCluster", {
    clusterName: "fargate",
    capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    defaultCapacityProviderStrategy: [
      { capacityProvider: "FARGATE", weight: 1 },
      { capacityProvider: "FARGATE_SPOT", base: 2 },
    ],
  });
  assert.deepEqual(cluster.defaultCapacityProviderStrategy, [
    { capacityProvider: "FARGATE", weight: 1, base: 0 },
    { capacityProvider: "FARGATE_SPOT", weight: 0, base: 2 },
  ]);
});

test("a role is answered as an ARN, and an empty one is none", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const daemon = { serviceName: "a", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  const { service } = await call("CreateService", { ...daemon, role: "" });
  assert.equal(service.roleArn, undefined);
});
