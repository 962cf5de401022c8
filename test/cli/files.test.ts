// The calls that read files and need no ECS: validate, match, preview.

import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runCli } from "../support/commandLine";
import type { AnyAnswer } from "../support/localEndpoint";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder";

const workspace = join("test", "workspace");
const files = {
  taskDefinition: join(workspace, "datadog-agent.taskdef.json"),
  broken: join(workspace, "broken", "datadog-agent.taskdef.json"),
  prodService: join(workspace, "datadog-agent-prod.service.json"),
  snapshot: join(workspace, "sample.ecs-cluster.json"),
  fleet: join(workspace, "five-instances.ecs-fleet.json"),
  mixed: join(workspace, "mixed.ecs-fleet.json"),
};

function folder(context: TestContext, contents: Readonly<Record<string, string>>): TemporaryFolder {
  const made = temporaryFolder(contents);
  context.after(made.remove);
  return made;
}

const agent = (more: object = {}) =>
  JSON.stringify({
    family: "agent",
    containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64, ...more }],
  });

// validate -------------------------------------------------------------------------------------------------------------

test("validate finds every mistake of the broken file at its place", async () => {
  const result = await runCli(["validate", files.broken, "--format", "json"]);
  assert.equal(result.code, 1);
  const [file] = result.json();
  assert.equal(file.file, files.broken);
  const errors = file.diagnostics.filter((it: AnyAnswer) => it.severity === "error");
  assert.deepEqual(
    errors.map((it: AnyAnswer) => [it.code.replace(/^expression-.*/, "expression"), it.range.start.line]),
    [
      ["misspelt-member", 8],
      ["unknown-volume", 10],
      ["expression", 18],
    ],
  );
  const [misspelt] = errors;
  assert.deepEqual(misspelt.range, { start: { line: 8, character: 6 }, end: { line: 8, character: 16 } });
  assert.match(misspelt.message, /Did you mean 'essential'\?$/);
  assert.match(misspelt.url, /^https:\/\/.*#misspelt-member$/);
});

test("validate is silent about the sample files that are right", async () => {
  const result = await runCli(["validate", files.taskDefinition, files.prodService, files.fleet]);
  assert.deepEqual([result.code, result.stderr], [0, ""]);
  assert.equal(result.stdout, "No problems found in 3 files.\n");
});

test("validate of a folder takes the recognized files in it, and leaves out node_modules and .git", async (context) => {
  const { path } = folder(context, {
    "a/agent.taskdef.json": agent({ essental: true }),
    "a/package.json": `{ "name": "x" }`,
    "a/broken.json": "{",
    "b/c/agent.service.json": `{ "serviceName": "agent", "taskDefinition": "agent", "schedulingStrategy": "DAEMON" }`,
    "node_modules/x/agent.taskdef.json": agent(),
    ".git/agent.taskdef.json": agent(),
    "only.ecsquery": "attribute:a exists",
  });
  const result = await runCli(["validate", path, "--format", "json"]);
  assert.equal(result.code, 1);
  const found = result.json().map((it: AnyAnswer) => it.file);
  assert.deepEqual(
    found,
    ["a/agent.taskdef.json", "b/c/agent.service.json", "only.ecsquery"].map((it) => join(path, it)),
  );
});

test("a service is checked together with the task definition that lies beside it", async (context) => {
  const { path } = folder(context, {
    "agent.taskdef.json": JSON.stringify({
      family: "agent",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "256",
      memory: "512",
      containerDefinitions: [{ name: "agent", image: "agent:1" }],
    }),
    "agent.service.json": `{ "serviceName": "agent", "taskDefinition": "agent", "schedulingStrategy": "DAEMON", "launchType": "EC2" }`,
  });
  const alone = await runCli(["validate", join(path, "agent.taskdef.json"), "--format", "json"]);
  const [file] = alone.json();
  const both = await runCli(["validate", path, "--format", "json"]);
  const all = both.json().flatMap((it: AnyAnswer) => it.diagnostics);
  assert.equal(both.code, 1, both.stdout);
  assert.ok(all.length >= file.diagnostics.length);
});

test("--task-definition names the file of a family that the file does not say itself", async (context) => {
  const { path } = folder(context, {
    "services/agent.service.json": `{ "serviceName": "agent", "taskDefinition": "agent", "schedulingStrategy": "DAEMON", "launchType": "EC2" }`,
    "templates/agent.json": JSON.stringify({
      family: "{{ must_env `FAMILY` }}",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "256",
      memory: "512",
      containerDefinitions: [{ name: "agent", image: "agent:1" }],
    }),
  });
  const codesOf = async (...more: string[]) => {
    const result = await runCli(["validate", path, "--format", "json", ...more]);
    return result.json().flatMap((file: AnyAnswer) => file.diagnostics.map((it: AnyAnswer) => it.code));
  };
  const template = join(path, "templates/agent.json");
  assert.deepEqual(await codesOf(), []);
  assert.ok((await codesOf("--task-definition", `agent=${template}`)).includes("never-a-daemon"));
  assert.deepEqual(await codesOf("--task-definition", `other=${template}`), []);
});

test("validate --format sarif is a SARIF log with one-based regions", async () => {
  const result = await runCli(["validate", files.broken, "--format", "sarif"]);
  assert.equal(result.code, 1);
  const log = result.json();
  assert.equal(log.version, "2.1.0");
  const [run] = log.runs;
  const found = run.results.find((it: AnyAnswer) => it.ruleId === "misspelt-member");
  assert.equal(found.level, "error");
  assert.equal(run.tool.driver.rules[found.ruleIndex].id, "misspelt-member");
  const { artifactLocation, region } = found.locations[0].physicalLocation;
  assert.equal(artifactLocation.uri, "test/workspace/broken/datadog-agent.taskdef.json");
  assert.deepEqual(region, { startLine: 9, startColumn: 7, endLine: 9, endColumn: 17 });
});

test("--severity gives a code another severity, or silences it", async () => {
  const words = ["validate", files.broken, "--format", "json"];
  const quiet = await runCli([...words, "--severity", "*=off", "--severity", "misspelt-member=hint"]);
  assert.equal(quiet.code, 0);
  const [file] = quiet.json();
  assert.deepEqual(
    file.diagnostics.map((it: AnyAnswer) => [it.code, it.severity]),
    [["misspelt-member", "hint"]],
  );
});

test("a named file in which nothing can be checked is never passed over in silence", async (context) => {
  const { path } = folder(context, {
    "x.json": `{ "a": 1 }`,
    "a.taskdef.json": `{ "family": "a", "containers": [{ "name": "a" }] }`,
    "empty.ecs-cluster.json": "{}",
  });
  const stranger = await runCli(["validate", join(path, "x.json")]);
  assert.equal(stranger.code, 2);
  assert.match(stranger.stderr, /^Not checked: .*x\.json is not a task definition.*\n$/);
  assert.equal(stranger.stdout, "");
  // What could be checked is reported all the same; a folder is asked for what is ours in it.
  const both = await runCli(["validate", join(path, "x.json"), join(path, "a.taskdef.json")]);
  assert.equal(both.code, 2);
  assert.match(both.stdout, /containerDefinitions/);
  const walk = await runCli(["validate", path, "--format", "json"]);
  assert.equal(walk.code, 1);
  assert.equal(walk.stderr, "");
  assert.deepEqual(
    walk.json().map((it: AnyAnswer) => [it.file.slice(path.length + 1), it.diagnostics.length > 0]),
    [
      ["a.taskdef.json", true],
      ["empty.ecs-cluster.json", true],
    ],
  );
});

test("a document that one slip damages is still checked", async (context) => {
  const text = `{ "family": "a", "containerDefinitions: [{ "name": "a", "image": "b", "memory": 64 }] }`;
  const { path } = folder(context, { "a.json": text, "b.taskdef.json": text });
  for (const name of ["a.json", "b.taskdef.json"]) {
    const result = await runCli(["validate", join(path, name)]);
    assert.equal(result.code, 1, name);
    assert.match(result.stdout, /json-syntax/);
  }
});

test("the result has no color and at most 80 columns where it is no terminal", async () => {
  for (const words of [
    ["validate", files.broken],
    ["preview", files.taskDefinition, "--cluster", files.snapshot],
  ]) {
    const { stdout } = await runCli(words);
    assert.ok(!stdout.includes("\u001b"));
    const long = stdout.split("\n").filter((it) => it.length > 80);
    assert.deepEqual(long, []);
  }
});

// match ----------------------------------------------------------------------------------------------------------------

test("match names the instances whatever their status, and the clause that refuses the rest", async () => {
  const result = await runCli([
    "match",
    "attribute:env==prod",
    "--cluster",
    files.snapshot,
    "--format",
    "json",
  ]);
  assert.equal(result.code, 0, result.stderr);
  const answer = result.json();
  assert.equal(answer.expression, "attribute:env==prod");
  assert.deepEqual(answer.problems, []);
  assert.deepEqual(
    answer.matched.map((it: string) => it.slice(-3)),
    ["101", "202", "303"],
  );
  assert.deepEqual(
    answer.unmatched.map((it: AnyAnswer) => it.because.replace(/^attribute:env==prod: /, "")),
    ["env is dev", "env is dev", "env is not set"],
  );
  assert.deepEqual(answer.unknown, []);
});

test("match of a bad expression exits with 2 and prints its JSON all the same", async () => {
  const result = await runCli([
    "match",
    "attribute:env = prod and",
    "--cluster",
    files.snapshot,
    "--format",
    "json",
  ]);
  assert.equal(result.code, 2);
  const { problems, matched, unmatched, unknown } = result.json();
  assert.deepEqual([matched, unmatched, unknown], [[], [], []]);
  assert.deepEqual(problems[0].range, { start: { line: 0, character: 14 }, end: { line: 0, character: 15 } });
  assert.match(problems[0].url, /#expression-/);
});

test("without tasks in the snapshot nobody knows the task groups", async (context) => {
  const { path } = folder(context, {
    "x.ecs-cluster.json": `{ "containerInstances": [{ "containerInstanceArn": "arn:aws:ecs:us-east-1:1:container-instance/c/one", "status": "ACTIVE", "agentConnected": true }] }`,
  });
  const words = [
    "match",
    "task:group == service:x",
    "--cluster",
    join(path, "x.ecs-cluster.json"),
    "--format",
    "json",
  ];
  const answer = (await runCli(words)).json();
  assert.deepEqual(
    answer.unknown.map((it: AnyAnswer) => it.id),
    ["one"],
  );
});

// preview --------------------------------------------------------------------------------------------------------------

test("preview lands on every instance of the fleet", async () => {
  const result = await runCli([
    "preview",
    files.taskDefinition,
    "--cluster",
    files.fleet,
    "--format",
    "json",
  ]);
  assert.equal(result.code, 0);
  const { summary, instances } = result.json();
  assert.deepEqual(summary, {
    instances: 5,
    place: 5,
    keep: 0,
    stop: 0,
    excluded: 0,
    blocked: 0,
    unknown: 0,
  });
  assert.deepEqual(
    instances.map((it: AnyAnswer) => it.verdict),
    Array(5).fill("place"),
  );
});

test("preview gives every verdict of the sample snapshot with its reason", async () => {
  const result = await runCli([
    "preview",
    files.taskDefinition,
    "--cluster",
    files.snapshot,
    "--format",
    "json",
  ]);
  assert.equal(result.code, 0);
  const { instances, summary } = result.json();
  assert.deepEqual(
    instances.map((it: AnyAnswer) => [
      it.id.slice(-3),
      it.verdict,
      it.reasons.map((reason: AnyAnswer) => reason.filter).join(),
    ]),
    [
      ["101", "keep", ""],
      ["202", "place", ""],
      ["303", "stop", "status"],
      ["404", "blocked", "ports"],
      ["505", "blocked", "agent"],
      ["606", "blocked", "memory"],
    ],
  );
  assert.deepEqual(summary, {
    instances: 6,
    place: 1,
    keep: 1,
    stop: 1,
    excluded: 0,
    blocked: 3,
    unknown: 0,
  });
  const memory = instances[5].reasons[0];
  assert.deepEqual([memory.requested, memory.available], [512, 370]);
});

test("preview with the service's constraint names the failing clause, and exits with 1 where nothing lands", async () => {
  const words = [
    "preview",
    files.taskDefinition,
    "--service",
    files.prodService,
    "--format",
    "json",
    "--cluster",
  ];
  const some = await runCli([...words, files.mixed]);
  assert.equal(some.code, 0);
  assert.deepEqual(some.json().summary, {
    instances: 7,
    place: 3,
    keep: 0,
    stop: 0,
    excluded: 3,
    blocked: 1,
    unknown: 0,
  });
  const none = await runCli([...words, files.fleet]);
  assert.equal(none.code, 1);
  for (const { verdict, reasons } of none.json().instances) {
    assert.equal(verdict, "excluded");
    assert.equal(reasons[0].filter, "constraints");
    assert.match(reasons[0].message, /attribute:env==prod/);
  }
});

test("preview refuses what it cannot show in one clear line", async (context) => {
  const { path } = folder(context, {
    "bad.taskdef.json": JSON.stringify({
      ...JSON.parse(agent()),
      placementConstraints: [{ type: "memberOf", expression: "attribute:x ==" }],
    }),
    "half.taskdef.json": `{ "family": "agent", "containerDefinitions": [`,
    "other.service.json": `{ "serviceName": "x", "taskDefinition": "other", "schedulingStrategy": "DAEMON" }`,
    "good.taskdef.json": agent(),
    "empty.ecs-cluster.json": "",
    "text.ecs-cluster.json": "no json",
    "wrong.ecs-cluster.json": `{ "tasks": [] }`,
    "none.ecs-cluster.json": `{ "containerInstances": [] }`,
  });
  const at = (name: string) => join(path, name);
  const good = at("good.taskdef.json");
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [[at("bad.taskdef.json"), "--cluster", files.fleet], /constraint 1 cannot be used/],
    [[at("half.taskdef.json"), "--cluster", files.fleet], /half\.taskdef\.json:1:\d+ is not JSON/],
    [
      [good, "--service", at("other.service.json"), "--cluster", files.fleet],
      /refers to the task definition "other"/,
    ],
    [[good, "--service", good, "--cluster", files.fleet], /is not a service but a task definition/],
    [[files.fleet, "--cluster", files.fleet], /is not a task definition but a fleet/],
    [
      [good, "--cluster", at("missing.ecs-cluster.json")],
      /missing\.ecs-cluster\.json cannot be read: there is no such file/,
    ],
    [[good, "--cluster", path], /cannot be read: it is a folder/],
    [[good, "--cluster", "nowhere"], /no file "nowhere".*--endpoint-url/],
    [[good, "--cluster", at("empty.ecs-cluster.json")], /empty/],
    [[good, "--cluster", at("text.ecs-cluster.json")], /not JSON/],
    [[good, "--cluster", at("wrong.ecs-cluster.json")], /containerInstances/],
    [[at("nothing.json"), "--cluster", files.fleet], /no such file/],
  ];
  for (const [words, message] of refused) {
    const result = await runCli(["preview", ...words]);
    assert.deepEqual([result.code, result.stdout], [2, ""], words.join(" "));
    assert.match(result.stderr, message);
    assert.equal(result.stderr.trimEnd().split("\n").length, 1, result.stderr);
  }
  const empty = await runCli(["preview", good, "--cluster", at("none.ecs-cluster.json"), "--format", "json"]);
  assert.equal(empty.code, 1);
  assert.equal(empty.json().summary.instances, 0);
});

test("names from files cannot steer the terminal", async (context) => {
  const name = "evil\u001b[2J\u202ename";
  const { path } = folder(context, {
    "x.taskdef.json": agent({ [name]: 1 }),
    "x.ecs-cluster.json": JSON.stringify({
      containerInstances: [
        { containerInstanceArn: `arn:x/${name}`, status: "ACTIVE", attributes: [{ name, value: name }] },
      ],
    }),
  });
  const calls = [
    ["validate", join(path, "x.taskdef.json")],
    ["match", "attribute:env == prod", "--cluster", join(path, "x.ecs-cluster.json")],
    ["preview", join(path, "x.taskdef.json"), "--cluster", join(path, "x.ecs-cluster.json")],
  ];
  for (const words of calls) {
    const { stdout, stderr } = await runCli(words);
    assert.ok(!/[\p{Cc}\u202e]/u.test(`${stdout}${stderr}`.replaceAll("\n", "")), words.join(" "));
    assert.match(stdout, /\\u\{1b\}/);
  }
});

test("a call that names all files of a change may pass over those of other programs", async () => {
  const words = ["validate", "package.json", "test/workspace/datadog-agent.taskdef.json"];
  assert.equal((await runCli(words)).code, 2);
  const { code, stdout, stderr } = await runCli([...words, "--skip-unknown"]);
  assert.deepEqual([code, stdout, stderr], [0, "No problems found in 1 file.\n", ""]);
});
