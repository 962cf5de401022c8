// Accounts and Regions as they are stored and as a key binding names them. Pure, so that a test needs no VS Code.

import type { CoverageTarget } from "../../../server/src/lsp/protocol/protocol";

/** What was stored, without what is none of ours. */
export function readTargets(value: unknown): readonly CoverageTarget[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((it: unknown): readonly CoverageTarget[] => {
    if (it === "local") return [it];
    if (typeof it !== "object" || it === null) return [];
    const texts = Object.entries(it).filter(
      ([name, text]) => ["profile", "region", "endpointUrl"].includes(name) && typeof text === "string",
    );
    return [Object.fromEntries(texts)];
  });
}
