// Deploying a managed daemon against a recorded ECS: settings are never lost, what is unchanged is not sent, and what is
// replaced is said before.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deletionText, planDeleteManaged } from "../../../../server/src/ecs/managed/deleteManaged";
import { managedCommands } from "../../../../server/src/ecs/managed/managedCommands";
import type { ManagedRequest } from "../../../../server/src/ecs/managed/managedReport";
import { planManaged } from "../../../../server/src/ecs/managed/planManaged";
import { runManagedDeployment } from "../../../../server/src/ecs/managed/runManaged";
import { type DaemonState, EcsError, type EcsPort, type JsonObject } from "../../../../server/src/ecs/port";

const arn = (kind: string, name: string) => `arn:aws:ecs:eu-west-1:123456789012:${kind}/${name}`;
const provider = arn("capacity-provider", "mi");
const definition = {
  family: "agent",
  cpu: "128",
  memory: "256",
  containerDefinitions: [{ name: "agent", image: "agent:1", essential: true }],
};
const described = {
  ...definition,
  daemonTaskDefinitionArn: arn("daemon-task-definition", "agent:1"),
  revision: 1,
  status: "ACTIVE",
  registeredAt: "2026-11-01T00:00:00Z",
  volumes: [],
  containerDefinitions: [{ ...definition.containerDefinitions[0], cpu: 0, user: "root", mountPoints: [] }],
};

function daemonOf(settings: JsonObject, deploymentConfiguration: JsonObject): DaemonState {
  const revision = arn("daemon-revision", "prod/agent/1");
  return {
    arn: arn("daemon", "prod/agent"),
    name: "agent",
    status: "ACTIVE",
    described: {
      currentRevisions: [{ arn: revision, capacityProviders: [{ arn: provider, runningCount: 3 }] }],
    },
    deployment: { status: "SUCCESSFUL", deploymentConfiguration, targetDaemonRevision: { arn: revision } },
    revision: {
      daemonRevisionArn: revision,
      daemonTaskDefinitionArn: described.daemonTaskDefinitionArn,
      ...settings,
    },
  };
}

const instance = (id: string) => ({
  containerInstanceArn: arn("container-instance", `prod/${id}`),
  capacityProviderName: "mi",
  status: "ACTIVE",
  agentConnected: true,
  registeredResources: [
    { name: "CPU", integerValue: 2048 },
    { name: "MEMORY", integerValue: 3800 },
  ],
});

/** ECS with one cluster and one capacity provider; `sent` gets every change. */
function ecsOf(daemon: DaemonState | undefined, instances: readonly string[] = ["a", "b", "c"]) {
  const sent: { readonly operation: string; readonly input: JsonObject }[] = [];
  const change = (operation: string) => async (input: JsonObject) => {
    sent.push({ operation, input });
    return {
      daemonArn: arn("daemon", "prod/agent"),
      deploymentArn: arn("daemon-deployment", "prod/agent/2"),
    };
  };
  const tasks = instances.map((id) => ({
    arn: arn("task", `prod/${id}`),
    instanceId: id,
    taskDefinitionArn: described.daemonTaskDefinitionArn,
    group: "daemon:agent",
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    stoppedReason: undefined,
  }));
  const ecs: Partial<EcsPort> = {
    listClusters: async () => [{ name: "prod", arn: arn("cluster", "prod") }],
    findDaemon: async () => daemon,
    describeDaemonDefinition: async () => described,
    registerDaemonDefinition: async (input) => {
      sent.push({ operation: "register", input });
      return arn("daemon-task-definition", "agent:2");
    },
    createDaemon: change("create"),
    updateDaemon: change("update"),
    describeDaemonDeployment: async () => ({ status: "SUCCESSFUL" }),
    captureManagedCluster: async () => ({
      capacityProviders: [{ capacityProviderArn: provider, name: "mi", managedInstancesProvider: {} }],
      containerInstances: instances.map(instance),
      tasks: [{ taskArn: "x/t", group: "family:batch", containerInstanceArn: "x/a", lastStatus: "RUNNING" }],
    }),
    listDaemonTasks: async (_cluster, _name, status) => (status === "RUNNING" ? tasks : []),
  };
  return { ecs: ecs as EcsPort, sent };
}

const request = (daemon: JsonObject, more: Partial<ManagedRequest> = {}): ManagedRequest => ({
  cluster: "prod",
  taskDefinition: definition,
  daemon: { daemonName: "agent", ...daemon },
  ...more,
});
const running = () => daemonOf({ critical: false, enableExecuteCommand: true }, { drainPercent: 40 });
const silent = { say: () => undefined };

