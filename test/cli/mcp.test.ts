// `ecs-daemon mcp` as an assistant uses it: with the official client of the Model Context Protocol, over standard streams.

import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ListRootsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { tools } from "../../server/src/tools/toolTable";
import { builtFolder, plainEnvironment, runCli } from "../support/commandLine";
import { startTestEndpoint } from "../support/localEndpoint";
import { projectRoot } from "../support/paths";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder";

const workspace = join(projectRoot, "test", "workspace");

interface Options {
  readonly cwd?: string;
  readonly words?: readonly string[];
  /** Folders that the client names. */
  readonly roots?: readonly string[];
}

async function connect(context: TestContext, { cwd = workspace, words = [], roots }: Options = {}) {
  const client = new Client({ name: "test", version: "1" }, { capabilities: roots ? { roots: {} } : {} });
  if (roots !== undefined)
    client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: roots.map((uri) => ({ uri })) }));
  const env = plainEnvironment({ AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x" }) as Record<
    string,
    string
  >;
  const args = [join(builtFolder, "cli.js"), "mcp", ...words];
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args, cwd, env, stderr: "pipe" }),
  );
  context.after(() => client.close());
  const call = async (name: string, input: Record<string, unknown> = {}) => {
    const { content, isError } = await client.callTool({ name, arguments: input });
    const [{ text }] = content as [{ text: string }];
    return { text, isError: isError === true, json: () => JSON.parse(text) };
  };
  return { client, call };
}

function folderOf(context: TestContext, files: Readonly<Record<string, string>>): TemporaryFolder {
  const folder = temporaryFolder(files);
  context.after(folder.remove);
  return folder;
}

test("the tools are listed with their schemas, and are read-only", async (context) => {
  const { client } = await connect(context);
  const listed = await client.listTools();
  assert.deepEqual(
    listed.tools.map((it) => it.name),
    Object.keys(tools),
  );
  for (const it of listed.tools) {
    assert.equal(it.annotations?.readOnlyHint, true);
    assert.equal(it.inputSchema.type, "object");
    assert.ok((it.description ?? "").length > 40);
  }
  assert.equal(client.getServerVersion()?.name, "ecs-daemon");
});

test("a file, a folder and a text are validated", async (context) => {
  const { call } = await connect(context);
  const clean = (await call("validate", { file: "datadog-agent.taskdef.json" })).json();
  assert.deepEqual(clean.files, ["datadog-agent.taskdef.json"]);
  const folder = (await call("validate", { file: "broken" })).json();
  assert.equal(folder.diagnostics[0].severity, "error");
  assert.match(folder.summary, /error/);
  const text =
    '{\n  "family": "a",\n  "containerDefinitions": [{ "name": "a", "image": "a", "memory": 8, "essental": true }]\n}';
  const [found] = (await call("validate", { text })).json().diagnostics;
  assert.equal(found.line, 3);
  assert.match(found.message, /essental/);
  const yaml =
    "Resources:\n  A:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Famly: a\n      ContainerDefinitions: []\n";
  const template = (await call("validate", { text: yaml, fileName: "stack.yaml" })).json();
  assert.equal(template.diagnostics[0].resource, "A");
});

test("an expression is explained, alone and with a cluster", async (context) => {
  const { call } = await connect(context);
  const expression = "attribute:ecs.instance-type == m5.large and attribute:env == prod";
  const alone = (await call("explain_expression", { expression })).json();
  assert.match(alone.truthTable, /Truth table/);
  const named = await call("explain_expression", { expression, cluster: "mixed.ecs-fleet.json" });
  assert.match(named.json().summary, /^Selects \d of 7 container instances of mixed\.ecs-fleet\.json/);
  assert.ok(named.json().notSelected.groups[0].because);
  const cluster = JSON.stringify({
    groups: [{ count: 5_000, instanceType: "m5.large", zones: ["us-east-1a"], attributes: { env: "prod" } }],
  });
  const large = await call("explain_expression", { expression, cluster });
  assert.equal(large.json().selected.groups[0].count, 5_000);
  assert.ok(large.text.length < 5_000, "the answer is bounded");
  const broken = (await call("explain_expression", { expression: "attribute:env = prod" })).json();
  assert.equal(broken.diagnostics[0].severity, "error");
});

test("a placement is previewed with the reasons of each group of instances", async (context) => {
  const { call } = await connect(context);
  const answer = (
    await call("preview_placement", {
      taskDefinition: "datadog-agent.taskdef.json",
      service: "datadog-agent-prod.service.json",
      cluster: "mixed.ecs-fleet.json",
    })
  ).json();
  assert.equal(answer.verdicts.instances, 7);
  const excluded = answer.groups.find((it: { verdict: string }) => it.verdict === "excluded");
  assert.ok(excluded.reasons[0].message);
  const lacking = await call("preview_placement", { taskDefinition: "datadog-agent.taskdef.json" });
  assert.ok(lacking.isError);
  assert.match(lacking.text, /'cluster'/);
});

