// How the bundled server behaves towards an editor: the text it works on, what it does not do, what it follows.

import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  ClientCapabilities,
  CodeLens,
  CompletionList,
  InlayHint,
  Position,
} from "vscode-languageserver/node";
import { startBundledServer } from "../support/bundledServer";
import { startTestEndpoint } from "../support/localEndpoint";
import { type ProtocolClient, pullingClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const fleet = (count: number) =>
  JSON.stringify({ groups: [{ count, instanceType: "m5.large", attributes: { env: "prod" } }] });
const definition = (expression: string) => `{
  "family": "agent",
  "containerDefinitions": [{ "name": "agent", "image": "agent:1", "memory": 64 }],
  "placementConstraints": [{ "type": "memberOf", "expression": "${expression}" }]
}`;

/** An editor that can be told to ask again, and watches no files for the server. */
const unwatching: ClientCapabilities = {
  ...pullingClient,
  workspace: { inlayHint: { refreshSupport: true } },
};

async function hints(server: ProtocolClient, uri: string): Promise<readonly unknown[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const found = await server.request<InlayHint[]>("textDocument/inlayHint", { textDocument: { uri }, range });
  return found.map((it) => it.label).filter((it) => / of /.test(String(it)));
}

/** Where the server never says so, the test fails and cleans up rather than waits for ever. */
const patient = { timeout: 5 * 60_000 };

/** Asks for hints until they are these, each time the server says that they may be others. */
async function hintsBecome(server: ProtocolClient, uri: string, wanted: string): Promise<void> {
  for (;;) {
    const refreshed = server.next("workspace/inlayHint/refresh");
    if ((await hints(server, uri)).includes(wanted)) return;
    await refreshed;
  }
}

test("changes arrive in pieces, with the positions of UTF-16, and the newest text is answered", async (t) => {
  const server = await startBundledServer();
  t.after(server.close);
  const uri = "file:///w/agent.taskdef.json";
  let text = '{\r\n  "family": "é😀",\r\n  "containerDefinitions": []\r\n}';
  server.open(uri, text);
  let version = 1;
  const positionAt = (offset: number): Position => {
    const before = text.slice(0, offset).split("\r\n");
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  const replace = (from: string, to: string) => {
    const at = text.indexOf(from);
    const range = { start: positionAt(at), end: positionAt(at + from.length) };
    text = text.replace(from, to);
    version += 1;
    server.notify("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range, text: to }],
    });
  };
  replace("é😀", "agent");
  replace('"agent"', '"agent", "networkMode": "x"');
  replace("[]", '[{ "name": "a", "image": "a", "memory": 64 }]');
  const found = await server.diagnostics(uri);
  assert.deepEqual(
    found.map((it) => it.range),
    [{ start: positionAt(text.indexOf('"x"')), end: positionAt(text.indexOf('"x"') + 3) }],
  );
  replace('"x"', '"host"');
  replace('"host"', '"hos"');
  replace('"hos"', '""');
  const position = positionAt(text.indexOf('""') + 1);
  const list = await server.request<CompletionList>("textDocument/completion", {
    textDocument: { uri },
    position,
  });
  assert.ok(list.items.some((it) => it.label === "awsvpc"));
  replace('""', '"host"');
  assert.deepEqual(await server.diagnostics(uri), []);
});

test("an unchanged document is not answered anew, nor pushed anew", async (t) => {
  const uri = "file:///w/agent.taskdef.json";
  const pulling = await startBundledServer();
  t.after(pulling.close);
  pulling.open(uri, definition("attribute:env =="));
  const first = await pulling.pull(uri);
  assert.ok(first.kind === "full" && first.items.length === 1);
  assert.equal((await pulling.pull(uri, first.resultId)).kind, "unchanged");
  pulling.change(uri, definition("attribute:env == prod"));
  assert.equal((await pulling.pull(uri, first.resultId)).kind, "full");

  const pushed = await startBundledServer({ capabilities: {} });
  t.after(pushed.close);
  assert.equal(pushed.initialized.capabilities.diagnosticProvider, undefined);
  let times = 0;
  pushed.connection.onNotification("textDocument/publishDiagnostics", () => {
    times += 1;
  });
  const other = "file:///w/other.taskdef.json";
  pushed.open(uri, definition("attribute:env =="));
  pushed.open(other, definition("attribute:env == prod"));
  for (let round = 0; round < 5; round += 1) {
    pushed.change(other, definition(`attribute:env == prod${round}`));
    await pushed.request("textDocument/documentSymbol", { textDocument: { uri: other } });
  }
  // Each document once for each of its texts at most, the one that did not change only once.
  assert.ok(times <= 7, `published ${times} times`);
});

test("a file of someone else's gets nothing, whatever is asked about it", async (t) => {
  const server = await startBundledServer();
  t.after(server.close);
  for (const [name, text] of [
    ["package.json", '{ "name": "x", "dependencies": {} }'],
    ["user.service.json", '{ "user": "x" }'],
    ["tsconfig.json", '{ // comment\n "compilerOptions": {} }'],
    ["main.tf", 'resource "aws_s3_bucket" "logs" {}'],
    ["app.ts", 'export const expression = "a && b";'],
  ] as const) {
    const uri = `file:///w/${name}`;
    server.open(uri, text);
    const textDocument = { uri };
    const position = { line: 0, character: 3 };
    const range = { start: position, end: position };
    const nothing = async (method: string, more: object) => {
      const answer = await server.request<unknown>(`textDocument/${method}`, { textDocument, ...more });
      // Empty tokens would hide those of the file's own language.
      const isEmpty = answer === null || (Array.isArray(answer) && answer.length === 0);
      assert.ok(isEmpty, `${method}: ${JSON.stringify(answer)}`);
    };
    assert.deepEqual(await server.diagnostics(uri), []);
    for (const method of ["completion", "hover", "definition", "prepareRename"])
      await nothing(method, { position });
    await nothing("references", { position, context: { includeDeclaration: true } });
    await nothing("rename", { position, newName: "x" });
    for (const method of ["codeLens", "documentLink", "documentSymbol", "semanticTokens/full"])
      await nothing(method, {});
    await nothing("inlayHint", { range });
    await nothing("codeAction", { range, context: { diagnostics: [] } });
  }
});

test("what is cancelled is answered at once, and the requests behind it are right", async (t) => {
  const files = temporaryFolder({ "many.ecs-fleet.json": fleet(5000) });
  t.after(files.remove);
  const server = await startBundledServer({
    folders: [files.uri],
    initializationOptions: { cluster: "many.ecs-fleet.json" },
  });
  t.after(server.close);
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, definition("attribute:env == prod"));
  const asked = Array.from({ length: 50 }, () => {
    const controller = new AbortController();
    const answer = server.cancellable("textDocument/codeLens", { textDocument: { uri } }, controller.signal);
    controller.abort();
    return answer.then(
      (it) => assert.deepEqual(it, []),
      (error) => assert.match(String(error), /cancel/i),
    );
  });
  const last = server.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
  await Promise.all(asked);
  assert.equal((await last)[0]?.command?.title, "Lands on 5,000 of 5,000 instances");
});

