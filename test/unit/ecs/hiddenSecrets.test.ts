import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { withoutSecrets } from "../../../server/src/core/secrets/hideSecrets";
import { isLikelySecret } from "../../../server/src/core/secrets/secretValues";
import { taskState } from "../../../server/src/ecs/calls/awsShapes";
import { awsCliCommands, isInputFile, variablesOf } from "../../../server/src/ecs/deploy/awsCliCommands";
import { changeText, memberChanges } from "../../../server/src/ecs/deploy/memberChanges";

const container = {
  name: "agent",
  image: "agent:1",
  environment: [
    { name: "DB_PASSWORD", value: `it's "secret" $HOME` },
    { name: "LEVEL", value: "info" },
    { name: "URL", value: "postgres://app:hunter2@db/x" },
  ],
  command: ["run", "--api-key=k-12345"],
  dockerLabels: { "com.example.token": "t0k3n-value", team: "edge" },
  logConfiguration: {
    logDriver: "splunk",
    options: { "splunk-token": "s-98765", "splunk-url": "https://s" },
  },
  secrets: [{ name: "TOKEN", valueFrom: "arn:aws:ssm:eu-west-1:123456789012:parameter/token" }],
};
const taskDefinition = {
  family: "agent",
  containerDefinitions: [container, { ...container, name: "other" }],
  placementConstraints: [{ type: "memberOf", expression: "attribute:token == blue" }],
};
const hidden = [`it's`, "hunter2", "k-12345", "t0k3n-value", "s-98765"];
const shown = ["info", "edge", "https://s", "parameter/token", "attribute:token == blue"];

const commandsOf = (file?: string) =>
  awsCliCommands({ cluster: "c", steps: ["register"], taskDefinition }, {}, {}, { taskDefinition: file });

test("what looks like a secret is in no copy, and everything else is", () => {
  const text = JSON.stringify(withoutSecrets(taskDefinition, (name) => `<${name}>`));
  for (const it of hidden) assert.ok(!text.includes(it), it);
  for (const it of shown) assert.ok(text.includes(it), it);
  for (const it of ["<DB_PASSWORD>", "<URL>", "<command>", "<com.example.token>", "<splunk-token>"])
    assert.equal(text.split(it).length, 3, it);
});

test("a deep tower hides its bottom instead of ending the program", () => {
  let tower: object = { value: "x" };
  for (let level = 0; level < 5000; level += 1) tower = { value: tower };
  assert.match(JSON.stringify(withoutSecrets({ tower }, () => "-")), /"-"/);
});

test("the command reads secrets from the file, where there is one that it can read", () => {
  assert.deepEqual(commandsOf("/x/my task.json"), [
    "aws ecs register-task-definition --cli-input-json 'file:///x/my task.json'",
  ]);
  assert.ok(isInputFile(JSON.stringify(taskDefinition, null, 2), taskDefinition));
  for (const text of ["", "// x\n{}", JSON.stringify({ ...taskDefinition, revision: 3 }), "null"])
    assert.ok(!isInputFile(text, taskDefinition), text);
});

