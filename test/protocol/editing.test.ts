import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  DocumentLink,
  DocumentSymbol,
  Hover,
  InlayHint,
  Location,
  Position,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type ClientOptions, type ProtocolClient, startClient } from "../support/protocolClient";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder";
import { until } from "../support/until";

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

interface Workbench {
  readonly server: ProtocolClient;
  readonly files: TemporaryFolder;
  /** Opens a text with a `$0` and gives the parameters of a request at that place. */
  open(name: string, marked: string): { readonly uri: string; readonly text: string; readonly at: object };
}

async function workbench(
  others: Readonly<Record<string, string>> = {},
  options: ClientOptions = {},
): Promise<Workbench> {
  const files = temporaryFolder({ "five.ecs-fleet.json": fleet, ...others });
  cleanups.push(files.remove);
  const server = await startClient({
    folders: [files.uri],
    initializationOptions: { cluster: "five.ecs-fleet.json" },
    ...options,
  });
  cleanups.push(server.close);
  return {
    server,
    files,
    open: (name, marked) => {
      const uri = files.uriOf(name);
      const offset = marked.indexOf("$0");
      const text = marked.replace("$0", "");
      server.open(uri, text);
      const position = positionAt(text, Math.max(offset, 0));
      return { uri, text, at: { textDocument: { uri }, position } };
    },
  };
}

function positionAt(text: string, offset: number): Position {
  return TextDocument.create("file:///x", "json", 0, text).positionAt(offset);
}

function apply(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create("file:///x", "json", 0, text), [...edits]);
}

const constrained = (expression: string) => `{
  "family": "agent",
  "containerDefinitions": [{ "name": "agent", "image": "datadog/agent:7", "cpu": 100, "memory": 256 }],
  "placementConstraints": [{ "type": "memberOf", "expression": "${expression}" }]
}`;

/** The cluster is read after the handshake; hints come when it is. */
async function hintsOf({ server }: Workbench, uri: string): Promise<InlayHint[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
  for (;;) {
    const refreshed = server.next("workspace/inlayHint/refresh");
    const hints = await server.request<InlayHint[]>("textDocument/inlayHint", {
      textDocument: { uri },
      range,
    });
    if (hints.some((it) => String(it.label).includes(" of "))) return hints;
    await refreshed;
  }
}

test("values are completed inside the JSON string with the counts of the chosen cluster", async () => {
  const bench = await workbench();
  const { uri, text, at } = bench.open("a.taskdef.json", constrained("attribute:env == $0"));
  await hintsOf({ ...bench }, bench.open("b.taskdef.json", constrained("attribute:env == prod")).uri);
  const list = await bench.server.request<CompletionList>("textDocument/completion", at);
  assert.deepEqual(
    list.items.map((it) => [it.label, it.detail]),
    [
      ["dev", "3 of 5"],
      ["prod", "2 of 5"],
    ],
  );
  const [first] = list.items;
  assert.ok(first?.textEdit && "range" in first.textEdit);
  bench.server.change(uri, apply(text, [first.textEdit]));
  assert.ok(apply(text, [first.textEdit]).includes('"attribute:env == dev"'));
});

test("places are right behind escapes in the string", async () => {
  const { server, open } = await workbench();
  const { text, at } = open("a.taskdef.json", constrained('attribute:a == \\"x\\" and ag$0'));
  const list = await server.request<CompletionList>("textDocument/completion", at);
  const connected = list.items.find((it) => it.label === "agentConnected");
  assert.ok(connected?.textEdit && "range" in connected.textEdit);
  assert.ok(apply(text, [connected.textEdit]).includes('\\"x\\" and agentConnected "'));
});

