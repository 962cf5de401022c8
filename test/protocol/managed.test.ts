// Managed daemons in the editor: their preview, the conversion both ways, and what they are by a setting.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type {
  ConvertAnswer,
  ManagedDeleteAnswer,
  ManagedDeletePlanAnswer,
  ManagedDeployAnswer,
  ManagedPlanAnswer,
  ManagedPreviewAnswer,
  ManagedVerifyAnswer,
  PreviewAnswer,
  StartLocalAnswer,
} from "../../server/src/lsp/protocol/protocol";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const files = {
  "agent.daemon-taskdef.json": JSON.stringify({
    family: "agent",
    cpu: "256",
    memory: "512",
    containerDefinitions: [{ name: "agent", image: "agent:1" }],
  }),
  "agent.daemon.json": JSON.stringify({
    daemonName: "agent",
    daemonTaskDefinitionArn: "arn:aws:ecs:<region>:<account>:daemon-task-definition/agent:<revision>",
    capacityProviderArns: ["arn:aws:ecs:<region>:<account>:capacity-provider/mi"],
    critical: false,
  }),
  "own.taskdef.json": JSON.stringify({
    family: "own",
    networkMode: "host",
    containerDefinitions: [{ name: "own", image: "own:1", memory: 64 }],
  }),
  "own.service.json": JSON.stringify({
    serviceName: "own",
    taskDefinition: "own",
    schedulingStrategy: "DAEMON",
  }),
  "mi.ecs-fleet.json": JSON.stringify({
    groups: [
      { count: 4, instanceType: "t3.small", capacityProvider: "mi" },
      { count: 1, instanceType: "m5.large" },
    ],
    capacityProviders: [
      { name: "mi", instanceRequirements: { vCpuCount: { min: 2 }, memoryMiB: { min: 1024 } } },
    ],
  }),
};

async function started(others: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder({ ...files, ...others });
  const server = await startClient({
    folders: [folder.uri],
    initializationOptions: { cluster: folder.uriOf("mi.ecs-fleet.json") },
  });
  cleanups.push(folder.remove, server.close);
  return { server, folder };
}

test("the preview of a daemon's file bills, covers and counts what is replaced; so does that of its definition", async () => {
  const { server, folder } = await started();
  for (const name of ["agent.daemon.json", "agent.daemon-taskdef.json"] as const) {
    const uri = folder.uriOf(name);
    server.open(uri, files[name], "json");
    const answer = await server.request<ManagedPreviewAnswer>("ecsDaemon/managedPreview", {
      textDocument: { uri },
    });
    assert.ok(!("error" in answer), JSON.stringify(answer));
    const { preview } = answer;
    assert.equal(preview.daemon.name, "agent");
    assert.equal(preview.rollout.replaced, 4);
    assert.deepEqual(preview.providers, [
      { name: "mi", isKnown: true, instances: 4, running: 0, without: 4 },
    ]);
    const small = preview.types.find((it) => it.type === "t3.small");
    assert.equal(small?.share.cpu, 12.5);
    assert.ok(answer.unknowns.length > 0);
    const ordinary = await server.request<PreviewAnswer>("ecsDaemon/preview", { textDocument: { uri } });
    assert.equal("error" in ordinary && ordinary.error.code, "managed-daemon");
  }
});

test("a preview without a cluster says so; with one it names the capacity providers that the cluster lacks", async () => {
  const elsewhere = JSON.stringify({ groups: [{ count: 1, instanceType: "m5.large" }] });
  const folder = temporaryFolder({ ...files, "other.ecs-fleet.json": elsewhere });
  const server = await startClient({ folders: [folder.uri] });
  cleanups.push(folder.remove, server.close);
  const uri = folder.uriOf("agent.daemon.json");
  server.open(uri, files["agent.daemon.json"], "json");
  const ask = async (more: object) => {
    const params = { textDocument: { uri }, ...more };
    const answer = await server.request<ManagedPreviewAnswer>("ecsDaemon/managedPreview", params);
    assert.ok(!("error" in answer), JSON.stringify(answer));
    return [answer.isWithoutCluster, answer.preview.providers.map((it) => it.isKnown)];
  };
  assert.deepEqual(await ask({}), [true, [false]]);
  assert.deepEqual(await ask({ cluster: folder.uriOf("other.ecs-fleet.json") }), [undefined, [false]]);
  assert.deepEqual(await ask({ cluster: folder.uriOf("mi.ecs-fleet.json") }), [undefined, [true]]);
});