test("without such a file a shell runs the command once the secrets are in its variables, and not before", () => {
  const [command = ""] = commandsOf();
  for (const it of hidden) assert.ok(!command.includes(it), it);
  const script = `aws() { printf %s "$4"; }\n${command}`;
  const run = (env: NodeJS.ProcessEnv) =>
    execFileSync("sh", ["-c", script], { encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"] });
  assert.throws(() => run({}), /TASK_DB_PASSWORD: is not shown here/);
  const environment = {
    TASK_DB_PASSWORD: `it's \\"secret\\" $HOME`,
    TASK_URL: "postgres://app:hunter2@db/x",
    TASK_COMMAND: "--api-key=k-12345",
    TASK_COM_EXAMPLE_TOKEN: "t0k3n-value",
    TASK_SPLUNK_TOKEN: "s-98765",
  };
  assert.deepEqual(JSON.parse(run(environment)), taskDefinition);
});

test("two values of one name have a variable each", () => {
  const entry = (value: string) => ({ environment: [{ name: "A_KEY", value }] });
  const [command = ""] = awsCliCommands({
    cluster: "c",
    steps: ["register"],
    taskDefinition: { family: "f", containerDefinitions: [entry("one"), entry("two"), entry("one")] },
  });
  assert.deepEqual(command.match(/TASK_\w+/g), ["TASK_A_KEY", "TASK_A_KEY_2", "TASK_A_KEY"]);
});

test("a plan tells no value of an environment, however it is written", () => {
  const odd: readonly object[] = [
    { environment: { DB_PASSWORD: "hunter2" } },
    { environment: ["DB_PASSWORD=hunter2"] },
    { environment: "DB_PASSWORD=hunter2" },
    { environment: [{ name: "a]b", value: "hunter2" }] },
    { environment: [{ name: "A", value: { deep: "hunter2" } }] },
    { command: ["--password=hunter2"] },
    { options: { "some-secret": "hunter2" } },
  ];
  const pairs = [
    ...odd.map((it) => [{}, { containerDefinitions: [{ name: "x", ...it }] }]),
    ...odd.map((it) => [
      JSON.parse(
        JSON.stringify({ containerDefinitions: [{ name: "x", ...it }] }).replaceAll("hunter2", "old-one"),
      ),
      { containerDefinitions: [{ name: "x", ...it }] },
    ]),
  ];
  for (const [before, after] of pairs) {
    const text = memberChanges(before, after).map(changeText).join("\n");
    assert.ok(text !== "" && !/hunter2|old-one/.test(text), text);
  }
});

test("a token where a name belongs is in no path of a plan, and what changed there still is", () => {
  const token = `ghp_${"a1B2".repeat(9)}`;
  for (const [name, more] of [
    ["environment[(not shown)]", { environment: [{ name: token, value: "TOKEN" }] }],
    ["dockerLabels.(not shown)", { dockerLabels: { [token]: { deep: "label" } } }],
    ["mountPoints[(not shown)].readOnly", { mountPoints: [{ sourceVolume: token, readOnly: true }] }],
  ] as const) {
    const before = JSON.parse(
      JSON.stringify(more)
        .replace(/"label"|true/, '"old"')
        .replace("TOKEN", "OLD"),
    );
    const text = memberChanges(before, more).map(changeText).join("\n");
    assert.ok(text.startsWith(name), text);
    assert.ok(!text.includes(token), text);
  }
});

test("the filter of a dry run is read from a variable where the expression has a secret", () => {
  const commandsWith = (expression: string) =>
    awsCliCommands({
      cluster: "c",
      steps: ["verify"],
      service: { serviceName: "a", placementConstraints: [{ type: "memberOf", expression }] },
    });
  const [hiding = ""] = commandsWith("attribute:password==hunter2-Zx9Qm");
  assert.match(hiding, /--status ACTIVE --filter "\$\{TASK_FILTER:\?/);
  assert.deepEqual(variablesOf([hiding]), ["TASK_FILTER"]);
  const [plain = ""] = commandsWith("attribute:token == blue");
  assert.match(plain, /--filter 'attribute:token == blue'$/);
});

test("a reference, a flag and an ordinary setting are no secrets", () => {
  for (const [name, value] of [
    ["DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x"],
    ["TOKEN_FILE", "/run/token"],
    ["SECRET_MODE", "true"],
    ["DD_API_KEY", "replace-me"],
    ["TOKEN_TTL", "3600"],
    ["LEVEL", "info"],
    ["URL", "https://example.com:8080/a@b"],
  ] as const)
    assert.ok(!isLikelySecret(name, value), name);
  for (const value of ["replace-me-9", "12345", "my-Passw0rd", "xxy", "test1"])
    assert.ok(isLikelySecret("API_KEY", value), value);
});

test("why a task stopped is told without what Docker quotes", () => {
  const stoppedReason =
    "CannotPullContainerError: Get https://app:hunter2-Zx9Qm@registry.example.com/v2/: denied";
  const reason =
    'CannotStartContainerError: exec: "agent --api-key=hunter2-Zx9Qm": executable file not found in $PATH';
  const told = taskState({ stoppedReason, containers: [{ name: "agent", reason }] }).stoppedReason ?? "";
  assert.ok(!told.includes("hunter2"), told);
  for (const it of [
    "CannotPullContainerError",
    "registry.example.com/v2/: denied",
    "executable file not found",
  ])
    assert.ok(told.includes(it), told);
});
