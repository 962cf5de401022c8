import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { commandId, commandNames, internalCommandNames } from "../../../client/src/commands/commandIds";
import { kindByName } from "../../../server/src/core/resources/kinds/kindSigns";
import {
  chooseServiceCommand,
  setDocumentKindCommand,
  setSeverityCommand,
  showDocumentationCommand,
} from "../../../server/src/lsp/protocol/protocol";
import { tools } from "../../../server/src/tools/toolTable";
import { runCli } from "../../support/commandLine";
import { projectRoot } from "../../support/paths";

interface Setting {
  readonly type?: string;
  readonly default?: unknown;
  readonly markdownDescription?: string;
  readonly scope?: string;
}

const manifest = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
const settings: Readonly<Record<string, Setting>> = manifest.contributes.configuration.properties;
const contributed: readonly string[] = manifest.contributes.commands.map(
  (it: { command: string }) => it.command,
);

test("every contributed command is registered in code, and every registered one is contributed", () => {
  assert.deepEqual([...contributed].sort(), commandNames.map(commandId).sort());
});

test("the command that lenses name is contributed", () => {
  assert.ok(contributed.includes(chooseServiceCommand));
});

test("commands of code actions and message buttons are internal by their id, and not contributed", () => {
  const internal = internalCommandNames.map(commandId);
  assert.deepEqual(internal, [
    setSeverityCommand,
    setDocumentKindCommand,
    "ecsDaemon.internal.startServer",
    "ecsDaemon.internal.retryCluster",
    "ecsDaemon.internal.signIn",
    showDocumentationCommand,
  ]);
  for (const id of internal) {
    assert.match(id, /^ecsDaemon\.internal\.\w+$/);
    assert.ok(!JSON.stringify(manifest).includes(id), id);
  }
});

test("every command has a category and a title in title case without the product's name", () => {
  for (const { category, title } of manifest.contributes.commands) {
    assert.equal(category, "ECS Daemon");
    assert.match(title, /^[A-Z]/);
    assert.doesNotMatch(title, /ECS Daemon/);
  }
});

test("menus, walkthroughs and messages refer only to contributed commands", () => {
  const referred = [
    ...JSON.stringify(manifest.contributes).matchAll(/(?:command:|onCommand:)(ecsDaemon\.\w+)/g),
  ];
  const inMenus = Object.values<{ command: string }[]>(manifest.contributes.menus).flat();
  const all = [...referred.map((it) => it[1]!), ...inMenus.map((it) => it.command)];
  assert.ok(all.length > 10);
  for (const id of all) assert.ok(contributed.includes(id), id);
});

