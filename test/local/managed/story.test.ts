// The story of a managed daemon over the real SDK: capacity provider, definition, daemon, update, deletion.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CreateCapacityProviderCommand,
  CreateDaemonCommand,
  CreateServiceCommand,
  DeleteCapacityProviderCommand,
  DeleteDaemonCommand,
  DeleteServiceCommand,
  DescribeCapacityProvidersCommand,
  DescribeContainerInstancesCommand,
  DescribeDaemonCommand,
  DescribeDaemonDeploymentsCommand,
  DescribeDaemonRevisionsCommand,
  DescribeTasksCommand,
  ListContainerInstancesCommand,
  ListDaemonDeploymentsCommand,
  ListDaemonsCommand,
  ListTasksCommand,
  RegisterDaemonTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  UpdateDaemonCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { startTestEndpoint } from "../../support/localEndpoint";
import { managedProvider } from "./support";

test("a daemon runs on every Managed Instance, is updated in batches and deleted", async (t) => {
  const { client, local } = await startTestEndpoint(t, { instances: 0 });
  const { capacityProvider } = await client.send(
    new CreateCapacityProviderCommand({
      name: "mi",
      cluster: "default",
      managedInstancesProvider: managedProvider({ allowed: ["m5.large"] }),
    }),
  );
  assert.equal(capacityProvider?.status, "ACTIVE");
  const capacityProviderArns = [capacityProvider.capacityProviderArn ?? ""];
  const register = async (image: string) =>
    (
      await client.send(
        new RegisterDaemonTaskDefinitionCommand({
          family: "agent",
          cpu: "256",
          memory: "512",
          containerDefinitions: [{ name: "agent", image, memory: 256 }],
        }),
      )
    ).daemonTaskDefinitionArn ?? "";
  const daemonTaskDefinitionArn = await register("agent:1");
  const created = await client.send(
    new CreateDaemonCommand({ daemonName: "agent", daemonTaskDefinitionArn, capacityProviderArns }),
  );
  assert.match(created.deploymentArn ?? "", /daemon-deployment\/default\/agent\/\w{21}$/);
  const daemonArn = created.daemonArn ?? "";
  const deployment = async (arn: string | undefined) =>
    (await client.send(new DescribeDaemonDeploymentsCommand({ daemonDeploymentArns: [arn ?? ""] })))
      .daemonDeployments?.[0];
  // On an empty capacity provider there is nothing to do.
  assert.equal((await deployment(created.deploymentArn))?.status, "SUCCESSFUL");

  await client.send(
    new RegisterTaskDefinitionCommand({
      family: "web",
      networkMode: "host",
      containerDefinitions: [{ name: "web", image: "web:1", cpu: 1024, memory: 1024 }],
    }),
  );
  await client.send(
    new CreateServiceCommand({
      serviceName: "web",
      taskDefinition: "web",
      desiredCount: 4,
      capacityProviderStrategy: [{ capacityProvider: "mi", weight: 1 }],
    }),
  );
  const described = async () => {
    const { daemon } = await client.send(new DescribeDaemonCommand({ daemonArn }));
    const { containerInstanceArns = [] } = await client.send(
      new ListContainerInstancesCommand({ status: "ACTIVE" }),
    );
    const [revision] = daemon?.currentRevisions ?? [];
    return { revision, arns: containerInstanceArns };
  };
  const first = await described();
  assert.equal(first.arns.length, 4, "one application task and the daemon fill an instance");
  assert.equal(first.revision?.totalRunningCount, 4);
  assert.equal(first.revision?.totalWithoutDaemonCount, 0);
  const { containerInstances = [] } = await client.send(
    new DescribeContainerInstancesCommand({
      containerInstances: first.arns,
      include: ["CONTAINER_INSTANCE_HEALTH"],
    }),
  );
  for (const it of containerInstances) {
    assert.equal(it.capacityProviderName, "mi");
    assert.equal(it.healthStatus?.details?.find((one) => one.type === "DAEMON")?.status, "OK");
  }
  const { taskArns = [] } = await client.send(new ListTasksCommand({ daemonName: "agent" }));
  const { tasks = [] } = await client.send(new DescribeTasksCommand({ tasks: taskArns }));
  assert.deepEqual(tasks.map((it) => it.containerInstanceArn).sort(), first.arns);
  assert.deepEqual(new Set(tasks.map((it) => it.group)), new Set(["daemon:agent"]));
  assert.deepEqual(new Set(tasks.map((it) => it.taskDefinitionArn)), new Set([daemonTaskDefinitionArn]));

  const updated = await client.send(
    new UpdateDaemonCommand({
      daemonArn,
      daemonTaskDefinitionArn: await register("agent:2"),
      capacityProviderArns,
      deploymentConfiguration: { drainPercent: 50 },
      critical: false,
    }),
  );
  await local("AdvanceClock", { seconds: 60 });
  const done = await deployment(updated.deploymentArn);
  assert.equal(done?.status, "SUCCESSFUL");
  assert.equal(done.targetDaemonRevision?.totalRunningInstanceCount, 4);
  const second = await described();
  assert.equal(second.arns.length, 4);
  assert.ok(second.arns.every((it) => !first.arns.includes(it)));
  const { daemonRevisions = [] } = await client.send(
    new DescribeDaemonRevisionsCommand({ daemonRevisionArns: [second.revision?.arn ?? ""] }),
  );
  assert.match(daemonRevisions[0]?.daemonTaskDefinitionArn ?? "", /agent:2$/);
  assert.equal(daemonRevisions[0]?.critical, false);
  const { daemonDeployments = [] } = await client.send(new ListDaemonDeploymentsCommand({ daemonArn }));
  assert.deepEqual(
    daemonDeployments.map((it) => it.daemonDeploymentArn),
    [updated.deploymentArn, created.deploymentArn],
  );

  const deleted = await client.send(new DeleteDaemonCommand({ daemonArn }));
  assert.equal(deleted.status, "DELETE_IN_PROGRESS");
  await local("AdvanceClock", { seconds: 60 });
  assert.equal((await deployment(deleted.deploymentArn))?.status, "SUCCESSFUL");
  await assert.rejects(client.send(new DescribeDaemonCommand({ daemonArn })), {
    name: "DaemonNotFoundException",
  });
  assert.deepEqual((await client.send(new ListDaemonsCommand({}))).daemonSummariesList, []);
  assert.deepEqual((await client.send(new ListTasksCommand({ daemonName: "agent" }))).taskArns, []);

  await client.send(new UpdateServiceCommand({ service: "web", desiredCount: 0 }));
  await assert.rejects(client.send(new DeleteCapacityProviderCommand({ capacityProvider: "mi" })), {
    name: "ClientException",
  });
  await assert.rejects(
    client.send(
      new UpdateServiceCommand({ service: "web", capacityProviderStrategy: [], forceNewDeployment: true }),
    ),
    /No launch type to fall back to/,
  );
  await client.send(new DeleteServiceCommand({ service: "web" }));
  await client.send(new DeleteCapacityProviderCommand({ capacityProvider: "mi" }));
  const { capacityProviders = [] } = await client.send(
    new DescribeCapacityProvidersCommand({ capacityProviders: ["mi"] }),
  );
  assert.equal(capacityProviders[0]?.status, "INACTIVE");
  const { containerInstanceArns } = await client.send(new ListContainerInstancesCommand({}));
  assert.deepEqual(containerInstanceArns, []);
});