test("a daemon of a template is previewed with its defaults, and with values of the request and of files", async () => {
  const { server, folder } = await started({
    "dev.json": JSON.stringify({ Parameters: { Drain: "50", Unrelated: "x" } }),
    "stack.yaml": `Parameters:
  AgentMemory: { Type: Number, Default: 256 }
  Drain: { Type: Number }
Resources:
  AgentTask:
    Type: AWS::ECS::DaemonTaskDefinition
    Properties:
      Cpu: 256
      Memory: !Ref AgentMemory
      ContainerDefinitions: [{ Name: agent, Image: "example/agent:1" }]
  Agent:
    Type: AWS::ECS::Daemon
    Properties:
      DaemonName: agent
      DaemonTaskDefinitionArn: !Ref AgentTask
      CapacityProviderArns: ["arn:aws:ecs:eu-west-1:111122223333:capacity-provider/mi"]
      DeploymentConfiguration: { DrainPercent: !Ref Drain }
`,
  });
  const ask = async (more: object) => {
    const textDocument = { uri: `${folder.uriOf("stack.yaml")}#Agent` };
    const answer = await server.request<ManagedPreviewAnswer>("ecsDaemon/managedPreview", {
      textDocument,
      ...more,
    });
    assert.ok(!("error" in answer), JSON.stringify(answer));
    return answer;
  };
  const byDefault = await ask({});
  assert.deepEqual(byDefault.preview.reservation, { cpu: 256, memory: 256, isExact: true });
  assert.deepEqual(byDefault.values, [{ name: "AgentMemory", byDefault: "256" }, { name: "Drain" }]);
  const from = folder.uriOf("dev.json");
  const given = await ask({ values: { AgentMemory: "512" }, valuesFiles: [from] });
  assert.equal(given.preview.reservation.memory, 512);
  assert.equal(given.written.drainPercent, 50);
  assert.deepEqual(given.values, [
    { name: "AgentMemory", byDefault: "256", given: "512" },
    { name: "Drain", given: "50", from },
  ]);
  assert.deepEqual(given.valuesFiles, [{ uri: from }]);
});

test("hints have the share of the smallest type, the instances of a capacity provider, and the batch", async () => {
  const { server, folder } = await started();
  const hintsOf = async (name: string, text: string) => {
    const uri = folder.uriOf(name as keyof typeof files);
    server.open(uri, text, "json");
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hints = await server.request<readonly { label: string }[]>("textDocument/inlayHint", {
      textDocument: { uri },
      range,
    });
    return hints.map((it) => it.label);
  };
  assert.deepEqual(await hintsOf("agent.daemon-taskdef.json", files["agent.daemon-taskdef.json"]), [
    "12.5 % of t3.small (smallest)",
    "26.7 % of t3.small (smallest)",
  ]);
  const drained = JSON.stringify({
    ...JSON.parse(files["agent.daemon.json"]),
    deploymentConfiguration: { drainPercent: 30 },
  });
  assert.deepEqual(await hintsOf("agent.daemon.json", drained), [
    "4 instances, 1 type",
    "≈ 1 or 2 of 4 at a time",
  ]);
});