test("an update repeats every setting that the file leaves out, and says so", async () => {
  const { ecs, sent } = ecsOf(running());
  const changed = request({ deploymentConfiguration: { bakeTimeInMinutes: 5 } });
  const plan = await planManaged(changed, ecs);
  assert.match(
    plan.sentence,
    /Updates the managed daemon agent: 3 container instances of 1 capacity provider/,
  );
  assert.match(plan.sentence, /1 or 2 at a time/);
  const lines = plan.sections.flatMap((it) => it.lines).join("\n");
  assert.match(lines, /bakeTimeInMinutes: 0 → 5/);
  assert.match(lines, /critical: false \(kept/);
  assert.match(lines, /1 standalone task will be stopped/);
  const report = await runManagedDeployment(changed, ecs, { ...silent, agreed: plan.seen });
  assert.deepEqual(sent, [
    {
      operation: "update",
      input: {
        daemonArn: arn("daemon", "prod/agent"),
        daemonTaskDefinitionArn: described.daemonTaskDefinitionArn,
        capacityProviderArns: [provider],
        critical: false,
        enableExecuteCommand: true,
        deploymentConfiguration: { drainPercent: 40, bakeTimeInMinutes: 5 },
      },
    },
  ]);
  assert.equal(report.verify?.verified, true);
});

test("what is unchanged is not sent, unless it is forced", async () => {
  const { ecs, sent } = ecsOf(running());
  const same = request({ critical: false, deploymentConfiguration: { drainPercent: 40 } });
  const report = await runManagedDeployment(same, ecs, silent);
  assert.deepEqual(
    report.steps.map((it) => `${it.name} ${it.outcome}`),
    ["register unchanged", "daemon unchanged", "verify done"],
  );
  assert.equal(sent.length, 0);
  await runManagedDeployment({ ...same, force: true }, ecs, silent);
  assert.deepEqual(
    sent.map((it) => it.operation),
    ["update"],
  );
});

test("a new revision is registered first; a new daemon gets what its file has, and ARNs", async () => {
  const { ecs, sent } = ecsOf(undefined, []);
  const image = { ...definition, containerDefinitions: [{ name: "agent", image: "agent:2" }] };
  const wanted = request({ capacityProviderArns: ["mi"], critical: false }, { taskDefinition: image });
  const report = await runManagedDeployment(wanted, ecs, silent);
  const [, created] = sent;
  assert.deepEqual(
    sent.map((it) => it.operation),
    ["register", "create"],
  );
  const { clientToken, ...input } = created?.input ?? {};
  assert.equal(typeof clientToken, "string");
  assert.deepEqual(input, {
    daemonName: "agent",
    clusterArn: arn("cluster", "prod"),
    daemonTaskDefinitionArn: arn("daemon-task-definition", "agent:2"),
    capacityProviderArns: [provider],
    critical: false,
  });
  // A daemon that exists is not verified.
  assert.equal(report.steps.at(-1)?.outcome, "failed");
});

test("where what was agreed to no longer holds, nothing is sent", async () => {
  const { ecs } = ecsOf(running());
  const changed = request({ critical: true });
  const { seen } = await planManaged(changed, ecs);
  const grown = ecsOf(running(), ["a", "b", "c", "d"]);
  const report = await runManagedDeployment(changed, grown.ecs, { ...silent, agreed: seen });
  assert.deepEqual(grown.sent, []);
  assert.match(report.newPlan?.sentence ?? "", /4 container instances/);
});

test("a capacity provider that the cluster lacks is refused before anything is sent", async () => {
  const { ecs } = ecsOf(running());
  await assert.rejects(
    planManaged(request({ capacityProviderArns: ["other"] }), ecs),
    /no capacity provider "other"/,
  );
});

test("deleting says how many instances it replaces; the commands spell every setting out", async () => {
  const { ecs } = ecsOf(running());
  const plan = await planDeleteManaged(ecs, { cluster: "prod", daemon: "agent" });
  assert.match(deletionText(plan), /drains and replaces 3 container instances of 1 capacity provider/);
  const [update, watch] = managedCommands(await planManaged(request({ critical: true }), ecs), "prod");
  assert.match(
    update ?? "",
    /update-daemon .*"critical":true.*"enableExecuteCommand":true.*"drainPercent":40/,
  );
  assert.match(watch ?? "", /^until .*describe-daemon-deployments/);
});

test("the plan counts tasks of services that are protected from scale-in, on instances that are replaced", async () => {
  const { ecs } = ecsOf(running());
  const asked: string[] = [];
  const linesOf = async (taskProtection: EcsPort["taskProtection"]) => {
    const seen = await ecs.captureManagedCluster("prod");
    const task = (id: string, group: string) => ({
      taskArn: arn("task", `prod/${id}`),
      group,
      containerInstanceArn: "x/a",
      lastStatus: "RUNNING",
    });
    const tasks = [task("1", "service:web"), task("2", "service:web"), task("3", "family:batch")];
    const changed: EcsPort = {
      ...ecs,
      captureManagedCluster: async () => ({ ...seen, tasks }),
      taskProtection,
    };
    const plan = await planManaged(request({ critical: true }), changed);
    return plan.sections.flatMap((it) => it.lines).join("\n");
  };
  const counted = await linesOf(async (_cluster, tasks) => {
    asked.push(...tasks);
    return new Map([
      ["1", true],
      ["2", false],
    ]);
  });
  assert.deepEqual(asked, ["1", "2"]);
  assert.match(counted, /2 tasks of services move .*\n1 of these tasks is protected from scale-in/);
  const denied = await linesOf(async () => {
    throw new EcsError("AccessDeniedException", "no");
  });
  assert.match(denied, /protected from scale-in is not known/);
});
