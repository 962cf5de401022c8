// Every feature of editing on the bundled server: texts with a cursor, and what is answered there.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  DocumentLink,
  DocumentSymbol,
  Hover,
  InlayHint,
  Location,
  Position,
  Range,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { TruthTableAnswer } from "../../server/src/lsp/protocol/protocol";
import { startBundledServer } from "../support/bundledServer";
import { atCursor } from "../support/cursor";
import { type ProtocolClient, pullingClient } from "../support/protocolClient";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder";

const fleet = JSON.stringify({
  groups: [
    { count: 2, instanceType: "m5.large", zones: ["eu-west-1a"], attributes: { env: "prod" } },
    { count: 3, instanceType: "c5.large", zones: ["eu-west-1b"], attributes: { env: "dev", team: "a b" } },
  ],
});
const pod = JSON.stringify({
  family: "pod",
  volumes: [{ name: "data", configuredAtLaunch: true }],
  containerDefinitions: [
    { name: "app", image: "nginx:1", memory: 64, portMappings: [{ containerPort: 80, name: "web" }] },
    { name: "side", image: "nginx:1", memory: 64, portMappings: [{ containerPort: 9090 }] },
  ],
});

let files: TemporaryFolder;
let server: ProtocolClient;
before(async () => {
  files = temporaryFolder({ "five.ecs-fleet.json": fleet, "pod.taskdef.json": pod });
  server = await startBundledServer({
    folders: [files.uri],
    initializationOptions: { cluster: "five.ecs-fleet.json" },
    clientName: "Visual Studio Code",
    capabilities: {
      ...pullingClient,
      textDocument: {
        diagnostic: {},
        completion: { completionItem: { snippetSupport: true, labelDetailsSupport: true } },
        rename: { prepareSupport: true },
      },
    },
  });
});
after(async () => {
  await server.close();
  files.remove();
});

let opened = 0;
/** Opens a text with a cursor under a new name. */
function open(marked: string, suffix = ".taskdef.json") {
  const { text, offset } = atCursor(marked.includes("$0") ? marked : `$0${marked}`);
  opened += 1;
  const uri = files.uriOf(`${opened}${suffix}`);
  server.open(uri, text, suffix === ".ecsquery" ? "ecs-query" : "json");
  const document = TextDocument.create(uri, "json", 1, text);
  return { uri, text, document, at: { textDocument: { uri }, position: document.positionAt(offset) } };
}

const inDefinition = (container: string, more = "") =>
  `{ "family": "a", "containerDefinitions": [${container}]${more} }`;
const constrained = (expression: string) =>
  inDefinition("", `, "placementConstraints": [{ "type": "memberOf", "expression": "${expression}" }]`);
const service = (more: string) =>
  `{ "serviceName": "s", "taskDefinition": "pod", "schedulingStrategy": "DAEMON", ${more} }`;

function applied(document: TextDocument, { textEdit, additionalTextEdits = [] }: CompletionItem): string {
  assert.ok(textEdit && "range" in textEdit);
  return TextDocument.applyEdits(document, [textEdit, ...additionalTextEdits]);
}

