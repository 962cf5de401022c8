// Container instances that register themselves: ECS knows their built-in attributes from the identity document.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agentDefinition, startTestEndpoint } from "../support/localEndpoint";

const document = {
  availabilityZone: "eu-west-1b",
  instanceId: "i-0123456789abcdef0",
  instanceType: "c6g.large",
  imageId: "ami-0123456789abcdef0",
  architecture: "arm64",
};
const register = (it: object) => ({ instanceIdentityDocument: JSON.stringify(it) });

test("an instance has the built-in attributes and the size that its identity document tells", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 0 });
  const { containerInstance } = await call("RegisterContainerInstance", register(document));
  assert.equal(containerInstance.ec2InstanceId, document.instanceId);
  assert.deepEqual(
    Object.fromEntries(
      containerInstance.attributes.map((it: { name: string; value: string }) => [it.name, it.value]),
    ),
    {
      "ecs.ami-id": "ami-0123456789abcdef0",
      "ecs.availability-zone": "eu-west-1b",
      "ecs.instance-type": "c6g.large",
      "ecs.cpu-architecture": "arm64",
      "ecs.os-type": "linux",
    },
  );
  const sizes = containerInstance.registeredResources.map((it: { integerValue: number }) => it.integerValue);
  assert.deepEqual(sizes.slice(0, 2), [2048, 3884]);
});

test("what the agent sends wins, and an instance that registers again keeps what was put on it", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 0 });
  const attributes = [{ name: "ecs.os-type", value: "windows" }, { name: "ecs.capability.task-eni" }];
  const first = await call("RegisterContainerInstance", { ...register(document), attributes });
  const { containerInstanceArn } = first.containerInstance;
  await call("PutAttributes", {
    attributes: [{ name: "env", value: "prod", targetId: containerInstanceArn }],
  });
  const again = await call("RegisterContainerInstance", {
    ...register({ ...document, imageId: "ami-1" }),
    attributes,
    containerInstanceArn,
  });
  const values = new Map(
    again.containerInstance.attributes.map((it: { name: string; value?: string }) => [it.name, it.value]),
  );
  assert.equal(values.get("ecs.os-type"), "windows");
  assert.equal(values.get("env"), "prod");
  assert.equal(values.size, 7);
});

test("a daemon lands by instance type, zone and AMI on an instance that registered itself", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 0 });
  await call("RegisterTaskDefinition", agentDefinition());
  for (const [serviceName, expression] of Object.entries({
    type: "attribute:ecs.instance-type =~ c6g.*",
    zone: "attribute:ecs.availability-zone in [eu-west-1a, eu-west-1b]",
    ami: "attribute:ecs.ami-id exists",
    none: "attribute:ecs.cpu-architecture == x86_64",
  })) {
    const placementConstraints = [{ type: "memberOf", expression }];
    await call("CreateService", {
      serviceName,
      taskDefinition: "agent",
      schedulingStrategy: "DAEMON",
      placementConstraints,
    });
  }
  await call("RegisterContainerInstance", register(document));
  const { services } = await call("DescribeServices", { services: ["type", "zone", "ami", "none"] });
  assert.deepEqual(
    services.map((it: { runningCount: number }) => it.runningCount),
    [1, 1, 1, 0],
  );
});

test("an identity document that is not an object is refused", async (t) => {
  const { call } = await startTestEndpoint(t);
  for (const text of ["{", "[]", "null", '"x"'])
    await assert.rejects(call("RegisterContainerInstance", { instanceIdentityDocument: text }), {
      name: "InvalidParameterException",
    });
});
