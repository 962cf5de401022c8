// The suite that runs inside VS Code's extension host: the daemon's story through `vscode` alone. The same `run` is called
// by the browser VS Code of the tests and by @vscode/test-electron.

import assert from "node:assert/strict";
import { workspace } from "vscode";
import { removeWritten } from "./documents";
import { managedTests } from "./managed";
import { restrictedTests } from "./restricted";
import { createSuite } from "./runner";
import { storyTests } from "./story";
import { taskTests } from "./taskRuns";
import { templateTests } from "./templates";

/** The tests of each state of the workspace. */
const testsOf = {
  trusted: [storyTests, managedTests, taskTests, templateTests],
  restricted: [restrictedTests],
};

/**
 * Runs the tests of the state that ECS_DAEMON_EXPECTED_TRUST names: the story in a trusted workspace, what must not happen
 * in one that is not. A workspace in another state is a failure.
 */
export async function run(): Promise<void> {
  const expected = process.env.ECS_DAEMON_EXPECTED_TRUST;
  if (expected !== "trusted" && expected !== "restricted")
    throw new Error("ECS_DAEMON_EXPECTED_TRUST is neither trusted nor restricted.");
  const suite = createSuite();
  suite.test(`the workspace is ${expected}`, async () => {
    assert.equal(workspace.isTrusted, expected === "trusted");
  });
  for (const add of testsOf[expected]) add(suite);
  try {
    await suite.run();
  } finally {
    await removeWritten();
  }
}
