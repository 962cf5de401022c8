// The change that writes an expression into a task definition or service as one of its placement constraints.

import type { Resource } from "../../resources/resource";
import { editsFor } from "../../resources/writer";
import { add, append, type Change, removeAll, set, type TextEdit } from "../../source/change";
import { at, get, items, stringOf } from "../../source/tree";

/** Of the API, for each of the two. */
const mostConstraints = 10;

/**
 * Adds a `memberOf` constraint; with `replaces`, in place of those that are there. The text alone says why it cannot be
 * done.
 */
export function addConstraint(
  document: Resource,
  expression: string,
  replaces: boolean,
): readonly TextEdit[] | string {
  const { input } = document;
  const written = (...changes: readonly Change[]) =>
    editsFor(document, changes) ?? "The placement constraints are computed, or written in another place.";
  if (input?.type !== "object") return "The file is not a JSON object.";
  const constraint = { type: "memberOf", expression };
  const list = get(input, "placementConstraints");
  if (list === undefined) return written(add(input, "placementConstraints", [constraint], true));
  if (list.type !== "array") return "The file's placementConstraints are not a list.";
  const members = items(list);
  const [first, ...others] = members.filter((it) => stringOf(at(it, "type")) === "memberOf");
  if (replaces && first !== undefined)
    return written(set(first, constraint), ...(others.length > 0 ? [removeAll(others)] : []));
  if (members.length >= mostConstraints)
    return `The file has ${mostConstraints} placement constraints already, as many as ECS takes.`;
  return written(append(list, constraint));
}
