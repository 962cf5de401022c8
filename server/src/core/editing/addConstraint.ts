// The edit that writes an expression into a task definition or service as one of its placement constraints.

import type { EcsDocument } from "../documents/document";
import { at, get, items, type JsonNode, stringOf } from "../documents/tree";
import type { TextEdit } from "../rules/diagnostic";
import { addItem, addMember, indentOf, inlineJson, removeAll } from "../rules/edits";

/** Of the API, for each of the two. */
const mostConstraints = 10;

/**
 * Adds a `memberOf` constraint; with `replaces`, in place of those that are there. The text alone says why it cannot be
 * done.
 */
export function addConstraint(
  document: EcsDocument,
  expression: string,
  replaces: boolean,
): readonly TextEdit[] | string {
  const { input, text } = document;
  if (input?.type !== "object") return "The file is no JSON object.";
  const constraint = inlineJson({ type: "memberOf", expression });
  const list = get(input, "placementConstraints");
  if (list === undefined)
    return [addMember(text, input, "placementConstraints", firstItem(document, constraint))];
  if (list.type !== "array") return "The file's placementConstraints are no list.";
  const members = items(list);
  const [first, ...others] = members.filter((it) => stringOf(at(it, "type")) === "memberOf");
  if (replaces && first !== undefined)
    return [
      { span: { start: first.offset, end: first.offset + first.length }, newText: constraint },
      ...removed(others),
    ];
  if (members.length >= mostConstraints)
    return `The file has ${mostConstraints} placement constraints already, as many as ECS takes.`;
  return [addItem(text, list, constraint)];
}

function removed(nodes: readonly JsonNode[]): readonly TextEdit[] {
  return nodes.length === 0 ? [] : removeAll(nodes);
}

/** A list on lines of its own where the object has its members on lines of their own. */
function firstItem({ input, text }: EcsDocument, constraint: string): string {
  const member = input?.children?.[0];
  const indent = member === undefined ? undefined : indentOf(text, member.offset);
  if (indent === undefined) return `[${constraint}]`;
  const step = /\t/.test(indent) ? "\t" : indent.replace(/[\r\n]/g, "");
  return `[${indent}${step}${constraint}${indent}]`;
}
