// The suite that runs inside VS Code's extension host: the daemon's story through `vscode` alone. The same `run` is called
// by the browser VS Code of the tests and by @vscode/test-electron.

import { workspace } from "vscode";
import { removeWritten } from "./documents";
import { restrictedTests } from "./restricted";
import { createSuite } from "./runner";
import { storyTests } from "./story";

/** Runs the tests that fit the workspace: the story in a trusted one, what must not happen in one that is not. */
export async function run(): Promise<void> {
  const suite = createSuite();
  if (workspace.isTrusted) storyTests(suite);
  else restrictedTests(suite);
  try {
    await suite.run();
  } finally {
    await removeWritten();
  }
}
