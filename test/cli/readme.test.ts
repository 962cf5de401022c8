// The commands of the README, as they are written there.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { commands } from "../../server/src/cli/commands/commands";
import { parseCall } from "../../server/src/cli/input/arguments";
import { runCli } from "../support/commandLine";
import { projectRoot } from "../support/paths";
import { temporaryFolder } from "../support/temporaryFolder";

/** The words of each line, without the name of the program and what follows as a comment or goes into a file. */
function commandLines(): readonly (readonly string[])[] {
  const readme = readFileSync(join(projectRoot, "README.md"), "utf8");
  const lines = readme.match(/^ecs-daemon .*$/gm) ?? [];
  return lines.map((line) => {
    const call = line.replace(/\s+(?:#|>) .*$/, "");
    return (call.match(/'[^']*'|\S+/g) ?? []).slice(1).map((it) => it.replace(/^'(.*)'$/, "$1"));
  });
}

const lines = commandLines();

test("every command of the README is one, with options that it takes", () => {
  assert.ok(lines.length > 10);
  for (const [name = "", ...words] of lines) {
    const command = commands.find((it) => it.name === name);
    assert.ok(command, name);
    assert.doesNotThrow(() => parseCall(command, words), [name, ...words].join(" "));
  }
});

const needsFilesOnly = new Set(["validate", "match", "preview", "forecast", "convert"]);

const template = `
Parameters: { AgentMemory: { Type: Number } }
Resources:
  AgentTask:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: other
      ContainerDefinitions: [{ Name: agent, Image: "agent:1", Memory: !Ref AgentMemory }]
  AgentService:
    Type: AWS::ECS::Service
    Properties: { ServiceName: other, SchedulingStrategy: DAEMON, TaskDefinition: !Ref AgentTask }
`;

const configuration = `
resource "aws_ecs_task_definition" "third" {
  family                = "third"
  container_definitions = jsonencode([{ name = "agent", image = "agent:1", memory = 64 }])
}
`;

test("those that need files alone run where the files are", async (context) => {
  const sample = (name: string) => readFileSync(join(projectRoot, "test", "workspace", name), "utf8");
  const folder = temporaryFolder({
    "agent.taskdef.json": sample("datadog-agent.taskdef.json"),
    "agent.service.json": sample("datadog-agent.service.json"),
    "fleet.ecs-fleet.json": sample("five-instances.ecs-fleet.json"),
    "prod.ecs-cluster.json": sample("sample.ecs-cluster.json"),
    "stack.yaml": template,
    "main.tf": configuration,
  });
  context.after(folder.remove);
  const run = lines.filter(([name = ""]) => needsFilesOnly.has(name));
  assert.deepEqual(new Set(run.map(([name]) => name)), needsFilesOnly);
  for (const words of run) {
    const { code, stdout, stderr } = await runCli(words, { cwd: folder.path });
    assert.equal(code, 0, `${words.join(" ")}: ${stderr}`);
    assert.notEqual(stdout, "");
  }
});
