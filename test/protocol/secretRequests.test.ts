// Every placement of a secret through the requests of ours that answer about a document: the preview, the plan, what is
// deployed, copied and converted, the views and the panel of managed daemons.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hostTexts } from "../support/hostTexts";
import { startClient } from "../support/protocolClient";
import { containersOf, placementGroups, placements, repeats } from "../support/secretGroups";
import type { Placement } from "../support/secretPlacements";
import { temporaryFolder } from "../support/temporaryFolder";

/** Placements outside of containers are alone in their group. */
const definitionOf = (group: readonly Placement[]) => ({
  family: "agent",
  ...group[0]?.task,
  containerDefinitions: containersOf(group),
});

/** The document by which each format is asked about, and what stands beside it. */
function documentsOf(
  group: readonly Placement[],
): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  const json = (value: object) => JSON.stringify(value, undefined, 2);
  const service = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  const plain = json(definitionOf(group));
  const more = group[0]?.service;
  const hosted = more === undefined ? hostTexts("taskDefinition", definitionOf(group)) : [];
  const daemon = {
    daemonName: "agent",
    clusterArn: "arn:aws:ecs:eu-west-1:123456789012:cluster/default",
    daemonTaskDefinitionArn: "agent",
    capacityProviderArns: ["arn:aws:ecs:eu-west-1:123456789012:capacity-provider/p"],
    ...more,
  };
  return [
    ["a.taskdef.json", { "a.taskdef.json": plain, "a.service.json": json({ ...service, ...more }) }],
    ["m.daemon-taskdef.json", { "m.daemon-taskdef.json": plain, "m.daemon.json": json(daemon) }],
    ["containers.json", { "containers.json": json(containersOf(group)) }],
    ...hosted.map((it) => [it.fileName, { [it.fileName]: it.text }] as const),
  ];
}

/** The file of its own and one more, so that each comes with some placements; `FUZZ_LONG` takes all. */
function someDocumentsOf(group: readonly Placement[], index: number): ReturnType<typeof documentsOf> {
  const all = documentsOf(group);
  const others = all.slice(1);
  return process.env.FUZZ_LONG === undefined
    ? [...all.slice(0, 1), ...others.slice(index % others.length).slice(0, 1)]
    : all;
}

/**
 * What is written into files has the values: a converted definition works like the one before. The panel gets the document's
 * own expressions, to be edited, and their clauses, which it marks in the text.
 */
const shown = (value: unknown): string =>
  JSON.stringify(value, (key, it) => (/^(?:files|constraints|explanation)$/.test(key) ? undefined : it)) ??
  "";

const steps = ["register", "createService", "verify"];
const questions: readonly (readonly [string, (textDocument: { uri: string }) => object])[] = [
  ["preview", (textDocument) => ({ textDocument, clauses: true })],
  ["packedPreview", (textDocument) => ({ textDocument })],
  ["managedPreview", (textDocument) => ({ textDocument })],
  ["managedPlan", (textDocument) => ({ textDocument, part: "register", despiteErrors: true })],
  ["managedDeploy", (textDocument) => ({ textDocument, part: "register", despiteErrors: true })],
  ["pairing", (textDocument) => ({ textDocument })],
  ["documentKind", (textDocument) => ({ textDocument })],
  ["plan", (textDocument) => ({ textDocument, steps, despiteErrors: true })],
  ["plan", (textDocument) => ({ textDocument, steps })],
  ["deploy", (textDocument) => ({ textDocument, steps, despiteErrors: true, timeoutSeconds: 0 })],
  ["awsCli", (textDocument) => ({ textDocument, steps })],
  ["convert", (textDocument) => ({ textDocument })],
  ["timeline", (textDocument) => ({ textDocument, scenario: "update" })],
  ["documents", () => ({})],
  ["views/workspace", () => ({})],
  ["views/clusters", () => ({})],
];

test("no request answers with a secret, and none logs it", async (context) => {
  const folder = temporaryFolder();
  context.after(folder.remove);
  const server = await startClient({
    folders: [folder.uri],
    initializationOptions: { cluster: "local" },
    settings: { trace: { server: "verbose" } },
  });
  context.after(() => server.close());
  await server.request("ecsDaemon/local/start", { instances: 1 });
  const found: string[] = [];
  const answered = new Set<string>();
  for (const [index, group] of placementGroups.entries()) {
    for (const [name, files] of someDocumentsOf(group, index)) {
      for (const [file, text] of Object.entries(files)) server.open(folder.uriOf(file), text);
      for (const [question, params] of questions) {
        const answer: unknown = await server
          .request(`ecsDaemon/${question}`, params({ uri: folder.uriOf(name) }))
          .catch((error: Error) => ({ failed: error.message }));
        const text = shown(answer);
        if (!/^\{"(?:error|failed)":/.test(text)) answered.add(question);
        for (const it of group) if (repeats(text, it)) found.push(`${it.title} in ${name}: ${question}`);
      }
      for (const file of Object.keys(files)) server.closeDocument(folder.uriOf(file));
    }
  }
  assert.deepEqual(found, []);
  assert.deepEqual(
    [...new Set(questions.map(([it]) => it))].filter((it) => !answered.has(it)),
    [],
  );
  const log = server.log.join("\n");
  assert.deepEqual(
    placements.filter((it) => repeats(log, it)).map((it) => it.title),
    [],
  );
});
