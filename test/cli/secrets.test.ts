// A value that looks like a secret stays in its file, whatever is printed about the file.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { plainEnvironment, runCli } from "../support/commandLine";
import { startTestEndpoint } from "../support/localEndpoint";
import { temporaryFolder } from "../support/temporaryFolder";

const secret = "hunter2-Zx9";

/** The same secret where it belongs and where a person in a hurry puts it. */
const environments: Readonly<Record<string, unknown>> = {
  right: [{ name: "DB_PASSWORD", value: secret }],
  number: [{ name: "DB_PASSWORD", value: 424242 }],
  compose: [`DB_PASSWORD=${secret}`],
  map: { DB_PASSWORD: secret },
  text: `DB_PASSWORD=${secret}`,
  nested: [{ name: "DB_PASSWORD", value: { text: secret } }],
  keys: [{ Name: "DB_PASSWORD", Value: secret }],
  twice: [
    { name: "DB_PASSWORD", value: secret },
    { name: "DB_PASSWORD", value: secret },
  ],
};

const definitionWith = (environment: unknown, more: object = {}) => ({
  family: "agent",
  containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64, environment, ...more }],
});

function files(context: TestContext) {
  const folder = temporaryFolder(
    Object.fromEntries([
      ...Object.entries(environments).map(([name, it]) => [
        `${name}.taskdef.json`,
        JSON.stringify(definitionWith(it), null, 2),
      ]),
      [
        "pasted.taskdef.json",
        JSON.stringify(definitionWith([], { secrets: [{ name: "DB_PASSWORD", valueFrom: `${secret}!` }] })),
      ],
      ...Object.entries({
        secrets: [`DB_PASSWORD=${secret}`],
        command: `run --password=${secret}`,
        dockerLabels: `password=${secret}`,
        environmentFiles: [`PASSWORD=${secret}`],
        repositoryCredentials: secret,
      }).map(([member, value]) => [
        `${member}.taskdef.json`,
        JSON.stringify(definitionWith([], { [member]: value })),
      ]),
      ["broken.taskdef.json", `{"family": "agent", "containerDefinitions": [], "environment": ${secret}}`],
      [
        "commented.taskdef.jsonc",
        `// The AWS CLI reads no comments.\n${JSON.stringify({ ...definitionWith(environments.right), family: "commented" })}`,
      ],
      [
        "answer.taskdef.json",
        JSON.stringify({
          taskDefinition: { ...definitionWith(environments.right), family: "answer", revision: 3 },
        }),
      ],
    ]),
  );
  context.after(folder.remove);
  return folder;
}

const isSilent = (text: string) => !text.includes(secret) && !text.includes("424242");

test("validate repeats no secret in any format", async (context) => {
  const folder = files(context);
  for (const format of ["text", "json", "sarif"]) {
    const { stdout, stderr } = await runCli(["validate", folder.path, "--format", format]);
    assert.ok(stdout.length > 1000);
    assert.ok(isSilent(stdout + stderr), `${format}: ${stdout}`);
  }
});

test("a dry run prints commands that do the same and hold no secret", async (context) => {
  const folder = files(context);
  const { endpoint } = await startTestEndpoint(context);
  const target = ["--cluster", "default", "--endpoint-url", endpoint.url];
  const words = (name: string) => [
    "deploy",
    join(folder.path, `${name}.taskdef.json${name === "commented" ? "c" : ""}`),
    ...target,
    "--dry-run",
    "--despite-errors",
  ];
  /** ECS would never see some of what these hold, so that they are refused by name. */
  const refused = new Set(["answer", "keys"]);
  for (const name of ["right", "commented", "answer", "twice", "compose", "map", "text", "nested", "keys"]) {
    for (const format of ["text", "json"]) {
      const { code, stdout, stderr } = await runCli([...words(name), "--format", format]);
      assert.equal(code, refused.has(name) ? 2 : 0, stderr);
      assert.ok(isSilent(stdout + stderr), stdout + stderr);
      if (name === "commented") assert.match(stderr, /set TASK_DB_PASSWORD before you run the commands/);
    }
  }
  const environment = plainEnvironment({
    AWS_ACCESS_KEY_ID: "x",
    AWS_SECRET_ACCESS_KEY: "x",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_PAGER: "",
    TASK_DB_PASSWORD: secret,
  });
  for (const name of ["right", "commented"]) {
    const [register = ""] = (await runCli(words(name))).stdout.split("\n");
    const { stdout } = await promisify(execFile)("sh", ["-c", register], { env: environment, cwd: "/" });
    const { environment: registered } = JSON.parse(stdout).taskDefinition.containerDefinitions[0];
    assert.deepEqual(registered, environments.right, name);
  }
});

