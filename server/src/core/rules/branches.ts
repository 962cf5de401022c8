// Values that a condition of a template chooses: the document as it is with each of them that is written in the file.
// Everything else that a condition decides stays unknown, so what is reported is so whatever the other conditions are.

import type { Resource } from "../resources/resource";
import type { Node } from "../source/node";
import { keyOf, spanOf } from "../source/tree";
import type { Span } from "../text/span";

type Draft = { -readonly [K in keyof Node]: Node[K] };

export interface Choice {
  /** The document with the value in the place of all that the condition chooses between. */
  readonly document: Resource;
  /** Where the value is written. */
  readonly span: Span;
  /** What the value is one of: the name of a property. */
  readonly name: string;
  /** A text, number or boolean as it is; absent for a list or an object. */
  readonly value?: string;
}

/** Values beyond these are not tried: each is a document of its own. */
const mostChoices = 60;

/** The document with each value that a condition chooses, in the order of the text. */
export function choicesOf(document: Resource): readonly Choice[] {
  const { input } = document;
  if (input === undefined || document.hosted === undefined) return [];
  const found: Choice[] = [];
  const visit = (node: Node, chosen: ReadonlyMap<Node, Node>): void => {
    for (const branch of valuesOf(node)) {
      if (found.length >= mostChoices) return;
      const these = new Map(chosen).set(node, branch);
      found.push(choiceOf(document, input, these, branch));
      for (const child of branch.children ?? []) visit(child, these);
    }
    for (const child of node.children ?? []) visit(child, chosen);
  };
  visit(input, new Map());
  return found;
}

/** What conditions, also one within the other, choose between. */
function valuesOf(node: Node): readonly Node[] {
  return (node.branches ?? []).flatMap((it) => (it.unknown ? valuesOf(it) : [it]));
}

function choiceOf(document: Resource, input: Node, chosen: ReadonlyMap<Node, Node>, branch: Node): Choice {
  const copy = copyOf(input, input.parent, chosen);
  const { source } = document;
  return {
    document: {
      ...document,
      input: copy,
      ...(source.root === input ? { source: { ...source, root: copy } } : {}),
    },
    span: spanOf(branch),
    name: nameOf(branch),
    ...(branch.children === undefined ? { value: String(branch.value) } : {}),
  };
}

function copyOf(node: Node, parent: Node | undefined, chosen: ReadonlyMap<Node, Node>): Node {
  const { children, parent: _, ...own } = chosen.get(node) ?? node;
  const copy: Draft = parent === undefined ? own : { ...own, parent };
  if (children !== undefined) copy.children = children.map((it) => copyOf(it, copy, chosen));
  return copy;
}

/** The property that a node is the value of, or in the list of, as the file names it. */
function nameOf(node: Node): string {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    const key = keyOf(at);
    if (key !== at) return String(key.origin?.node.value ?? key.value);
  }
  return "the value";
}
