// Changes of a source, stated as intents: rules and language features state what is to change, the writer of the
// source's format decides how it is written.

import type { Span } from "../text/span";
import { type Node, nodeAtPath } from "./node";

/** A change of the host text, as a writer returns it. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** A value to write: plain JSON values, with copies of nodes of the same source in them. */
export type NewValue =
  | string
  | number
  | boolean
  | null
  | Copy
  | Blocks
  | readonly NewValue[]
  | { readonly [name: string]: NewValue };

/** The value of a node, written as it is written there but for the changes. */
export class Copy {
  readonly changes: readonly Change[];

  constructor(
    readonly node: Node,
    ...changes: readonly Change[]
  ) {
    this.changes = changes;
  }
}

/** Bodies of blocks of one name, which only HCL has. */
export class Blocks {
  constructor(readonly bodies: readonly { readonly [name: string]: NewValue }[]) {}
}

export type Change =
  | { readonly kind: "set"; readonly node: Node; readonly value: NewValue; readonly onLines: boolean }
  | { readonly kind: "rename"; readonly value: Node; readonly name: string }
  | { readonly kind: "restyle"; readonly value: Node; readonly as: "blocks" | "argument" }
  | {
      readonly kind: "add";
      readonly object: Node;
      readonly name: string;
      readonly value: NewValue;
      readonly onLines: boolean;
    }
  | { readonly kind: "append"; readonly array: Node; readonly values: readonly NewValue[] }
  | { readonly kind: "insertBefore"; readonly item: Node; readonly value: NewValue }
  | { readonly kind: "insertBehind"; readonly item: Node; readonly values: readonly NewValue[] }
  | { readonly kind: "remove"; readonly nodes: readonly Node[] }
  | { readonly kind: "inside"; readonly node: Node; readonly span: Span; readonly text: string }
  | { readonly kind: "text"; readonly span: Span; readonly newText: string };

/** Another value in the place of a node; `onLines`: each of its parts on a line of its own. */
export function set(node: Node, value: NewValue, onLines = false): Change {
  return { kind: "set", node, value, onLines };
}

/** Another name for the property that a value belongs to. */
export function rename(value: Node, name: string): Change {
  return { kind: "rename", value, name };
}

/** A property as the blocks that the objects of its value are, or its only block as an argument, which only HCL has. */
export function restyle(value: Node, as: "blocks" | "argument"): Change {
  return { kind: "restyle", value, as };
}

/** A property at the end of an object; `onLines`: a list on lines of its own where the object's properties are. */
export function add(object: Node, name: string, value: NewValue, onLines = false): Change {
  // A null in its place counts as absent, and is replaced.
  const present = nodeAtPath(object, [name]);
  return present?.type === "null"
    ? set(present, value, onLines)
    : { kind: "add", object, name, value, onLines };
}

type Addition = Extract<Change, { readonly kind: "add" }>;

/**
 * Several properties for one empty object become its value: at its end they would be written without anything between
 * them, since each is the first one.
 */
export function withJoinedAdditions(changes: readonly Change[]): readonly Change[] {
  const byObject = new Map<Node, Addition[]>();
  for (const it of changes) {
    if (it.kind !== "add" || it.object.children?.length !== 0) continue;
    byObject.set(it.object, [...(byObject.get(it.object) ?? []), it]);
  }
  return changes.flatMap((it) => {
    const [first, ...others] = (it.kind === "add" && byObject.get(it.object)) || [];
    if (first === undefined || others.length === 0) return [it];
    const entries = [first, ...others].map(({ name, value }) => [name, value] as const);
    return it === first ? [set(first.object, Object.fromEntries(entries))] : [];
  });
}

/** Items at the end of an array, on one line. */
export function append(array: Node, ...values: readonly NewValue[]): Change {
  return { kind: "append", array, values };
}

/** An item in front of another one. */
export function insertBefore(item: Node, value: NewValue): Change {
  return { kind: "insertBefore", item, value };
}

/** Items behind another one, laid out as that one is. */
export function insertBehind(item: Node, values: readonly NewValue[]): Change {
  return { kind: "insertBehind", item, values };
}

/** Removes properties (given by name or value) and items, with the separators they leave behind. */
export function remove(...nodes: readonly Node[]): Change {
  return removeAll(nodes);
}

/** As `remove`, of a list that may be longer than a call has room for arguments. */
export function removeAll(nodes: readonly Node[]): Change {
  return { kind: "remove", nodes };
}

/** Another text in the place of a span of the decoded value of a string. */
export function inside(node: Node, span: Span, text: string): Change {
  return { kind: "inside", node, span, text };
}

/** Another text in the place of a span of the host text, for what has no node: a comment, a query document. */
export function replaceText(span: Span, newText: string): Change {
  return { kind: "text", span, newText };
}

/** Whether no two of these edits touch the same characters: an editor refuses a change whose edits overlap. */
export function areApart(edits: readonly TextEdit[]): boolean {
  const spans = edits
    .map((it) => it.span)
    .sort((left, right) => left.start - right.start || left.end - right.end);
  return spans.every((span, index) => index === 0 || (spans[index - 1] as Span).end <= span.start);
}

/** A value as titles of fixes show it: JSON on one line. Copies are shown as an ellipsis. */
export function shownValue(value: NewValue): string {
  return inlineText(value, () => "…");
}

/** JSON on one line, with spaces as people write it; `copied` writes the copies in it. */
export function inlineText(value: NewValue, copied: (copy: Copy) => string): string {
  if (value instanceof Copy) return copied(value);
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `[${value.map((it: NewValue) => inlineText(it, copied)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value as { readonly [name: string]: NewValue }).map(
    ([name, it]) => `${JSON.stringify(name)}: ${inlineText(it, copied)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
