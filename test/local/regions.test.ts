// Each Region is a world of its own: the Region of a request is the one that it is signed for.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import {
  CreateClusterCommand,
  DescribeContainerInstancesCommand,
  ListClustersCommand,
  ListContainerInstancesCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { type LocalEndpointOptions, startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { agentDefinition, clientOf, post } from "../support/localEndpoint";

async function start(context: TestContext, options: LocalEndpointOptions = {}) {
  const endpoint = await startLocalEndpoint(options);
  context.after(() => endpoint.close());
  const client = (region: string) => {
    const it = clientOf(endpoint.url, region);
    context.after(() => it.destroy());
    return it;
  };
  const clusters = async (region: string) =>
    ((await client(region).send(new ListClustersCommand({}))).clusterArns ?? [])
      .map((it) => it.slice(it.lastIndexOf("/") + 1))
      .sort();
  return { endpoint, client, clusters };
}

test("what is made in a Region is there and nowhere else, and each begins with the endpoint's cluster", async (context) => {
  const { endpoint, client, clusters } = await start(context, { clusterName: "demo", instances: 2 });
  await client("eu-west-1").send(new CreateClusterCommand({ clusterName: "mine" }));
  assert.deepEqual(await clusters("eu-west-1"), ["demo", "mine"]);
  assert.deepEqual(await clusters("us-east-1"), ["demo"]);
  assert.equal(endpoint.region(), "eu-west-1");
  const us = client("us-east-1");
  const registered = await us.send(new RegisterTaskDefinitionCommand(agentDefinition()));
  assert.match(registered.taskDefinition?.taskDefinitionArn ?? "", /:us-east-1:.*:1$/);
  const again = await client("eu-west-1").send(new RegisterTaskDefinitionCommand(agentDefinition()));
  assert.match(again.taskDefinition?.taskDefinitionArn ?? "", /:eu-west-1:.*:1$/);
  const { containerInstanceArns } = await us.send(new ListContainerInstancesCommand({ cluster: "demo" }));
  const { containerInstances } = await us.send(
    new DescribeContainerInstancesCommand({ cluster: "demo", containerInstances: containerInstanceArns }),
  );
  assert.deepEqual(
    containerInstances
      ?.map((it) => it.attributes?.find(({ name }) => name === "ecs.availability-zone")?.value)
      .sort(),
    ["us-east-1a", "us-east-1b"],
  );
});

test("a request that nobody signed is of the home Region, which is what the process shows", async (context) => {
  const { endpoint, client, clusters } = await start(context);
  assert.equal(endpoint.region(), undefined);
  await client("ap-south-1").send(new CreateClusterCommand({ clusterName: "home" }));
  await client("eu-west-1").send(new CreateClusterCommand({ clusterName: "other" }));
  const { clusterArns } = await post(endpoint.url, "AmazonEC2ContainerServiceV20141113.ListClusters", {});
  assert.deepEqual(clusterArns.sort(), [
    "arn:aws:ecs:ap-south-1:123456789012:cluster/default",
    "arn:aws:ecs:ap-south-1:123456789012:cluster/home",
  ]);
  assert.equal(endpoint.cluster().instances.length, 5);
  endpoint.addInstances({ count: 1 });
  assert.equal(endpoint.cluster().instances.length, 6);
  assert.deepEqual(await clusters("eu-west-1"), ["default", "other"]);
});

test("time is one, faults are of a Region", async (context) => {
  const { endpoint, client } = await start(context);
  const signed = (region: string, target: string, input: object) =>
    fetch(endpoint.url, {
      method: "POST",
      headers: {
        "x-amz-target": target,
        authorization: `AWS4-HMAC-SHA256 Credential=a/20261128/${region}/ecs/aws4_request, Signature=b`,
      },
      body: JSON.stringify(input),
    });
  const list = "AmazonEC2ContainerServiceV20141113.ListClusters";
  await client("us-east-1").send(new ListClustersCommand({}));
  const now = async (region: string): Promise<number> => {
    const answer = await signed(region, "EcsDaemonLocal.AdvanceClock", { seconds: 0 });
    return ((await answer.json()) as { now: number }).now;
  };
  await signed("eu-west-1", "EcsDaemonLocal.AdvanceClock", { seconds: 7200 });
  for (const region of ["us-east-1", "eu-west-1", "sa-east-1"])
    assert.ok((await now(region)) > Date.now() / 1000 + 7100, region);
  await signed("eu-west-1", "EcsDaemonLocal.SetFault", { effect: "accessDenied" });
  assert.equal((await signed("eu-west-1", list, {})).status, 400);
  assert.equal((await signed("us-east-1", list, {})).status, 200);
});

test("all Regions survive a restart, and a compacted file", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-daemon-regions-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const stateFile = join(folder, "state.jsonl");
  const regions = ["eu-west-1", "us-east-1", "ap-south-1"];
  const first = await start(context, { stateFile, instances: 1 });
  for (const region of regions) {
    const client = first.client(region);
    await client.send(new CreateClusterCommand({ clusterName: region }));
    // Enough to make the journal be rewritten.
    for (let number = 0; number < 60; number += 1)
      await client.send(
        new RegisterTaskDefinitionCommand(agentDefinition("f", { command: ["x".repeat(9_000)] })),
      );
  }
  await first.endpoint.close();
  assert.match(readFileSync(stateFile, "utf8"), /"ap-south-1\/taskDefinitions"/);
  const second = await start(context, { stateFile, instances: 1 });
  assert.equal(second.endpoint.region(), "eu-west-1");
  for (const region of regions) assert.deepEqual(await second.clusters(region), ["default", region].sort());
});

test("there are only so many Regions", async (context) => {
  const { client } = await start(context, { instances: 0 });
  for (let number = 0; number < 51; number += 1)
    await client(`aa-test-${number}`).send(new ListClustersCommand({}));
  await assert.rejects(client("aa-test-99").send(new ListClustersCommand({})), /no more than 50 Regions/);
});
