// Numbers that no 32 bits hold, and counts that would keep the endpoint busy for ever.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agentDefinition, post, startTestEndpoint } from "../support/localEndpoint";

const tooLarge = 3_000_000_000;
const digits = "9".repeat(60_000);

const containers = (more: object) => agentDefinition("large", more);
const definitions: readonly (readonly [string, object])[] = [
  ["cpu", containers({ cpu: tooLarge })],
  ["memory", containers({ memory: tooLarge })],
  ["startTimeout", containers({ startTimeout: 1e20 })],
  ["softLimit", containers({ ulimits: [{ name: "nofile", softLimit: 1e12, hardLimit: 1e12 }] })],
  ["maxSwap", containers({ linuxParameters: { maxSwap: tooLarge } })],
];

test("an integer of a task definition that does not fit into 32 bits is refused before anything else", async (t) => {
  const { call } = await startTestEndpoint(t);
  for (const [member, definition] of definitions)
    await assert.rejects(call("RegisterTaskDefinition", definition), {
      name: "SerializationException",
      message: new RegExp(`'${member}' is \\d+, which is not a 32-bit integer`),
    });
});

test("a task's cpu and memory are refused where they are beyond any machine, in ECS's words", async (t) => {
  const { call } = await startTestEndpoint(t);
  const windows = { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } };
  const fargate = { requiresCompatibilities: ["FARGATE"], networkMode: "awsvpc", cpu: "256" };
  for (const [member, more] of [
    ["memory", { memory: digits }],
    ["memory", { memory: "2147483648" }],
    ["memory", { memory: `${digits}GB` }],
    ["memory", { memory: digits, ...fargate }],
    ["cpu", { cpu: digits }],
    ["cpu", { cpu: digits.slice(0, 400), ...windows }],
  ] as const)
    await assert.rejects(call("RegisterTaskDefinition", { ...agentDefinition("large"), ...more }), {
      name: "ClientException",
      message: new RegExp(`^Invalid '${member}' setting for task`),
    });
  const { taskDefinition } = await call("RegisterTaskDefinition", {
    ...agentDefinition("largest"),
    memory: "2147483647",
  });
  assert.equal(taskDefinition.memory, "2147483647");
});

test("a number that is infinite once it is read is refused", async (t) => {
  const { endpoint } = await startTestEndpoint(t);
  for (const number of ["1e999", digits, `-${digits}`, "1E+400"]) {
    const body = JSON.stringify(agentDefinition("infinite", { memory: 0 })).replace(
      '"memory":0',
      `"memory":${number}`,
    );
    await assert.rejects(
      post(endpoint.url, "AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition", body),
      { name: "SerializationException" },
    );
  }
});

test("counts beyond ECS's quotas are refused at once", async (t) => {
  const { call, local } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", {
    family: "tiny",
    containerDefinitions: [{ name: "a", image: "a", memory: 1 }],
  });
  const service = { serviceName: "web", taskDefinition: "tiny" };
  const refused = { name: "InvalidParameterException", message: /Desired count can not be more than 5000/ };
  await assert.rejects(call("CreateService", { ...service, desiredCount: 2_147_483_647 }), refused);
  await call("CreateService", { ...service, desiredCount: 1 });
  await assert.rejects(call("UpdateService", { service: "web", desiredCount: 5001 }), refused);
  const serialization = { name: "SerializationException", message: /not a 32-bit integer/ };
  await assert.rejects(call("UpdateService", { service: "web", desiredCount: tooLarge }), serialization);
  await assert.rejects(call("RunTask", { taskDefinition: "tiny", count: tooLarge }), serialization);
  await assert.rejects(call("ListTasks", { maxResults: tooLarge }), serialization);
  const cpu = (integerValue: number) => ({
    totalResources: [{ name: "CPU", type: "INTEGER", integerValue }],
  });
  await assert.rejects(call("RegisterContainerInstance", cpu(tooLarge)), serialization);
  await assert.rejects(call("RegisterContainerInstance", cpu(-1)), { name: "InvalidParameterException" });
  for (const seconds of [1e12, 1e300])
    await assert.rejects(local("AdvanceClock", { seconds }), /seconds must be at most/);
  await assert.rejects(local("SetFault", { effect: "delay", seconds: 1e12 }), /seconds must be at most/);
});
