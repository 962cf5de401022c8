// The operations on the task definitions of managed daemons.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestEndpoint } from "../support/localEndpoint";

const definition = (family: string, more: object = {}) => ({
  family,
  containerDefinitions: [{ name: "agent", image: "agent:1", memory: 128 }],
  ...more,
});
const arnOf = (key: string) => `arn:aws:ecs:us-east-1:123456789012:daemon-task-definition/${key}`;

test("daemon task definitions have revisions of their own", async (t) => {
  const { call, local } = await startTestEndpoint(t);
  const register = async (family: string) =>
    (await call("RegisterDaemonTaskDefinition", definition(family))).daemonTaskDefinitionArn;
  const describe = async (daemonTaskDefinition: string) =>
    (await call("DescribeDaemonTaskDefinition", { daemonTaskDefinition })).daemonTaskDefinition;
  await call("RegisterTaskDefinition", definition("agent"));
  assert.equal(await register("agent"), arnOf("agent:1"));
  assert.equal(await register("agent"), arnOf("agent:2"));
  await register("zebra");
  assert.equal((await describe("agent")).revision, 2);
  const described = await describe(arnOf("agent:1"));
  assert.deepEqual(
    [described.status, described.containerDefinitions[0].essential, described.volumes],
    ["ACTIVE", true, []],
  );
  const list = async (input: object) =>
    (await call("ListDaemonTaskDefinitions", input)).daemonTaskDefinitions.map((it: { arn: string }) =>
      it.arn.slice(it.arn.indexOf("/") + 1),
    );
  assert.deepEqual(await list({}), ["agent:1", "agent:2", "zebra:1"]);
  assert.deepEqual(await list({ family: "agent", sort: "DESC" }), ["agent:2", "agent:1"]);
  assert.deepEqual(await list({ revision: "LAST_REGISTERED" }), ["agent:2", "zebra:1"]);
  await call("DeleteDaemonTaskDefinition", { daemonTaskDefinition: "agent:2" });
  await assert.rejects(call("DeleteDaemonTaskDefinition", { daemonTaskDefinition: "agent:2" }), {
    name: "ClientException",
    message: /being deleted/,
  });
  assert.equal((await describe("agent")).revision, 1);
  assert.deepEqual(await list({}), ["agent:1", "zebra:1"]);
  await local("AdvanceClock", { seconds: 3600 });
  assert.equal((await describe("agent:2")).status, "DELETED");
  assert.deepEqual(await list({ status: "ALL" }), ["agent:1", "agent:2", "zebra:1"]);
  assert.equal(await register("agent"), arnOf("agent:3"));
  await assert.rejects(describe("agent:9"), { name: "ClientException", message: /not found/ });
  await assert.rejects(describe("arn:aws:ecs:us-east-1:123456789012:task-definition/agent:1"), {
    name: "InvalidParameterException",
  });
});

test("what the rules of daemons forbid is refused, and unknown members are dropped", async (t) => {
  const { call } = await startTestEndpoint(t);
  const register = (more: object) => call("RegisterDaemonTaskDefinition", definition("agent", more));
  await assert.rejects(register({ pidMode: "host" }), { name: "ClientException", message: /'shared'/ });
  await register({ networkMode: "host", pidMode: "shared" });
  const { daemonTaskDefinition } = await call("DescribeDaemonTaskDefinition", {
    daemonTaskDefinition: "agent",
  });
  assert.equal(daemonTaskDefinition.pidMode, "shared");
  assert.equal(daemonTaskDefinition.networkMode, undefined);
  const tags = [{ key: "team", value: "x" }];
  await call("TagResource", { resourceArn: arnOf("agent:1"), tags });
  assert.deepEqual((await call("ListTagsForResource", { resourceArn: arnOf("agent:1") })).tags, tags);
});
