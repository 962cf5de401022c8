// Every request of ours with parameters that are not what it takes, as a client with faults sends them: each is answered,
// and the server goes on. A fault in a timer would end the process.

import assert from "node:assert/strict";
import { test } from "node:test";
import { requests } from "../../server/src/lsp/protocol/customRequests";
import type { AnyAnswer } from "../support/localEndpoint";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const definition = { family: "agent", containerDefinitions: [{ name: "agent", image: "a:1", memory: 64 }] };

test("no parameters end the server", async (context) => {
  const folder = temporaryFolder({ "one.ecs-fleet.json": '{ "groups": [] }' });
  context.after(folder.remove);
  const server = await startClient({ folders: [folder.uri], initializationOptions: { cluster: 5 } });
  context.after(() => server.close());
  const uri = folder.uriOf("a.taskdef.json");
  server.open(uri, JSON.stringify(definition));
  const textDocument = { uri };
  const odd: readonly unknown[] = [
    null,
    {},
    { textDocument: null },
    { textDocument: { uri: 5 } },
    { textDocument: { uri: "no address" } },
    { targets: "all", isVisible: true },
    { targets: [null, 5, "local", { profile: 5 }], isVisible: true },
    {
      textDocument,
      cluster: { kind: "__proto__" },
      instances: 7,
      steps: "x",
      changes: [null],
      trial: 5,
      plan: "__proto__",
    },
    {
      textDocument,
      cluster: "file:///none",
      expression: 5,
      scenario: "__proto__",
      name: "constructor",
      key: {},
      way: "x",
    },
  ];
  const answers: unknown[] = [];
  for (const { method } of Object.values(requests)) {
    if (method.startsWith("ecsDaemon/local/")) continue;
    for (const params of odd)
      answers.push(await server.request(method, params).catch((error: Error) => error.message));
  }
  assert.equal(answers.filter((it) => it === undefined).length, 0);
  const kind = await server.request<object>("ecsDaemon/documentKind", { textDocument });
  assert.deepEqual(kind, { kind: "taskDefinition" });
  assert.equal((await server.diagnostics(uri)).length, 0);
});

test("coverage is answered whatever was to be watched", async (context) => {
  const server = await startClient();
  context.after(() => server.close());
  for (const targets of [undefined, null, 5, "all", {}, [null, 5, "prod", []]]) {
    await server.request("ecsDaemon/coverage/watch", { targets, isVisible: true });
    const answer = await server.request<object>("ecsDaemon/coverage", {});
    assert.ok(!("error" in answer), JSON.stringify(targets));
  }
});

test("documents that are opened or changed as none can be leave the others as they are", async (context) => {
  const folder = temporaryFolder();
  context.after(folder.remove);
  const server = await startClient({ folders: [folder.uri] });
  context.after(() => server.close());
  const uri = folder.uriOf("a.taskdef.json");
  server.open(uri, JSON.stringify(definition));
  const own = { uri: folder.uriOf("b.taskdef.json"), languageId: "json", version: 1, text: "{}" };
  for (const odd of [undefined, null, 5, [], {}]) {
    server.notify("textDocument/didOpen", { textDocument: odd });
    for (const name of ["uri", "languageId", "text"])
      server.notify("textDocument/didOpen", { textDocument: { ...own, [name]: odd } });
    for (const contentChanges of [odd, [odd], [{ text: odd }], [{ text: "", range: odd ?? {} }]])
      server.notify("textDocument/didChange", { textDocument: { uri, version: 2 }, contentChanges });
    server.notify("textDocument/didChange", { textDocument: odd, contentChanges: [{ text: "" }] });
    server.notify("textDocument/didClose", { textDocument: odd });
    const textDocument = { uri };
    const kind = await server.request<object>("ecsDaemon/documentKind", { textDocument });
    assert.deepEqual(kind, { kind: "taskDefinition" });
    const preview = await server.request<AnyAnswer>("ecsDaemon/preview", { textDocument });
    assert.equal(preview.error.code, "no-cluster");
    assert.equal((await server.diagnostics(uri)).length, 0);
  }
});
