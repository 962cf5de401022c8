// Where Managed Instances and others are in one cluster, what is previewed for a daemon service is what the endpoint does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { requirementsOf } from "../../../server/src/core/requirements/requirementsOf";
import { placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";
import { connectEcs } from "../../../server/src/ecs/aws";
import { idsOf } from "../../support/localEndpoint";
import { onMi, startManagedEndpoint } from "./support";

test("a daemon service lands on the other instances, a managed daemon on Managed Instances", async (t) => {
  const it = await startManagedEndpoint(t, undefined, { instances: 3 });
  const ecs = await connectEcs({ endpointUrl: it.endpoint.url });
  t.after(() => ecs.close());
  await it.call("CreateDaemon", { daemonName: "agent", ...onMi("agent:1") });
  await it.local("AddContainerInstances", { capacityProvider: "mi", count: 2 });
  const definition = { family: "d", containerDefinitions: [{ name: "d", image: "d", memory: 64 }] };
  const daemon = { name: "d", requirements: requirementsOf(definition), constraints: [] };
  const chosen = (cluster: Parameters<typeof placeDaemon>[1]) =>
    placeDaemon(daemon, cluster)
      .instances.filter((one) => one.verdict === "place")
      .map((one) => one.id)
      .sort();
  const live = chosen(await ecs.readCluster("default"));
  assert.deepEqual(chosen(it.endpoint.cluster()), live);
  assert.deepEqual(chosen(await ecs.readInstances("default")), live);
  await it.call("RegisterTaskDefinition", definition);
  await it.call("CreateService", { serviceName: "d", taskDefinition: "d", schedulingStrategy: "DAEMON" });
  const { taskArns } = await it.call("ListTasks", { serviceName: "d" });
  const { tasks } = await it.call("DescribeTasks", { tasks: taskArns });
  const instancesOf = (all: readonly { containerInstanceArn: string }[]) =>
    idsOf(all.map((one) => one.containerInstanceArn)).sort();
  assert.deepEqual(instancesOf(tasks), live);
  const others = instancesOf(await it.daemonTasks());
  assert.deepEqual([live.length, others.length], [3, 2]);
  assert.ok(others.every((one) => !live.includes(one)));
});