test("an expression is completed in the white space of a query file and in a string that is not closed", async () => {
  const bench = await workbench();
  await hintsOf(bench, bench.open("warm.taskdef.json", constrained("attribute:env == prod")).uri);
  const unclosed =
    '{ "containerDefinitions": [], "placementConstraints": [{ "expression": "attribute:env == $0\n}] }';
  for (const [name, marked] of [
    ["q.ecsquery", "attribute:env == $0\n"],
    ["p.ecsquery", "attribute:env == $0"],
    ["unclosed.taskdef.json", unclosed],
  ] as const) {
    const { at } = bench.open(name, marked);
    const list = await bench.server.request<CompletionList>("textDocument/completion", at);
    assert.deepEqual(
      list.items.map((it) => it.label),
      ["dev", "prod"],
      name,
    );
  }
  bench.server.open("untitled:Untitled-1", "agentC", "ecs-query");
  const untitled = { textDocument: { uri: "untitled:Untitled-1" }, position: { line: 0, character: 6 } };
  const fields = await bench.server.request<CompletionList>("textDocument/completion", untitled);
  assert.ok(fields.items.some((it) => it.label === "agentConnected"));
  const { at } = bench.open("empty.ecsquery", "$0");
  const list = await bench.server.request<CompletionList>("textDocument/completion", at);
  assert.equal(list.items[0]?.label, "attribute:env");
});

test("member names are completed, as plain text for a client without snippets", async () => {
  const { server, open } = await workbench({}, { capabilities: {} });
  const { text, at } = open(
    "a.taskdef.json",
    '{ "family": "a", "containerDefinitions": [{ "name": "a", $0 }] }',
  );
  const list = await server.request<CompletionList>("textDocument/completion", at);
  const health = list.items.find((it) => it.label === "healthCheck");
  assert.ok(health?.textEdit && "range" in health.textEdit);
  const completed = apply(text, [health.textEdit]);
  assert.deepEqual(JSON.parse(completed).containerDefinitions[0].healthCheck, {
    command: ["CMD-SHELL", "exit 0"],
  });
  assert.ok(list.items.every((it) => it.command === undefined));
});

test("a space asks for nothing outside of expressions", async () => {
  const { server, open } = await workbench();
  const { at } = open("a.taskdef.json", '{ "family": "a", $0 "containerDefinitions": [] }');
  const context = { triggerKind: 2, triggerCharacter: " " };
  assert.equal(await server.request("textDocument/completion", { ...at, context }), null);
});

const hoverText = async (server: ProtocolClient, at: object) => {
  const hover = await server.request<Hover | null>("textDocument/hover", at);
  return hover === null ? "" : (hover.contents as { value: string }).value;
};

test("hover tells how many instances the part under the cursor selects", async () => {
  const bench = await workbench();
  const whole = "attribute:env == prod and not(attribute:ecs.instance-type == c5.large)";
  await hintsOf(bench, bench.open("warm.taskdef.json", constrained(whole)).uri);
  const cases: readonly (readonly [string, RegExp])[] = [
    [
      "attribute:e$0nv == prod and not(attribute:ecs.instance-type == c5.large)",
      /5 of 5 container instances have it.[\s\S]*`dev`: 3[\s\S]*selects 2 of 5/,
    ],
    [
      "attribute:env =$0= prod and not(attribute:ecs.instance-type == c5.large)",
      /equals[\s\S]*selects 2 of 5/,
    ],
    [
      "attribute:env == prod a$0nd not(attribute:ecs.instance-type == c5.large)",
      /\*\*and\*\*[\s\S]*selects 2 of 5/,
    ],
    [
      "attribute:env == prod and n$0ot(attribute:ecs.instance-type == c5.large)",
      /\*\*not\*\*[\s\S]*selects 2 of 5/,
    ],
    ["attribute:env == prod and not(attribute:ecs.instance-type == c5.l$0arge)", /selects 3 of 5/],
  ];
  for (const [index, [marked, expected]] of cases.entries()) {
    const { at } = bench.open(`${index}.taskdef.json`, constrained(marked));
    assert.match(await hoverText(bench.server, at), expected);
  }
});

test("hover tells what another reading of an undocumented corner would select", async () => {
  const bench = await workbench();
  await hintsOf(bench, bench.open("warm.taskdef.json", constrained("attribute:env == prod")).uri);
  const cases: readonly (readonly [string, RegExp])[] = [
    ["attribute:ecs.instance-type =~ m$05", /selects 0 of 5[\s\S]*searched for[\s\S]*would select 2 of 5/],
    ["attribute:rack !$0= 3", /selects 0 of 5[\s\S]*lack the attribute[\s\S]*would select 5 of 5/],
    [
      "attribute:env == dev o$0r attribute:env == prod and attribute:ecs.instance-type == m5.large",
      /selects 5 of 5[\s\S]*from left to right[\s\S]*would select 2 of 5/,
    ],
  ];
  for (const [index, [marked, expected]] of cases.entries()) {
    const { at } = bench.open(`${index}.taskdef.json`, constrained(marked));
    assert.match(await hoverText(bench.server, at), expected);
  }
});