test("a DAEMON service becomes a managed daemon, and a managed daemon a service", async () => {
  const { server, folder } = await started();
  const convert = async (name: keyof typeof files) => {
    server.open(folder.uriOf(name), files[name], "json");
    const answer = await server.request<ConvertAnswer>("ecsDaemon/convert", {
      textDocument: { uri: folder.uriOf(name) },
    });
    assert.ok(!("error" in answer), JSON.stringify(answer));
    return answer;
  };
  const managed = await convert("own.service.json");
  assert.deepEqual(
    managed.files.map((it) => it.name),
    ["own.daemon-taskdef.json", "own.daemon.json"],
  );
  assert.match(managed.report, /To be decided[\s\S]*What is not known yet/);
  const service = await convert("agent.daemon.json");
  assert.deepEqual(
    service.files.map((it) => it.name),
    ["agent.taskdef.json", "agent.service.json"],
  );
});

test("nothing is planned for a fleet file", async () => {
  const { server, folder } = await started();
  const uri = folder.uriOf("agent.daemon.json");
  server.open(uri, files["agent.daemon.json"], "json");
  const answer = await server.request<ManagedPlanAnswer>("ecsDaemon/managedPlan", { textDocument: { uri } });
  assert.equal("error" in answer && answer.error.code, "not-deployable");
});

test("a managed daemon is planned, registered, created, verified and deleted; nothing that was not agreed to is done", async () => {
  const { server, folder } = await started();
  const fleet = folder.uriOf("mi.ecs-fleet.json");
  const ask = async <Answer extends object>(name: string, more: object = {}) => {
    const answer = await server.request<Answer>(`ecsDaemon/${name}`, {
      textDocument: { uri: folder.uriOf("agent.daemon.json") },
      cluster: "local",
      ...more,
    });
    assert.ok(!("error" in answer), JSON.stringify(answer));
    return answer as Exclude<Answer, { readonly error: unknown }>;
  };
  const local = await server.request<StartLocalAnswer>("ecsDaemon/local/start", { port: 0, fleet });
  assert.ok(!("error" in local), JSON.stringify(local));
  const registration = await ask<ManagedPlanAnswer>("managedPlan", { part: "register" });
  assert.match(registration.sentence, /^Registers the daemon task definition agent. No instance/);
  const registered = await ask<ManagedDeployAnswer>("managedDeploy", { part: "register" });
  assert.match(registered.taskDefinition ?? "", /daemon-task-definition\/agent:1$/);
  const plan = await ask<ManagedPlanAnswer>("managedPlan", { part: "daemon" });
  assert.match(plan.sentence, /Creates the managed daemon agent: 4 container instances/);
  assert.match(plan.commands.join("\n"), /create-daemon[\s\S]*list-tasks/);
  const outdated = await ask<ManagedDeployAnswer>("managedDeploy", { part: "daemon", agreed: "another" });
  assert.equal(outdated.isOutdated, true);
  const created = await ask<ManagedDeployAnswer>("managedDeploy", { part: "daemon", agreed: plan.seen });
  assert.deepEqual(
    created.steps.map((it) => `${it.name} ${it.outcome}`),
    ["register unchanged", "daemon done"],
  );
  const verified = await ask<ManagedVerifyAnswer>("managedVerify");
  assert.deepEqual([verified.name, verified.verified, verified.running.length], ["agent", true, 4]);
  const deletion = await ask<ManagedDeletePlanAnswer>("managedDeletePlan");
  assert.match(deletion.sentence, /drains and replaces 4 container instances of 1 capacity provider/);
  assert.equal((await ask<ManagedDeleteAnswer>("managedDelete", { agreed: "another" })).isOutdated, true);
  const deleted = await ask<ManagedDeleteAnswer>("managedDelete", { agreed: deletion.seen });
  assert.deepEqual(deleted, { name: "agent", isOutdated: false });
});

test("a file with errors is not sent, and the failure names the place", async () => {
  const { server, folder } = await started();
  const uri = folder.uriOf("agent.daemon-taskdef.json");
  server.open(uri, files["agent.daemon-taskdef.json"].replace('"agent:1"', "1"), "json");
  const params = { textDocument: { uri }, cluster: "local", part: "register" };
  const answer = await server.request<ManagedPlanAnswer>("ecsDaemon/managedPlan", params);
  assert.ok("error" in answer);
  assert.equal(answer.error.code, "errors-in-files");
  assert.equal(answer.error.places?.[0]?.uri, uri);
});