test("every file that the manifest names exists, and the package holds it", () => {
  const named = [manifest.icon, ...strings(manifest.contributes).filter(isFile)];
  const packed = readFileSync(join(projectRoot, ".vscodeignore"), "utf8");
  assert.ok(named.length >= 8, named.join());
  for (const file of named.map((it) => it.replace(/^\.\//, ""))) {
    assert.ok(existsSync(join(projectRoot, file)), `${file} is missing`);
    const folder = file.slice(0, file.lastIndexOf("/"));
    const extension = file.slice(file.lastIndexOf("."));
    const patterns = [`!${file}`, `!${folder}/*${extension}`];
    assert.ok(
      packed.split("\n").some((line) => patterns.includes(line)),
      `${file} is not packed`,
    );
  }
});

test("every setting has a default of its type, a description and a scope", () => {
  assert.ok(Object.keys(settings).length >= 8);
  for (const [id, setting] of Object.entries(settings)) {
    assert.ok(id.startsWith("ecsDaemon."), id);
    assert.ok(setting.markdownDescription?.endsWith("."), id);
    assert.ok(["window", "resource"].includes(setting.scope ?? ""), id);
    const type = Array.isArray(setting.default) ? "array" : typeof setting.default;
    assert.equal(type === "number" ? "integer" : type, setting.type, id);
  }
});

test("every setting that the client reads is declared", () => {
  const read = sourceFiles("client/src")
    .flatMap((file) => [
      ...file.matchAll(/settings\.get\(\s*"([\w.]+)"|getConfiguration\("ecsDaemon"\)\.get\(\s*"([\w.]+)"/g),
    ])
    .map((it) => `ecsDaemon.${it[1] ?? it[2]}`);
  assert.ok(read.length >= 5);
  for (const id of read) assert.ok(id in settings, id);
});

test("settings that could send credentials somewhere are restricted in workspaces that are not trusted", () => {
  const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, "limited");
  for (const id of Object.keys(settings).filter((it) => it.startsWith("ecsDaemon.aws.")))
    assert.ok(restricted.includes(id), id);
});

test("commands that start something or change a cluster need a trusted workspace outside a browser", () => {
  const free = [
    "previewPlacement",
    "refreshPreview",
    "lockPreview",
    "unlockPreview",
    "comparePreview",
    "convertToManagedDaemon",
    "copyPreview",
    "showTruthTable",
    "selectCluster",
    "chooseService",
    "copyAsTaskDefinition",
    "newDaemon",
    "showLog",
    "refreshCluster",
    "showCoverage",
    "copyId",
  ].map((it) => `ecsDaemon.${it}`);
  for (const { command, enablement } of manifest.contributes.commands)
    assert.equal(
      enablement,
      free.includes(command) ? undefined : "isWorkspaceTrusted && !ecsDaemon.web",
      command,
    );
});

test("the extension is compiled against no newer VS Code than it supports", () => {
  const supported = versionOf(manifest.engines.vscode);
  const types = versionOf(manifest.devDependencies["@types/vscode"]);
  const installed = JSON.parse(
    readFileSync(join(projectRoot, "node_modules/@types/vscode/package.json"), "utf8"),
  );
  assert.ok(types <= supported);
  assert.ok(versionOf(installed.version) <= supported);
});

test("menus of the editor go by content, those of the explorer by content or by the names of the server", () => {
  const { menus } = manifest.contributes;
  const when = (menu: string) => menus[menu].map((it: { when: string }) => it.when).join("\n");
  for (const menu of ["editor/title", "editor/context"]) {
    assert.match(when(menu), /ecsDaemon\.documentKind/, menu);
    assert.doesNotMatch(when(menu), /resourceFilename/, menu);
  }
  const [entry] = menus["explorer/context"];
  assert.match(entry.when, /resourcePath in ecsDaemon\.daemonFiles/);
  const [, source] = /=~ \/(.*)\//.exec(entry.when) ?? [];
  const pattern = new RegExp(source ?? "");
  for (const name of [
    "taskdef.json",
    "agent.taskdef.json",
    "my-task-definition.json",
    "ecs-task-def.prod.json",
    "agent.service.json",
    "service-def.json",
    "package.json",
    "tsconfig.json",
    "service.ts",
    "taskdef.yaml",
    "x.ecs-fleet.json",
    "agent.daemon.json",
  ]) {
    const kind = kindByName(name);
    assert.equal(pattern.test(name), kind === "taskDefinition" || kind === "service", name);
  }
});

test("the keys of the preview work wherever its button is, and in expressions", () => {
  const { menus, keybindings } = manifest.contributes;
  const id = "ecsDaemon.previewPlacement";
  const kindsOf = ({ when }: { when: string }) =>
    (/documentKind =~ \/\^\((.*)\)\$\//.exec(when)?.[1] ?? "").split("|");
  const ofPreview = (it: { command: string; when: string }) =>
    it.command === id && /documentKind/.test(it.when);
  const buttons: readonly { command: string; when: string }[] = menus["editor/title"].filter(ofPreview);
  const kinds = [...buttons.flatMap(kindsOf), "query"].sort();
  assert.ok(kinds.length > 4);
  const keys = keybindings.filter(ofPreview);
  assert.equal(keys.length, 2);
  for (const key of keys) assert.deepEqual([...kindsOf(key)].sort(), kinds);
});

test("the New File menu has its entry under a heading of VS Code, which shows other groups by their id", () => {
  for (const { group } of manifest.contributes.menus["file/newFile"]) assert.equal(group, "file");
});

/** Major and minor as one number that compares. */
function versionOf(range: string): number {
  const [major, minor] = range.replace(/^[^\d]*/, "").split(".");
  return Number(major) * 1000 + Number(minor);
}

function strings(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

function isFile(text: string): boolean {
  return /^(\.\/|docs\/)[\w./-]+\.\w+$/.test(text);
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true })
    .map(String)
    .filter((it) => it.endsWith(".ts"))
    .map((it) => readFileSync(join(projectRoot, folder, it), "utf8"));
}

test("the manifest offers the tools of the command line to assistants in VS Code, with the same words", () => {
  const offered = manifest.contributes.languageModelTools.map(
    (it: { name: string; displayName: string; modelDescription: string; inputSchema: object }) => [
      it.name,
      { title: it.displayName, description: it.modelDescription, inputSchema: it.inputSchema },
    ],
  );
  const expected = Object.entries(tools).map(([name, it]) => [`ecsDaemon_${name}`, it]);
  assert.deepEqual(offered, expected);
});

test("the problem matcher reads every line that the command line writes", async () => {
  const folder = join(projectRoot, "test", "fixtures", "validation");
  const { stdout } = await runCli(["validate", folder, "--format", "lines"]);
  const lines = stdout.trimEnd().split("\n");
  assert.ok(lines.length > 100);
  const [{ pattern }] = manifest.contributes.problemMatchers;
  for (const line of lines) {
    const found = new RegExp(pattern.regexp).exec(line);
    assert.ok(found, line);
    assert.ok(existsSync(found[pattern.file] ?? ""), line);
    assert.match(found[pattern.severity] ?? "", /^(?:error|warning|info|hint)$/);
  }
});
