// Managed daemons in a state file: a restart goes on in the middle of a deployment.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type LocalEndpoint, startLocalEndpoint } from "../../../server/src/local/startLocalEndpoint";
import { post } from "../../support/localEndpoint";
import { arn, onMi, startManagedEndpoint } from "./support";

const daemonArn = arn("daemon", "default/agent");

async function everything({ url }: LocalEndpoint): Promise<unknown> {
  const ecs = (operation: string, input: object = {}) =>
    post(url, `AmazonEC2ContainerServiceV20141113.${operation}`, input);
  const { daemon } = await ecs("DescribeDaemon", { daemonArn });
  const revisions = daemon.currentRevisions.map((it: { arn: string }) => it.arn);
  const instances: string[] = [];
  for (const status of ["ACTIVE", "DRAINING", "REGISTERING"])
    instances.push(...(await ecs("ListContainerInstances", { status })).containerInstanceArns);
  const { taskArns } = await ecs("ListTasks", { daemonName: "agent" });
  const { containerInstances } = await ecs("DescribeContainerInstances", { containerInstances: instances });
  return {
    daemon,
    revisions: await ecs("DescribeDaemonRevisions", { daemonRevisionArns: revisions }),
    deployments: await ecs("DescribeDaemonDeployments", { daemonDeploymentArns: [daemon.deploymentArn] }),
    providers: await ecs("DescribeCapacityProviders", { include: ["TAGS"] }),
    tags: await ecs("ListTagsForResource", { resourceArn: daemonArn }),
    containerInstances,
    tasks: (await ecs("DescribeTasks", { tasks: taskArns })).tasks,
    events: await post(url, "EcsDaemonLocal.ListEvents", {}),
  };
}

test("a restart in the middle of a deployment forgets nothing and goes on", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-daemon-managed-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const options = { stateFile: join(folder, "state.jsonl"), startDelaySeconds: 100, stopDelaySeconds: 100 };
  const it = await startManagedEndpoint(t, undefined, options);
  const tags = [{ key: "team", value: "ops" }];
  await it.call("CreateDaemon", { daemonName: "agent", tags, ...onMi("agent:1") });
  await it.local("AddContainerInstances", { capacityProvider: "mi", count: 4 });
  await it.call("CreateService", {
    serviceName: "web",
    taskDefinition: "web",
    desiredCount: 3,
    capacityProviderStrategy: [{ capacityProvider: "mi", weight: 1 }],
  });
  await it.pass(100);
  await it.local("SetFault", { daemon: "agent", failure: "CannotPullContainerError", count: 1 });
  await it.call("UpdateDaemon", { daemonArn, ...onMi("agent:2", { critical: false }) });
  await it.pass(50);
  const before = await everything(it.endpoint);
  await it.endpoint.close();
  const again = await startLocalEndpoint({ ...options, instances: 0 });
  t.after(() => again.close());
  assert.deepEqual(await everything(again), before);
  await post(again.url, "EcsDaemonLocal.AdvanceClock", { seconds: 3600 });
  const { daemon } = await post(again.url, "AmazonEC2ContainerServiceV20141113.DescribeDaemon", {
    daemonArn,
  });
  const { daemonDeployments } = await post(
    again.url,
    "AmazonEC2ContainerServiceV20141113.DescribeDaemonDeployments",
    { daemonDeploymentArns: [daemon.deploymentArn] },
  );
  assert.equal(daemonDeployments[0].status, "SUCCESSFUL");
  assert.deepEqual(
    daemon.currentRevisions.map((one: { totalRunningCount: number; totalWithoutDaemonCount: number }) => [
      one.totalRunningCount,
      one.totalWithoutDaemonCount,
    ]),
    [[3, 1]],
  );
});
