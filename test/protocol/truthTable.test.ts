// The truth table of an expression: offered where one stands, answered to our own client, shown as a file by others.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type CodeAction, type Range, ShowDocumentRequest } from "vscode-languageserver/node";
import type { TruthTableAnswer } from "../../server/src/lsp/protocol/protocol";
import { type ProtocolClient, pullingClient, startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const fleet = JSON.stringify({
  groups: [
    { count: 2, instanceType: "m5.large", attributes: { env: "prod" } },
    { count: 3, instanceType: "c5.large", attributes: { env: "dev" } },
  ],
});

async function connected(options: Parameters<typeof startClient>[0] = {}) {
  const files = temporaryFolder({ "five.ecs-fleet.json": fleet });
  cleanups.push(files.remove);
  const server = await startClient({
    folders: [files.uri],
    initializationOptions: { cluster: files.uriOf("five.ecs-fleet.json") },
    ...options,
  });
  cleanups.push(server.close);
  return { server, files };
}

const rangeIn = (text: string, part: string): Range => ({
  start: { line: 0, character: text.indexOf(part) },
  end: { line: 0, character: text.indexOf(part) + part.length },
});

const ask = (server: ProtocolClient, uri: string, more: object = {}) =>
  server.request<TruthTableAnswer>("ecsDaemon/truthTable", { textDocument: { uri }, ...more });

const definition = JSON.stringify({
  family: "agent",
  containerDefinitions: [],
  placementConstraints: [
    { type: "memberOf", expression: 'attribute:env == "prod" or agentConnected == false' },
    { type: "memberOf", expression: "attribute:rack !exists" },
  ],
});

test("all constraints of a document together, one of them, or a clause of it have a table", async () => {
  const { server, files } = await connected();
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, definition);
  const expressionOf = async (more: object) => {
    const answer = await ask(server, uri, more);
    assert.ok(!("error" in answer), JSON.stringify(answer));
    return [answer.expression, /Selects \*\*(.*?)\*\*/.exec(answer.markdown)?.[1]];
  };
  assert.deepEqual(await expressionOf({}), [
    "(attribute:env == prod or agentConnected == false) and attribute:rack !exists",
    "2 of 5",
  ]);
  const inside = rangeIn(definition, "rack");
  assert.deepEqual(await expressionOf({ range: { start: inside.start, end: inside.start } }), [
    "attribute:rack !exists",
    "5 of 5",
  ]);
  assert.deepEqual(await expressionOf({ range: rangeIn(definition, "agentConnected == false") }), [
    "agentConnected == false",
    "0 of 5",
  ]);
});

test("where there is no table the answer says why", async () => {
  const { server, files } = await connected({ initializationOptions: {} });
  const [bare, broken, query] = ["a.taskdef.json", "b.ecsquery", "c.ecsquery"].map(files.uriOf);
  assert.ok(bare !== undefined && broken !== undefined && query !== undefined);
  server.open(bare, '{ "family": "a", "containerDefinitions": [] }');
  server.open(broken, "attribute:env ==");
  server.open(query, "attribute:env == prod");
  const codeOf = async (uri: string, more: object = {}) => {
    const answer = await ask(server, uri, more);
    return "error" in answer ? answer.error.code : "fine";
  };
  assert.equal(await codeOf(bare), "no-expression");
  assert.equal(await codeOf(broken), "broken-expression");
  const failed = await ask(server, broken);
  assert.ok("error" in failed);
  assert.deepEqual(
    failed.error.places?.map((it) => it.uri),
    [broken],
    "a button leads to what is wrong",
  );
  assert.equal(await codeOf(query, { cluster: files.uriOf("gone.ecs-fleet.json") }), "unreadable-cluster");
  // Without any cluster the clauses alone are enough.
  assert.equal(await codeOf(query), "fine");
});

test("a client without our commands is shown the table as a file, which goes with the server", async () => {
  const { server, files } = await connected({
    capabilities: { ...pullingClient, window: { showDocument: { support: true } } },
  });
  const shown: string[] = [];
  server.connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
    shown.push(uri);
    return { success: true };
  });
  const uri = files.uriOf("q.ecsquery");
  server.open(uri, "attribute:env == prod", "ecs-query");
  const range = { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } };
  const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range,
    context: { diagnostics: [] },
  });
  const { command } = actions.find((it) => /truth table/.test(it.title)) ?? assert.fail("no truth table");
  assert.ok(
    server.initialized.capabilities.executeCommandProvider?.commands.includes(command?.command ?? ""),
  );
  const text = await server.request<string>("workspace/executeCommand", {
    command: command?.command,
    arguments: command?.arguments,
  });
  assert.match(text, /Selects \*\*2 of 5\*\*/);
  const [file] = shown.map((it) => fileURLToPath(it));
  assert.equal(readFileSync(file ?? "", "utf8"), text);
  assert.ok(existsSync(file ?? ""));
  await assert.rejects(server.request("workspace/executeCommand", { command: "other" }), /no command/);
});

test("VS Code has the command itself, and the panel for which instances and why", async () => {
  const files = temporaryFolder({ "five.ecs-fleet.json": fleet });
  cleanups.push(files.remove);
  const server = await startClient({
    folders: [files.uri],
    initializationOptions: { cluster: files.uriOf("five.ecs-fleet.json") },
    clientName: "Visual Studio Code",
  });
  cleanups.push(server.close);
  assert.equal(server.initialized.capabilities.executeCommandProvider, undefined);
  const uri = files.uriOf("q.ecsquery");
  server.open(uri, "attribute:env == prod", "ecs-query");
  const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    context: { diagnostics: [] },
  });
  assert.deepEqual(
    actions.map((it) => it.command?.command),
    ["ecsDaemon.previewPlacement", "ecsDaemon.showTruthTable"],
  );
});
