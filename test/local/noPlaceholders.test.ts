// A request has no placeholders: what looks like one in a file is text to the endpoint, as it is to ECS.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestEndpoint } from "../support/localEndpoint";

const definition = (task: object = {}, container: object = {}) => ({
  family: "agent",
  containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64, ...container }],
  ...task,
});

const values = ["$prod", "__PROD__", "%PROD%", "@PROD@", "@@PROD@@"];

test("a filter compares with the text", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 2 });
  const { containerInstanceArns } = await call("ListContainerInstances");
  const [targetId] = containerInstanceArns;
  for (const value of values) {
    await call("PutAttributes", { attributes: [{ name: "env", value: "prod", targetId }] });
    const list = async (filter: string) =>
      (await call("ListContainerInstances", { filter })).containerInstanceArns.length;
    assert.equal(await list(`not(attribute:env == ${value})`), 2, value);
    assert.equal(await list(`attribute:env == ${value}`), 0, value);
    assert.equal(await list(`attribute:env in [prod, ${value}]`), 1, value);
  }
});

test("a constraint of a service, of a task and of a task definition compares with the text", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 2 });
  const constraint = (value: string) => [{ type: "memberOf", expression: `not(attribute:env == ${value})` }];
  const desired = async (service: string) =>
    (await call("DescribeServices", { services: [service] })).services[0].desiredCount;
  await call("RegisterTaskDefinition", definition());
  for (const [index, value] of values.entries()) {
    const serviceName = `service-${index}`;
    await call("CreateService", {
      serviceName,
      taskDefinition: "agent",
      schedulingStrategy: "DAEMON",
      placementConstraints: constraint(value),
    });
    assert.equal(await desired(serviceName), 2, value);
    const { tasks, failures } = await call("RunTask", {
      taskDefinition: "agent",
      placementConstraints: constraint(value),
    });
    assert.deepEqual([tasks.length, failures.length], [1, 0], value);
    await call("RegisterTaskDefinition", {
      ...definition({ placementConstraints: constraint(value) }),
      family: serviceName,
    });
    await call("CreateService", {
      serviceName: `own-${index}`,
      taskDefinition: serviceName,
      schedulingStrategy: "DAEMON",
    });
    assert.equal(await desired(`own-${index}`), 2, value);
  }
});

test("a value that is none is refused, however it is spelled", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 1 });
  const refused = (input: object) =>
    assert.rejects(call("RegisterTaskDefinition", input), JSON.stringify(input));
  await refused(definition({ cpu: "${CPU}" }));
  await refused(definition({ memory: "{{ memory }}" }));
  await refused(definition({}, { memory: "${MEMORY}" }));
  await refused(definition({ networkMode: "$MODE" }));
  await refused(definition({ family: "${FAMILY}" }));
  await refused(definition({}, { portMappings: [{ containerPort: "${PORT}" }] }));
  await refused(definition({}, { name: "<name>" }));
  await assert.rejects(call("ListContainerInstances", { filter: "attribute:env {{ rest }}" }), {
    name: "InvalidParameterException",
  });
});
