// A placeholder in a file: every door answers unknown, and names the value.

import assert from "node:assert/strict";
import { test } from "node:test";
import { runCli } from "../support/commandLine";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const fleet = JSON.stringify({
  groups: [{ count: 3, instanceType: "m5.large", zones: ["us-east-1a", "us-east-1b"] }],
});
const definition =
  '{\n  "family": "a",\n  "containerDefinitions": [{ "name": "a", "image": "a", "memory": ${MEM} }]\n}\n';
const reason = "`${MEM}` is not known; up to 7,816 MiB fit.";

test("the command line", async (context) => {
  const files = temporaryFolder({ "a.ecs-fleet.json": fleet, "a.taskdef.json": definition });
  context.after(files.remove);
  const words = ["preview", `${files.path}/a.taskdef.json`, "--cluster", `${files.path}/a.ecs-fleet.json`];
  const printed = await runCli([...words, "--format", "json"]);
  assert.equal(printed.code, 0, printed.stderr);
  const { summary, instances } = printed.json();
  assert.equal(summary.unknown, 3);
  assert.deepEqual(
    instances.map((it: { verdict: string; reasons: readonly object[] }) => [it.verdict, it.reasons]),
    Array(3).fill([
      "unknown",
      [
        {
          filter: "memory",
          code: "unknown-value",
          message: reason,
          requested: "${MEM}",
          available: 7816,
          unknown: true,
        },
      ],
    ]),
  );
  const text = await runCli(words);
  assert.match(text.stdout, /^Lands on 0 of 3 container instances: 3 are unknown because of `\$\{MEM\}`\.$/m);
});

test("the editor's preview, lens, hint and hover", async (context) => {
  const files = temporaryFolder({ "a.ecs-fleet.json": fleet, "a.taskdef.json": definition });
  context.after(files.remove);
  const client = await startClient({ initializationOptions: { cluster: `${files.path}/a.ecs-fleet.json` } });
  context.after(client.close);
  const uri = files.uriOf("a.taskdef.json");
  client.open(uri, definition);
  const answer = await client.request<{
    summary: { unknown: number };
    instances: readonly { reasons: readonly { message: string }[] }[];
  }>("ecsDaemon/preview", { textDocument: { uri }, cluster: `${files.path}/a.ecs-fleet.json` });
  assert.equal(answer.summary.unknown, 3);
  assert.equal(answer.instances[0]?.reasons[0]?.message, reason);
  const lenses = await client.request<readonly { command: { title: string } }[]>("textDocument/codeLens", {
    textDocument: { uri },
  });
  assert.equal(lenses[0]?.command.title, "Lands on 0 of 3 instances, 3 unknown");
  const hover = await client.request<object>("textDocument/hover", {
    textDocument: { uri },
    position: { line: 1, character: 4 },
  });
  assert.match(JSON.stringify(hover), /at least 0 CPU units, 0 MiB/);
});
