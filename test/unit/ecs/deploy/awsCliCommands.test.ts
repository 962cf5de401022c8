import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { activateCommand } from "../../../../server/src/ecs/coverage/undoCommands";
import { awsCliCommands, posixCommand, variablesOf } from "../../../../server/src/ecs/deploy/awsCliCommands";
import { deployStepNames } from "../../../../server/src/ecs/report";

/** What a shell makes of a command line, its first word being `aws`. */
function wordsOf(command: string): readonly string[] {
  const script = `aws() { for word; do printf '%s\\0' "$word"; done; }\n${command}`;
  const output = execFileSync("sh", ["-c", script], { encoding: "utf8" });
  return output.split("\0").slice(0, -1);
}

const request = {
  cluster: "prod cluster",
  steps: deployStepNames,
  taskDefinition: {
    family: "agent",
    containerDefinitions: [{ name: "agent", command: ["sh", "-c", `echo 'it''s' "$HOME" \`id\` \\ \n!`] }],
    placementConstraints: [{ type: "memberOf", expression: "attribute:a == 'x y'" }],
    revision: 4,
  },
  service: {
    serviceName: "agent",
    schedulingStrategy: "DAEMON",
    placementConstraints: [
      { type: "memberOf", expression: "attribute:b exists" },
      { type: "distinctInstance" },
    ],
  },
};

test("a POSIX shell takes every command apart into the words that were meant", () => {
  const words = [
    "aws",
    "plain",
    "",
    "a'b",
    '"',
    "$(rm -rf /)",
    "`x`",
    "a\nb",
    "ä\\",
    "*",
    "~",
    "-n",
    "#",
    "!",
  ];
  assert.deepEqual(wordsOf(posixCommand(words)), words.slice(1));
});

test("a deployment is register, create, and the two sets that are compared", () => {
  const commands = awsCliCommands(request, {
    endpointUrl: "http://127.0.0.1:1",
    profile: "ops",
    region: "eu-west-1",
  });
  const words = commands.map(wordsOf);
  assert.deepEqual(
    words.map((it) => it[1]),
    ["register-task-definition", "create-service", "list-container-instances", "list-tasks"],
  );
  for (const it of words) {
    assert.equal(it[0], "ecs");
    assert.deepEqual(it.slice(-6), [
      "--endpoint-url",
      "http://127.0.0.1:1",
      "--profile",
      "ops",
      "--region",
      "eu-west-1",
    ]);
  }
  const { revision: _revision, ...registered } = request.taskDefinition;
  assert.deepEqual(JSON.parse(words[0]?.[3] ?? ""), registered);
  const service = JSON.parse(words[1]?.[3] ?? "");
  assert.equal(service.cluster, "prod cluster");
  assert.equal(service.taskDefinition, "agent");
  assert.equal(service.schedulingStrategy, "DAEMON");
  assert.equal(service.launchType, "EC2");
  const filter = words[2]?.[(words[2]?.indexOf("--filter") ?? 0) + 1];
  assert.equal(filter, "(attribute:a == 'x y') and (attribute:b exists)");
});

test("only the requested steps have commands, and without constraints nothing is filtered", () => {
  assert.equal(awsCliCommands({ ...request, steps: ["register"] }).length, 1);
  const plain = {
    cluster: "c",
    steps: deployStepNames,
    taskDefinition: { family: "a", containerDefinitions: [] },
  };
  assert.ok(!awsCliCommands(plain).join().includes("--filter"));
});

test("the user name and password of an endpoint are in no command, and whoever runs it gives them", () => {
  const login = "app:hunter2-Zx9Qm";
  const target = { endpointUrl: `https://${login}@ecs.example.com:8443/x y?a=@`, profile: "work" };
  const commands = [...awsCliCommands(request, target), activateCommand("prod", "i1", target)];
  assert.equal(commands.length, 5);
  assert.ok(variablesOf(commands).includes("TASK_ENDPOINT_LOGIN"));
  for (const command of commands) {
    assert.ok(!command.includes("hunter2") && command.includes("ecs.example.com"), command);
    assert.throws(() => wordsOf(command));
    const words = wordsOf(`TASK_ENDPOINT_LOGIN=${login}\n${command}`);
    assert.equal(words[words.indexOf("--endpoint-url") + 1], target.endpointUrl);
  }
});
