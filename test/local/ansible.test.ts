// The requests of Ansible's modules community.aws.ecs_service, ecs_task and ecs_cluster with their defaults: empty texts,
// empty lists and empty objects stand for what was not given.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { agentDefinition, startTestEndpoint } from "../support/localEndpoint";

/** What the module always sends: every option that is a text is empty where it is not given. */
const defaults = {
  loadBalancers: [],
  clientToken: "",
  role: "",
  deploymentConfiguration: {},
  placementConstraints: [],
  placementStrategy: [],
};

test("ecs_service with its defaults creates a daemon service, finds it again, updates and deletes it", async (t) => {
  const { client } = await startTestEndpoint(t);
  await client.send(new CreateClusterCommand({ clusterName: "ansible" }));
  const { clusters } = await client.send(new DescribeClustersCommand({ clusters: ["ansible"] }));
  assert.equal(clusters?.[0]?.status, "ACTIVE");
  await client.send(new RegisterTaskDefinitionCommand({ ...agentDefinition(), volumes: [] }));
  const service = { cluster: "ansible", services: ["agent"] };
  const before = await client.send(new DescribeServicesCommand(service));
  assert.deepEqual(
    before.failures?.map((it) => it.reason),
    ["MISSING"],
  );
  const create = { ...defaults, cluster: "ansible", serviceName: "agent", taskDefinition: "agent:1" };
  const created = await client.send(
    new CreateServiceCommand({ ...create, launchType: "EC2", schedulingStrategy: "DAEMON" }),
  );
  assert.deepEqual(created.service?.loadBalancers, []);
  assert.equal(created.service?.roleArn, undefined);
  const { services } = await client.send(new DescribeServicesCommand(service));
  const [found] = services ?? [];
  assert.deepEqual(
    [found?.status, found?.taskDefinition?.split("/")[1], found?.loadBalancers, found?.serviceRegistries],
    ["ACTIVE", "agent:1", [], []],
  );
  await client.send(
    new UpdateServiceCommand({
      cluster: "ansible",
      service: "agent",
      taskDefinition: "agent:1",
      deploymentConfiguration: {},
      forceNewDeployment: true,
    }),
  );
  const second = { ...create, serviceName: "second", desiredCount: 0 };
  const replica = await client.send(new CreateServiceCommand({ ...second, launchType: "EC2" }));
  assert.equal(replica.service?.schedulingStrategy, "REPLICA");
  const deleted = await client.send(new DeleteServiceCommand({ cluster: "ansible", service: "agent" }));
  assert.equal(deleted.service?.serviceName, "agent");
});

test("ecs_task with its defaults runs a task", async (t) => {
  const { client } = await startTestEndpoint(t);
  await client.send(new RegisterTaskDefinitionCommand(agentDefinition()));
  const { tasks } = await client.send(
    new RunTaskCommand({ taskDefinition: "agent", count: 1, startedBy: "", overrides: {} }),
  );
  assert.equal(tasks?.length, 1);
});
