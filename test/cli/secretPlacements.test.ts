// Every placement of a secret through every door of the command line and the endpoint: its characters are in no output.

import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Terminal } from "../../server/src/cli/output/terminal";
import { runCommandLine } from "../../server/src/cli/runCommandLine";
import { awsCliCommands } from "../../server/src/ecs/deploy/awsCliCommands";
import type { JsonObject } from "../../server/src/ecs/port";
import { type LocalEndpoint, startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { post } from "../support/localEndpoint";
import { containersOf, placementGroups, placements, repeats } from "../support/secretGroups";
import { innocent, type Placement } from "../support/secretPlacements";
import { temporaryFolder } from "../support/temporaryFolder";

/** Everything that a call writes, to both streams. */
async function outputOf(words: readonly string[]): Promise<string> {
  let all = "";
  const terminal: Terminal = {
    write: (text) => {
      all += text;
    },
    say: (line) => {
      all += `${line}\n`;
    },
    canAsk: false,
    confirm: async () => false,
    ask: async () => "",
    colors: false,
    // A wrapped secret would hide from this test.
    columns: 100_000,
    environment: {},
    interruption: () => new AbortController().signal,
  };
  await runCommandLine(words, terminal);
  return all;
}

const definitionOf = ({ container, task }: Pick<Placement, "container" | "task">, index: number) => ({
  family: `agent-${index}`,
  ...task,
  containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64, ...container }],
});

const serviceOf = ({ service }: Placement, index: number) => ({
  serviceName: `agent-${index}`,
  taskDefinition: `agent-${index}`,
  schedulingStrategy: "DAEMON",
  ...service,
});

function leaks(outputs: readonly (readonly [Placement, string])[]): readonly string[] {
  return outputs.filter(([it, text]) => repeats(text, it)).map(([{ title }]) => title);
}

interface Files {
  readonly definition: string;
  readonly service: string;
}

function filesOf(context: TestContext): readonly Files[] {
  const texts = placements.flatMap((it, index) => [
    [`${index}.taskdef.json`, JSON.stringify(definitionOf(it, index), null, 2)],
    [`${index}.service.json`, JSON.stringify(serviceOf(it, index), null, 2)],
  ]);
  const folder = temporaryFolder(Object.fromEntries(texts));
  context.after(folder.remove);
  return placements.map((_, index) => ({
    definition: join(folder.path, `${index}.taskdef.json`),
    service: join(folder.path, `${index}.service.json`),
  }));
}

async function endpointWithLog(context: TestContext): Promise<{ endpoint: LocalEndpoint; log: string[] }> {
  const log: string[] = [];
  const endpoint = await startLocalEndpoint({ log: (line) => void log.push(line) });
  context.after(() => endpoint.close());
  return { endpoint, log };
}

test("validate", async (context) => {
  const files = filesOf(context);
  for (const format of ["text", "json", "sarif"]) {
    const outputs = await Promise.all(
      files.map(async ({ definition, service }, index) => {
        const text = await outputOf(["validate", definition, service, "--format", format]);
        assert.ok(text.length > 10);
        return [placements[index] as Placement, text] as const;
      }),
    );
    assert.deepEqual(leaks(outputs), [], format);
  }
});

test("deploy: dry run, plan, report and log", async (context) => {
  const folder = temporaryFolder();
  context.after(folder.remove);
  const { endpoint, log } = await endpointWithLog(context);
  const target = ["--cluster", "default", "--endpoint-url", endpoint.url, "--timeout", "0"];
  const outputs: (readonly [Placement, string])[] = [];
  for (const [index, group] of placementGroups.entries()) {
    const [first] = group;
    const definition = {
      family: `agent-${index}`,
      ...first?.task,
      containerDefinitions: containersOf(group),
    };
    const service = JSON.stringify(serviceOf(first as Placement, index));
    const before = JSON.stringify(definition).replaceAll("hunter2-Zx9Qm", "older-Zx9Qm");
    folder.write("before.taskdef.json", before);
    folder.write("after.taskdef.json", JSON.stringify(definition));
    folder.write("a.service.json", service);
    const deploy = (file: string, ...more: string[]) =>
      outputOf([
        ...["deploy", join(folder.path, file), "--service", join(folder.path, "a.service.json"), ...target],
        ...more,
      ]);
    const texts = [
      await deploy("after.taskdef.json"),
      await deploy("before.taskdef.json"),
      await deploy("after.taskdef.json", "--dry-run"),
      await deploy("after.taskdef.json", "--format", "json"),
    ];
    outputs.push(...group.map((it) => [it, texts.join("\n")] as const));
  }
  assert.deepEqual(leaks(outputs), []);
  assert.ok(log.length > placementGroups.length);
  assert.deepEqual(leaks(placements.map((it) => [it, log.join("\n")])), []);
});

test("convert", async (context) => {
  const files = filesOf(context);
  for (const format of ["text", "json"]) {
    const outputs: (readonly [Placement, string])[] = [];
    for (const [index, { definition, service }] of files.entries()) {
      const words = ["convert", definition, "--service", service, "--format", format];
      outputs.push([placements[index] as Placement, await outputOf(words)]);
    }
    assert.deepEqual(leaks(outputs), [], format);
  }
});

test("copy as AWS CLI", () => {
  const outputs = placements.map((it, index) => {
    const commands = awsCliCommands({
      cluster: "default",
      steps: ["register", "createService", "verify"],
      taskDefinition: definitionOf(it, index) as JsonObject,
      service: serviceOf(it, index),
    });
    return [it, commands.join("\n")] as const;
  });
  assert.deepEqual(leaks(outputs), []);
});

test("capture, and what the endpoint refuses", async (context) => {
  const { endpoint, log } = await endpointWithLog(context);
  const call = (operation: string, input: object) =>
    post(endpoint.url, `AmazonEC2ContainerServiceV20141113.${operation}`, input).catch(
      (error: Error) => error.message,
    );
  const plain = { name: "agent", image: "agent:1", memory: 64 };
  await call("RegisterTaskDefinition", { family: "agent", containerDefinitions: [plain] });
  const refusals: (readonly [Placement, string])[] = [];
  for (const [index, it] of placements.entries()) {
    const refused: unknown = await call("RegisterTaskDefinition", definitionOf(it, index));
    if (typeof refused === "string") refusals.push([it, refused]);
    const { environment, command } = { environment: undefined, command: undefined, ...it.container };
    const overrides = { containerOverrides: [{ name: "agent", environment, command }] };
    const tags = it.task !== undefined && "tags" in it.task ? it.task.tags : undefined;
    await call("RunTask", { taskDefinition: "agent", launchType: "EC2", overrides, tags });
  }
  const captured = await outputOf(["capture", "--cluster", "default", "--endpoint-url", endpoint.url]);
  assert.ok(captured.split("containerOverrides").length > 50);
  // What ends in an entry point cannot be seen from the command of an override alone.
  const whole = placements.filter(({ container = {} }) => !("entryPoint" in container));
  assert.deepEqual(leaks(whole.map((it) => [it, captured])), []);
  assert.deepEqual(leaks(refusals), []);
  assert.deepEqual(leaks(placements.map((it) => [it, log.join("\n")])), []);
});

test("what only looks like a secret stays readable in a dry run", () => {
  for (const [shown, container] of innocent) {
    const taskDefinition = definitionOf({ container }, 0) as JsonObject;
    const [command = ""] = awsCliCommands({ cluster: "c", steps: ["register"], taskDefinition });
    const written = JSON.stringify(shown).slice(1, -1).replaceAll("'", "'\\''");
    assert.ok(command.includes(written), `${shown}: ${command}`);
  }
});
