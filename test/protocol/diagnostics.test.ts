import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { CodeAction, TextEdit } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  type ClientOptions,
  type ProtocolClient,
  pullingClient,
  startClient,
} from "../support/protocolClient";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function client(options: ClientOptions = {}): Promise<ProtocolClient> {
  const started = await startClient(options);
  cleanups.push(started.close);
  return started;
}

function folder(files: Readonly<Record<string, string>>): TemporaryFolder {
  const made = temporaryFolder(files);
  cleanups.push(made.remove);
  return made;
}

const misspelt = `{
  "family": "agent",
  "containerDefinitions": [{ "name": "agent", "image": "datadog/agent", "memry": 128, "memory": 256 }]
}`;
const correct = misspelt.replace(' "memry": 128,', "");

test("a misspelt member is reported at its name, with code, link, source and data", async () => {
  const server = await client();
  server.open("file:///w/agent.taskdef.json", misspelt);
  const [found, ...others] = await server.diagnostics("file:///w/agent.taskdef.json");
  assert.deepEqual(others, []);
  assert.equal(found?.source, "ecs-daemon");
  assert.equal(typeof found?.code, "string");
  assert.match(String(found?.codeDescription?.href), /^https?:/);
  const start = misspelt.split("\n")[2]?.indexOf('"memry"') ?? -1;
  assert.deepEqual(found?.range, {
    start: { line: 2, character: start },
    end: { line: 2, character: start + '"memry"'.length },
  });
});

test("an unchanged document is answered as unchanged, a changed one with its newest text", async () => {
  const server = await client();
  const uri = "file:///w/agent.taskdef.json";
  server.open(uri, misspelt);
  const first = await server.pull(uri);
  assert.ok(first.kind === "full" && first.resultId !== undefined);
  const second = await server.pull(uri, first.resultId);
  assert.deepEqual(second, { kind: "unchanged", resultId: first.resultId });
  server.change(uri, correct);
  const third = await server.pull(uri, first.resultId);
  assert.ok(third.kind === "full");
  assert.deepEqual(third.items, []);
});

test("a file that is none of ours has no diagnostics, whatever is in it", async () => {
  const server = await client();
  server.open("file:///w/package.json", '{ "name": 3, "dependencies": [] }');
  assert.deepEqual(await server.diagnostics("file:///w/package.json"), []);
});

test("a client that does not pull is pushed diagnostics with the version they belong to", async () => {
  const server = await client({ capabilities: {} });
  const uri = "file:///w/agent.taskdef.json";
  assert.equal(server.initialized.capabilities.diagnosticProvider, undefined);
  server.open(uri, misspelt);
  const first = await server.published(uri);
  assert.equal(first.version, 1);
  assert.equal(first.diagnostics.length, 1);
  server.change(uri, correct);
  const second = await server.published(uri, (it) => it.version === 2);
  assert.deepEqual(second.diagnostics, []);
  server.change(uri, misspelt);
  await server.published(uri, (it) => it.diagnostics.length === 1);
  server.closeDocument(uri);
  await server.published(uri, (it) => it.diagnostics.length === 0);
});

test("a burst of changes is answered for the last text", async () => {
  const server = await client({ capabilities: {} });
  const uri = "file:///w/agent.taskdef.json";
  server.open(uri, misspelt);
  for (let version = 2; version < 40; version++) server.change(uri, version % 2 === 0 ? correct : misspelt);
  server.change(uri, correct);
  const last = await server.published(uri, (it) => it.version === 40);
  assert.deepEqual(last.diagnostics, []);
});

test("a request that is cancelled is not computed", async () => {
  const server = await client();
  const uri = "file:///w/agent.taskdef.json";
  server.open(uri, misspelt);
  const controller = new AbortController();
  const asked = server.cancellable("textDocument/diagnostic", { textDocument: { uri } }, controller.signal);
  controller.abort();
  await asked.catch((error) => assert.match(String(error), /cancel/i));
  assert.equal((await server.diagnostics(uri)).length, 1);
});

