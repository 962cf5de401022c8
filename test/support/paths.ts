// Where things are, whatever folder the compiled tests run from.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

function findRoot(from: string): string {
  if (existsSync(join(from, "package.json")) && existsSync(join(from, "server"))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error("The project's root folder was not found.");
  return findRoot(parent);
}

export const projectRoot = findRoot(__dirname);
export const fixturesFolder = join(projectRoot, "test", "fixtures");
export const sampleWorkspace = join(projectRoot, "test", "workspace");
/** Screenshots and logs that a person may want to look at after a run. */
export const outputFolder = join(projectRoot, "test-output");
