// Editors without the extension: what the server offers them is what they can carry out.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type CodeLens, ShowDocumentRequest } from "vscode-languageserver/node";
import { pullingClient, startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const fleet = JSON.stringify({
  groups: [
    { count: 2, instanceType: "m5.large", zones: ["eu-west-1a"], attributes: { env: "prod" } },
    { count: 3, instanceType: "c5.large", zones: ["eu-west-1a"], attributes: { env: "dev" } },
  ],
});
const service = JSON.stringify({
  serviceName: "agent",
  taskDefinition: "agent",
  schedulingStrategy: "DAEMON",
  placementConstraints: [{ type: "memberOf", expression: "attribute:env == dev" }],
});
const definition = JSON.stringify({
  family: "agent",
  containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64 }],
});

test("elsewhere a lens only counts, and the server shows the placement as a file", async () => {
  const files = temporaryFolder({ "five.ecs-fleet.json": fleet, "agent.service.json": service });
  cleanups.push(files.remove);
  const server = await startClient({
    folders: [files.uri],
    initializationOptions: { cluster: "five.ecs-fleet.json" },
    capabilities: { ...pullingClient, window: { showDocument: { support: true } } },
  });
  cleanups.push(server.close);
  const open = (name: string, text: string) => {
    server.open(files.uriOf(name), text);
    return files.uriOf(name);
  };
  const shown: string[] = [];
  server.connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
    shown.push(uri);
    return { success: true };
  });
  const uri = open("a.taskdef.json", definition);
  const lensesOf = (it: string) =>
    server.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri: it } });
  const [lens, ...others] = await lensesOf(uri);
  assert.deepEqual(others, []);
  assert.equal(lens?.command?.title, "Lands on 3 of 5 instances");
  assert.ok(
    server.initialized.capabilities.executeCommandProvider?.commands.includes(lens?.command?.command ?? ""),
  );
  const text = await server.request<string>("workspace/executeCommand", {
    command: lens?.command?.command,
    arguments: lens?.command?.arguments,
  });
  assert.match(text, /^# agent on five\.ecs-fleet\.json\n\nLands on 3 of 5 container instances/);
  assert.equal(text.match(/^- `[0-9a-f]+` \*\*(?:place|excluded)\*\*$/gm)?.length, 5);
  assert.match(text, /^ {2}- .*env/m);
  assert.deepEqual(
    shown.map((it) => readFileSync(fileURLToPath(it), "utf8")),
    [text],
  );
  // Where nothing can be counted there is nothing to show.
  const half = open("half.service.json", '{ "serviceName": "half", "schedulingStrategy": "DAEMON" }');
  assert.deepEqual(await lensesOf(half), []);
});
