// What the writers of all formats share: insertions, removals between brackets, and giving up.

import type { Span } from "../text/span";
import { Blocks, type Change, Copy, type NewValue, type TextEdit } from "./change";
import type { Node } from "./node";
import { propertyOf } from "./tree";

/** Thrown inside a writer where a change cannot be written without a guess; the writer then returns `undefined`. */
const unwritable: unique symbol = Symbol("cannot be written");

/** Ends the writing of all the changes. */
export function giveUp(): never {
  throw unwritable;
}

/** The edits, or `undefined` where one of the changes cannot be written. */
export function unlessUnwritable<T>(write: () => T): T | undefined {
  try {
    return write();
  } catch (fault) {
    if (fault === unwritable) return undefined;
    throw fault;
  }
}

export const endOf = (node: Node) => node.offset + node.length;

export const spanOfNode = (node: Node): Span => ({ start: node.offset, end: endOf(node) });

export function insertion(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

/** The text with the edits made, which do not overlap. */
export function withEdits(text: string, edits: readonly TextEdit[], start = 0, end = text.length): string {
  const parts: string[] = [];
  let from = start;
  for (const { span, newText } of [...edits].sort((left, right) => left.span.start - right.span.start)) {
    parts.push(text.slice(from, span.start), newText);
    from = span.end;
  }
  parts.push(text.slice(from, end));
  return parts.join("");
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** The offset of the line break that ends the line, or of the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) return text.length;
  return end > offset && text[end - 1] === "\r" ? end - 1 : end;
}

/** The line break of the text. */
export function lineBreakOf(text: string): string {
  const first = text.indexOf("\n");
  return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
}

/** Line break and white space before an offset, if nothing else precedes it on its line. */
export function indentOf(text: string, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start -= 1;
  if (text[start - 1] !== "\n") return undefined;
  const lineBreak = text[start - 2] === "\r" ? "\r\n" : "\n";
  return lineBreak + text.slice(start, offset);
}

/** What is to be removed, by the object or array that holds it. */
export function byOwner(nodes: readonly Node[]): ReadonlyMap<Node, ReadonlySet<Node>> {
  const found = new Map<Node, Set<Node>>();
  for (const node of nodes) {
    const doomed = propertyOf(node) ?? node;
    if (!doomed.parent) continue;
    const group = found.get(doomed.parent) ?? new Set();
    found.set(doomed.parent, group.add(doomed));
  }
  return found;
}

/** Everything that the changes remove. */
export function removedBy(changes: readonly Change[]): ReadonlySet<Node> {
  const nodes = changes.flatMap((it) => (it.kind === "remove" ? it.nodes : []));
  return new Set(nodes.map((it) => propertyOf(it) ?? it));
}

/** Removes properties or items between brackets, with the commas they leave behind. */
export function removeBetweenBrackets(owner: Node, doomed: ReadonlySet<Node>): readonly TextEdit[] {
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

type Inside = Extract<Change, { readonly kind: "inside" }>;

/** Changes inside one string, which are written together. */
export function insideByNode(changes: readonly Change[]): ReadonlyMap<Node, readonly Inside[]> {
  const found = new Map<Node, Inside[]>();
  for (const it of changes) if (it.kind === "inside") found.set(it.node, [...(found.get(it.node) ?? []), it]);
  return found;
}

/** The decoded value of a string with the changes made. */
export function changedValue(node: Node, changes: readonly Inside[]): string {
  return withEdits(
    String(node.value),
    changes.map(({ span, text }) => ({ span, newText: text })),
  );
}

export function isObjectValue(value: NewValue): value is { readonly [name: string]: NewValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isSpecial(value);
}

export function isListValue(value: NewValue): value is readonly NewValue[] {
  return Array.isArray(value);
}

const isSpecial = (value: NewValue) => value instanceof Copy || value instanceof Blocks;