test("neither a deployment and its plan nor a capture tells a secret", async (context) => {
  const folder = files(context);
  const { call, endpoint } = await startTestEndpoint(context);
  const target = ["--cluster", "default", "--endpoint-url", endpoint.url];
  const right = join(folder.path, "right.taskdef.json");
  for (const name of ["right", "map", "text", "nested", "number"]) {
    for (const format of ["text", "json"]) {
      const path = join(folder.path, `${name}.taskdef.json`);
      const { stdout, stderr } = await runCli(["deploy", path, ...target, "--format", format]);
      assert.ok(isSilent(stdout + stderr), `${name}: ${stdout}${stderr}`);
    }
  }
  folder.write(
    "right.taskdef.json",
    JSON.stringify(definitionWith([{ name: "DB_PASSWORD", value: `${secret}2` }])),
  );
  const again = await runCli(["deploy", right, ...target]);
  assert.match(again.stderr, /DB_PASSWORD/);
  assert.ok(isSilent(again.stdout + again.stderr), again.stderr);

  const overrides = { containerOverrides: [{ name: "agent", environment: environments.right }] };
  const { tasks } = await call("RunTask", { taskDefinition: "agent", launchType: "EC2", overrides });
  assert.equal(tasks.length, 1);
  const captured = await runCli(["capture", ...target]);
  assert.match(captured.stdout, /containerOverrides/);
  assert.match(captured.stdout, /not shown/);
  assert.ok(isSilent(captured.stdout));
});

test("an error repeats no token that was pasted where a name belongs", async (context) => {
  const token = `ghp_${"a1B2".repeat(9)}`;
  const agent = { ...definitionWith([]), family: "agent" };
  const folder = temporaryFolder({
    "other.taskdef.json": JSON.stringify({ ...agent, family: token }),
    "member.taskdef.json": JSON.stringify({ ...agent, [token]: 1 }),
    "agent.taskdef.json": JSON.stringify(agent),
    "agent.service.json": JSON.stringify({ serviceName: "agent", taskDefinition: "agent" }),
    "strategy.service.json": JSON.stringify({
      serviceName: "agent",
      taskDefinition: "agent",
      schedulingStrategy: token,
    }),
  });
  context.after(folder.remove);
  const path = (name: string) => join(folder.path, name);
  const { endpoint } = await startTestEndpoint(context);
  const target = ["--cluster", "default", "--endpoint-url", endpoint.url];
  for (const words of [
    ["deploy", path("other.taskdef.json"), "--service", path("agent.service.json"), ...target],
    ["deploy", path("member.taskdef.json"), ...target, "--despite-errors"],
    ["deploy", path("agent.taskdef.json"), "--service", path("strategy.service.json"), ...target],
    ["convert", path("agent.taskdef.json"), "--service", path("strategy.service.json")],
    ["compare", token, ...target],
  ]) {
    const { stdout, stderr } = await runCli(words);
    assert.match(stdout + stderr, /\(not shown\)/);
    assert.ok(!`${stdout}${stderr}`.includes(token), stdout + stderr);
  }
});
