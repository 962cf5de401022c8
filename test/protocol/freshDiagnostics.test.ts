// What the server keeps from one keystroke to the next changes nothing: after any edits its diagnostics are those of a server
// that has only just started.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Diagnostic } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type AnyEdit, anyEdit, faultyFiles, placeOfEdit } from "../support/faultyFiles";
import { type ProtocolClient, startClient } from "../support/protocolClient";

/** A definition and the service that runs it: each is checked with the other. */
const pair = {
  "agent.taskdef.json": JSON.stringify(
    {
      family: "agent",
      networkMode: "host",
      placementConstraints: [{ type: "memberOf", expression: "attribute:env = prod" }],
      containerDefinitions: [
        { name: "agent", image: "agent:7", memory: 64, memoryReservation: 128, essental: true },
        { name: "side", image: "side:1", memory: 64, mountPoints: [{ sourceVolume: "prok" }] },
      ],
    },
    null,
    2,
  ),
  "agent.service.json": JSON.stringify(
    {
      serviceName: "agent",
      taskDefinition: "agent",
      schedulingStrategy: "DAEMON",
      desiredCount: 2,
      networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-0123456789abcdef0"] } },
    },
    null,
    2,
  ),
};

const languages: Readonly<Record<string, string>> = { json: "json", yaml: "yaml", tf: "terraform" };
const languageOf = (name: string) => languages[name.slice(name.lastIndexOf(".") + 1)] ?? "";
const uriOf = (name: string) => `file:///edited/${name}`;

async function serverWith(texts: ReadonlyMap<string, string>): Promise<ProtocolClient> {
  const server = await startClient({ initializationOptions: { reportSyntaxErrors: true } });
  for (const [name, text] of texts) server.open(uriOf(name), text, languageOf(name));
  return server;
}

/** Answers that nothing has changed are taken at their word. */
class Pulled {
  readonly #last = new Map<
    string,
    { readonly id: string | undefined; readonly items: readonly Diagnostic[] }
  >();

  constructor(private readonly server: ProtocolClient) {}

  async of(name: string): Promise<readonly Diagnostic[]> {
    const last = this.#last.get(name);
    const report = await this.server.pull(uriOf(name), last?.id);
    const items = report.kind === "full" ? report.items : (last?.items ?? []);
    this.#last.set(name, { id: report.resultId, items });
    return items;
  }
}

async function allOf(server: ProtocolClient, names: Iterable<string>) {
  const pulled = new Pulled(server);
  const found: Record<string, readonly Diagnostic[]> = {};
  for (const name of names) found[name] = await pulled.of(name);
  return found;
}

async function checkEdits(files: Readonly<Record<string, string>>, edits: readonly AnyEdit[]): Promise<void> {
  const texts = new Map(Object.entries(files));
  const names = [...texts.keys()];
  const server = await serverWith(texts);
  try {
    const pulled = new Pulled(server);
    for (const name of names) await pulled.of(name);
    for (const [index, edit] of edits.entries()) {
      const name = names[index % names.length] ?? "";
      const text = texts.get(name) ?? "";
      const { start, end } = placeOfEdit(text, edit);
      texts.set(name, text.slice(0, start) + edit.typed + text.slice(end));
      const document = TextDocument.create(uriOf(name), languageOf(name), index + 1, text);
      const range = { start: document.positionAt(start), end: document.positionAt(end) };
      server.notify("textDocument/didChange", {
        textDocument: { uri: uriOf(name), version: index + 2 },
        contentChanges: [{ range, text: edit.typed }],
      });
      const fresh = await serverWith(texts);
      try {
        const expected = await allOf(fresh, names);
        for (const it of names) assert.deepEqual(await pulled.of(it), expected[it], texts.get(it));
      } finally {
        await fresh.close();
      }
    }
  } finally {
    await server.close();
  }
}

const workspaces: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "JSON files": pair,
  "a template in JSON": { "stack.json": faultyFiles["stack.json"] },
  "a template in YAML": { "stack.yaml": faultyFiles["stack.yaml"] },
  "a Terraform file": { "main.tf": faultyFiles["main.tf"] },
  "files of all formats": { ...pair, ...faultyFiles },
};

for (const [what, files] of Object.entries(workspaces))
  test(`after edits of ${what} the diagnostics are those of a fresh server`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { minLength: 1, maxLength: 8 }), (edits) =>
        checkEdits(files, edits),
      ),
      { numRuns: 6 },
    );
  });