test("hover tells what a member means, its size, and links to AWS's page", async () => {
  const { server, open } = await workbench();
  const { at } = open(
    "a.taskdef.json",
    constrained("agentConnected == true").replace('"memory": 256', '"memory": 2$056'),
  );
  const text = await hoverText(server, at);
  assert.match(text, /256 MiB = 0\.25 GiB/);
  assert.match(text, /On every instance a task takes 100 CPU units, 256 MiB/);
  assert.match(
    text,
    /https:\/\/docs\.aws\.amazon\.com\/AmazonECS\/latest\/APIReference\/API_ContainerDefinition\.html/,
  );
});

test("behind an expression stands how many instances it selects, and the hint follows the cluster", async () => {
  const bench = await workbench();
  const { uri, text } = bench.open("a.taskdef.json", constrained("attribute:env == prod"));
  const hint = (await hintsOf(bench, uri)).find((it) => it.label === "2 of 5");
  assert.deepEqual(hint?.position, positionAt(text, text.indexOf('prod"') + 'prod"'.length));
  const refreshed = bench.server.next("workspace/inlayHint/refresh");
  bench.server.open(bench.files.uriOf("five.ecs-fleet.json"), fleet.replace('"count":2', '"count":7'));
  await refreshed;
  // The first look at the cluster may have been announced only now: the new one follows it.
  await until("the hint says 7 of 10", async () =>
    (await hintsOf(bench, uri)).some((it) => it.label === "7 of 10"),
  );
});

const daemonOfDev = {
  "agent.service.json": JSON.stringify({
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    placementConstraints: [{ type: "memberOf", expression: "attribute:env == dev" }],
  }),
};

test("above a definition stands where it lands, above a daemon service that it can be verified", async () => {
  const bench = await workbench(daemonOfDev, { clientName: "Visual Studio Code" });
  const { uri } = bench.open("a.taskdef.json", constrained("agentConnected == true"));
  await hintsOf(bench, uri);
  const lenses = await bench.server.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
  assert.deepEqual(
    lenses.map((it) => [it.command?.title, it.command?.command]),
    [
      ["Lands on 3 of 5 instances", "ecsDaemon.previewPlacement"],
      ["Register", "ecsDaemon.registerTaskDefinition"],
      ["Deploy", "ecsDaemon.deploy"],
    ],
  );
  assert.deepEqual(lenses[0]?.command?.arguments, [uri]);
  const service = bench.files.uriOf("agent.service.json");
  bench.server.open(
    service,
    '{ "serviceName": "agent", "taskDefinition": "agent", "schedulingStrategy": "DAEMON" }',
  );
  const above = await bench.server.request<CodeLens[]>("textDocument/codeLens", {
    textDocument: { uri: service },
  });
  assert.deepEqual(
    above.map((it) => [it.command?.title, it.command?.command]),
    [
      ["Lands on 5 of 5 instances", "ecsDaemon.previewPlacement"],
      ["Create or update", "ecsDaemon.createService"],
      ["Verify", "ecsDaemon.verifyService"],
    ],
  );
});

const pod = `{
  "family": "pod",
  "volumes": [{ "name": "sock" }],
  "containerDefinitions": [
    { "name": "app", "image": "nginx", "memory": 64, "mountPoints": [{ "sourceVolume": "so$0ck", "containerPath": "/s" }] },
    { "name": "side", "image": "nginx", "memory": 64, "dependsOn": [{ "containerName": "app", "condition": "START" }] }
  ]
}`;

