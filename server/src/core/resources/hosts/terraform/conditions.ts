// Conditions of Terraform that can be decided: a flag, or a reference compared with a value that is written there.

import type { Node } from "../../../source/node";
import type { Decided, HostChoice } from "../choices";
import { joinedNeeds } from "../givenValues";
import type { Meaning } from "../hostTree";
import { referencesIn } from "./references";

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

/** A local may be another one's name: so many steps are followed. */
const mostSteps = 8;

/** The values that a condition chooses from, those of a local included. */
export function choiceIn(
  node: Node,
  names: { get(name: string): Node | undefined },
  truthOf: (node: Node) => Decided | undefined,
  steps = 0,
): HostChoice | undefined {
  const { branches, condition = "", value } = node;
  if (branches !== undefined) {
    const found = truthOf(node);
    return { branches, decided: found, needs: found?.needs ?? referencesIn(condition) };
  }
  const local = node.unknown && /^(?:\$\{)?\s*(local\.[\w-]+)\s*\}?$/.exec(String(value))?.[1];
  const named = local ? names.get(local) : undefined;
  if (named === undefined || steps > mostSteps) return undefined;
  const only = { branches: [{ ...named, when: true }], decided: { truth: true, needs: [] }, needs: [] };
  return choiceIn(named, names, truthOf, steps + 1) ?? only;
}
