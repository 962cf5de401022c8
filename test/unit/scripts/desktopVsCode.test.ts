// How a desktop VS Code is started for the suite: once with trust in the folder, once in Restricted Mode. The VS Code of
// this test is a script that notes what it was given.

import assert from "node:assert/strict";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../support/paths";
import { importScript } from "../../support/scripts";
import { temporaryFolder } from "../../support/temporaryFolder";

interface Script {
  runRounds(options: { executable: string; root: string; suite: string; home: string }): Promise<number>;
}

interface Start {
  readonly args: readonly string[];
  /** The names of the variables. */
  readonly env: readonly string[];
  readonly trust: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The starts of a VS Code that ends with this code in the trusted and in the restricted round. */
async function startsOf(t: { after(end: () => void): void }, codes: readonly [number, number]) {
  const folder = temporaryFolder({
    code: `#!${process.execPath}
const { appendFileSync, readFileSync } = require("node:fs");
const args = process.argv.slice(2);
const user = args.find((it) => it.startsWith("--user-data-dir=")).slice("--user-data-dir=".length);
const settings = JSON.parse(readFileSync(user + "/User/settings.json", "utf8"));
const trust = process.env.ECS_DAEMON_EXPECTED_TRUST;
appendFileSync(__dirname + "/starts", JSON.stringify({ args, env: Object.keys(process.env), trust, settings }) + "\\n");
process.exit(trust === "trusted" ? ${codes[0]} : ${codes[1]});
`,
  });
  t.after(folder.remove);
  const executable = join(folder.path, "code");
  chmodSync(executable, 0o755);
  const { runRounds } = await importScript<Script>("desktopVsCode.mjs");
  const code = await runRounds({
    executable,
    root: projectRoot,
    suite: "/suite",
    home: join(folder.path, "home"),
  });
  const lines = readFileSync(join(folder.path, "starts"), "utf8").trim().split("\n");
  return { code, starts: lines.map((it): Start => JSON.parse(it)) };
}

test("the restricted round leaves workspace trust on, and nothing asks for it", async (t) => {
  const { code, starts } = await startsOf(t, [0, 0]);
  assert.equal(code, 0);
  const switchedOff = (it: Start) => it.args.includes("--disable-workspace-trust");
  assert.deepEqual(
    starts.map((it) => [it.trust, switchedOff(it)]),
    [
      ["trusted", true],
      ["restricted", false],
    ],
  );
  for (const it of starts) assert.equal(it.settings["security.workspace.trust.startupPrompt"], "never");
  assert.notEqual(starts[0]?.args[0], starts[1]?.args[0], "each round has a workspace of its own");
});

test("a failure of either round fails the run, and the other round runs all the same", async (t) => {
  for (const codes of [
    [3, 0],
    [0, 3],
  ] as const) {
    const { code, starts } = await startsOf(t, codes);
    assert.equal(code, 3);
    assert.equal(starts.length, 2);
  }
});

test("it gets the languages that the suite needs, and nothing of the VS Code whose terminal it is started in", async (t) => {
  const foreign = { ELECTRON_RUN_AS_NODE: "1", VSCODE_IPC_HOOK: "/hook" };
  t.after(() => {
    for (const name of Object.keys(foreign)) delete process.env[name];
  });
  Object.assign(process.env, foreign);
  const { starts } = await startsOf(t, [0, 0]);
  for (const { args, env } of starts) {
    const extensions = args.filter((it) => it.startsWith("--extensionDevelopmentPath="));
    const languages = extensions.flatMap((it) => languagesOf(it.slice(it.indexOf("=") + 1)));
    for (const language of ["ecs-query", "terraform", "cloudformation"])
      assert.ok(languages.includes(language));
    for (const name of Object.keys(foreign)) assert.ok(!env.includes(name), name);
  }
});

function languagesOf(extension: string): readonly string[] {
  const { contributes } = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
  return contributes.languages.map((it: { id: string }) => it.id);
}