test("from the use of a volume one gets to its declaration, and to all uses", async () => {
  const { server, open } = await workbench();
  const { uri, text, at } = open("pod.taskdef.json", pod);
  const declared = text.indexOf('"sock"') + 1;
  const used = text.lastIndexOf('"sock"') + 1;
  const rangeAt = (offset: number) => ({
    start: positionAt(text, offset),
    end: positionAt(text, offset + 4),
  });
  assert.deepEqual(await server.request<Location[]>("textDocument/definition", at), [
    { uri, range: rangeAt(declared) },
  ]);
  const context = { includeDeclaration: true };
  assert.deepEqual(await server.request<Location[]>("textDocument/references", { ...at, context }), [
    { uri, range: rangeAt(declared) },
    { uri, range: rangeAt(used) },
  ]);
});

test("a family is renamed in the definition and in the services that refer to it", async () => {
  const service = JSON.stringify({
    serviceName: "s",
    taskDefinition: "pod:3",
    schedulingStrategy: "REPLICA",
  });
  const { server, files, open } = await workbench({ "pod.service.json": service });
  const { uri, text, at } = open("pod.taskdef.json", pod.replace("$0", "").replace('"pod"', '"p$0od"'));
  const edit = await server.request<WorkspaceEdit>("textDocument/rename", { ...at, newName: "web" });
  assert.ok(apply(text, edit.changes?.[uri] ?? []).includes('"family": "web"'));
  assert.ok(apply(service, edit.changes?.[files.uriOf("pod.service.json")] ?? []).includes('"web:3"'));
  await assert.rejects(
    server.request("textDocument/rename", { ...at, newName: "no good" }),
    /cannot name a family/,
  );
});

test("an attribute is renamed in every expression and every fleet, a built-in one is not", async () => {
  const service = JSON.stringify({
    serviceName: "s",
    taskDefinition: "x",
    placementConstraints: [{ type: "memberOf", expression: "attribute:env == dev or attribute:rack == 1" }],
  });
  const { server, files, open } = await workbench({
    "s.service.json": service,
    "q.ecsquery": "attribute:env exists",
  });
  const { uri, text, at } = open("a.taskdef.json", constrained("not(attribute:e$0nv == prod)"));
  const { changes = {} } = await server.request<WorkspaceEdit>("textDocument/rename", {
    ...at,
    newName: "stage",
  });
  assert.ok(apply(text, changes[uri] ?? []).includes("not(attribute:stage == prod)"));
  assert.ok(
    apply(service, changes[files.uriOf("s.service.json")] ?? []).includes(
      "attribute:stage == dev or attribute:rack",
    ),
  );
  assert.equal(
    apply("attribute:env exists", changes[files.uriOf("q.ecsquery")] ?? []),
    "attribute:stage exists",
  );
  const renamedFleet = apply(fleet, changes[files.uriOf("five.ecs-fleet.json")] ?? []);
  assert.equal(renamedFleet, fleet.replaceAll('"env"', '"stage"'));
  const builtIn = open("b.taskdef.json", constrained("attribute:ecs.instance$0-type == m5.large"));
  assert.equal(await server.request("textDocument/prepareRename", builtIn.at), null);
});

test("a name that is taken is refused, and so are two attributes of one group", async () => {
  const { server, open } = await workbench();
  const renamed = (at: object, newName: string) => server.request("textDocument/rename", { ...at, newName });
  const side = open("pod.taskdef.json", pod.replace("$0", "").replace('"side"', '"si$0de"'));
  await assert.rejects(renamed(side.at, "app"), /There is a container called 'app' already/);
  assert.notEqual(await renamed(side.at, "side"), null);
  const both = JSON.stringify({
    groups: [{ instanceType: "m5.large", attributes: { env: "a", rack: "1" } }],
  });
  const rack = open("two.ecs-fleet.json", both.replace("rack", "ra$0ck"));
  await assert.rejects(renamed(rack.at, "env"), /has both 'rack' and 'env'/);
  assert.notEqual(await renamed(rack.at, "shelf"), null);
});

