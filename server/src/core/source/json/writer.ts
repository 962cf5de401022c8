// Writes changes as JSON: the only place that puts JSON into a user's text. Edits keep commas right and follow the
// indentation that is there.

import type { Span } from "../../text/span";
import { type Change, Copy, inlineText, type NewValue, type TextEdit } from "../change";
import { stringMap } from "../contentMap";
import type { Node } from "../node";
import { keyOf, propertyOf } from "../tree";

/** The edits of the text that make the changes, in the order of the changes. */
export function writeJson(text: string, changes: readonly Change[]): readonly TextEdit[] {
  return changes.flatMap((it) => writeOne(text, it));
}

function writeOne(text: string, change: Change): readonly TextEdit[] {
  switch (change.kind) {
    case "set":
      return [{ span: spanOf(change.node), newText: settled(text, change.value, change.onLines) }];
    case "rename":
      return [{ span: spanOf(keyOf(change.value)), newText: JSON.stringify(change.name) }];
    case "add":
      return [addProperty(text, change)];
    case "append":
      return [atEnd(text, change.array, change.values.map((it) => written(text, it)).join(", "))];
    case "insertBefore":
      return [insertion(change.item.offset, `${written(text, change.value)}, `)];
    case "insertBehind": {
      const separator = separatorBefore(text, change.item);
      const newText = change.values.map((it) => separator + written(text, it)).join("");
      return [insertion(endOf(change.item), newText)];
    }
    case "remove":
      return removeEach(change.nodes);
    case "inside": {
      const map = stringMap(text, change.node.offset, change.node.length);
      return [{ span: map.toDocument(change.span), newText: JSON.stringify(change.text).slice(1, -1) }];
    }
    case "text":
      return [{ span: change.span, newText: change.newText }];
  }
}

// Values -------------------------------------------------------------------------------------------------------------

function written(text: string, value: NewValue): string {
  return inlineText(value, (copy) => copied(text, copy));
}

function settled(text: string, value: NewValue, onLines: boolean): string {
  if (value instanceof Copy) return dedent(copied(text, value));
  return onLines ? JSON.stringify(value, undefined, 2) : written(text, value);
}

function copied(text: string, { node, changes }: Copy): string {
  const edits = [...writeJson(text, changes)].sort((left, right) => left.span.start - right.span.start);
  const parts: string[] = [];
  let from = node.offset;
  for (const { span, newText } of edits) {
    parts.push(text.slice(from, span.start), newText);
    from = span.end;
  }
  parts.push(text.slice(from, endOf(node)));
  return parts.join("");
}

/** Takes the indentation of the last line away from every line. */
function dedent(text: string): string {
  const [, indent = ""] = /\n([ \t]*)[^\n]*$/.exec(text) ?? [];
  return indent === "" ? text : text.replaceAll(`\n${indent}`, "\n");
}

// Additions ----------------------------------------------------------------------------------------------------------

function addProperty(
  text: string,
  { object, name, value, onLines }: Extract<Change, { readonly kind: "add" }>,
): TextEdit {
  const list = onLines && Array.isArray(value) ? listOnLines(text, object, value) : undefined;
  return atEnd(text, object, `${JSON.stringify(name)}: ${list ?? written(text, value)}`);
}

/** A list on lines of its own where the object has its properties on lines of their own. */
function listOnLines(text: string, object: Node, values: readonly NewValue[]): string | undefined {
  const first = object.children?.[0];
  const indent = first === undefined ? undefined : indentOf(text, first.offset);
  if (indent === undefined) return undefined;
  const step = /\t/.test(indent) ? "\t" : indent.replace(/[\r\n]/g, "");
  return `[${values.map((it) => indent + step + written(text, it)).join(",")}${indent}]`;
}

function atEnd(text: string, container: Node, newText: string): TextEdit {
  const last = container.children?.at(-1);
  if (!last) return insertion(container.offset + 1, newText);
  return insertion(endOf(last), `,${indentOf(text, last.offset) ?? " "}${newText}`);
}

function insertion(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

/** Line break and white space before an offset, if nothing else precedes it on its line. */
function indentOf(text: string, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start -= 1;
  if (text[start - 1] !== "\n") return undefined;
  const lineBreak = text[start - 2] === "\r" ? "\r\n" : "\n";
  return lineBreak + text.slice(start, offset);
}

/** What separates an item from the one before it: the comma and the white space in front of the item. */
function separatorBefore(text: string, item: Node): string {
  let start = item.offset;
  while (start > 0 && /\s/.test(text[start - 1] ?? "")) start -= 1;
  const space = text.slice(start, item.offset);
  return `,${space === "" ? " " : space}`;
}

// Removals -----------------------------------------------------------------------------------------------------------

function removeEach(nodes: readonly Node[]): readonly TextEdit[] {
  const byOwner = new Map<Node, Set<Node>>();
  for (const node of nodes) {
    const doomed = propertyOf(node) ?? node;
    if (!doomed.parent) continue;
    const group = byOwner.get(doomed.parent) ?? new Set();
    byOwner.set(doomed.parent, group.add(doomed));
  }
  return [...byOwner].flatMap(([owner, doomed]) => removeFrom(owner, doomed));
}

/** Removes properties or items of one object or array, with the commas they leave behind. */
function removeFrom(owner: Node, doomed: ReadonlySet<Node>): readonly TextEdit[] {
  const siblings = owner.children ?? [];
  const edits: TextEdit[] = [];
  let kept: Node | undefined;
  for (let index = 0; index < siblings.length; index += 1) {
    const start = siblings[index] as Node;
    if (!doomed.has(start)) {
      kept = start;
      continue;
    }
    while (index + 1 < siblings.length && doomed.has(siblings[index + 1] as Node)) index += 1;
    const last = siblings[index] as Node;
    const next = siblings[index + 1];
    if (next) edits.push({ span: { start: start.offset, end: next.offset }, newText: "" });
    else if (kept) edits.push({ span: { start: endOf(kept), end: endOf(last) }, newText: "" });
    else edits.push({ span: { start: owner.offset + 1, end: endOf(owner) - 1 }, newText: "" });
  }
  return edits;
}

const spanOf = (node: Node): Span => ({ start: node.offset, end: endOf(node) });

const endOf = (node: Node) => node.offset + node.length;
