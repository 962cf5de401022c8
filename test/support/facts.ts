// Collected facts about ECS (real task definitions, observed answers, the API model), where a copy lies beside the
// project or ECS_FACTS names one (empty: none). Only the tests of test/shared use them: all others have the same inputs
// on every machine.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./paths";

const folder = process.env.ECS_FACTS ?? join(projectRoot, "..", "shared", "ecs");

/** The path of a file or folder of the facts, or undefined where it is not at hand. */
export function factsAt(name: string): string | undefined {
  const path = folder === "" ? undefined : join(folder, name);
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** The reason why a test is skipped that needs facts which are not at hand. */
export function unlessThere(...names: readonly string[]): { readonly skip: string | false } {
  const missing = names.filter((it) => factsAt(it) === undefined);
  return { skip: missing.length > 0 && `${missing.join(", ")} is not at hand` };
}
