// Takes what looks like a secret out of inputs and answers of ECS, before they are printed or written to a file.

import { holdsSecret, mayBeSecret } from "../core/documents/secretValues";
import type { JsonObject } from "./port";

/** Deeper than ECS's own inputs go; what is below is not printed at all. */
const deepest = 24;

/** Members whose own members have names that somebody made up. */
const freeForm = new Set(["environment", "options", "driverOpts", "labels", "dockerLabels"]);

/** What stands in the place of a value. */
export type Substitute = (name: string, value: unknown) => unknown;

/**
 * A copy with `substitute(name, value)` in the place of every value that may be a secret: of environment variables, options and
 * labels, and of words such as `--token=x`. `name` is the variable's, the option's or the member's.
 */
export function withoutSecrets(value: JsonObject, substitute: Substitute): JsonObject {
  return copied(value, { member: "", depth: 0 }, substitute) as JsonObject;
}

interface Place {
  /** The nearest member's name: entries of a list have their list's. */
  readonly member: string;
  readonly parent?: string;
  readonly depth: number;
}

function copied(value: unknown, place: Place, substitute: Substitute): unknown {
  const { member, depth } = place;
  if (typeof value === "string") return isHidden(value, place) ? substitute(member, value) : value;
  if (typeof value !== "object" || value === null) return value;
  if (depth >= deepest) return substitute(member, value);
  const below = { parent: member, depth: depth + 1 };
  if (Array.isArray(value)) return value.map((it) => copied(it, { ...place, depth: depth + 1 }, substitute));
  const { name, Name = name } = value as JsonObject;
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => {
      if (typeof Name !== "string" || key.toLowerCase() !== "value")
        return [key, copied(it, { ...below, member: key }, substitute)];
      const text = typeof it === "string" ? it : JSON.stringify(it);
      return [key, mayBeSecret(Name, text) || holdsSecret(text) ? substitute(Name, it) : it];
    }),
  );
}

function isHidden(text: string, { member, parent }: Place): boolean {
  if (member === "expression") return false;
  return (parent !== undefined && freeForm.has(parent) && mayBeSecret(member, text)) || holdsSecret(text);
}
