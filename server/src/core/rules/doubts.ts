// Values that have been reported as null, of the wrong type, misspelt or missing. What they should be is not known, so the
// rules that run after that see an unknown value: one fault is one diagnostic, and what only follows from it is not reported.

import type { Resource } from "../resources/resource";
import { copiedNode, type Node } from "../source/node";

/** What the rules of form have reported so far. */
export class Doubts {
  private readonly values = new Set<Node>();
  private readonly members = new Map<Node, Set<string>>();

  /** How much has been noted: it grows with every note. */
  get size(): number {
    return this.values.size + this.members.size;
  }

  /** The value itself is reported. */
  noteValue(node: Node): void {
    this.values.add(node);
  }

  /** Whether that has been noted. */
  hasValue(node: Node): boolean {
    return this.values.has(node);
  }

  /** The object has no property of that name as it is written; a diagnostic asks for it, or for its right name. */
  noteMember(object: Node, name: string): void {
    const known = this.members.get(object);
    if (known === undefined) this.members.set(object, new Set([name]));
    else known.add(name);
  }

  /** Whether that has been noted. */
  hasMember(object: Node, name: string): boolean {
    return this.members.get(object)?.has(name) === true;
  }

  /** The document with unknown values in all these places; its positions stay. */
  appliedTo(document: Resource): Resource {
    const { input, source } = document;
    if (input === undefined) return document;
    const copy = this.copyOf(input, input.parent);
    return {
      ...document,
      input: copy,
      ...(source.root === input ? { source: { ...source, root: copy } } : {}),
    };
  }

  private copyOf(node: Node, parent: Node | undefined): Node {
    const { children } = node;
    const copy = copiedNode(node, parent);
    if (this.values.has(node)) return Object.assign(copy, node.type === "null" ? unknownNull : unknownValue);
    const names = this.members.get(node);
    if (names !== undefined) copy.assumed = new Map([...names].map((it) => [it, assumed(node, copy)]));
    if (children === undefined) return copy;
    copy.children = children.map((it) => this.copyOf(it, copy));
    if (node.type === "array" && children.some((it) => this.values.has(it))) copy.open = true;
    return copy;
  }
}

const unknownValue = { type: "string", value: "", unknown: true, bare: true, children: undefined } as const;

/** Null is no value that is there, and what should be there instead is not known. */
const unknownNull = { unknown: true, bare: true } as const;

const assumed = ({ offset, length }: Node, parent: Node): Node => ({
  ...unknownValue,
  offset,
  length,
  parent,
});
