// Where the parts of a YAML text begin and end, as far as the tree does not say: dashes, columns, the lines of an entry.

import type { TextEdit } from "../change";
import type { Node } from "../node";
import { endOf, lineEnd, lineStart } from "../writing";

/** Whether an object or array is written between brackets. */
export function isFlow(text: string, node: Node): boolean {
  return node.children !== undefined && /[[{]/.test(text[node.offset] ?? "");
}

/** Whether a node is part of something between brackets. */
export function isInFlow(text: string, node: Node): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent)
    if (at.type !== "property" && isFlow(text, at)) return true;
  return false;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** The end of the last character that belongs to a node: the line breaks that end a block scalar are left out. */
export function contentEnd(text: string, node: Node): number {
  const last = lastLeaf(node);
  const end = endOf(node);
  const header = /^[|>][-+\d]*/.exec(text.slice(last.offset, last.offset + 4))?.[0];
  if (header === undefined || last.type !== "string") return end;
  if (header.includes("+")) return end;
  return last.offset + text.slice(last.offset, end).trimEnd().length;
}

function lastLeaf(node: Node): Node {
  let at = node;
  for (let last = at.children?.at(-1); last !== undefined; last = at.children?.at(-1)) at = last;
  return at;
}

/** Where an item begins: at its tag, if it has one on its line. */
export function startOf(text: string, item: Node): number {
  if (item.tag === undefined) return item.offset;
  const at = text.lastIndexOf(item.tag, item.offset);
  return at >= lineStart(text, item.offset) ? at : item.offset;
}

/** The offset of the dash of an item of a block list. */
export function dashOf(text: string, array: Node, item: Node): number | undefined {
  if (array.children?.[0] === item) return array.offset;
  const column = columnOf(text, array.offset);
  for (let start = lineStart(text, item.offset); start > array.offset; start = lineStart(text, start - 1)) {
    const isDash =
      text[start + column] === "-" && /^(?:\s|$)/.test(text.slice(start + column + 1, start + column + 2));
    if (isDash && text.slice(start, start + column).trim() === "" && start + column < item.offset)
      return start + column;
  }
  return undefined;
}

/** The edit that removes an entry of a block with its lines; `undefined` where its lines hold something else. */
export function unitRemoval(
  text: string,
  owner: Node,
  entry: Node,
  next: Node | undefined,
): TextEdit | undefined {
  const start = owner.type === "array" ? dashOf(text, owner, entry) : entry.offset;
  if (start === undefined) return undefined;
  const end = contentEnd(text, entry);
  const behind = lineEnd(text, end);
  const isAtLineStart = end > 0 && text[end - 1] === "\n";
  if (!isAtLineStart && !/^[ \t]*(?:#.*)?$/.test(text.slice(end, behind))) return undefined;
  const line = lineStart(text, start);
  if (text.slice(line, start).trim() === "") {
    if (isAtLineStart) return { span: { start: line, end }, newText: "" };
    const after = text.indexOf("\n", end) + 1;
    if (after > 0) return { span: { start: line, end: after }, newText: "" };
    const before = text[line - 2] === "\r" ? line - 2 : line - 1;
    return { span: { start: Math.max(0, before), end: text.length }, newText: "" };
  }
  // The first entry of an item is on the line of its dash: the next one moves there.
  const following = next && (owner.type === "array" ? dashOf(text, owner, next) : next.offset);
  if (following === undefined || text.slice(end, following).includes("#")) return undefined;
  return { span: { start, end: following }, newText: "" };
}