test("a snapshot that is too large for a tree is still a cluster, and costs no diagnostics", async () => {
  const instance = (id: number) => ({
    containerInstanceArn: `arn:aws:ecs:eu-west-1:123456789012:container-instance/default/${id}`,
    status: "ACTIVE",
    agentConnected: true,
    attributes: [{ name: "padding", value: "x".repeat(100) }],
  });
  const containerInstances = Array.from({ length: 6000 }, (_, id) => instance(id));
  const uri = "file:///w/large.ecs-cluster.json";
  const server = await client({ initializationOptions: { cluster: uri } });
  const refreshed = server.next("workspace/diagnostic/refresh");
  server.open(uri, JSON.stringify({ containerInstances }));
  await refreshed;
  assert.deepEqual(await server.diagnostics(uri), []);
  const { instances } = await server.request<{ instances: unknown[] }>("ecsDaemon/instances", {});
  assert.equal(instances.length, 6000);
});

test("syntax errors are reported only to a client that asks for them", async () => {
  const text = `${correct.slice(0, -2)},\n}`;
  const uri = "file:///w/agent.taskdef.json";
  const silent = await client();
  silent.open(uri, text);
  assert.deepEqual(await silent.diagnostics(uri), []);
  const speaking = await client({ initializationOptions: { reportSyntaxErrors: true } });
  speaking.open(uri, text);
  const found = await speaking.diagnostics(uri);
  assert.ok(found.some((it) => it.code === "json-syntax"));
});

test("the setting ecsDaemon.diagnostics silences a code, and a change of it counts at once", async () => {
  const uri = "file:///w/agent.taskdef.json";
  const server = await client();
  server.open(uri, misspelt);
  const [found] = await server.diagnostics(uri);
  const refreshed = server.next("workspace/diagnostic/refresh");
  server.setSettings({ diagnostics: [{ code: found?.code, severity: "off" }] });
  await refreshed;
  assert.deepEqual(await server.diagnostics(uri), []);
});

const service = JSON.stringify({
  serviceName: "agent",
  taskDefinition: "agent",
  schedulingStrategy: "DAEMON",
  launchType: "EC2",
});

test("a definition is checked together with the daemon service on disk that refers to it", async () => {
  const fargate = JSON.stringify({
    family: "agent",
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    containerDefinitions: [{ name: "agent", image: "datadog/agent" }],
  });
  const files = folder({ "agent.service.json": service });
  const server = await client({ folders: [files.uri] });
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, fargate);
  const together = await server.pull(uri);
  assert.ok(together.kind === "full" && together.items.length > 0);
  const related = together.items.flatMap((it) => it.relatedInformation ?? []);
  assert.ok(related.some((it) => it.location.uri === files.uriOf("agent.service.json")));
  const unchanged = await server.pull(uri, together.resultId);
  assert.equal(unchanged.kind, "unchanged");
  // The other file decides, though this one stays as it is.
  server.open(files.uriOf("agent.service.json"), service.replace("DAEMON", "REPLICA"));
  const apart = await server.pull(uri, together.resultId);
  assert.ok(apart.kind === "full");
  assert.deepEqual(apart.items, []);
});

const template = JSON.stringify({
  family: "${FAMILY}",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  containerDefinitions: [{ name: "agent", image: "datadog/agent" }],
});

test("the setting ecsDaemon.taskDefinitions names the file of a family, and a change of it counts at once", async () => {
  // The scan leaves out folders whose name begins with a dot.
  const files = folder({ ".templates/agent.json": template, "agent.service.json": service });
  const server = await client({ folders: [files.uri] });
  const uri = files.uriOf(".templates/agent.json");
  server.open(uri, template);
  assert.deepEqual(await server.diagnostics(uri), []);
  const refreshed = server.next("workspace/diagnostic/refresh");
  server.setSettings({ taskDefinitions: { agent: ".templates/agent.json" } });
  await refreshed;
  const [found] = await server.diagnostics(uri);
  assert.equal(found?.code, "never-a-daemon");
  const refreshedAgain = server.next("workspace/diagnostic/refresh");
  server.setSettings({ taskDefinitions: { other: ".templates/agent.json", agent: 3 } });
  await refreshedAgain;
  assert.deepEqual(await server.diagnostics(uri), []);
});

test("a service is checked with the named task definition on disk, and again when that changes", async () => {
  const files = folder({ ".templates/agent.json": template });
  const withNetwork = service.replace("}", ',"loadBalancers":[{"containerName":"agnt","containerPort":80}]}');
  const server = await client({ folders: [files.uri] });
  const uri = files.uriOf("agent.service.json");
  server.open(uri, withNetwork);
  const codes = async () => (await server.diagnostics(uri)).map((it) => it.code);
  const isRead = server.next("workspace/diagnostic/refresh");
  server.setSettings({ taskDefinitions: { agent: ".templates/agent.json" } });
  await isRead;
  const before = await codes();
  assert.ok(before.length > 0);
  const refreshed = server.next("workspace/diagnostic/refresh");
  files.write(".templates/agent.json", "{}");
  server.notify("workspace/didChangeWatchedFiles", {
    changes: [{ uri: files.uriOf(".templates/agent.json"), type: 2 }],
  });
  await refreshed;
  assert.notDeepEqual(await codes(), before);
});