test("coverage is of the account that the user chose, and of no other", async (context) => {
  const { call } = await connect(context);
  const without = await call("coverage");
  assert.ok(without.isError);
  assert.match(without.text, /No account is selected/);
  const { endpoint } = await startTestEndpoint(context);
  const chosen = await connect(context, { words: ["--endpoint-url", endpoint.url, "--region", "us-east-1"] });
  const answer = await chosen.call("coverage", { clusters: ["default"] });
  assert.equal(answer.isError, false, answer.text);
  assert.equal(answer.json().covered, true);
  const other = await chosen.call("coverage", { endpointUrl: "http://127.0.0.1:1" });
  assert.match(other.text, /Unknown parameter 'endpointUrl'/);
  const byName = await chosen.call("explain_expression", {
    expression: "attribute:a exists",
    cluster: "default",
  });
  assert.match(byName.json().summary, /^Selects 0 of 5 /);
});

test("nothing outside the folders is read, by no path, link, name or template", async (context) => {
  const outside = folderOf(context, {
    "agent.taskdef.json": '{ "family": "outside", "containerDefinitions": [] }',
    "list.json": '[{ "name": "outside-name", "image": "i", "memry": 1 }]',
  });
  const inside = folderOf(context, {
    "agent.taskdef.json":
      '{ "family": "inside", "containerDefinitions": [{ "name": "a", "image": "a", "memory": 8 }] }',
    "main.tf": `resource "aws_ecs_task_definition" "a" {\n  family = "a"\n  container_definitions = file("${join(outside.path, "list.json")}")\n}\n`,
  });
  symlinkSync(join(outside.path, "agent.taskdef.json"), join(inside.path, "link.taskdef.json"));
  mkdirSync(join(inside.path, "sub"));
  const clients = [
    await connect(context, { cwd: inside.path }),
    await connect(context, { cwd: projectRoot, words: ["--root", inside.path] }),
    await connect(context, { cwd: outside.path, roots: [inside.uri] }),
  ];
  for (const { call } of clients) {
    assert.equal((await call("validate", { file: "agent.taskdef.json" })).isError, false);
    for (const file of [join(outside.path, "agent.taskdef.json"), "../../etc/passwd", "link.taskdef.json"]) {
      const refused = await call("validate", { file });
      assert.ok(refused.isError, file);
      assert.match(refused.text, /outside the folders/);
    }
    assert.match((await call("validate", { text: "{}", fileName: "/etc/a.taskdef.json" })).text, /outside/);
    const cluster = await call("explain_expression", {
      expression: "attribute:a exists",
      cluster: join(outside.path, "list.json"),
    });
    assert.match(cluster.text, /outside the folders/);
    assert.doesNotMatch((await call("validate", { file: "main.tf" })).text, /outside-name|memry/);
    assert.doesNotMatch((await call("validate", { file: "." })).text, /"outside"/);
  }
});

test("a secret of a file is in no answer", async (context) => {
  const secret = "hunter2-Zx9qqQ";
  const definition = {
    family: "agent",
    containerDefinitions: [
      { name: "agent", image: "agent:1", memory: 64, environment: [{ name: "DB_PASSWORD", value: secret }] },
      { name: "agent", image: "a", memory: secret, command: [`--password=${secret}`] },
    ],
    placementConstraints: [{ type: "memberOf", expression: `attribute:password == ${secret}` }],
  };
  const folder = folderOf(context, { "agent.taskdef.json": JSON.stringify(definition) });
  const { call } = await connect(context, { cwd: folder.path });
  const cluster = JSON.stringify({ groups: [{ count: 2, instanceType: "m5.large", zones: ["us-east-1a"] }] });
  for (const answer of [
    await call("validate", { file: "agent.taskdef.json" }),
    await call("validate", { text: JSON.stringify(definition), fileName: "agent.taskdef.json" }),
    await call("preview_placement", { taskDefinition: "agent.taskdef.json", cluster }),
  ])
    assert.doesNotMatch(answer.text, /hunter2/);
});

test("an answer is bounded whatever the input is", async (context) => {
  const { call } = await connect(context);
  const containers = Array.from({ length: 3_000 }, (_, at) => ({ name: `c${at}`, image: "i", memry: at }));
  const text = JSON.stringify({ family: "a", containerDefinitions: containers });
  const answer = await call("validate", { text });
  assert.ok(answer.text.length < 45_000);
  assert.ok(answer.json().leftOut > 0);
  assert.match((await call("validate", { text: "x".repeat(3_000_000) })).text, /longer than/);
  assert.match((await call("validate", { file: 7 })).text, /must be a string/);
  assert.match((await call("nothing")).text, /Unknown tool/);
});

test("it ends with its input, and takes no arguments", async () => {
  const { code, stdout } = await runCli(["mcp"]);
  assert.deepEqual([code, stdout], [0, ""]);
  assert.equal((await runCli(["mcp", "x"])).code, 2);
});