/** Marked text, file, a label that is offered with its detail, and what its line becomes. */
const completions: readonly (readonly [string, string, string, string | undefined, RegExp])[] = [
  [
    inDefinition('{ "name": "a", "ess$0" }'),
    ".taskdef.json",
    "essential",
    undefined,
    /"essential": \$\{1\|true,false\|\} \}/,
  ],
  [
    inDefinition('{ "name": "a" $0 }'),
    ".taskdef.json",
    "image",
    "required",
    /"name": "a", "image": "\$1" \}/,
  ],
  [
    inDefinition('{ "name": "a", "dependsOn": [{ "containerName": "$0" }] }, { "name": "b" }'),
    ".taskdef.json",
    "b",
    "container",
    /"containerName": "b" \}/,
  ],
  [
    `{ "taskDefinition": ${inDefinition('{ "name": "a", "mountPoints": [{ "sourceVolume": $0 }] }', ', "volumes": [{ "name": "v" }]')} }`,
    ".json",
    "v",
    "volume",
    /"sourceVolume": "v" \}/,
  ],
  [
    `// agents\r\n${inDefinition("", ',\r\n  "networkMode": "$0",')}`,
    ".taskdef.jsonc",
    "bridge",
    undefined,
    /"bridge",/,
  ],
  [
    `\uFEFF{ "family": "é😀", "networkMode": "$0", "containerDefinitions": [] }`,
    ".taskdef.json",
    "host",
    undefined,
    /"host",/,
  ],
  [
    inDefinition('{ "name": "a", "logConfiguration": { "logDriver": "splunk", "options": { "$0" } } }'),
    ".taskdef.json",
    "splunk-token",
    undefined,
    /"splunk-token": "\$1"/,
  ],
  [inDefinition('{ "ulimits": [{ "name": "$0" }] }'), ".taskdef.json", "nofile", undefined, /"nofile"/],
  [
    inDefinition('{ "systemControls": [{ "namespace": "$0'),
    ".taskdef.json",
    "net.core.somaxconn",
    undefined,
    /somaxconn"\] \}$/,
  ],
  [
    service('"loadBalancers": [{ "containerName": "side", "containerPort": $0 }]'),
    ".service.json",
    "9090",
    "side",
    /9090 \}/,
  ],
  [
    service('"serviceConnectConfiguration": { "services": [{ "portName": "$0" }] }'),
    ".service.json",
    "web",
    "port",
    /"web"/,
  ],
  [service('"volumeConfigurations": [{ "name": "$0" }]'), ".service.json", "data", "volume", /"data"/],
  [
    service('"placementStrategy": [{ "field": "$0" }]'),
    ".service.json",
    "attribute:team",
    undefined,
    /"attribute:team"/,
  ],
  [
    '{ "serviceName": "s", "taskDefinition": "$0" }',
    ".service.json",
    "pod",
    undefined,
    /"taskDefinition": "pod"/,
  ],
  [constrained("attribute:env == $0"), ".taskdef.json", "prod", "2 of 5", /env == prod"/],
  [
    constrained('attribute:a == \\"x\\" and attribute:team == $0'),
    ".taskdef.json",
    "a b",
    "3 of 5",
    /team == 'a b'"/,
  ],
  [
    constrained("attribute:env === prod and attribute:e$0 and )"),
    ".taskdef.json",
    "attribute:env",
    "5 of 5",
    /and attribute:env and \)/,
  ],
  [
    constrained("attribute:ecs.instance-type in [m5.large, $0]"),
    ".taskdef.json",
    "c5.large",
    "3 of 5",
    /\[m5.large, c5.large\]/,
  ],
  ["attribute:env == prod and $0\n", ".ecsquery", "agentConnected", undefined, /and agentConnected \n/],
  [
    '{ "groups": [{ "instanceType": "$0" }] }',
    ".ecs-fleet.json",
    "m5.large",
    "2 vCPU, 8 GiB, x86_64",
    /"m5.large"/,
  ],
];

for (const [marked, suffix, label, detail, result] of completions) {
  test(`${label} is offered at …${marked.slice(Math.max(0, marked.indexOf("$0") - 40))}`, async () => {
    const { at, document } = open(marked, suffix);
    const list = await server.request<CompletionList>("textDocument/completion", at);
    const labels = list.items.map((it) => it.label);
    assert.equal(new Set(labels).size, labels.length, "no label twice");
    const item = list.items.find((it) => it.label === label) ?? assert.fail(`${label} is not in ${labels}`);
    assert.equal(item.detail, detail);
    assert.equal(item.labelDetails?.description, detail);
    assert.match(applied(document, item), result);
  });
}