test("hints follow the cluster's file, also for an editor that watches no files", patient, async (t) => {
  // The file is in no folder of the workspace: nobody else would watch it.
  const elsewhere = temporaryFolder({ "five.ecs-fleet.json": fleet(5) });
  t.after(elsewhere.remove);
  const server = await startBundledServer({
    capabilities: unwatching,
    initializationOptions: { cluster: elsewhere.uriOf("five.ecs-fleet.json") },
  });
  t.after(server.close);
  const uri = "file:///w/agent.taskdef.json";
  server.open(uri, definition("attribute:env == prod"));
  assert.deepEqual(await hints(server, uri), ["5 of 5"]);
  elsewhere.write("five.ecs-fleet.json", fleet(12));
  await hintsBecome(server, uri, "12 of 12");
  // An open document counts before it is saved, and no longer when it is closed.
  const open = elsewhere.uriOf("five.ecs-fleet.json");
  server.open(open, fleet(3));
  await hintsBecome(server, uri, "3 of 3");
  server.closeDocument(open);
  await hintsBecome(server, uri, "12 of 12");
});

test(
  "hints follow a snapshot that is written anew, and a cluster that is chosen later",
  patient,
  async (t) => {
    const instance = (id: string) => ({
      containerInstanceArn: `arn:aws:ecs:eu-west-1:123456789012:container-instance/c/${id}`,
      status: "ACTIVE",
      agentConnected: true,
      attributes: [{ name: "env", value: "prod" }],
    });
    const snapshot = (...ids: string[]) => JSON.stringify({ containerInstances: ids.map(instance) });
    const files = temporaryFolder({ "prod.ecs-cluster.json": snapshot("1") });
    t.after(files.remove);
    const server = await startBundledServer({ folders: [files.uri], capabilities: unwatching });
    t.after(server.close);
    const uri = files.uriOf("agent.taskdef.json");
    server.open(uri, definition("attribute:env == prod"));
    assert.deepEqual(await hints(server, uri), []);
    await server.request("ecsDaemon/cluster", { cluster: "prod.ecs-cluster.json" });
    assert.deepEqual(await hints(server, uri), ["1 of 1"]);
    files.write("prod.ecs-cluster.json", snapshot("1", "2", "3"));
    await hintsBecome(server, uri, "3 of 3");
  },
);

test("hints follow an endpoint that others change", patient, async (t) => {
  const { endpoint, call } = await startTestEndpoint(t, { instances: 3 });
  const server = await startBundledServer({ capabilities: unwatching });
  t.after(server.close);
  const uri = "file:///w/agent.taskdef.json";
  server.open(uri, definition("attribute:env == prod"));
  await server.request("ecsDaemon/cluster", {
    cluster: { kind: "aws", cluster: "default", region: "eu-west-1", endpointUrl: endpoint.url },
  });
  assert.deepEqual(await hints(server, uri), ["0 of 3"]);
  const { containerInstanceArns } = await call("ListContainerInstances", {});
  await call("PutAttributes", {
    attributes: [
      { name: "env", value: "prod", targetType: "container-instance", targetId: containerInstanceArns[0] },
    ],
  });
  await hintsBecome(server, uri, "1 of 3");
});
