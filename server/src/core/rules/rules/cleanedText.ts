// The text of an input taken out of an answer of ECS: without nulls, without what only ECS writes, indentation kept.

import type { InputOperation } from "../../documents/document";
import { get, isOpen, type JsonNode, members, stringOf } from "../../documents/tree";
import { inputShape, shapeNamed } from "../apiModel";
import type { TextEdit } from "../diagnostic";
import { addMember, removeAll } from "../edits";
import { outputOnlyMembers } from "../outputOnly";

/** `tags` is a list that stands beside the input in the answer and belongs into it. */
export function cleanedText(
  text: string,
  input: JsonNode,
  operation: InputOperation,
  tags: JsonNode | undefined,
): string {
  const edits = [...removeEach(doomedIn(input, operation))];
  if (tags) edits.push(addMember(text, input, "tags", text.slice(tags.offset, tags.offset + tags.length)));
  const end = input.offset + input.length;
  return dedent(applyWithin(text, input.offset, end, edits));
}

function doomedIn(input: JsonNode, operation: InputOperation): readonly JsonNode[] {
  const outputOnly = outputOnlyMembers(operation);
  const known = shapeNamed(inputShape(operation)).members ?? {};
  const doomed = members(input)
    .filter((it) => outputOnly.has(it.name) && !Object.hasOwn(known, it.name))
    .map((it) => it.value);
  const tags = get(input, "tags");
  if (tags?.children?.length === 0 && !isOpen(tags)) doomed.push(tags);
  // ECS computes the count of a daemon, prints it, and refuses it as input.
  const count = get(input, "desiredCount");
  if (count && stringOf(get(input, "schedulingStrategy")) === "DAEMON") doomed.push(count);
  return [...doomed, ...nullsIn(input, new Set(doomed))];
}

/** Every null, in the order of the text, that is not inside one of the nodes left out. */
export function nullsIn(input: JsonNode, except: ReadonlySet<JsonNode> = new Set()): readonly JsonNode[] {
  const nulls: JsonNode[] = [];
  const open = [input];
  for (let node = open.pop(); node; node = open.pop()) {
    if (except.has(node)) continue;
    if (node.type === "null") nulls.push(node);
    // No spread: a list may have millions of items.
    for (const child of node.children ?? []) open.push(child);
  }
  return nulls.sort((left, right) => left.offset - right.offset);
}

/** Removes members and items of several objects and arrays. */
export function removeEach(nodes: readonly JsonNode[]): readonly TextEdit[] {
  const byOwner = new Map<JsonNode, JsonNode[]>();
  for (const node of nodes) {
    const owner = node.parent?.type === "property" ? node.parent.parent : node.parent;
    if (!owner) continue;
    const group = byOwner.get(owner) ?? [];
    group.push(node);
    byOwner.set(owner, group);
  }
  return [...byOwner.values()].flatMap((it) => removeAll(it));
}

function applyWithin(text: string, start: number, end: number, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((left, right) => left.span.start - right.span.start);
  const parts: string[] = [];
  let from = start;
  for (const { span, newText } of sorted) {
    parts.push(text.slice(from, span.start), newText);
    from = span.end;
  }
  parts.push(text.slice(from, end));
  return parts.join("");
}

/** Takes the indentation of the last line away from every line. */
function dedent(text: string): string {
  const [, indent = ""] = /\n([ \t]*)[^\n]*$/.exec(text) ?? [];
  return indent === "" ? text : text.replaceAll(`\n${indent}`, "\n");
}
