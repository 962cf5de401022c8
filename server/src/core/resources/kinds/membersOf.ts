// Members of inputs, as recognizing a kind needs them.

import model from "../../../../../schemas/api-model.json";
import type { Node } from "../../source/node";
import { type Member, members } from "../../source/tree";

/** Members that other formats use too: alone they make no document ours. */
const common = new Set([
  "cluster",
  "service",
  "role",
  "tags",
  "monitoring",
  "clientToken",
  "cpu",
  "memory",
  "volumes",
  "family",
]);

/** The names of the members of some requests of the API. */
export function membersOf(...shapes: readonly (keyof typeof model.shapes)[]): readonly string[] {
  return [...new Set(shapes.flatMap((it) => Object.keys((model.shapes[it] as Shape).members ?? {})))];
}

interface Shape {
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Of names, those that no other format uses. */
export const withoutCommon = (names: readonly string[]) => names.filter((it) => !common.has(it));

/** A few members show what a document is; a hostile one may have millions. */
export function firstMembers(root: Node): readonly Member[] {
  return members(root).slice(0, 100);
}
