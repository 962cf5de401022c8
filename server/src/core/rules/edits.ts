// Text edits for quick fixes: they keep commas right and follow the indentation that is there.

import { type JsonNode, keyOf, propertyOf } from "../documents/tree";
import type { Span } from "../text/span";
import type { Fix, TextEdit } from "./diagnostic";

export function fix(
  title: string,
  safe: boolean,
  ...edits: readonly (TextEdit | readonly TextEdit[])[]
): Fix {
  return { title, safe, edits: edits.flat() };
}

/** Whether no two of these edits touch the same characters: an editor refuses a change whose edits overlap. */
export function areApart(edits: readonly TextEdit[]): boolean {
  const spans = edits
    .map((it) => it.span)
    .sort((left, right) => left.start - right.start || left.end - right.end);
  return spans.every((span, index) => index === 0 || (spans[index - 1] as Span).end <= span.start);
}

/** A new text in the place of a node. */
export function replaceNode(node: JsonNode, newText: string): TextEdit {
  return { span: { start: node.offset, end: node.offset + node.length }, newText };
}

/** Another name for the member that a value belongs to. */
export function renameMember(value: JsonNode, name: string): TextEdit {
  return replaceNode(keyOf(value), JSON.stringify(name));
}

/** Another member, its value as JSON text, in the place of the one that a value belongs to. */
export function replaceMember(value: JsonNode, name: string, newText: string): TextEdit {
  return replaceNode(propertyOf(value) ?? value, `${JSON.stringify(name)}: ${newText}`);
}

/** Removes members (given by name or value) or items of one object or array, with the commas they leave behind. */
export function removeAll(nodes: readonly JsonNode[]): readonly TextEdit[] {
  const doomed = new Set(nodes.map((it) => propertyOf(it) ?? it));
  const [first] = doomed;
  const siblings = first?.parent?.children ?? [];
  const edits: TextEdit[] = [];
  let kept: JsonNode | undefined;
  for (let index = 0; index < siblings.length; index += 1) {
    const start = siblings[index] as JsonNode;
    if (!doomed.has(start)) {
      kept = start;
      continue;
    }
    while (index + 1 < siblings.length && doomed.has(siblings[index + 1] as JsonNode)) index += 1;
    const last = siblings[index] as JsonNode;
    const next = siblings[index + 1];
    if (next) edits.push({ span: { start: start.offset, end: next.offset }, newText: "" });
    else if (kept) edits.push({ span: { start: endOf(kept), end: endOf(last) }, newText: "" });
    else if (first?.parent) edits.push(emptied(first.parent));
  }
  return edits;
}

/** Removes one member or item. */
export function remove(node: JsonNode): readonly TextEdit[] {
  return removeAll([node]);
}

function emptied(container: JsonNode): TextEdit {
  return { span: { start: container.offset + 1, end: endOf(container) - 1 }, newText: "" };
}

const endOf = (node: JsonNode) => node.offset + node.length;

/** Adds a member at the end of an object; `value` is JSON text. */
export function addMember(text: string, object: JsonNode, name: string, value: string): TextEdit {
  return append(text, object, `${JSON.stringify(name)}: ${value}`);
}

/** Adds an item (JSON text) at the end of an array. */
export function addItem(text: string, array: JsonNode, item: string): TextEdit {
  return append(text, array, item);
}

function append(text: string, container: JsonNode, newText: string): TextEdit {
  const last = container.children?.at(-1);
  if (!last) {
    const at = container.offset + 1;
    return { span: { start: at, end: at }, newText };
  }
  const at = endOf(last);
  const indent = indentOf(text, last.offset);
  return { span: { start: at, end: at }, newText: `,${indent ?? " "}${newText}` };
}

/** Line break and white space before an offset, if nothing else stands before it on its line. */
export function indentOf(text: string, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start -= 1;
  if (text[start - 1] !== "\n") return undefined;
  const lineBreak = text[start - 2] === "\r" ? "\r\n" : "\n";
  return lineBreak + text.slice(start, offset);
}

/** JSON on one line, with spaces as people write it. */
export function inlineJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, it]) => `${JSON.stringify(name)}: ${inlineJson(it)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
