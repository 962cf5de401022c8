// Which files belong together, as every surface of the editor has it: lens, hint, preview and deployment agree in any
// workspace, before and after somebody has chosen.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import fc from "fast-check";
import type { CodeLens, InlayHint } from "vscode-languageserver/node";
import type {
  AwsCliAnswer,
  DocumentKindAnswer,
  ListDocumentsAnswer,
  Pair,
  PairingAnswer,
  PreviewAnswer,
} from "../../server/src/lsp/protocol/protocol";
import { type ProtocolClient, startClient } from "../support/protocolClient";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder";
import "../support/sameSequences";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const fleet = JSON.stringify({
  groups: [1, 2, 3, 4].map((size) => ({
    count: size,
    instanceType: "m5.large",
    zones: ["eu-west-1a"],
    attributes: { size: String(size) },
  })),
});
const definition = (memory: number) =>
  JSON.stringify({ family: "agent", containerDefinitions: [{ name: "agent", image: "agent:1", memory }] });
const service = (serviceName: string, taskDefinition: string, size: number) =>
  JSON.stringify({
    serviceName,
    taskDefinition,
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
    placementConstraints: [{ type: "memberOf", expression: `attribute:size == ${size}` }],
  });

interface World {
  readonly files: Readonly<Record<string, string>>;
  readonly pairs: readonly Pair[];
}

async function started({ files, pairs }: World) {
  const folder = temporaryFolder({ ...files, "x.ecs-fleet.json": fleet });
  cleanups.push(folder.remove);
  const server = await startClient({
    folders: [folder.uri],
    initializationOptions: { cluster: folder.uriOf("x.ecs-fleet.json"), pairs: byUri(folder, pairs) },
    clientName: "Visual Studio Code",
  });
  cleanups.push(server.close);
  return { folder, server };
}

const byUri = (folder: TemporaryFolder, pairs: readonly Pair[]) =>
  pairs.map(({ taskDefinition, service: its }) => ({
    taskDefinition: folder.uriOf(taskDefinition),
    service: its === null ? null : folder.uriOf(its),
  }));

const byUriOf = (folder: TemporaryFolder, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [folder.uriOf(name), text]));

/** What every surface says about one document. */
async function surfaces(server: ProtocolClient, uri: string) {
  const textDocument = { uri };
  const range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
  const steps = ["register", "createService", "verify"];
  const [pairing, preview, commands, lenses, hints] = await Promise.all([
    server.request<PairingAnswer>("ecsDaemon/pairing", { textDocument }),
    server.request<PreviewAnswer>("ecsDaemon/preview", { textDocument }),
    server.request<AwsCliAnswer>("ecsDaemon/awsCli", { textDocument, steps }),
    server.request<CodeLens[]>("textDocument/codeLens", { textDocument }),
    server.request<InlayHint[]>("textDocument/inlayHint", { textDocument, range }),
  ]);
  assert.ok(!("error" in pairing), JSON.stringify(pairing));
  return { pairing, preview, commands, lenses: lenses.map((it) => it.command?.title ?? ""), hints };
}

const errorOf = (answer: object) => ("error" in answer ? (answer.error as { code: string }).code : undefined);

/** `texts` are the files by URI. */
async function assertAgreement(
  server: ProtocolClient,
  uri: string,
  what: string,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  const { pairing, preview, commands, lenses, hints } = await surfaces(server, uri);
  const chosen = hints.map((it) => it.label).filter((it) => lenses.includes(String(it)));
  assert.deepEqual(chosen, pairing.by === "chosen" ? [lenses.at(-1)] : [], what);
  if (pairing.by === "undecided") {
    assert.equal(lenses[0], "Preview placement", what);
    assert.match(lenses.at(-1) ?? "", /^Choose from \d service|^Choose from \d task definition/, what);
    const code = pairing.of === "service" ? "ambiguous-task-definition" : "ambiguous-service";
    assert.equal(errorOf(commands), code, what);
    if (pairing.of === "service") assert.equal(errorOf(preview), code, what);
    else assert.ok(!("error" in preview) && preview.pairing?.by === "undecided", what);
    return;
  }
  if (pairing.taskDefinition === undefined) {
    assert.equal(errorOf(preview), "no-task-definition", what);
    assert.equal(lenses[0], "Preview placement", what);
    return;
  }
  assert.ok(
    !("error" in preview) && !("error" in commands),
    `${what}: ${JSON.stringify([preview, commands])}`,
  );
  const documents = [pairing.taskDefinition, ...(pairing.service === undefined ? [] : [pairing.service])];
  assert.deepEqual(preview.documents, documents, what);
  const { place, keep, instances } = preview.summary;
  assert.equal(lenses[0], `Lands on ${place + keep} of ${instances} instances`, what);
  assert.match(commands.commands.join("\n"), new RegExp(`"serviceName":"${preview.service.name}"`), what);
  const memory = /"memory":\d+/.exec(texts[pairing.taskDefinition] ?? "")?.[0] ?? "";
  assert.ok(commands.commands[0]?.includes(memory), `${what}: ${commands.commands[0]}`);
}