test("hints show the total of the containers, and the limits that the definition is near to", async () => {
  const { server, open } = await workbench();
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const labels = async (uri: string) => {
    const hints = await server.request<InlayHint[]>("textDocument/inlayHint", {
      textDocument: { uri },
      range,
    });
    return hints.map((it) => it.label);
  };
  const { uri } = open("a.taskdef.json", constrained("agentConnected == true"));
  assert.deepEqual(await labels(uri), ["5 of 5", "100 CPU units, 256 MiB per instance"]);
  const containers = Array.from({ length: 8 }, (_, index) => ({
    name: `c${index}`,
    image: index === 0 ? "i".repeat(55_000) : "i",
    cpu: 100,
    memory: 625,
  }));
  const near = open("b.taskdef.json", JSON.stringify({ family: "b", containerDefinitions: containers }));
  assert.deepEqual(await labels(near.uri), [
    "800 CPU units, 5,000 MiB per instance",
    "8 of 10 containers, 54.1 of 64 KiB",
  ]);
});

test("names, meanings and values are found beside broken JSON and placeholders", async () => {
  const { server, open } = await workbench();
  const stray =
    '{ "family": "a", "containerDefinitions": [{ "name": "a", "mountPoints": [{ "sourceVolume": "$0" ] }], "volumes": [{ "name": "sock" }] }';
  const { at } = open("stray.taskdef.json", stray);
  const list = await server.request<CompletionList>("textDocument/completion", at);
  assert.deepEqual(
    list.items.map((it) => it.label),
    ["sock"],
  );
  const templated = open(
    "t.taskdef.json",
    constrained("attribute:e$0nv == {{ stage }} and agentConnected == true"),
  );
  const text = await hoverText(server, templated.at);
  assert.match(text, /5 of 5 container instances have it/);
  assert.match(text, /`attribute:env == \{\{ stage \}\}` has a placeholder/);
});

test("the outline shows containers, volumes and constraints by name", async () => {
  const { server, open } = await workbench();
  const { uri } = open("pod.taskdef.json", pod);
  const [root] = await server.request<DocumentSymbol[]>("textDocument/documentSymbol", {
    textDocument: { uri },
  });
  assert.equal(root?.name, "pod");
  assert.deepEqual(
    root?.children?.map((it) => [it.name, it.children?.map((child) => child.name)]),
    [
      ["containerDefinitions", ["app", "side"]],
      ["volumes", ["sock"]],
    ],
  );
});

test("a service links to the file of its definition, an image to its page", async () => {
  const { server, files, open } = await workbench({ "pod.taskdef.json": pod.replace("$0", "") });
  const { uri } = open("pod.service.json", '{ "serviceName": "s", "taskDefinition": "pod" }');
  const links = await server.request<DocumentLink[]>("textDocument/documentLink", { textDocument: { uri } });
  assert.deepEqual(
    links.map((it) => it.target),
    [files.uriOf("pod.taskdef.json")],
  );
  const definition = open("pod.taskdef.json", pod).uri;
  const pages = await server.request<DocumentLink[]>("textDocument/documentLink", {
    textDocument: { uri: definition },
  });
  assert.ok(pages.every((it) => it.target === "https://hub.docker.com/_/nginx"));
});

test("a query file is formatted, and an expression in JSON by a code action", async () => {
  const { server, open } = await workbench();
  const options = { tabSize: 2, insertSpaces: true };
  const query = open("q.ecsquery", "attribute:env equals prod   &&  !( attribute:rack exists )\n");
  const edits = await server.request<TextEdit[]>("textDocument/formatting", {
    textDocument: { uri: query.uri },
    options,
  });
  assert.equal(apply(query.text, edits), "attribute:env == prod and not(attribute:rack exists)\n");
  const json = open("a.taskdef.json", constrained("attribute:env equals $0prod and attribute:rack exists"));
  const position = (json.at as { position: Position }).position;
  const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: json.uri },
    range: { start: position, end: position },
    context: { diagnostics: [], only: ["refactor"] },
  });
  const titled = (title: string) => actions.find((it) => it.title === title)?.edit?.changes?.[json.uri] ?? [];
  const formatted = apply(json.text, titled("Format the expression"));
  assert.ok(formatted.includes('"attribute:env == prod and attribute:rack exists"'));
  const split = JSON.parse(apply(json.text, titled("Split into 2 placement constraints")));
  assert.deepEqual(split.placementConstraints, [
    { type: "memberOf", expression: "attribute:env == prod" },
    { type: "memberOf", expression: "attribute:rack exists" },
  ]);
  const again = open("b.taskdef.json", JSON.stringify(split));
  const combining = await server.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: again.uri },
    range: {
      start: positionAt(again.text, again.text.indexOf("attribute:env")),
      end: positionAt(again.text, again.text.indexOf("attribute:env")),
    },
    context: { diagnostics: [], only: ["refactor.rewrite"] },
  });
  const combine = combining.find((it) => it.title === "Combine 2 placement constraints into one");
  const combined = JSON.parse(apply(again.text, combine?.edit?.changes?.[again.uri] ?? []));
  assert.deepEqual(combined.placementConstraints, [
    { type: "memberOf", expression: "attribute:env == prod and attribute:rack exists" },
  ]);
});

