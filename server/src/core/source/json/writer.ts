// Writes changes as JSON: the only place that puts JSON into a user's text. Edits keep commas right and follow the
// indentation that is there.

import { type Change, Copy, inlineText, type NewValue, type TextEdit } from "../change";
import { stringMap } from "../contentMap";
import type { Node } from "../node";
import { keyOf } from "../tree";
import {
  byOwner,
  endOf,
  giveUp,
  indentOf,
  insertion,
  removeBetweenBrackets,
  spanOfNode,
  withEdits,
} from "../writing";

/** The edits of the text that make the changes, in the order of the changes. */
export function writeJson(text: string, changes: readonly Change[]): readonly TextEdit[] {
  return changes.flatMap((it) => writeOne(text, it));
}

function writeOne(text: string, change: Change): readonly TextEdit[] {
  switch (change.kind) {
    case "set":
      return [{ span: spanOfNode(change.node), newText: settled(text, change.value, change.onLines) }];
    case "rename":
      return [{ span: spanOfNode(keyOf(change.value)), newText: JSON.stringify(change.name) }];
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
      return [...byOwner(change.nodes)].flatMap(([owner, doomed]) => removeBetweenBrackets(owner, doomed));
    case "inside": {
      const map = stringMap(text, change.node.offset, change.node.length);
      return [{ span: map.toDocument(change.span), newText: JSON.stringify(change.text).slice(1, -1) }];
    }
    case "restyle":
      return giveUp();
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
  return withEdits(text, writeJson(text, changes), node.offset, endOf(node));
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

/** What separates an item from the one before it: the comma and the white space in front of the item. */
function separatorBefore(text: string, item: Node): string {
  let start = item.offset;
  while (start > 0 && /\s/.test(text[start - 1] ?? "")) start -= 1;
  const space = text.slice(start, item.offset);
  return `,${space === "" ? " " : space}`;
}
