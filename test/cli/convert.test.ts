// `ecs-daemon convert` writes new files only, and says what became of each property.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runCli } from "../support/commandLine";
import { temporaryFolder } from "../support/temporaryFolder";

const definition = JSON.stringify({
  family: "agent",
  networkMode: "host",
  containerDefinitions: [{ name: "agent", image: "${IMAGE}", memory: 64, hostname: "x" }],
});
const service = JSON.stringify({
  serviceName: "agent",
  taskDefinition: "agent",
  schedulingStrategy: "DAEMON",
});

test("convert finds the service, writes two files and leaves those that exist", async (context) => {
  const folder = temporaryFolder({ "agent.taskdef.json": definition, "agent.service.json": service });
  context.after(folder.remove);
  const path = join(folder.path, "agent.taskdef.json");
  const call = ["convert", path, "--out", join(folder.path, "managed"), "--format", "json"];
  const first = await runCli(call);
  assert.equal(first.code, 0, first.stderr);
  const { carried, changed, lost, ask, files } = JSON.parse(first.stdout);
  assert.deepEqual(lost[0].path, "containerDefinitions[0].hostname");
  assert.deepEqual(carried, [
    "family",
    "containerDefinitions[0].name",
    "containerDefinitions[0].image",
    "containerDefinitions[0].memory",
    "serviceName",
  ]);
  const { why, ...network } = changed[0];
  assert.deepEqual(network, { path: "networkMode", from: "host", to: null, file: "taskDefinition" });
  assert.match(why, /169\.254\.172\.2/);
  assert.deepEqual(
    ask.map((it: { path: string; question: string }) => [it.path, typeof it.question]),
    [
      ["capacityProviderArns", "string"],
      ["critical", "string"],
    ],
  );
  const names = ["agent.daemon-taskdef.json", "agent.daemon.json"];
  const paths = names.map((it) => join(folder.path, "managed", it));
  assert.deepEqual(files, paths);
  const shown = JSON.parse((await runCli(["convert", path, "--format", "json"])).stdout);
  assert.deepEqual([shown.files, Object.keys(shown.contents)], [names, names]);
  const written = JSON.parse(readFileSync(paths[0] ?? "", "utf8"));
  assert.equal(written.containerDefinitions[0].image, "${IMAGE}");
  assert.equal(readFileSync(path, "utf8"), definition);
  const second = await runCli(call);
  assert.equal(second.code, 2);
  assert.match(second.stderr, /exists/);
  assert.equal(readdirSync(join(folder.path, "managed")).length, 2);
});

test("what cannot be converted ends with 1 and the reason", async (context) => {
  const windows = { family: "w", runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } };
  const folder = temporaryFolder({
    "w.taskdef.json": JSON.stringify({ ...windows, containerDefinitions: [{ name: "w", image: "w" }] }),
  });
  context.after(folder.remove);
  const { code, stdout } = await runCli(["convert", join(folder.path, "w.taskdef.json")]);
  assert.equal(code, 1);
  assert.match(stdout, /Windows/);
});

test("validate takes a definition for the kind that the call names", async (context) => {
  const either = JSON.stringify({ family: "a", containerDefinitions: [{ name: "a", image: "a:1" }] });
  const folder = temporaryFolder({ "a.taskdef.json": either });
  context.after(folder.remove);
  const severityAs = async (kind: readonly string[]) => {
    const call = ["validate", join(folder.path, "a.taskdef.json"), "--format", "json", ...kind];
    const [{ diagnostics }] = JSON.parse((await runCli(call)).stdout);
    return diagnostics.find((it: { code: string }) => it.code === "memory-missing")?.severity;
  };
  assert.equal(await severityAs([]), "error");
  assert.equal(await severityAs(["--kind", "daemon-task-definition"]), "warning");
  assert.equal(await severityAs(["--kind", "task-definition"]), "error");
});
