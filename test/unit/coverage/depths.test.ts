// Cheap looks and whole ones report the same: who runs a daemon is decided by its revision and the launch type alone.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { runCommandLine } from "../../../server/src/cli/runCommandLine";
import type { LocalEndpointOptions } from "../../../server/src/local/startLocalEndpoint";
import { type AnyAnswer, agentDefinition, idsOf } from "../../support/localEndpoint";
import { person, recordedCredentials, startRecordedEcs } from "../../support/recordedEcs";

async function stage(context: TestContext, options: LocalEndpointOptions) {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context, options);
  const { containerInstanceArns } = await ecs.call("ListContainerInstances");
  const numbersAt = async (depth: string) => {
    const { terminal, said } = person(true);
    const call = ["coverage", "--cluster", "default", "--endpoint-url", ecs.url, "--depth", depth];
    await runCommandLine([...call, "--format", "json", "--grace", "0"], terminal);
    const { clusters } = JSON.parse(said.output);
    return clusters[0].daemons.map(({ service, wanted, running, states, cells }: AnyAnswer) => ({
      service,
      wanted,
      running,
      states,
      cells: cells.map((it: AnyAnswer) => [it.instance, it.state]).sort(),
    }));
  };
  const numbers = async () => {
    const whole = await numbersAt("audit");
    for (const depth of ["why", "map"]) assert.deepEqual(await numbersAt(depth), whole, depth);
    return whole;
  };
  return { ...ecs, ids: idsOf(containerInstanceArns), numbers };
}

const daemon = (name: string, more: object = {}) => ({
  serviceName: name,
  taskDefinition: name,
  schedulingStrategy: "DAEMON",
  ...more,
});

test("a forced deployment of the same revision while an instance drains", async (context) => {
  const ecs = await stage(context, { instances: 5, stopDelaySeconds: 3600 });
  await ecs.call("RegisterTaskDefinition", agentDefinition("agent", { memory: 64 }));
  const halves = { deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 } };
  await ecs.call("CreateService", daemon("agent", halves));
  const [leaving] = ecs.ids;
  await ecs.call("UpdateContainerInstancesState", { containerInstances: [leaving], status: "DRAINING" });
  await ecs.call("UpdateService", { service: "agent", forceNewDeployment: true });
  const [agent] = await ecs.numbers();
  assert.equal(agent.wanted, 4);
  assert.equal(agent.states.updating, undefined);
});

test("a forced deployment of more instances than are read one by one", async (context) => {
  const ecs = await stage(context, { instances: 110, stopDelaySeconds: 3600 });
  await ecs.call("RegisterTaskDefinition", agentDefinition("agent", { memory: 64 }));
  await ecs.call("CreateService", daemon("agent"));
  await ecs.call("UpdateService", { service: "agent", forceNewDeployment: true });
  const [agent] = await ecs.numbers();
  assert.deepEqual(agent.states, { replacing: 110 });
});

test("a new revision while an instance drains", async (context) => {
  const ecs = await stage(context, { instances: 5, stopDelaySeconds: 3600 });
  await ecs.call("RegisterTaskDefinition", agentDefinition("agent", { memory: 64 }));
  const halves = { deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 } };
  await ecs.call("CreateService", daemon("agent", halves));
  const [leaving] = ecs.ids;
  await ecs.call("UpdateContainerInstancesState", { containerInstances: [leaving], status: "DRAINING" });
  await ecs.call("RegisterTaskDefinition", agentDefinition("agent", { memory: 65 }));
  await ecs.call("UpdateService", { service: "agent", taskDefinition: "agent" });
  const [agent] = await ecs.numbers();
  assert.equal(agent.wanted, 4);
});

test("external instances have daemons of the launch type EXTERNAL alone", async (context) => {
  const ecs = await stage(context, { instances: 3 });
  const [external] = ecs.ids;
  await ecs.local("UpdateContainerInstance", {
    containerInstance: external,
    attributes: [{ name: "ecs.capability.external" }],
  });
  for (const name of ["cloud", "home"])
    await ecs.call("RegisterTaskDefinition", agentDefinition(name, { memory: 64 }));
  await ecs.call("CreateService", daemon("cloud", { launchType: "EC2" }));
  await ecs.call("CreateService", daemon("home", { launchType: "EXTERNAL" }));
  const numbers = (await ecs.numbers()).map((it: AnyAnswer) => [it.service, it.wanted, it.running]);
  assert.deepEqual(numbers.sort(), [
    ["cloud", 2, 2],
    ["home", 1, 1],
  ]);
  const { taskArns } = await ecs.call("ListTasks", { containerInstance: external });
  const { tasks } = await ecs.call("DescribeTasks", { tasks: taskArns });
  assert.deepEqual(
    tasks.map((it: AnyAnswer) => it.group),
    ["service:home"],
  );
});
