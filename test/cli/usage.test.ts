import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { commands } from "../../server/src/cli/commands/commands";
import { builtFolder, plainEnvironment, runCli } from "../support/commandLine";
import { projectRoot } from "../support/paths";

const fleet = join("test", "workspace", "five-instances.ecs-fleet.json");
const taskDefinition = join("test", "workspace", "datadog-agent.taskdef.json");
test("--help lists every command, and every command has help of its own", async () => {
  const general = await runCli(["--help"]);
  assert.equal(general.code, 0);
  const helps = await Promise.all(commands.map((it) => runCli([it.name, "--help"])));
  helps.forEach(({ code, stdout }, index) => {
    assert.ok(general.stdout.includes(`  ${commands[index]?.name} `));
    assert.equal(code, 0);
    assert.ok(stdout.startsWith(`Usage: ecs-daemon ${commands[index]?.name} `));
    const wide = `${general.stdout}${stdout}`.split("\n").filter((line) => line.length > 80);
    assert.deepEqual(wide, []);
  });
});

/** Scripts may still use them; no text offers them. */
const earlierNames = new Set(["output"]);

test("usage and help name every option that a command takes, and no other", () => {
  const namesIn = (text: string, pattern: RegExp) =>
    [...new Set([...text.matchAll(pattern)].map((it) => it[1]))].sort();
  for (const { name, synopsis, help, options } of commands) {
    const taken = Object.keys(options)
      .filter((it) => !earlierNames.has(it))
      .sort();
    assert.deepEqual(namesIn(synopsis, /--([a-z-]+)/g), taken, `usage of ${name}`);
    assert.deepEqual(namesIn(help, /^ {2}--([a-z-]+)/gm), taken, `help of ${name}`);
  }
});

test("--version is the version of the package", async () => {
  const { stdout } = await runCli(["--version"]);
  const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  assert.equal(stdout, `${version}\n`);
});

const wrong: readonly (readonly [readonly string[], RegExp])[] = [
  [["valdate"], /no command "valdate". Did you mean "validate"\?/],
  [["validate"], /Missing argument: PATH/],
  [["validate", "missing.json"], /missing\.json cannot be read: there is no such file/],
  [["validate", "x.json", "--fromat", "json"], /no option --fromat/],
  [["validate", "x.json", "--format", "xml"], /--format is text or lines or json or sarif, not "xml"/],
  [["validate", "x.json", "--format"], /--format needs a value/],
  [
    ["validate", "x.json", "--severity", "misspelt-member=loud"],
    /--severity is CODE=error\|.*not "misspelt-member=loud"/,
  ],
  [["validate", "x.json", "--severity", "no-such-code=off"], /no diagnostic "no-such-code"/],
  [["validate", "x.json", "--task-definition", "agent.json"], /FAMILY=FILE, not "agent\.json"/],
  [["validate", taskDefinition, "--task-definition", `agent=${fleet}`], /is not a task definition/],
  [["validate", "x.json", "--help=yes"], /--help takes no value/],
  [["match", "--cluster", fleet], /Missing argument: EXPRESSION/],
  [["match", "a", "b", "--cluster", fleet], /"b" is one too many/],
  [["match", "attribute:a exists"], /Missing option: --cluster/],
  [
    ["match", "attribute:a exists", "--cluster", "x", "--endpoint-url", "nowhere"],
    /--endpoint-url is an http or https URL/,
  ],
  [["preview"], /Missing argument: TASKDEF/],
  [["local", "--port", "99999"], /--port is a whole number from 0 to 65535, not "99999"/],
  [["local", "--port", "-1"], /--port/],
  [["local", "--instances", "many"], /--instances is a whole number/],
  [["local", "--fleet", fleet, "--instances", "3"], /exclude each other/],
  [["local", "--fleet", "missing.ecs-fleet.json"], /no such file/],
  [["local", "--fleet", taskDefinition], /./],
  [["local", "--cluster", "a b"], /--cluster is a name of letters/],
  [["local", "--start-delay", "soon"], /--start-delay is a number of seconds/],
  [["deploy", taskDefinition], /Missing option: --cluster/],
  [["deploy", taskDefinition, "--cluster", "c", "--force"], /--force is about a managed daemon/],
  [
    ["deploy", taskDefinition, "--cluster", "c", "--daemon", "d.json", "--on-failure", "rollback"],
    /--on-failure does not apply/,
  ],
  [["preview", taskDefinition, "--daemon", "d.json", "--new-service"], /--new-service does not apply/],
  [["deploy", "missing.json", "--cluster", "c"], /no such file/],
  [["verify", "agent"], /Missing option: --cluster/],
  [["verify", "agent", "--cluster", "c", "--timeout", "-3"], /--timeout/],
  [["capture"], /Missing option: --cluster/],
  [["delete", "--cluster", "c"], /Missing argument: SERVICE/],
  [["deploy", taskDefinition, "--cluster", "c"], /add --yes.*Nothing was sent/],
  [
    ["delete", "agent", "--cluster", "c", "--endpoint-url", "http://192.0.2.1"],
    /add --yes.*Nothing was sent/,
  ],
];

test("wrong usage is one clear line and exit code 2", async () => {
  const results = await Promise.all(wrong.map(([words]) => runCli(words)));
  results.forEach(({ code, stdout, stderr }, index) => {
    const [words = [], message = /./] = wrong[index] ?? [];
    assert.deepEqual([code, stdout], [2, ""], words.join(" "));
    assert.match(stderr, message, words.join(" "));
    assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
    assert.ok(stderr.startsWith("ecs-daemon: "));
  });
});

test("without a command the help goes to standard error", async () => {
  const { code, stdout, stderr } = await runCli([]);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /Usage: ecs-daemon COMMAND/);
});

test("a reader that leaves early is no error", async () => {
  const child = spawn(
    process.execPath,
    [join(builtFolder, "cli.js"), "preview", taskDefinition, "--cluster", fleet, "--format", "json"],
    { cwd: projectRoot, env: plainEnvironment(), stdio: ["ignore", "pipe", "pipe"] },
  );
  child.stdout.destroy();
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    complaints += text;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  assert.deepEqual([code, complaints], [0, ""]);
});

test("an account cannot be asked without a region or credentials, and the call says what to set", async () => {
  const region = await runCli(["capture", "--cluster", "c"]);
  assert.equal(region.code, 2);
  assert.match(region.stderr, /No AWS Region is set.*AWS_REGION/);
  const credentials = await runCli(["capture", "--cluster", "c", "--region", "eu-west-1"]);
  assert.equal(credentials.code, 2);
  assert.match(credentials.stderr, /No AWS credentials were found/);
});

test("an endpoint where nobody listens is named", async () => {
  const { code, stderr } = await runCli([
    "capture",
    "--cluster",
    "c",
    "--endpoint-url",
    "http://127.0.0.1:1",
  ]);
  assert.equal(code, 2);
  assert.match(stderr, /Nothing answers at http:\/\/127\.0\.0\.1:1/);
});
