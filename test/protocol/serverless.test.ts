// A configuration of the Serverless Framework in the editor: the resources below `resources`, at their places in the text.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  DocumentLink,
  Hover,
  InlayHint,
  TextEdit,
} from "vscode-languageserver/node";
import type { PreviewAnswer } from "../../server/src/lsp/protocol/protocol";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const head = "service: agent\nprovider: { name: aws }\ncustom:\n  env: ${opt:stage, 'dev'}\nresources:\n";
const task = [
  "Task:",
  "  Type: AWS::ECS::TaskDefinition",
  "  Properties:",
  "    Family: agent-${self:custom.env}",
  "    ContainerDefinitions:",
  "      - { Name: agent, Image: agent, Memory: 128, Essental: true }",
];
const service = [
  "Service:",
  "  Type: AWS::ECS::Service",
  "  Properties:",
  "    SchedulingStrategy: DAEMON",
  "    Cluster: ${self:custom.cluster}",
  "    TaskDefinition: !Ref Task",
  "    PlacementConstraints:",
  '      - { Type: memberOf, Expression: "attribute:env == prod" }',
];
const lines = (indent: string, ...all: readonly string[]) => all.map((it) => `${indent}${it}\n`).join("");
const tail = "functions:\n  hello:\n    handler: index.main\n";
const texts = {
  "one template": `${head}${lines("  ", "Resources:")}${lines("    ", ...task, ...service)}${tail}`,
  "a list of parts": `${head}${lines("  ", "- ${file(more.yml)}", "- Resources:")}${lines("      ", ...task)}${lines("  ", "- Resources:")}${lines("      ", ...service)}${tail}`,
  "a list at the beginning of lines": `${head}- Resources:\n${lines("    ", ...task, ...service)}${tail}`,
};

const fleet = JSON.stringify({
  groups: [
    { count: 2, instanceType: "m5.large", attributes: { env: "prod" } },
    { count: 3, instanceType: "m5.large", attributes: { env: "test" } },
  ],
});

function positionOf(text: string, part: string, skip = 0) {
  const offset = text.indexOf(part);
  assert.ok(offset >= 0, part);
  const before = text.slice(0, offset + skip).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

for (const [what, text] of Object.entries(texts))
  test(`with ${what}`, async () => {
    const folder = temporaryFolder({ "serverless.yml": text, "x.ecs-fleet.json": fleet });
    cleanups.push(folder.remove);
    const server = await startClient({
      folders: [folder.uri],
      clientName: "Visual Studio Code",
      initializationOptions: { cluster: folder.uriOf("x.ecs-fleet.json") },
    });
    cleanups.push(server.close);
    const uri = folder.uriOf("serverless.yml");
    const textDocument = { uri };
    server.open(uri, text, "yaml");
    const diagnostics = await server.diagnostics(uri);
    assert.deepEqual(
      diagnostics.map((it) => [it.code, it.range.start]),
      [["misspelt-member", positionOf(text, "Essental")]],
    );
    const range = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
    const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
      textDocument,
      range: diagnostics[0]?.range ?? range,
      context: { diagnostics },
    });
    const edits = actions.flatMap((it): readonly TextEdit[] => it.edit?.changes?.[uri] ?? []);
    assert.ok(
      edits.some((it) => it.newText === "Essential"),
      JSON.stringify(actions),
    );
    const hints = await server.request<InlayHint[]>("textDocument/inlayHint", { textDocument, range });
    assert.deepEqual(
      hints.filter((it) => String(it.label).includes("of 5")).map((it) => [it.label, it.position]),
      [["2 of 5", positionOf(text, 'prod" }', 5)]],
    );
    const position = positionOf(text, "env == prod", 7);
    const hover = await server.request<Hover | null>("textDocument/hover", {
      textDocument,
      position: positionOf(text, "env == prod", 1),
    });
    assert.match(JSON.stringify(hover?.contents), /env/);
    const list = await server.request<CompletionList | null>("textDocument/completion", {
      textDocument,
      position,
    });
    assert.ok(list?.items.some((it) => it.label === "test"));
    const lenses = await server.request<CodeLens[]>("textDocument/codeLens", { textDocument });
    assert.deepEqual(
      lenses
        .filter((it) => it.command?.title === "Lands on 2 of 5 instances")
        .map((it) => it.range.start.line),
      ["Task", "Service"].map((id) => positionOf(text, `${id}:\n`).line),
    );
    const links = await server.request<DocumentLink[]>("textDocument/documentLink", { textDocument });
    assert.deepEqual(
      links.filter((it) => it.target?.startsWith(uri)).map((it) => [it.target, it.range.start]),
      [[`${uri}#L${positionOf(text, "Task:\n").line + 1}`, positionOf(text, "!Ref Task", 5)]],
    );
    const preview = await server.request<PreviewAnswer>("ecsDaemon/preview", { textDocument });
    assert.ok("sentence" in preview, JSON.stringify(preview));
    assert.match(preview.sentence, /^Lands on 2 of 5 container instances/);
  });
