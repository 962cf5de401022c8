// Files as other programs leave them: other encodings, pipes among them, places that nobody can write to.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { builtFolder, runCli } from "../support/commandLine";
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

const isPosix = process.platform !== "win32";

test("a named pipe and standard input are read to their end", { skip: !isPosix }, async (t) => {
  const path = folder(t);
  const pipe = path("pipe.taskdef.json");
  execFileSync("mkfifo", [pipe]);
  const [named] = await Promise.all([runCli(["validate", pipe, "--format", "json"]), writeFile(pipe, text)]);
  assert.equal(named.json()[0].diagnostics.length > 0, true);
  writeFileSync(path("plain"), text);
  const script = 'cat "$1" | "$2" "$3" validate /dev/stdin --format json';
  const program = join(builtFolder, "cli.js");
  const piped = spawnSync("sh", ["-c", script, "sh", path("plain"), process.execPath, program]);
  const [given] = JSON.parse(piped.stdout.toString());
  assert.deepEqual([given.file, given.diagnostics], ["/dev/stdin", named.json()[0].diagnostics]);
});

test("a device without an end is not read for ever, whatever is asked to read it", {
  skip: !isPosix,
}, async (t) => {
  const path = folder(t);
  const link = path("agent.taskdef.json");
  symlinkSync("/dev/zero", link);
  writeFileSync(path("good.taskdef.json"), text);
  for (const words of [
    ["validate", link],
    ["validate", path("good.taskdef.json"), "--task-definition", `agent=${link}`],
    ["match", "attribute:a == b", "--cluster", link],
    ["coverage", "--baseline", link, "--cluster", "a"],
  ]) {
    const { code, stdout, stderr } = await runCli(words);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.equal(
      stderr,
      `ecs-daemon: ${link} cannot be read: it is not a regular file, and has more than 256,000,000 bytes.\n`,
    );
  }
});

test("of a single dash it is said how standard input is named", { skip: !isPosix }, async () => {
  for (const words of [
    ["validate", "-"],
    ["preview", "-", "--cluster", "-"],
  ]) {
    const { code, stderr } = await runCli(words);
    assert.equal(code, 2);
    assert.equal(
      stderr,
      "ecs-daemon: - cannot be read: there is no such file. Standard input is /dev/stdin.\n",
    );
  }
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

test("an expression may be longer than any file's name, and a file with such a name is none", async (t) => {
  const path = folder(t);
  writeFileSync(
    path("c.ecs-fleet.json"),
    '{"groups":[{"count":2,"instanceType":"m5.large","zones":["us-east-1a"],"attributes":{"env":"prod"}}]}',
  );
  const cluster = ["--cluster", path("c.ecs-fleet.json")];
  const longest = `attribute:env in [${Array(390).fill("prod").join(",")}]`;
  assert.ok(longest.length > 1_900 && longest.length <= 2_000);
  const matched = await runCli(["match", longest, ...cluster, "--format", "json"]);
  assert.equal(matched.code, 0, matched.stderr);
  assert.equal(matched.json().matched.length, 2);
  const name = "a".repeat(300);
  for (const call of [
    ["preview", `stack.yaml#${name}`, ...cluster],
    ["preview", name, ...cluster],
    ["validate", `${name}#Agent`],
  ]) {
    const { code, stderr } = await runCli(call);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /there is no such file/);
  }
});