test("a replica service is offered to wait for the daemons of the workspace, in any format", async () => {
  const definition = (family: string) =>
    JSON.stringify({ family, containerDefinitions: [{ name: "c", image: "x", memory: 64 }] });
  const service = (more: object) => JSON.stringify({ taskDefinition: "web", ...more });
  const { server, open } = await workbench({
    "agent.taskdef.json": definition("agent"),
    "web.taskdef.json": definition("web"),
    "agent.service.json": service({
      serviceName: "agent",
      taskDefinition: "agent",
      schedulingStrategy: "DAEMON",
    }),
  });
  const tieOf = async (name: string, marked: string) => {
    const { uri, text, at } = open(name, marked);
    const { position } = at as { position: Position };
    const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: position, end: position },
      context: { diagnostics: [], only: ["refactor"] },
    });
    const found = actions.find((it) => it.title.startsWith("Wait for "));
    return found && { title: found.title, text: apply(text, found.edit?.changes?.[uri] ?? []) };
  };
  const json = await tieOf("web.service.json", service({ serviceName: "web$0", desiredCount: 2 }));
  assert.equal(json?.title, "Wait for agent before starting tasks on an instance");
  const constraint = { type: "memberOf", expression: "task:group == service:agent" };
  assert.deepEqual(JSON.parse(json.text).placementConstraints, [constraint]);
  assert.equal(await tieOf("web.service.json", json.text.replace("web", "web$0")), undefined);
  const daemon = service({ serviceName: "other$0", schedulingStrategy: "DAEMON" });
  assert.equal(await tieOf("other.service.json", daemon), undefined);
});

test("the words of an expression are colored by what they are", async () => {
  const { server, open } = await workbench();
  const { uri } = open("q.ecsquery", "attribute:env == prod");
  const tokens = await server.request<SemanticTokens>("textDocument/semanticTokens/full", {
    textDocument: { uri },
  });
  // line, start, length, type, modifiers; each relative to the one before.
  assert.deepEqual(tokens.data, [0, 0, 9, 1, 0, 0, 10, 3, 4, 0, 0, 4, 2, 2, 0, 0, 3, 4, 5, 0]);
});

test("no feature fails on any prefix of a document, whatever is asked of it", async () => {
  const { server, files } = await workbench();
  const uri = files.uriOf("prefix.taskdef.json");
  const text = constrained("attribute:env in [prod, 'x y'] and not(agentConnected == true)");
  server.open(uri, "");
  for (let length = 0; length <= text.length; length += 3) {
    const prefix = text.slice(0, length);
    server.change(uri, prefix);
    const textDocument = { uri };
    const position = positionAt(prefix, length);
    const range = { start: { line: 0, character: 0 }, end: position };
    await Promise.all([
      server.pull(uri),
      ...["completion", "hover", "definition", "prepareRename"].map((it) =>
        server.request(`textDocument/${it}`, { textDocument, position }),
      ),
      server.request("textDocument/references", {
        textDocument,
        position,
        context: { includeDeclaration: true },
      }),
      ...["codeLens", "documentLink", "documentSymbol", "semanticTokens/full"].map((it) =>
        server.request(`textDocument/${it}`, { textDocument }),
      ),
      server.request("textDocument/inlayHint", { textDocument, range }),
      server.request("textDocument/codeAction", { textDocument, range, context: { diagnostics: [] } }),
      server.request("ecsDaemon/preview", { textDocument }),
    ]);
  }
  assert.deepEqual(server.log, []);
});