/** Marked text, file, what the hover says, and what it is about. */
const hovers: readonly (readonly [string, string, RegExp, string])[] = [
  [
    inDefinition('{ "name": "a", "mem$0ory": 512 }'),
    ".taskdef.json",
    /MiB[\s\S]*512 MiB = 0\.5 GiB[\s\S]*On every instance/,
    '"memory"',
  ],
  [inDefinition('{ "name": "a", "cpu": 2$056 '), ".taskdef.json", /256 CPU units = 0\.25 vCPU/, "256"],
  [
    service('"deploymentConfiguration": { "minimumHealthy$0Percent": 50 }'),
    ".service.json",
    /rounded up/,
    '"minimumHealthyPercent"',
  ],
  [constrained("attribute:e$0nv == prod"), ".taskdef.json", /`dev`: 3[\s\S]*selects 2 of 5/, "attribute:env"],
  [
    constrained('attribute:env == \\"pr$0od\\"'),
    ".taskdef.json",
    /selects 2 of 5/,
    'attribute:env == \\"prod\\"',
  ],
  [constrained("@ and attribute:env !$0= prod"), ".taskdef.json", /not_equals[\s\S]*selects 3 of 5/, "!="],
  ["é == 1 or attribute:env exi$0sts\r\n", ".ecsquery", /exists[\s\S]*selects 5 of 5/, "exists"],
  ['{ "groups": [{ "co$0unt": 2 }] }', ".ecs-fleet.json", /How many container instances/, '"count"'],
];

for (const [marked, suffix, expected, about] of hovers) {
  test(`a hover explains ${about} at …${marked.slice(Math.max(0, marked.indexOf("$0") - 30))}`, async () => {
    const { at, document } = open(marked, suffix);
    const hover = await server.request<Hover | null>("textDocument/hover", at);
    assert.ok(hover !== null);
    assert.match((hover.contents as { readonly value: string }).value, expected);
    assert.equal(document.getText(hover.range), about);
  });
}

const textsAt = (places: readonly Location[], { uri, document }: { uri: string; document: TextDocument }) =>
  places.filter((it) => it.uri === uri).map((it) => document.getText(it.range));

/** Marked text with a name, the name, how often it is used in the file. */
const names: readonly (readonly [string, string, number])[] = [
  [
    inDefinition(
      '{ "name": "a", "dependsOn": [{ "containerName": "b$01" }], "links": ["b1:x"] }, { "name": "b1" }',
    ),
    "b1",
    3,
  ],
  [inDefinition('{ "volumesFrom": [{ "sourceContainer": "$0b2" }] }, { "name": "b2" '), "b2", 2],
  [
    inDefinition('{ "mountPoints": [{ "sourceVolume": "vol1" }] }', ', "volumes": [{ "name": "vol1$0" }]'),
    "vol1",
    2,
  ],
  [`{ "taskDefinition": ${inDefinition('{ "portMappings": [{ "name": "ht$0tp" }] }')} }`, "http", 1],
];

for (const [marked, name, uses] of names) {
  test(`${name} has a definition, ${uses} uses, and is renamed in all of them`, async () => {
    const place = open(marked);
    const definition = await server.request<Location[]>("textDocument/definition", place.at);
    assert.deepEqual(textsAt(definition, place), [name]);
    const context = { includeDeclaration: true };
    const references = await server.request<Location[]>("textDocument/references", { ...place.at, context });
    assert.deepEqual(textsAt(references, place), Array(uses).fill(name));
    const range = await server.request<Range>("textDocument/prepareRename", place.at);
    assert.equal(place.document.getText(range), name);
    const edit = await server.request<WorkspaceEdit>("textDocument/rename", {
      ...place.at,
      newName: "fresh",
    });
    const text = TextDocument.applyEdits(place.document, edit.changes?.[place.uri] ?? []);
    assert.equal(text, place.text.replaceAll(`"${name}`, '"fresh'));
  });
}

test("an attribute is renamed in expressions and fleets of the workspace", async () => {
  const place = open(constrained("attribute:te$0am exists"));
  const edit = await server.request<WorkspaceEdit>("textDocument/rename", { ...place.at, newName: "crew" });
  assert.ok(Object.keys(edit.changes ?? {}).includes(files.uriOf("five.ecs-fleet.json")));
  assert.match(
    TextDocument.applyEdits(place.document, edit.changes?.[place.uri] ?? []),
    /"attribute:crew exists"/,
  );
});

const whole = (document: TextDocument) => ({
  start: { line: 0, character: 0 },
  end: document.positionAt(document.getText().length),
});

