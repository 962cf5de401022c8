// Files as other programs leave them: other encodings, pipes among them, places that nobody can write to.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runCli } from "../support/commandLine";
import { temporaryFolder } from "../support/temporaryFolder";

const text =
  '{"family":"agent","containerDefinitions":[{"name":"a","image":"a:1","environment":[{"name":"A","value":"ä"}],"memory":"64"}]}';

function folder(context: TestContext): (name: string) => string {
  const made = temporaryFolder();
  context.after(made.remove);
  return (name) => join(made.path, name);
}

test("UTF-16 and byte order marks change nothing, as Windows programs write them", async (t) => {
  const path = folder(t);
  writeFileSync(path("a.taskdef.json"), text);
  writeFileSync(path("b.taskdef.json"), `\ufeff${text}`);
  writeFileSync(path("c.taskdef.json"), Buffer.from(`\ufeff${text}`, "utf16le"));
  writeFileSync(path("d.taskdef.json"), Buffer.from(`\ufeff${text}`, "utf16le").swap16());
  const names = ["a", "b", "c", "d"].map((it) => path(`${it}.taskdef.json`));
  const [named, found] = await Promise.all([
    runCli(["validate", ...names, "--format", "json"]),
    runCli(["validate", path("."), "--format", "json"]),
  ]);
  for (const { json } of [named, found]) {
    const diagnostics = json().map((it: { diagnostics: unknown }) => it.diagnostics);
    assert.equal(diagnostics.length, 4);
    assert.equal(diagnostics[0][0].range.start.character, text.indexOf('"64"'));
    for (const it of diagnostics) assert.deepEqual(it, diagnostics[0]);
  }
});

test("a pipe in a folder keeps nobody waiting", async (t) => {
  const path = folder(t);
  writeFileSync(path("agent.taskdef.json"), text);
  execFileSync("mkfifo", [path("pipe.taskdef.json")]);
  const inFolder = await runCli(["validate", path("."), "--format", "json"]);
  assert.equal(inFolder.json().length, 1);
  const beside = await runCli(["validate", path("agent.taskdef.json")]);
  assert.equal(beside.code, 1);
});

test("a state file that cannot be one is told in one line, and nothing is left behind", async (t) => {
  const path = folder(t);
  for (const [state, why] of [
    [path("."), "is not a regular file. Choose another state file."],
    [
      path("nowhere/state"),
      "cannot be used as a state file: its folder does not exist. Choose another file.",
    ],
  ] as const) {
    const { code, stdout, stderr } = await runCli(["local", "--state", state]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.equal(stderr, `ecs-daemon: ${state} ${why}\n`);
  }
  assert.equal(existsSync(`${path(".")}.lock`), false);
});