const definitionNames = [
  "agent.taskdef.json",
  "taskdef.json",
  "prod/agent.taskdef.json",
  "test/taskdef.json",
];
const serviceNames = [
  "agent.service.json",
  "b.service.json",
  "prod/agent.service.json",
  "test/x.service.json",
];

const worlds = fc
  .record({
    definitions: fc.uniqueArray(fc.constantFrom(...definitionNames), { minLength: 1, maxLength: 3 }),
    services: fc.uniqueArray(fc.constantFrom(...serviceNames), { maxLength: 3 }),
    references: fc.array(fc.constantFrom("agent", "agent", "agent:7", "router"), {
      minLength: 3,
      maxLength: 3,
    }),
    pairs: fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 3 })), { maxLength: 2 }),
  })
  .map(({ definitions, services, references, pairs }): World => {
    const files = [
      ...definitions.map((it, at) => [it, definition(64 + at)] as const),
      ...services.map((it, at) => [it, service(`s${at}`, references[at] ?? "agent", at + 1)] as const),
    ];
    return {
      files: Object.fromEntries(files),
      pairs: pairs.map(([left, right]) => ({
        taskDefinition: definitions[left % definitions.length] ?? "",
        service: services[right] ?? null,
      })),
    };
  });

test("lens, hint, preview and deployment agree in any workspace", async () => {
  for (const world of fc.sample(worlds, { numRuns: 40, seed: 2026 })) {
    const { folder, server } = await started(world);
    const texts = byUriOf(folder, world.files);
    for (const [name, text] of Object.entries(world.files)) {
      server.open(folder.uriOf(name), text);
      await assertAgreement(server, folder.uriOf(name), `${name} of ${JSON.stringify(world)}`, texts);
    }
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  }
});

const two: World = {
  files: {
    "agent.taskdef.json": definition(64),
    "a.service.json": service("a", "agent", 1),
    "b.service.json": service("b", "agent", 2),
  },
  pairs: [],
};

test("an answer counts at once for every surface, and can be changed and cleared", async () => {
  const { folder, server } = await started(two);
  const uri = folder.uriOf("agent.taskdef.json");
  server.open(uri, definition(64));
  const choose = (pairs: readonly Pair[]) =>
    server.request("ecsDaemon/pairs", { pairs: byUri(folder, pairs) });
  const lands = async () => (await surfaces(server, uri)).lenses;
  assert.deepEqual(await lands(), ["Preview placement", "Register", "Deploy", "Choose from 2 services"]);
  for (const [chosen, count, text] of [
    ["b.service.json", 2, "Service: b.service.json"],
    ["a.service.json", 1, "Service: a.service.json"],
    [null, 10, "New service, on every instance"],
  ] as const) {
    await choose([{ taskDefinition: "agent.taskdef.json", service: chosen }]);
    assert.deepEqual(await lands(), [`Lands on ${count} of 10 instances`, "Register", "Deploy", text]);
    await assertAgreement(server, uri, text, byUriOf(folder, two.files));
  }
  await choose([]);
  assert.equal((await lands())[0], "Preview placement");
});

test("a call that names the service, or a new one, is not a question", async () => {
  const { folder, server } = await started(two);
  const textDocument = { uri: folder.uriOf("agent.taskdef.json") };
  for (const [named, name, place] of [
    [folder.uriOf("b.service.json"), "b", 2],
    [null, "agent", 10],
  ] as const) {
    const steps = ["register", "createService"];
    const preview = await server.request<PreviewAnswer>("ecsDaemon/preview", {
      textDocument,
      service: named,
    });
    assert.ok(!("error" in preview));
    assert.deepEqual([preview.service.name, preview.summary.place], [name, place]);
    const answer = await server.request<AwsCliAnswer>("ecsDaemon/awsCli", {
      textDocument,
      steps,
      service: named,
    });
    assert.ok(!("error" in answer), JSON.stringify(answer));
    assert.match(answer.commands.join("\n"), new RegExp(`"serviceName":"${name}"`));
  }
  const registered = await server.request<AwsCliAnswer>("ecsDaemon/awsCli", {
    textDocument,
    steps: ["register"],
  });
  assert.ok(!("error" in registered), "to register needs no service");
});

test("documents are listed and named by their content, whatever their files are called", async () => {
  const update = JSON.stringify({ service: "agent", taskDefinition: "agent:3" });
  const files = { "agent.json": definition(64), "update.json": update, "package.json": `{ "name": "x" }` };
  const { folder, server } = await started({ files, pairs: [] });
  const kinds = ["taskDefinition", "service"];
  const { documents } = await server.request<ListDocumentsAnswer>("ecsDaemon/documents", { kinds });
  assert.deepEqual(documents, [
    { uri: folder.uriOf("agent.json"), kind: "taskDefinition" },
    { uri: folder.uriOf("update.json"), kind: "service" },
  ]);
  for (const [name, kind] of [
    ["update.json", "service"],
    ["package.json", null],
  ] as const) {
    server.open(folder.uriOf(name), files[name]);
    const textDocument = { uri: folder.uriOf(name) };
    const answer = await server.request<DocumentKindAnswer>("ecsDaemon/documentKind", { textDocument });
    assert.deepEqual(answer, { kind });
  }
});
