// Values that conditions of a template choose: the document as it is with each of those that are written in the file.
// Whatever else is not known may then be absent as well, since it mostly hangs on the same question: what is reported of
// such a document follows from values that are written and from the condition alone.

import type { Resource } from "../resources/resource";
import { copiedNode, type Node } from "../source/node";
import { spanOf } from "../source/tree";
import type { Span } from "../text/span";

/** The document where some conditions are as they are here. */
export interface Choice {
  readonly document: Resource;
  /** By condition, in the words of the host. */
  readonly conditions: ReadonlyMap<string, boolean>;
  /** Where the values are written that they choose. */
  readonly spans: readonly Span[];
}

/** Choices beyond these are not tried: each is a document of its own. */
const mostChoices = 60;

/** Lists and maps of texts that ECS takes as they are: a choice in them makes nothing else right or wrong. */
const freeTexts: ReadonlySet<unknown> = new Set([
  "command",
  "dockerLabels",
  "entryPoint",
  "environment",
  "tags",
]);

/** The document with each value that a condition chooses; conditions inside of a branch together with that of the branch. */
export function choicesOf(document: Resource): readonly Choice[] {
  const { input } = document;
  if (input === undefined || document.hosted === undefined) return [];
  const found = new Map<string, ReadonlyMap<string, boolean>>();
  const visit = (node: Node, given: ReadonlyMap<string, boolean>): void => {
    if (node.type === "property" && freeTexts.has(node.children?.[0]?.value)) return;
    const { condition } = node;
    for (const branch of node.branches ?? []) {
      if (condition === undefined || branch.when === undefined || found.size >= mostChoices) continue;
      const known = given.get(condition);
      if (known !== undefined && known !== branch.when) continue;
      const these = new Map(given).set(condition, branch.when);
      found.set(JSON.stringify([...these].sort()), these);
      visit(branch, these);
    }
    for (const child of node.children ?? []) visit(child, given);
  };
  visit(input, new Map());
  return [...found.values()].map((it) => new Choosing(it).choiceOf(document, input));
}

class Choosing {
  private readonly spans: Span[] = [];

  constructor(private readonly conditions: ReadonlyMap<string, boolean>) {}

  choiceOf(document: Resource, input: Node): Choice {
    const copy = this.copy(input, input.parent);
    const { source } = document;
    const root = source.root === input ? copy : source.root;
    return {
      document: { ...document, input: copy, source: { ...source, root } },
      conditions: this.conditions,
      spans: this.spans,
    };
  }

  private copy(written: Node, parent: Node | undefined): Node {
    const chosen = this.chosen(written);
    const { children } = chosen;
    const copy = copiedNode(chosen, parent);
    if (children === undefined) return copy;
    const given = children.filter((it) => it.type !== "property" || !this.isUnknown(it));
    if (given.length < children.length) copy.open = true;
    copy.children = given.map((it) => this.copy(it, copy));
    return copy;
  }

  private isUnknown({ children: [, value] = [] }: Node): boolean {
    return value !== undefined && this.chosen(value).unknown === true;
  }

  /** The value that the conditions choose; a value that they do not choose stays unknown. */
  private chosen(node: Node): Node {
    const truth = node.condition === undefined ? undefined : this.conditions.get(node.condition);
    const branch = truth === undefined ? undefined : node.branches?.find((it) => it.when === truth);
    if (branch === undefined) return node;
    if (!branch.unknown) this.spans.push(spanOf(branch));
    return this.chosen(branch);
  }
}
