// Conditions of Terraform that can be decided: a flag, or a reference compared with a value that is written there.

import type { Need, Node } from "../../../source/node";
import { joinedNeeds } from "../givenValues";
import type { Meaning } from "../hostTree";

interface Decided {
  readonly truth: boolean;
  /** What it depends on where only a default decides it; empty where it is certain. */
  readonly needs: readonly Need[];
}

/** Whether a condition is true; `meaningOf` is that of a reference. `undefined` where it cannot be known. */
export function decided(
  condition: string,
  meaningOf: (reference: string) => Meaning | undefined,
): Decided | undefined {
  const comparison = /^((?:var|local)\.[\w-]+) ?(==|!=) ?("[^"$%\\]*"|-?\d+(?:\.\d+)?|true|false|null)$/.exec(
    condition,
  );
  const [, reference = condition, operator, literal = "true"] = comparison ?? [];
  if (!/^(?:var|local)\.[\w-]+$/.test(reference)) return undefined;
  const meaning = meaningOf(reference);
  if (meaning === undefined || meaning.is === "perhaps") return undefined;
  const value = meaning.is === "value" ? meaning.node : meaning.is === "absent" ? "null" : meaning.fallback;
  if (value === undefined) return undefined;
  const isEqual = equals(
    value === "null" || value.type === "null" ? null : value,
    literal,
    comparison === null,
  );
  if (isEqual === undefined) return undefined;
  const needs = meaning.is === "unknown" ? joinedNeeds([meaning.needs]) : [];
  return { truth: operator === "!=" ? !isEqual : isEqual, needs };
}

/** Values of different types are never equal, and which type a variable converts to is not known here. */
function equals(value: Node | null, literal: string, isFlag: boolean): boolean | undefined {
  if (value === null) return isFlag ? undefined : literal === "null";
  if (value.unknown || value.open || value.tag !== undefined) return undefined;
  if (literal === "null") return false;
  const isText = literal.startsWith('"');
  const type = isText ? "string" : /^[tf]/.test(literal) ? "boolean" : "number";
  const isTextOfFlag =
    type === "boolean" && value.type === "string" && /^(?:true|false)$/.test(String(value.value));
  if (value.type !== type && !isTextOfFlag) return undefined;
  return String(value.value) === (isText ? literal.slice(1, -1) : literal);
}

/** What a condition with a truth chooses, on top of what is said of it while nobody knows. */
export function chosen(
  open: Extract<Meaning, { is: "unknown" }>,
  needs: readonly Need[],
  meaning: Meaning,
): Meaning {
  if (needs.length === 0) return meaning;
  if (meaning.is === "perhaps") return open;
  const more = meaning.is === "unknown" ? meaning.needs : undefined;
  if (meaning.is === "unknown" && meaning.fallback === undefined)
    return { ...open, needs: joinedNeeds([needs.map(({ name }) => ({ name })), more]) };
  const fallback: Node =
    meaning.is === "value"
      ? meaning.node
      : (meaning.is === "unknown" && meaning.fallback) || { type: "null", offset: 0, length: 0, value: null };
  return { ...open, needs: joinedNeeds([needs, more]), fallback };
}
