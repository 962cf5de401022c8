// Managed daemons in the editor: their preview, the conversion both ways, and what they are by a setting.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type {
  ConvertAnswer,
  ManagedPlanAnswer,
  ManagedPreviewAnswer,
  PreviewAnswer,
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

async function started() {
  const folder = temporaryFolder(files);
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
  assert.match(managed.report, /To be decided[\s\S]*What nobody knows yet/);
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
