// Nodes of HCL while they are read, with their places in the host text, and what could not be read.

import type { Draft, Node } from "../node";
import { HclScanner } from "./hclScanner";
import type { readQuoted } from "./hclStrings";

export interface HclProblem {
  readonly message: string;
  readonly offset: number;
}

/** What a reader of HCL makes nodes with, at the place of its scanner. */
export class HclDrafts {
  readonly problems: HclProblem[] = [];
  protected readonly scan: HclScanner;
  protected readonly base: number;

  /** `base` is where the text begins in that of the host. */
  constructor(text: string, base: number) {
    this.scan = new HclScanner(text);
    this.base = base;
  }

  protected text(read: ReturnType<typeof readQuoted>): Draft {
    const node = this.leaf(read.start, "string", read.value);
    node.content = () => read.content(this.base);
    if (read.hasTemplate) node.unknown = true;
    if (!read.isClosed) this.problem("This string is never closed.", read.start);
    return node;
  }

  protected computed(start: number): Draft {
    const node = this.leaf(start, "string", this.scan.text.slice(start, this.scan.at).trimEnd());
    node.length = String(node.value).length;
    node.unknown = true;
    node.bare = true;
    return node;
  }

  protected leaf(start: number, type: Node["type"], value: unknown): Draft {
    return { type, offset: this.base + start, length: this.scan.at - start, value };
  }

  protected open(type: "object" | "array"): Draft {
    return { type, offset: this.base + this.scan.at, length: 0, children: [] };
  }

  protected close(node: Draft): Draft {
    node.length = this.base + this.scan.at - node.offset;
    return node;
  }

  /** `equals` is where the sign of an attribute is; a block has none. */
  protected property(key: Draft, value: Draft, equals?: number): Draft {
    const node: Draft = {
      type: "property",
      offset: key.offset,
      length: value.offset + value.length - key.offset,
      children: [key, value],
      ...(equals === undefined ? {} : { colonOffset: this.base + equals }),
    };
    key.parent = node;
    value.parent = node;
    return node;
  }

  protected skipLine(start: number): void {
    this.problem("Expected an attribute or a block.", start);
    this.scan.skipLine();
  }

  /** What belongs behind it may be in it. */
  protected unclosed(node: Draft, closing: string): Draft {
    this.problem(`The closing '${closing}' is missing.`, node.offset - this.base);
    node.open = true;
    return this.close(node);
  }

  protected problem(message: string, at: number): void {
    if (this.problems.length < 100) this.problems.push({ message, offset: this.base + at });
  }
}

/** Makes a node the last child of another. */
export function adopt(parent: Draft, child: Draft): void {
  child.parent = parent;
  parent.children?.push(child);
}
