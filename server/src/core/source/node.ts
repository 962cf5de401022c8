// A node of a source's tree: what every format is read into.

import type { ContentMap } from "./contentMap";
import { propertiesNamed } from "./propertiesNamed";

/** Types of nodes; a `property` is the name and the value of an object's entry. */
export type NodeType = "object" | "array" | "property" | "string" | "number" | "boolean" | "null";

export interface Node {
  readonly type: NodeType;
  /** Position in the host text, in UTF-16 units; a string's includes its quotes. */
  readonly offset: number;
  readonly length: number;
  /** The decoded value of a string, number or boolean; `null` of a null. */
  readonly value?: unknown;
  /** Properties of an object, items of an array, name and value of a property. */
  readonly children?: Node[] | undefined;
  readonly parent?: Node;
  readonly colonOffset?: number;
  /** How a YAML value is tagged (`!Ref`), or the HCL function whose arguments the items are (`jsonencode`). */
  readonly tag?: string;
  /** Where the characters of a string are written, for strings that are not written as JSON's. */
  readonly content?: () => ContentMap;
  /** A text without quotes in the place of a string: an expression that the host computes. */
  readonly bare?: true;
  /** Of an unknown value: what it is with the defaults of the file; a null where it is not given then. */
  readonly fallback?: Node;
  /** Of an unknown text: one of the same form, with the ARN of some secret where it names one of the file. */
  readonly sample?: string;
  /** Of an unknown value: the values that are written for it, of which a condition chooses one, or none. */
  readonly branches?: readonly Node[];
  /** Of an unknown value with branches: the condition, in the words of the host. */
  readonly condition?: string;
  /** Of a branch: what the condition is where it chooses this one. */
  readonly when?: boolean;
  /** Of an unknown value, or of an open list or object: the names whose values decide. */
  readonly needs?: readonly Need[];
  /** The value is, or contains, a placeholder: its value is not known. */
  unknown?: true;
  /** An object or array with a placeholder among its members or items: it may hold more than can be seen. */
  open?: true;
  /** Where a node that was made from the tree of a host is written. */
  readonly origin?: Origin;
  /** It is written in another place, or stands for more than one: a change of it would be a guess. */
  locked?: true;
  /** Something else names or counts its entries: values in it can be changed, the entries themselves cannot. */
  sealed?: true;
  /** A property that whoever sends the source leaves out: it is in the text, and ECS never sees it. */
  dropped?: true;
  /** Properties that an object lacks as it is written, and that a diagnostic asks for: nobody knows their values. */
  readonly assumed?: ReadonlyMap<string, Node>;
}

/** A name of the host whose value has to be known: a parameter, a variable, an attribute of another resource. */
export interface Need {
  readonly name: string;
  /** The default, as a message shows it. */
  readonly byDefault?: string;
}

/** The node of a host's tree that a node of the API's tree was made from. */
export interface Origin {
  readonly node: Node;
  /** Added to the offsets of the host's tree, they are those of the host text. */
  readonly base: number;
  /** It has no text of its own: its parts are arguments or blocks of `node`. */
  readonly isGroup?: true;
  /** The node is part of a JSON text in a string of the host; its offsets are those of that text. */
  readonly embedding?: Embedding;
}

/** A JSON text in a string of the host. */
export interface Embedding {
  readonly text: string;
  /** The string, in the host's tree. */
  readonly string: Node;
}

/** A node while it is made. */
export type Draft = { -readonly [K in keyof Node]: Node[K] };

/**
 * A node without its children, under another parent. Its properties are copied one by one: a spread takes many times as
 * long, and can leave each copy with a layout of its own, which makes all that reads nodes slow.
 */
export function copiedNode(node: Node, parent: Node | undefined): Draft {
  const { type, offset, length, value, origin, colonOffset, content, fallback, branches } = node;
  const made: Draft = { type, offset, length };
  if (value !== undefined) made.value = value;
  if (parent !== undefined) made.parent = parent;
  if (origin !== undefined) made.origin = origin;
  if (colonOffset !== undefined) made.colonOffset = colonOffset;
  if (content !== undefined) made.content = content;
  if (fallback !== undefined) made.fallback = fallback;
  if (branches !== undefined) made.branches = branches;
  if (node.condition !== undefined) made.condition = node.condition;
  if (node.when !== undefined) made.when = node.when;
  if (node.needs !== undefined) made.needs = node.needs;
  if (node.sample !== undefined) made.sample = node.sample;
  if (node.tag !== undefined) made.tag = node.tag;
  if (node.assumed !== undefined) made.assumed = node.assumed;
  if (node.bare) made.bare = true;
  if (node.unknown) made.unknown = true;
  if (node.open) made.open = true;
  if (node.locked) made.locked = true;
  if (node.sealed) made.sealed = true;
  if (node.dropped) made.dropped = true;
  return made;
}

/** One step down a tree: the name of a property, or the index of an item. */
export type Step = string | number;

/** The way from the root to a node, which is no property. */
export function pathOf(node: Node): readonly Step[] {
  const path: Step[] = [];
  for (let at: Node | undefined = node; at?.parent !== undefined; at = at.parent) {
    if (at.type === "property") path.unshift(String(at.children?.[0]?.value));
    else if (at.parent.type === "array") path.unshift(at.parent.children?.indexOf(at) ?? 0);
  }
  return path;
}

/** The node that a way leads to; of properties with one name the first. */
export function nodeAtPath(root: Node | undefined, path: readonly Step[]): Node | undefined {
  let node = root;
  for (const step of path) {
    if (typeof step === "number")
      node = node?.type === "array" && step >= 0 ? node.children?.[step] : undefined;
    else {
      const isNamed = (it: Node) => it.children?.[0]?.value === step && it.children.length === 2;
      const properties = node?.type === "object" ? (node.children ?? []) : [];
      node = propertiesNamed(properties, step).find(isNamed)?.children?.[1];
    }
    if (node === undefined) return undefined;
  }
  return node;
}

/** The innermost node, properties included, that holds an offset; the offset behind its last character is outside. */
export function nodeAtOffset(root: Node | undefined, offset: number): Node | undefined {
  let found: Node | undefined;
  for (let node = root; node !== undefined && holds(node, offset); ) {
    found = node;
    node = node.children?.find((it) => holds(it, offset));
  }
  return found;
}

/** As `nodeAtOffset`, in parts that are written elsewhere too: the containers that a local names, for example. */
export function nodeAnywhere(root: Node | undefined, offset: number, depth = 6): Node | undefined {
  const here = nodeAtOffset(root, offset);
  if (here !== undefined || depth === 0) return here;
  for (const it of root?.children ?? []) {
    const inside = nodeAnywhere(it, offset, depth - 1);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function holds(node: Node, offset: number): boolean {
  // Parts of a group may be apart in the text, with others between them.
  const [key, value] = node.type === "property" ? (node.children ?? []) : [undefined, node];
  if (value?.origin?.isGroup)
    return [key, ...(value.children ?? [])].some((it) => it !== undefined && holds(it, offset));
  return node.offset <= offset && offset < node.offset + node.length;
}
