// The endpoint has every region; a request is in the one that it is signed for.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListClustersCommand,
  PutAttributesCommand,
  RunTaskCommand,
  TagResourceCommand,
} from "@aws-sdk/client-ecs";
import { agentDefinition, clientOf, startTestEndpoint } from "../support/localEndpoint";

test("an ARN of another region is refused as ECS refuses it, wherever it is", async (t) => {
  const { call, endpoint } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const client = clientOf(endpoint.url, "eu-west-1");
  t.after(() => client.destroy());
  const refused = { name: "InvalidParameterException", message: "Invalid Region in ARN" };
  const arn = (rest: string) => `arn:aws:ecs:us-east-1:123456789012:${rest}`;
  const targetId = arn("container-instance/default/a");
  await assert.rejects(
    client.send(new RunTaskCommand({ taskDefinition: arn("task-definition/agent:1") })),
    refused,
  );
  await assert.rejects(
    client.send(new DescribeServicesCommand({ services: [arn("service/default/a")] })),
    refused,
  );
  await assert.rejects(
    client.send(new DescribeTasksCommand({ cluster: arn("cluster/default"), tasks: ["a"] })),
    refused,
  );
  await assert.rejects(
    client.send(new PutAttributesCommand({ attributes: [{ name: "a", targetId }] })),
    refused,
  );
  await assert.rejects(
    client.send(new TagResourceCommand({ resourceArn: arn("cluster/default"), tags: [{ key: "a" }] })),
    refused,
  );
  const { clusterArns } = await client.send(new ListClustersCommand({}));
  assert.deepEqual(clusterArns, ["arn:aws:ecs:eu-west-1:123456789012:cluster/default"]);
  const own = arn("task-definition/agent:1").replace("us-east-1", "eu-west-1");
  assert.equal((await client.send(new RunTaskCommand({ taskDefinition: own }))).tasks?.length, 1);
});

test("what an ARN of another account names is not found, in the words of each operation", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const arn = (rest: string) => `arn:aws:ecs:us-east-1:210987654321:${rest}`;
  const cluster = arn("cluster/default");
  for (const operation of [
    "ListServices",
    "ListContainerInstances",
    "DeleteCluster",
    "RegisterContainerInstance",
  ])
    await assert.rejects(call(operation, { cluster }), {
      name: "ClusterNotFoundException",
      message: "Cluster not found.",
    });
  const missing = { arn: cluster, reason: "MISSING" };
  assert.deepEqual(await call("DescribeClusters", { clusters: [cluster] }), {
    clusters: [],
    failures: [missing],
  });
  const taskDefinition = arn("task-definition/agent:1");
  await assert.rejects(call("DescribeTaskDefinition", { taskDefinition }), {
    name: "ClientException",
    message: "Unable to describe task definition.",
  });
  await assert.rejects(
    call("CreateService", { serviceName: "a", taskDefinition, schedulingStrategy: "DAEMON" }),
    { name: "ClientException", message: "TaskDefinition not found." },
  );
  for (const [operation, input] of [
    ["DescribeServices", { services: [arn("service/default/a")] }],
    ["StopTask", { task: arn("task/default/0123") }],
    ["TagResource", { resourceArn: cluster, tags: [{ key: "a" }] }],
    ["PutAttributes", { attributes: [{ name: "a", targetId: arn("container-instance/default/a") }] }],
  ] as const)
    await assert.rejects(call(operation, input), {
      name: "InvalidParameterException",
      message: /^Invalid identifier: Identifier is for account 210987654321/,
    });
});

test("a request that nobody signed is in no region of its own", async (t) => {
  const { call } = await startTestEndpoint(t);
  for (const region of ["us-east-1", "eu-west-1"]) {
    const cluster = `arn:aws:ecs:${region}:123456789012:cluster/default`;
    assert.equal((await call("ListContainerInstances", { cluster })).containerInstanceArns.length, 5);
  }
});

test("an answer repeats only the beginning of an expression that is too long, and tags keep to ECS's characters", async (t) => {
  const { call } = await startTestEndpoint(t);
  await assert.rejects(
    call("ListContainerInstances", { filter: `attribute:x == ${"a".repeat(100_000)}` }),
    (error) => {
      assert.ok(error instanceof Error && error.message.length < 500 && /at most 2,000/.test(error.message));
      return true;
    },
  );
  const tags = [{ key: "team!", value: "x" }];
  await assert.rejects(call("RegisterTaskDefinition", { ...agentDefinition(), tags }));
  await assert.rejects(call("CreateCluster", { clusterName: "x", tags }), {
    name: "InvalidParameterException",
  });
});
