// The GitHub Action on a clone with nothing else: annotations, a SARIF log, and a job summary that no text of a change
// can turn into something else.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { builtFolder, plainEnvironment, startCli } from "../support/commandLine";
import { projectRoot } from "../support/paths";
import { temporaryFolder } from "../support/temporaryFolder";

const folder = join(projectRoot, ".github", "actions", "validate");
const definition = (more: object = {}) =>
  JSON.stringify(
    { family: "agent", containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64, ...more }] },
    null,
    2,
  );
const service = (expression: string) =>
  JSON.stringify({
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    placementConstraints: [{ type: "memberOf", expression }],
  });
const fleet = JSON.stringify({
  groups: [
    { count: 2, instanceType: "m5.large", attributes: { env: "prod" } },
    { count: 3, instanceType: "m5.large", attributes: { env: "dev" } },
  ],
});

const git = (cwd: string, ...words: string[]): string =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...words], {
    cwd,
    encoding: "utf8",
  });

/** A clone of a repository with two commits; the second one is the change. */
function cloneOf(context: TestContext, change: Readonly<Record<string, string>>) {
  const origin = temporaryFolder({
    "agent.taskdef.json": definition(),
    "agent.service.json": service("attribute:env == prod"),
    "five.ecs-fleet.json": fleet,
    "package.json": "{}",
  });
  git(origin.path, "init", "-q");
  git(origin.path, "add", ".");
  git(origin.path, "commit", "-qm", "base");
  const base = git(origin.path, "rev-parse", "HEAD").trim();
  for (const [name, text] of Object.entries(change)) origin.write(name, text);
  git(origin.path, "add", ".");
  git(origin.path, "commit", "-qm", "change", "--allow-empty");
  const path = mkdtempSync(join(tmpdir(), "ecs-daemon-clone-"));
  git(path, "clone", "-q", origin.path, ".");
  context.after(() => {
    origin.remove();
    rmSync(path, { recursive: true, force: true });
  });
  return { path, base };
}

function runAction(cwd: string, inputs: Readonly<Record<string, string>>, action = folder) {
  const summary = join(cwd, ".git", "summary");
  const output = join(cwd, ".git", "output");
  for (const it of [summary, output]) writeFileSync(it, "");
  const named = Object.entries(inputs).map(([name, value]) => [`INPUT_${name}`, value]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(action, "validate.mjs")], {
    cwd,
    encoding: "utf8",
    env: plainEnvironment({
      INPUT_COMMAND: `${process.execPath} ${join(builtFolder, "cli.js")}`,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: output,
      AWS_ACCESS_KEY_ID: "x",
      AWS_SECRET_ACCESS_KEY: "x",
      ...Object.fromEntries(named),
    }),
  });
  const read = (path: string) => readFileSync(path, "utf8");
  return { status, stdout, stderr, summary: read(summary), output: read(output) };
}

test("every input is handed to the script as a variable, and no other way", () => {
  const text = readFileSync(join(folder, "action.yml"), "utf8");
  const inputs = [...(text.split("\noutputs:")[0] ?? "").matchAll(/^ {2}([\w-]+):$/gm)].map(
    (it) => it[1] ?? "",
  );
  assert.ok(inputs.length > 5);
  for (const it of inputs)
    assert.ok(text.includes(`INPUT_${it.toUpperCase().replaceAll("-", "_")}: \${{ inputs.${it} }}`), it);
  assert.doesNotMatch(/run:.*/.exec(text)?.[0] ?? "", /\$\{\{/);
});

test("without a command the action builds that of its own revision, in a clone that was never built", (context) => {
  const { path } = cloneOf(context, { "agent.taskdef.json": definition({ essental: true }) });
  const clone = temporaryFolder();
  context.after(clone.remove);
  const files = execFileSync("git", ["ls-files", "-z"], { cwd: projectRoot, encoding: "utf8" }).split("\0");
  for (const it of files.filter((name) => /^(?!test\/|docs\/).*\.(?:m?[jt]sx?|json|css|yml)$/.test(name)))
    if (existsSync(join(projectRoot, it))) cpSync(join(projectRoot, it), join(clone.path, it));
  // What npm ci would install.
  symlinkSync(join(projectRoot, "node_modules"), join(clone.path, "node_modules"), "junction");
  const run = runAction(path, { COMMAND: "" }, join(clone.path, ".github", "actions", "validate"));
  assert.equal(run.status, 1, run.stdout + run.stderr);
  assert.match(run.stdout, /^::error file=agent\.taskdef\.json,.*title=misspelt-member::/m);
});

test("a change without mistakes passes, and its placement is compared with the base", (context) => {
  const { path, base } = cloneOf(context, { "agent.service.json": service("attribute:env == dev") });
  const preview = "agent.taskdef.json five.ecs-fleet.json agent.service.json";
  const run = runAction(path, { PREVIEW: preview, BASE: base });
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.summary, /No problems found|0 errors/);
  assert.match(run.summary, /Before: .*2 of 5/);
  assert.match(run.summary, /Now: .*3 of 5/);
  assert.equal(run.summary.match(/^\| ` \S+ ` \| ` (?:place|excluded) ` \|/gm)?.length, 5);
  assert.equal(git(path, "worktree", "list").trim().split("\n").length, 1, "the base is not left behind");
});

test("mistakes fail the job, and are annotations, a SARIF log and outputs", (context) => {
  const { path } = cloneOf(context, { "agent.taskdef.json": definition({ essental: true }) });
  const run = runAction(path, {});
  assert.equal(run.status, 1);
  assert.match(
    run.stdout,
    /^::error file=agent\.taskdef\.json,line=8,endLine=8,col=7,endColumn=17,title=misspelt/m,
  );
  const log = JSON.parse(readFileSync(join(path, "ecs-daemon.sarif"), "utf8"));
  assert.equal(
    log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri,
    "agent.taskdef.json",
  );
  assert.match(run.summary, /\n1 error, 0 warnings, 0 hints\.\n/);
  assert.match(run.output, /^errors=1$/m);
  assert.equal(runAction(path, { FAIL_ON: "never" }).status, 0);
  assert.equal(runAction(path, { SEVERITY: "misspelt-member=warning" }).status, 0);
  assert.equal(runAction(path, { SEVERITY: "misspelt-member=warning", FAIL_ON: "warning" }).status, 1);
});

test("names in a change write no command and no markup", (context) => {
  const name = "a`|<img src=x>%0A::error::x";
  const { path } = cloneOf(context, {
    "agent.taskdef.json": definition({ [`essental\n::set-output::${name}`]: 1 }),
  });
  const run = runAction(path, {});
  for (const line of run.stdout.trim().split("\n")) assert.match(line, /^::(?:error|warning|notice) file=/);
  const row = run.summary.split("\n").find((it) => it.includes("img"));
  assert.match(row ?? "", /`` .*<img.* ``/);
});

test("coverage is in the summary, and what cannot be read fails the job", async (context) => {
  const { path } = cloneOf(context, {});
  const local = await startCli(context, ["local"]);
  const url = local.firstLine.replace(/^listening on /, "");
  const options = (address: string) => `--cluster default --region us-east-1 --endpoint-url ${address}`;
  const covered = runAction(path, { COVERAGE: options(url) });
  assert.equal(covered.status, 0, covered.summary);
  assert.match(covered.summary, /## Daemon coverage: covered/);
  const nowhere = runAction(path, { COVERAGE: options("http://127.0.0.1:1") });
  assert.equal(nowhere.status, 1);
  assert.match(nowhere.stdout, /^::error title=coverage::/m);
});
