// `ecs-daemon compare` as a process and in front of answers that differ.

import assert from "node:assert/strict";
import { test } from "node:test";
import { runCommandLine } from "../../server/src/cli/runCommandLine";
import { runCli } from "../support/commandLine";
import { person, recordedCredentials, startRecordedEcs } from "../support/recordedEcs";

const expression = "attribute:ecs.instance-type == m5.large";

test("compare agrees with the local endpoint, in text and as JSON", async (context) => {
  const { endpoint, operations } = await startRecordedEcs(context);
  const target = ["--cluster", "default", "--endpoint-url", endpoint.url];
  const text = await runCli(["compare", expression, ...target]);
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stdout, /ECS selects 5 of 5 container instances; this tool selects the same\./);
  const json = (await runCli(["compare", expression, ...target, "--format", "json"])).json();
  assert.deepEqual([json.agrees, json.onlyEcs, json.onlyOurs], [true, [], []]);
  assert.equal((await runCli(["compare", "attribute:x ==", ...target])).code, 2);
  assert.deepEqual(operations, []);
});

test("compare shows a difference and the bug report, with exit code 1", async (context) => {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context);
  ecs.before(async (operation, body) =>
    operation === "ListContainerInstances" && "filter" in JSON.parse(body)
      ? { status: 200, body: { containerInstanceArns: [] } }
      : undefined,
  );
  const { terminal, said } = person();
  const words = ["compare", expression, "--cluster", "default", "--endpoint-url", ecs.url];
  assert.equal(await runCommandLine(words, terminal), 1, said.complaints);
  assert.match(said.output, /only here +[0-9a-f]{32}/);
  const report = said.output.slice(said.output.indexOf("A bug report"));
  assert.match(report, /Expression: attribute:ecs\.instance-type == m5\.large/);
  assert.ok(!/[0-9a-f]{32}|\d{12}|arn:/.test(report), report);
});
