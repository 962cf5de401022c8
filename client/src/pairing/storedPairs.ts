// The answers to the question which files belong together, as they are kept for a workspace. Pure, so that a test needs
// no VS Code.

import type { Pair } from "../../../server/src/lsp/protocol/protocol";

/** The form in which the answers are stored in the workspace's state. */
const storedVersion = 1;

/** A question that was answered longer ago is asked again. */
const mostPairs = 200;

export function storedPairs(pairs: readonly Pair[]): unknown {
  return { version: storedVersion, pairs };
}

/** None where nothing was stored, or in a form of another version. */
export function readStoredPairs(value: unknown): readonly Pair[] {
  if (typeof value !== "object" || value === null) return [];
  const { version, pairs } = value as Readonly<Record<string, unknown>>;
  return version === storedVersion && Array.isArray(pairs) ? pairs.filter(isPair) : [];
}

/** The answers with a new one, which counts before those about the same files. */
export function withPair(pairs: readonly Pair[], pair: Pair): readonly Pair[] {
  return [...pairs.filter((it) => it.taskDefinition !== pair.taskDefinition), pair].slice(-mostPairs);
}

/** The answers without those about a file. */
export function withoutFile(pairs: readonly Pair[], uri: string): readonly Pair[] {
  return pairs.filter((it) => it.taskDefinition !== uri && it.service !== uri);
}

function isPair(value: unknown): value is Pair {
  if (typeof value !== "object" || value === null) return false;
  const { taskDefinition, service } = value as Readonly<Record<string, unknown>>;
  return typeof taskDefinition === "string" && (service === null || typeof service === "string");
}
