// The import rules and size limits of the code, checked over its source text rather than hoped for.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { test } from "node:test";
import { kindSigns } from "../server/src/core/resources/kinds/kindSigns";
import { measureFunctions } from "./support/functionSizes";
import { projectRoot } from "./support/paths";

interface SourceFile {
  /** Relative to the project, with forward slashes and without extension. */
  readonly name: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

interface Import {
  /** A package or `node:` name, or the project-relative name of a file of ours. */
  readonly target: string;
  readonly isType: boolean;
  readonly isOurs: boolean;
}

const sources = readSources(["server/src", "client/src", "client/webview"]);
const scripts = readSources([".scripts"], ".mjs");
/** What has limits on its size. */
const measured = [...sources, ...scripts];

test("core imports only itself and pure libraries", () => {
  const pure = new Set(["jsonc-parser", "re2js", "yaml"]);
  expectNone("server/src/core/", (it) =>
    it.isOurs
      ? !it.target.startsWith("server/src/core/") && !it.target.startsWith("schemas/")
      : !pure.has(it.target),
  );
});

test("each format's parser is known to its own reader alone", () => {
  for (const [parser, room] of [
    ["jsonc-parser", "json"],
    ["yaml", "yaml"],
  ] as const)
    expectNone(
      "server/src/",
      (it, file) => it.target === parser && !file.name.startsWith(`server/src/core/source/${room}/`),
    );
});

test("core reads no clock, no randomness and no environment", () => {
  const impure =
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bsetTimeout\(|\bperformance\.now\(/;
  assert.deepEqual(
    filesIn("server/src/core/")
      .filter((it) => impure.test(withoutComments(it.text)))
      .map((it) => it.name),
    [],
  );
});

test("no list of any length becomes the arguments of one call", () => {
  // Math.max(...list) and all.push(...list) throw from some 100,000 items on: core/text/lists.ts has both.
  const spread =
    /\.(?:push|unshift|apply|fromCharCode|fromCodePoint)\(\.\.\.|\bMath\.(?:min|max|hypot)\([^()]*\.\.\./;
  assert.deepEqual(
    filesIn("server/src/")
      .filter((it) => spread.test(withoutComments(it.text)))
      .map((it) => it.name),
    [],
  );
});

test("what VS Code shows of names goes through the files that make every character readable", () => {
  const shows = [
    [/setStatusBarMessage\(/, ["notify", "preview/panelRequests"]],
    [/window\.withProgress\(/, ["progress"]],
    [
      /window\.(?:createQuickPick|showQuickPick|createInputBox|showInputBox)\b/,
      ["mfaCode", "commands/wizardInputs"],
    ],
    [/createStatusBarItem\(/, ["cluster/statusBar"]],
    [/\bpanel\.title = /, ["preview/previewPanel"]],
  ] as const;
  for (const [call, homes] of shows) {
    const users = filesIn("client/src/").filter((it) => call.test(withoutComments(it.text)));
    assert.deepEqual(
      users.map((it) => it.name),
      homes.map((it) => `client/src/${it}`),
      String(call),
    );
    for (const { name, text } of users) assert.match(text, /\bprintable(?:Lines)?\(/, name);
  }
});

test("no files import each other in a circle, not even for their types", () => {
  const files = new Map(sources.map((it) => [it.name, it]));
  // What imports nothing that is left stands on the ground; taken away floor by floor, only circles stay.
  for (let sizeBefore = -1; sizeBefore !== files.size; ) {
    sizeBefore = files.size;
    for (const { name, imports } of [...files.values()])
      if (!imports.some((it) => it.isOurs && files.has(it.target))) files.delete(name);
  }
  assert.deepEqual([...files.keys()], []);
});

/** The floors of core, from the ground up: each imports only from itself and from those before it. */
const floors = [
  "text",
  "api",
  "source",
  "secrets",
  "resources",
  "query",
  "cluster",
  "rules",
  "requirements",
  "scheduler",
  "simulation",
  "managed",
  "coverage",
  "language",
  "workspace",
];

test("each floor of core stands on those below it", () => {
  const core = "server/src/core/";
  const floorOf = (name: string) => floors.indexOf(name.slice(core.length).split("/")[0] ?? "");
  for (const { name } of filesIn(core)) assert.ok(floorOf(name) >= 0, `${name} is on no floor`);
  expectNone(core, (it, file) => it.target.startsWith(core) && floorOf(it.target) > floorOf(file.name));
});

test("the query language knows nothing of documents and rules but the codes of the catalogue", () => {
  const known = /^server\/src\/core\/(?:query|text)\//;
  expectNone("server/src/core/query/", (it) => {
    if (!it.isOurs || known.test(it.target)) return false;
    return !(it.isType && it.target.startsWith("server/src/core/rules/"));
  });
});

test("the scheduler does not know documents", () => {
  expectNone("server/src/core/scheduler/", (it) => it.target.startsWith("server/src/core/resources/"));
});

test("only client/src imports vscode", () => {
  expectNone("", (it, file) => it.target === "vscode" && !file.name.startsWith("client/src/"));
});

test("only server/src/lsp and main.ts know LSP, and of the client its language client", () => {
  const isLsp = (target: string) => /^vscode-(?:languageserver|languageclient|jsonrpc)/.test(target);
  expectNone("", (it, file) => {
    if (!isLsp(it.target)) return false;
    if (file.name.startsWith("server/src/lsp/") || file.name === "server/src/main") return false;
    return !(file.name.startsWith("client/src/") && it.target.startsWith("vscode-languageclient"));
  });
});

test("only server/src/ecs/aws.ts imports the AWS SDK, whose code is in a file that imports nothing of ours", () => {
  const ofSdk = (it: { readonly target: string }) => /^@aws-sdk\/|^server\/src\/ecs\/awsSdk$/.test(it.target);
  expectNone("", (it, file) => ofSdk(it) && !/^server\/src\/ecs\/aws(?:Sdk)?$/.test(file.name));
  expectNone(
    "server/src/ecs/aws",
    (it, file) => it.target.startsWith("@aws-sdk/") && !it.isType && file.name !== "server/src/ecs/awsSdk",
  );
  expectNone("server/src/ecs/awsSdk", (it) => it.isOurs && !it.isType);
});

test("nothing but main.ts imports the language server's files, except the client its protocol", () => {
  expectNone("", (it, file) => {
    if (!it.target.startsWith("server/src/lsp/") || file.name.startsWith("server/src/lsp/")) return false;
    if (file.name === "server/src/main") return false;
    const shared = ["server/src/lsp/protocol/protocol", "server/src/lsp/protocol/clusterState"];
    return !(file.name.startsWith("client/") && shared.includes(it.target));
  });
});

test("the language server starts with what a document needs; the rest is loaded when it is asked for", () => {
  const byName = new Map(sources.map((it) => [it.name, it]));
  const atStart = new Set(["server/src/main"]);
  for (const name of atStart)
    for (const it of byName.get(name)?.imports ?? []) if (it.isOurs && !it.isType) atStart.add(it.target);
  assert.ok(atStart.has("server/src/core/rules/validate"));
  const later =
    /^server\/src\/(?:lsp\/(?:later$|requests\/|coverage\/|views\/)|local\/|tools\/|ecs\/(?:aws|deploy\/|coverage\/|managed\/)|core\/simulation\/)/;
  assert.deepEqual(
    [...atStart].filter((it) => later.test(it)),
    [],
  );
  // The SDK is larger than all that and waits for the first connection.
  expectNone("", (it) => it.target === "server/src/ecs/awsSdk" && !it.isType);
});

test("the panel's browser code imports only types from outside its folder, and how counts and names are written", () => {
  expectNone("client/webview/", (it) => {
    if (!it.isOurs) return !it.isType;
    if (it.target === "server/src/core/text/counts") return false;
    if (it.target === "server/src/core/text/distinctName") return false;
    // How a text is made readable is decided once.
    if (it.target === "server/src/core/text/printable") return false;
    // What a page kept is read alike by the page and its host.
    if (/^client\/src\/(?:storedValues|preview\/storedPanel)$/.test(it.target)) return false;
    return !it.target.startsWith("client/webview/") && !it.isType;
  });
});

test("one file writes to the streams of the process, so that nothing is printed as it came", () => {
  // main.ts writes one sentence of its own, before there is a connection.
  // The messages of `ecs-daemon mcp` are JSON in which such characters are escaped.
  const writers = new Set([
    "server/src/cli/output/terminal",
    "server/src/cli/mcp/mcpServer",
    "server/src/main",
  ]);
  const writes = /\bconsole\.\w+\(|process\.std(?:out|err)|\bstd(?:out|err)\.write\(/;
  const offences = filesIn("server/src/").filter(
    (it) => writes.test(withoutComments(it.text)) && !writers.has(it.name),
  );
  assert.deepEqual(
    offences.map((it) => it.name),
    [],
  );
});

test("one file shows notifications, so that no text reaches them as it came", () => {
  const offences = filesIn("client/src/").filter(
    (it) =>
      /\bwindow\s*\.show(?:Information|Warning|Error)Message/.test(it.text) &&
      it.name !== "client/src/notify",
  );
  assert.deepEqual(
    offences.map((it) => it.name),
    [],
  );
});

test("what is decided is decided by data, not by texts of ours that were made for people", () => {
  const shown = "message|title|label|remedy|detail|advice|because|sentence|what";
  const patterns = [
    new RegExp(`\\b(?:${shown})\\??\\.(?:startsWith|endsWith|includes|indexOf|match|search)\\(`),
    new RegExp(`/[a-z]*\\.(?:test|exec)\\((?:[\\w.]+\\.)?(?:${shown})\\)`),
    /\b(?:message|remedy|advice|sentence) [!=]== [`"'][^`"']*[ .]/,
  ];
  /** They read what ECS, a container runtime or Node wrote. */
  const readers = [
    "server/src/cli/input/arguments",
    "server/src/core/coverage/causes",
    "server/src/ecs/calls/awsErrors",
    "server/src/ecs/calls/definitionCalls",
    "server/src/ecs/managed/daemonCalls",
    "server/src/ecs/missingReasons",
  ];
  assert.deepEqual(
    sources
      .filter((it) => patterns.some((pattern) => pattern.test(withoutComments(it.text))))
      .map((it) => it.name)
      .filter((it) => !readers.includes(it)),
    [],
  );
});

test("outside of the registry no kind is compared: its properties are asked, so that a new kind needs no other file", () => {
  const kind = kindSigns.map((it) => it.kind).join("|");
  const compared = new RegExp(`(?:[kK]ind|promised) [!=]== "(?:${kind})"`, "g");
  /** Kinds of something else: of what is due, of how a cluster was read, of an answer. */
  const others = [
    "client/src/commands/copyAsTaskDefinition",
    "server/src/local/scheduling/reconcile",
    "server/src/lsp/clusters/clusterFiles",
  ];
  assert.deepEqual(
    sources
      .filter(({ name }) => !name.startsWith("server/src/core/resources/kinds/") && !others.includes(name))
      .flatMap(({ name, text }) =>
        [...withoutComments(text).matchAll(compared)].map((it) => `${name}: ${it[0]}`),
      ),
    [],
  );
});

/**
 * What is larger than the limits below, with its size. Entries may only shrink and go: whoever splits one takes it out.
 */
const oversized: Readonly<Record<string, number>> = {};

function assertSizes(found: readonly (readonly [string, number])[], limit: number): void {
  assert.deepEqual(
    found.filter(([name, size]) => size > (oversized[name] ?? limit)),
    [],
  );
}

test("no function has more than 60 lines", () => {
  const found = measured.flatMap(({ name, text }) =>
    measureFunctions(text).map((it) => [`${name} ${it.name}`, it.lines] as const),
  );
  assert.ok(found.length > 2_000, "the functions are found");
  assertSizes(found, 60);
});

test("no file has more than 300 lines, but tables of data, of which each line says one thing", () => {
  const tables = new Set(["server/src/core/query/problemCodes"]);
  assertSizes(
    measured
      .filter((it) => !tables.has(it.name) && !isTable(it))
      .map((it) => [it.name, it.text.trimEnd().split("\n").length]),
    300,
  );
});

test("no folder has more than 35 files", () => {
  const counts = new Map<string, number>();
  for (const { name } of measured) {
    const folder = `${dirname(name)}/`;
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  assertSizes([...counts], 35);
});

/** A file of nothing but data: its exports are constants, and it has no function. */
function isTable(file: SourceFile): boolean {
  const text = withoutComments(file.text);
  return !/\bfunction\b|=>/.test(text) && /^export const /m.test(text);
}

test("only the tests of test/shared, and the fuzzing of real definitions, use facts from outside the project", () => {
  const users = readSources(["test"])
    .filter((it) => it.imports.some(({ target }) => target === "test/support/facts"))
    .map((it) => it.name)
    .filter((it) => !it.startsWith("test/shared/"));
  assert.deepEqual(users, ["test/fuzz/corpus"]);
  const tests = readSources(["test"]).filter((it) => it.name !== "test/architecture.test");
  const readers = tests.filter((it) => /"\.\."\s*,\s*"shared"|ECS_FACTS/.test(it.text));
  assert.deepEqual(
    readers.map((it) => it.name),
    ["test/support/facts"],
  );
});

function expectNone(room: string, isForbidden: (found: Import, file: SourceFile) => boolean): void {
  const offences = filesIn(room).flatMap((file) =>
    file.imports.filter((it) => isForbidden(it, file)).map((it) => `${file.name} imports ${it.target}`),
  );
  assert.deepEqual(offences, []);
}

function filesIn(room: string): readonly SourceFile[] {
  const files = sources.filter((it) => it.name.startsWith(room));
  assert.ok(files.length > 0, `there are files in ${room}`);
  return files;
}

function readSources(folders: readonly string[], ending = ".ts"): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true })
      .map((it) => join(folder, String(it)))
      .filter((it) => it.endsWith(ending) && !it.includes("node_modules"))
      .map(readSource),
  );
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(projectRoot, path), "utf8");
  const name = path
    .split(sep)
    .join("/")
    .replace(/\.(?:ts|mjs)$/, "");
  return { name, text, imports: readImports(name, text) };
}

/** Static imports and re-exports. An `import()` in code is loaded on demand and counts as `isType` for that reason. */
function readImports(file: string, text: string): readonly Import[] {
  const found: Import[] = [];
  const code = withoutComments(text);
  const clauses = String.raw`\{[^}]*\}|\*(?:\s+as\s+\w+)?|\w+(?:\s*,\s*\{[^}]*\})?`;
  const statement = new RegExp(
    `^(?:import|export)\\s+(type\\s+)?(${clauses})\\s+from\\s+["']([^"']+)["']`,
    "gm",
  );
  for (const [, type, clause, target] of code.matchAll(statement)) {
    const isType = type !== undefined || everyNameIsType(clause ?? "");
    found.push(toImport(file, target ?? "", isType));
  }
  for (const [, target] of code.matchAll(/^import\s+["']([^"']+)["']/gm))
    found.push(toImport(file, target ?? "", false));
  for (const [, target] of code.matchAll(/\b(?:import|require)\(\s*["']([^"']+)["']\s*\)/g))
    found.push(toImport(file, target ?? "", true));
  return found;
}

function everyNameIsType(clause: string): boolean {
  const names = /^\{([\s\S]*)\}$/
    .exec(clause.trim())?.[1]
    ?.split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "");
  return names !== undefined && names.length > 0 && names.every((it) => it.startsWith("type "));
}

function toImport(file: string, target: string, isType: boolean): Import {
  if (!target.startsWith(".")) return { target: packageOf(target), isType, isOurs: false };
  const absolute = join(projectRoot, dirname(file), target);
  return { target: relative(projectRoot, absolute).split(sep).join("/"), isType, isOurs: true };
}

function packageOf(target: string): string {
  if (target.startsWith("node:")) return target;
  const parts = target.split("/");
  return target.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? target);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}
