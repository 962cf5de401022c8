// The tools of assistants in the editor: what they may read, and that they answer as those of the command line do.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { ToolAnswer } from "../../server/src/lsp/protocol/toolProtocol";
import { type ClientOptions, startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const definition =
  '{ "family": "agent", "containerDefinitions": [{ "name": "a", "image": "a", "memory": 8 }] }';
const fleet = '{ "groups": [{ "count": 3, "instanceType": "m5.large", "attributes": { "env": "prod" } }] }';

async function connected(options: (uri: string) => ClientOptions = () => ({})) {
  const files = temporaryFolder({
    "agent.taskdef.json": definition,
    "sub/broken.taskdef.json": definition.replace("image", "imge"),
    "three.ecs-fleet.json": fleet,
  });
  cleanups.push(files.remove);
  const server = await startClient({ folders: [files.uri], ...options(files.uriOf("three.ecs-fleet.json")) });
  cleanups.push(server.close);
  const call = (name: string, input: object) => server.request<ToolAnswer>("ecsDaemon/tool", { name, input });
  const json = async (name: string, input: object) => {
    const answer = await call(name, input);
    assert.ok("text" in answer, JSON.stringify(answer));
    return JSON.parse(answer.text);
  };
  return { files, server, call, json };
}

test("files, folders and texts of the workspace are validated", async () => {
  const { files, json } = await connected();
  const clean = { summary: "No problems found in 1 file.", files: ["agent.taskdef.json"], diagnostics: [] };
  for (const file of ["agent.taskdef.json", files.uriOf("agent.taskdef.json")])
    assert.deepEqual(await json("validate", { file }), clean);
  const below = await json("validate", { file: "sub" });
  assert.deepEqual(below.files, ["sub/broken.taskdef.json"]);
  assert.ok(below.diagnostics.length > 0);
  const text = await json("validate", {
    text: definition.replace("image", "imge"),
    fileName: "sub/x.taskdef.json",
  });
  assert.deepEqual(text.diagnostics.length, below.diagnostics.length);
});

test("the selected cluster counts where the tool names none", async () => {
  const { json } = await connected((cluster) => ({ initializationOptions: { cluster } }));
  const selected = await json("explain_expression", { expression: "attribute:env == prod" });
  assert.match(selected.summary, /^Selects 3 of 3 /);
  const previewed = await json("preview_placement", { taskDefinition: "agent.taskdef.json" });
  assert.deepEqual(previewed.verdicts.place, 3);
});

test("nothing outside the workspace is read, and no account without trust", async () => {
  const outside = temporaryFolder({ "agent.taskdef.json": definition });
  cleanups.push(outside.remove);
  const { call } = await connected(() => ({ initializationOptions: { trusted: false, cluster: "aws" } }));
  for (const file of [outside.uriOf("agent.taskdef.json"), "../../etc/passwd"]) {
    const answer = await call("validate", { file });
    assert.ok("error" in answer && /not in a folder of the workspace/.test(answer.error.message));
  }
  const coverage = await call("coverage", {});
  assert.ok("error" in coverage && /Restricted Mode/.test(coverage.error.message));
});