test("a workspace that is not trusted names no file outside of its folders", async () => {
  const outside = folder({ "agent.json": template });
  const files = folder({ "agent.service.json": service });
  // The severity is there so that either server has something new to read.
  const settings = {
    taskDefinitions: { agent: `${outside.path}/agent.json` },
    diagnostics: [{ code: "json-syntax", severity: "off" }],
  };
  for (const trusted of [true, false]) {
    const server = await client({ folders: [files.uri], initializationOptions: { trusted } });
    const uri = outside.uriOf("agent.json");
    server.open(uri, template);
    const isRead = server.next("workspace/diagnostic/refresh");
    server.setSettings(settings);
    await isRead;
    assert.equal((await server.diagnostics(uri)).length > 0, trusted);
  }
});

test("a file that changes on disk makes the client ask again", async () => {
  const files = folder({ "agent.service.json": service });
  const server = await client({ folders: [files.uri] });
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, correct);
  await server.pull(uri);
  const refreshed = server.next("workspace/diagnostic/refresh");
  files.write("agent.service.json", service.replace('"agent"', '"other"'));
  server.notify("workspace/didChangeWatchedFiles", {
    changes: [{ uri: files.uriOf("agent.service.json"), type: 2 }],
  });
  await refreshed;
});

test("the quick fix of a finding leaves the document without it", async () => {
  const server = await client();
  const uri = "file:///w/agent.taskdef.json";
  const text = misspelt.replace(', "memory": 256', "").replace("memry", "memori");
  server.open(uri, text);
  const diagnostics = await server.diagnostics(uri);
  const misspelling = diagnostics.find((it) => String(it.message).includes("memori"));
  assert.ok(misspelling);
  const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: misspelling.range,
    context: { diagnostics: [misspelling] },
  });
  const [fix] = actions;
  assert.ok(fix);
  assert.deepEqual(fix.diagnostics, [misspelling]);
  const fixed = applyEdits(text, fix.edit?.changes?.[uri] ?? []);
  server.change(uri, fixed);
  assert.deepEqual(await server.diagnostics(uri), []);
});

test("a client that can write the setting is offered to change the severity of a code", async () => {
  const uri = "file:///w/agent.taskdef.json";
  const titles = async (server: ProtocolClient, at: string) => {
    server.open(at, misspelt);
    const [diagnostic] = await server.diagnostics(at);
    const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: at },
      range: diagnostic?.range,
      context: { diagnostics: [diagnostic] },
    });
    return actions.flatMap((it) => it.command?.arguments ?? []);
  };
  const code = "misspelt-member";
  const page = { code, topic: "shape" };
  const able = await client({ initializationOptions: { setsSeverity: true } });
  assert.deepEqual(await titles(able, uri), [page, { code, uri, severity: "off" }, { code, uri }]);
  assert.deepEqual(await titles(able, "untitled:agent.taskdef.json"), [page, { code, severity: "off" }]);
  assert.deepEqual(await titles(await client(), uri), []);
});

test("fix all applies every safe fix at once", async () => {
  const server = await client();
  const uri = "file:///w/agent.taskdef.json";
  const text = misspelt.replace(', "memory": 256', "").replace("memry", "memori").replace("family", "famly");
  server.open(uri, text);
  const [action] = await server.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    context: { diagnostics: [], only: ["source.fixAll"] },
  });
  assert.equal(action?.kind, "source.fixAll");
  server.change(uri, applyEdits(text, action?.edit?.changes?.[uri] ?? []));
  assert.deepEqual(await server.diagnostics(uri), []);
});

test("every capability that a client does not have is done without", async () => {
  const server = await client({ capabilities: { textDocument: pullingClient.textDocument! } });
  server.open("file:///w/agent.taskdef.json", misspelt);
  assert.equal((await server.diagnostics("file:///w/agent.taskdef.json")).length, 1);
  assert.deepEqual(server.log, []);
});

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create("file:///x", "json", 0, text), [...edits]);
}
