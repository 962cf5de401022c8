// Lets compiled tests use the modules of .scripts, which run without having been compiled.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "./paths";

/** TypeScript turns an `import()` in a CommonJS file into a `require`, which cannot load these modules; Node's own can. */
const importUrl = new Function("url", "return import(url)") as (url: string) => Promise<unknown>;

/** Loads an ES module by its path. */
export function importModule(path: string): Promise<unknown> {
  return importUrl(pathToFileURL(path).href);
}

/** Loads `.scripts/NAME`; the caller names the functions that it uses of it. */
export async function importScript<Module>(name: string): Promise<Module> {
  return (await importModule(join(projectRoot, ".scripts", name))) as Module;
}

/** The path of Chromium; a test that needs it fails where there is none. */
export async function chromiumPath(): Promise<string> {
  const { findChromium } = await importScript<{ findChromium(): string | undefined }>("programs.mjs");
  const path = findChromium();
  if (path !== undefined) return path;
  throw new Error("Chromium is missing. `node .scripts/prerequisites.mjs` installs it or says how.");
}
