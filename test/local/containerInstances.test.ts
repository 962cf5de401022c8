// The operations on container instances and their attributes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnyAnswer, idsOf, startTestEndpoint } from "../support/localEndpoint";

test("an agent registers its instance, and again after a restart", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 0 });
  const input = {
    instanceIdentityDocument: JSON.stringify({ instanceId: "i-0123456789abcdef0" }),
    totalResources: [
      { name: "CPU", type: "INTEGER", integerValue: 4096 },
      { name: "MEMORY", type: "INTEGER", integerValue: 15_000 },
      { name: "PORTS", type: "STRINGSET", stringSetValue: ["22", "51678"] },
    ],
    versionInfo: { agentVersion: "1.80.0" },
    attributes: [{ name: "ecs.instance-type", value: "m5.xlarge" }, { name: "ecs.capability.task-eni" }],
  };
  const { containerInstance } = await call("RegisterContainerInstance", input);
  assert.equal(containerInstance.ec2InstanceId, "i-0123456789abcdef0");
  assert.deepEqual(
    containerInstance.registeredResources.map((it: AnyAnswer) => it.integerValue || it.stringSetValue),
    [4096, 15_000, ["22", "51678"], []],
  );
  const containerInstanceArn = containerInstance.containerInstanceArn;
  const again = await call("RegisterContainerInstance", { ...input, containerInstanceArn });
  assert.equal(again.containerInstance.containerInstanceArn, containerInstanceArn);
  assert.equal(again.containerInstance.version, 2);
  assert.equal((await call("ListContainerInstances")).containerInstanceArns.length, 1);
});

test("container instances are listed by status and by the whole query language", async (t) => {
  const { call, local } = await startTestEndpoint(t);
  const { containerInstanceArns } = await call("ListContainerInstances");
  const [first, second] = containerInstanceArns;
  await call("PutAttributes", {
    attributes: [
      { name: "stack", value: "prod", targetId: first },
      { name: "stack", value: "test", targetId: second },
    ],
  });
  await local("UpdateContainerInstance", { containerInstance: second, agentConnected: false });
  const list = async (filter: string) =>
    (await call("ListContainerInstances", { filter })).containerInstanceArns;
  assert.deepEqual(await list("attribute:stack==prod"), [first]);
  assert.deepEqual(await list("attribute:stack != prod"), [second]);
  assert.equal((await list("not(attribute:stack == prod)")).length, 4);
  assert.equal((await list("attribute:ecs.instance-type =~ m5.* and agentConnected == true")).length, 4);
  assert.deepEqual(await list("attribute:stack in [prod, dev] or agentConnected == false"), [first, second]);
  await call("UpdateContainerInstancesState", { containerInstances: [first], status: "DRAINING" });
  const draining = await call("ListContainerInstances", { status: "DRAINING" });
  assert.deepEqual(draining.containerInstanceArns, [first]);
  assert.equal((await call("ListContainerInstances")).containerInstanceArns.length, 5);
  await assert.rejects(call("ListContainerInstances", { filter: "attribute:stack = prod" }), {
    name: "InvalidParameterException",
  });
});

test("container instances are described by id and by ARN, others are MISSING", async (t) => {
  const { call } = await startTestEndpoint(t);
  const { containerInstanceArns } = await call("ListContainerInstances");
  const none = "0".repeat(32);
  const { containerInstances, failures } = await call("DescribeContainerInstances", {
    containerInstances: [containerInstanceArns[0], idsOf(containerInstanceArns)[1], none],
  });
  assert.deepEqual(
    containerInstances.map((it: AnyAnswer) => it.containerInstanceArn),
    containerInstanceArns.slice(0, 2),
  );
  assert.deepEqual(failures, [
    { arn: `arn:aws:ecs:us-east-1:123456789012:container-instance/default/${none}`, reason: "MISSING" },
  ]);
  const foreign = containerInstanceArns[0].replace("/default/", "/other/");
  await assert.rejects(call("DescribeContainerInstances", { containerInstances: [foreign] }), {
    name: "InvalidParameterException",
    message: "Invalid identifier: Identifier is for cluster other. Your cluster is default",
  });
  await assert.rejects(call("DescribeContainerInstances", { containerInstances: [] }), {
    name: "InvalidParameterException",
  });
  await assert.rejects(call("DescribeContainerInstances", { containerInstances: Array(101).fill(none) }), {
    name: "InvalidParameterException",
  });
});

test("attributes are put, listed and deleted within their limits", async (t) => {
  const { call } = await startTestEndpoint(t);
  const [target] = (await call("ListContainerInstances")).containerInstanceArns;
  const [id] = idsOf([target]);
  const put = (attributes: object[]) => call("PutAttributes", { attributes });
  const answer = await put([{ name: "env", value: "prod", targetId: id, targetType: "container-instance" }]);
  assert.deepEqual(answer.attributes, [{ name: "env", value: "prod", targetId: target }]);
  await assert.rejects(put([{ name: "env", value: "x", targetId: id }]), {
    name: "InvalidParameterException",
  });
  await assert.rejects(put([{ name: "env", value: "x", targetId: target.replace(id, "0".repeat(32)) }]), {
    name: "TargetNotFoundException",
  });
  await assert.rejects(put([{ name: "a b", value: "x", targetId: target }]), {
    name: "InvalidParameterException",
  });
  await assert.rejects(put([{ name: "a", value: " x", targetId: target }]), {
    name: "InvalidParameterException",
  });
  const more = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `a${index}`, value: "x", targetId: target }));
  await assert.rejects(put(more(11)), { name: "InvalidParameterException" });
  await put(more(9));
  await assert.rejects(put([{ name: "one-more", targetId: target }]), {
    name: "AttributeLimitExceededException",
  });
  const list = async (input: object) =>
    (await call("ListAttributes", { targetType: "container-instance", ...input })).attributes;
  assert.equal((await list({ attributeName: "env", attributeValue: "prod" })).length, 1);
  assert.equal((await list({ attributeName: "ecs.availability-zone" })).length, 5);
  await call("DeleteAttributes", { attributes: [{ name: "env", targetId: target }] });
  assert.deepEqual(await list({ attributeName: "env" }), []);
  await assert.rejects(call("DeleteAttributes", { attributes: [{ name: "env", targetId: target }] }), {
    name: "TargetNotFoundException",
  });
});

test("a failed call changes nothing, however far it got", async (t) => {
  const { call } = await startTestEndpoint(t);
  const [target] = (await call("ListContainerInstances")).containerInstanceArns;
  await assert.rejects(
    call("PutAttributes", {
      attributes: [
        { name: "first", value: "x", targetId: target },
        { name: "second", value: "x", targetId: target.replace(/.{32}$/, "0".repeat(32)) },
      ],
    }),
  );
  const { attributes } = await call("ListAttributes", {
    targetType: "container-instance",
    attributeName: "first",
  });
  assert.deepEqual(attributes, []);
});

test("lists come in pages that neither repeat nor skip while the list changes", async (t) => {
  const { call, endpoint } = await startTestEndpoint(t, { instances: 100 });
  const before: string[] = (await call("ListContainerInstances")).containerInstanceArns;
  const seen: string[] = [];
  let nextToken: string | undefined;
  do {
    const page: AnyAnswer = await call("ListContainerInstances", { maxResults: 7, nextToken });
    seen.push(...page.containerInstanceArns);
    nextToken = page.nextToken;
    endpoint.addInstances({ count: 1 });
  } while (nextToken !== undefined);
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(
    before.filter((it) => !seen.includes(it)),
    [],
  );
});
