// The functions of the folder page/, which run in a page of a browser and are handed over as text.

import { join } from "node:path";
import { projectRoot } from "../support/paths";
import { importModule } from "../support/scripts";

/** The source of the function that the module of the same name exports. */
export async function pageFunction(name: string): Promise<string> {
  const module = await importModule(join(projectRoot, "test", "bench", "page", `${name}.mjs`));
  const found = (module as Readonly<Record<string, unknown>>)[name];
  if (typeof found !== "function") throw new Error(`${name}.mjs does not export a function of its name.`);
  return String(found);
}
