// The packaged extension inside the extension host of a real VS Code; each test of the suite counts here by its name.

import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runInExtensionHost } from "../support/editorHost";
import { projectRoot } from "../support/paths";
import { type Outcome, outcomePrefix } from "./suite/runner";

const harness = join(projectRoot, "test", "editor", "harness");
const suite = join(__dirname, "suite", "index.js");

test("in a trusted workspace", async (t) =>
  report(t, await runInExtensionHost(harness, suite, expecting("trusted"))));

test("in restricted mode", async (t) =>
  report(t, await runInExtensionHost(harness, suite, { workspaceTrust: true, ...expecting("restricted") })));

test("a suite that finds another state of the workspace than it expects fails", async () => {
  const { code, log } = await runInExtensionHost(harness, suite, expecting("restricted"));
  assert.notEqual(code, 0);
  assert.match(log, /"title":"the workspace is restricted"[^\n]*"failure"/);
});

/** The suite runs the tests of this state of the workspace, and fails in another one. */
function expecting(state: "trusted" | "restricted") {
  return { env: { ECS_DAEMON_EXPECTED_TRUST: state } };
}

async function report(t: TestContext, { code, log }: { code: number; log: string }): Promise<void> {
  const outcomes = log
    .split("\n")
    .filter((line) => line.includes(outcomePrefix))
    .map((line): Outcome => JSON.parse(line.slice(line.indexOf(outcomePrefix) + outcomePrefix.length)));
  for (const { title, milliseconds, failure } of outcomes) {
    await t.test(`${title} (${milliseconds} ms)`, () => assert.ok(failure === undefined, failure));
  }
  assert.equal(code, 0, log);
  assert.ok(outcomes.length > 0, log);
}
