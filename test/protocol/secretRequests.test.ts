// Every placement of a secret through the requests of ours that answer about a document: the preview, the plan, what is
// deployed, copied and converted, the views and the panel of managed daemons.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hostTexts } from "../support/hostTexts";
import { startClient } from "../support/protocolClient";
import { type Placement, placements } from "../support/secretPlacements";
import { temporaryFolder } from "../support/temporaryFolder";

const definitionOf = ({ container, task }: Placement, more: object = {}) => ({
  family: "agent",
  ...task,
  ...more,
  containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64, essential: true, ...container }],
});

/** The document by which each format is asked about, and what stands beside it. */
function documentsOf(placement: Placement): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  const json = (value: object) => JSON.stringify(value, undefined, 2);
  const service = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  const plain = json(definitionOf(placement));
  const hosted = placement.service === undefined ? hostTexts("taskDefinition", definitionOf(placement)) : [];
  const daemon = {
    daemonName: "agent",
    clusterArn: "arn:aws:ecs:eu-west-1:123456789012:cluster/default",
    daemonTaskDefinitionArn: "agent",
    capacityProviderArns: ["arn:aws:ecs:eu-west-1:123456789012:capacity-provider/p"],
    ...placement.service,
  };
  return [
    [
      "a.taskdef.json",
      { "a.taskdef.json": plain, "a.service.json": json({ ...service, ...placement.service }) },
    ],
    ["m.daemon-taskdef.json", { "m.daemon-taskdef.json": plain, "m.daemon.json": json(daemon) }],
    ["containers.json", { "containers.json": json(definitionOf(placement).containerDefinitions) }],
    ...hosted.map((it) => [it.fileName, { [it.fileName]: it.text }] as const),
  ];
}

/** The file of its own and one more, so that each comes with some placements. */
function someDocumentsOf(placement: Placement, index: number): ReturnType<typeof documentsOf> {
  const all = documentsOf(placement);
  const others = all.slice(1);
  return process.env.FUZZ_LONG === undefined
    ? [...all.slice(0, 1), ...others.slice(index % others.length).slice(0, 1)]
    : all;
}

/** As it is written, in JSON and inside JSON inside JSON. */
function repeats(text: string, secret: string): boolean {
  const once = JSON.stringify(secret).slice(1, -1);
  return [secret, once, JSON.stringify(once).slice(1, -1)].some((it) => text.includes(it));
}

/** What is written into files has the values: a converted definition works like the one before. */
const shown = (value: unknown): string =>
  JSON.stringify(value, (key, it) => (key === "files" ? undefined : it)) ?? "";

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

/** A fifth of the placements, so that each document comes with each; `FUZZ_LONG` takes all. */
const some = placements.filter((_, index) => process.env.FUZZ_LONG !== undefined || index % 5 === 0);

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
  for (const [index, placement] of some.entries()) {
    for (const [name, files] of someDocumentsOf(placement, index)) {
      for (const [file, text] of Object.entries(files)) server.open(folder.uriOf(file), text);
      for (const [question, params] of questions) {
        const answer: unknown = await server
          .request(`ecsDaemon/${question}`, params({ uri: folder.uriOf(name) }))
          .catch((error: Error) => ({ failed: error.message }));
        const text = shown(answer);
        if (!/^\{"(?:error|failed)":/.test(text)) answered.add(question);
        if (repeats(text, placement.secret)) found.push(`${placement.title} in ${name}: ${question}`);
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
    some.filter(({ secret }) => repeats(log, secret)).map((it) => it.title),
    [],
  );
});