test("outline, links, lenses, hints and colors of a task definition", async () => {
  const { uri, document } = open(
    pod.replace(
      '"family":"pod"',
      '"placementConstraints":[{"type":"memberOf","expression":"attribute:env == prod"}],"family":"own"',
    ),
  );
  const textDocument = { uri };
  const [symbol] = await server.request<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument });
  assert.deepEqual(
    symbol?.children?.map((it) => it.name),
    ["containerDefinitions", "volumes", "placementConstraints"],
  );
  const links = await server.request<DocumentLink[]>("textDocument/documentLink", { textDocument });
  assert.ok(links.some((it) => it.target === "https://hub.docker.com/_/nginx"));
  const lenses = await server.request<CodeLens[]>("textDocument/codeLens", { textDocument });
  assert.deepEqual(
    lenses.map((it) => it.command?.title),
    ["Lands on 2 of 5 instances", "Register", "Deploy"],
  );
  const hints = await server.request<InlayHint[]>("textDocument/inlayHint", {
    textDocument,
    range: whole(document),
  });
  assert.deepEqual(
    hints.map((it) => it.label),
    ["2 of 5", "0 CPU units, 128 MiB per instance"],
  );
  const tokens = await server.request<SemanticTokens>("textDocument/semanticTokens/full", { textDocument });
  assert.equal(tokens.data.length, 4 * 5);
});

test("formatting, combining and splitting keep what an expression says", async () => {
  const query = open("attribute:env equals prod  && !( attribute:team exists )\r\n", ".ecsquery");
  const edits = await server.request<TextEdit[]>("textDocument/formatting", {
    textDocument: { uri: query.uri },
    options: { tabSize: 2, insertSpaces: true },
  });
  assert.equal(
    TextDocument.applyEdits(query.document, edits),
    "attribute:env == prod and not(attribute:team exists)\r\n",
  );
  const place = open(constrained('attribute:env == \\"prod\\" $0and attribute:team exists'));
  const position: Position = place.at.position;
  const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: place.uri },
    range: { start: position, end: position },
    context: { diagnostics: [] },
  });
  assert.deepEqual(
    actions.map((it) => it.title).filter((it) => !/double|quotes/i.test(it)),
    [
      "Format the expression",
      "Split into 2 placement constraints",
      "Show which container instances it selects, and why",
      "Show the truth table of its clauses",
    ],
  );
  const split = actions.find((it) => it.title.startsWith("Split"))?.edit?.changes?.[place.uri] ?? [];
  const { placementConstraints } = JSON.parse(TextDocument.applyEdits(place.document, split));
  assert.deepEqual(
    placementConstraints.map((it: { expression: string }) => it.expression),
    ["attribute:env == prod", "attribute:team exists"],
  );
});

test("a truth table is made on demand", async () => {
  const { uri } = open("attribute:env == prod or attribute:team exists", ".ecsquery");
  const answer = await server.request<TruthTableAnswer>("ecsDaemon/truthTable", { textDocument: { uri } });
  assert.ok("markdown" in answer, JSON.stringify(answer));
  assert.match(answer.markdown, /Selects \*\*5 of 5\*\*/);
});

/** File, text, the codes and what they underline. */
const mistakes: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
  [
    ".taskdef.json",
    inDefinition('{ "name": "a", "image": "a", "memroy": 64, "memory": 64 }'),
    [["misspelt-member", '"memroy"']],
  ],
  [
    ".ecs-fleet.json",
    '{ "groups": [{ "count": -1, "instanceType": "m5.larg" }] }',
    [
      ["fleet-wrong-value", "-1"],
      ["fleet-unknown-instance-type", '"m5.larg"'],
    ],
  ],
  [
    ".ecs-cluster.json",
    '{ "containerInstances": [{ "containerInstanceArn": "a/1", "attributes": [{ "value": "x" }], "status": "UP" }] }',
    [
      ["snapshot-assumption", "{"],
      ["snapshot-assumption", "{"],
      ["snapshot-wrong-value", '"UP"'],
    ],
  ],
  [".ecsquery", "attribute:env == prod and", [["expression-missing-comparison", "and"]]],
  ["/package.json", '{ "name": 3, "serviceName": "x" }', []],
];

for (const [suffix, text, expected] of mistakes) {
  test(`${expected.length} mistakes are found in ${text}`, async () => {
    const { uri, document } = open(text, suffix);
    const found = await server.diagnostics(uri);
    assert.deepEqual(
      found.map((it) => [it.code, document.getText(it.range)]),
      expected,
    );
  });
}
