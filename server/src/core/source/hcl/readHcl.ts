// HCL (Terraform, OpenTofu) to tree: attributes and blocks as properties of objects, with positions of the host text.
// Line breaks end an attribute, so that a slip costs one attribute and not the file.

import type { Draft, Node } from "../node";
import { adopt, HclDrafts, type HclProblem } from "./hclDrafts";
import { readHeredoc, readQuoted } from "./hclStrings";
import { plainCondition } from "./hclText";

/** A block with its labels: `resource "aws_ecs_service" "agent" { … }`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** From the first character of the type to the one behind the closing brace. */
  readonly offset: number;
  readonly length: number;
  /** Span of the type and the labels. */
  readonly headerLength: number;
  readonly body: Node;
}

export interface ParsedHcl {
  /** The blocks of the text, in its order. */
  readonly blocks: readonly HclBlock[];
  readonly problems: readonly HclProblem[];
}

/** No template of ECS is nested deeper; a reader without a limit would exhaust the stack. */
const deepest = 100;

/**
 * Reads a text of blocks, or a slice of one that starts at `base` of the host text. Never throws: what cannot be read
 * becomes a problem, and the rest is as whole as can be.
 */
export function readHcl(text: string, base = 0): ParsedHcl {
  const reader = new HclReader(text, base);
  return { blocks: reader.topLevel(), problems: reader.problems };
}

/** Reads one expression, for example the default of a variable that stands alone. */
export function readHclExpression(text: string, base = 0): Node {
  return new HclReader(text, base).expression(0);
}

class HclReader extends HclDrafts {
  topLevel(): readonly HclBlock[] {
    const blocks: HclBlock[] = [];
    for (;;) {
      this.scan.skipSpace(true);
      if (this.scan.isAtEnd) return blocks;
      const start = this.scan.at;
      const type = this.scan.identifier();
      const block = type === undefined ? undefined : this.block(type, start, 0);
      if (block !== undefined) blocks.push(block);
      else this.skipLine(start);
    }
  }

  /** The rest of a block behind its type; `undefined` where no block follows. */
  private block(type: string, start: number, depth: number): HclBlock | undefined {
    const labels: string[] = [];
    for (;;) {
      this.scan.skipSpace(false);
      if (this.scan.is('"')) {
        labels.push(readQuoted(this.scan).value);
        continue;
      }
      const label = this.scan.identifier();
      if (label === undefined) break;
      labels.push(label);
    }
    const headerEnd = this.scan.at;
    if (!this.scan.is("{")) return undefined;
    const body = this.body(depth + 1);
    return {
      type,
      labels,
      offset: this.base + start,
      length: this.scan.at - start,
      headerLength: headerEnd - start,
      body,
    };
  }

  /** Attributes and blocks between braces. */
  private body(depth: number): Node {
    const node = this.open("object");
    this.scan.at += 1;
    for (;;) {
      this.scan.skipSpace(true);
      if (this.scan.isAtEnd) return this.unclosed(node, "}");
      if (this.scan.take("}")) break;
      const before = this.problems.length;
      const property = this.entryOfBody(depth);
      // What follows a fault in its line, or in an unclosed list, may be lost with it.
      if (property === undefined || this.problems.length > before) node.open = true;
      if (property !== undefined) adopt(node, property);
    }
    return this.close(node);
  }

  private entryOfBody(depth: number): Draft | undefined {
    const start = this.scan.at;
    const name = this.scan.identifier();
    if (name === undefined) {
      this.skipLine(start);
      return undefined;
    }
    const key = this.leaf(start, "string", name);
    this.scan.skipSpace(false);
    if (this.scan.is("=") && !this.scan.is("==")) {
      const equals = this.scan.at;
      this.scan.at += 1;
      const value = this.expression(depth + 1);
      this.endOfAttribute();
      return this.property(key, value, equals);
    }
    const block = depth < deepest ? this.block(name, start, depth) : undefined;
    if (block === undefined) {
      this.skipLine(start);
      return undefined;
    }
    // `dynamic "x" { … }` makes any number of blocks.
    const body: Draft = block.body;
    if (name === "dynamic") {
      key.value = block.labels[0] ?? name;
      body.unknown = true;
    }
    return this.property(key, body);
  }

  private endOfAttribute(): void {
    this.scan.skipSpace(false);
    if (this.scan.isAtEnd || this.scan.isLineEnd || this.scan.is("}")) return;
    const from = this.scan.at;
    this.scan.skipExpression();
    if (this.scan.at === from) this.scan.at += 1;
    this.problem("Expected the end of the line.", from);
  }

  /** An expression; whatever is computed is an unknown value with the span of its text. */
  expression(depth: number): Node {
    this.scan.skipSpace(false);
    const start = this.scan.at;
    const node = depth < deepest ? this.primary(depth) : undefined;
    if (node !== undefined) {
      this.scan.skipSpace(false);
      if (this.scan.isEndOfExpression) return node;
    }
    const conditional = depth < deepest ? this.conditional(start, depth) : undefined;
    if (conditional !== undefined) return conditional;
    this.scan.skipExpression();
    if (this.scan.at === start) this.problem("Expected a value.", start);
    return this.computed(start);
  }

  /** `condition ? one : other`: an unknown value with two branches; `undefined`, at the start again, for anything else. */
  private conditional(start: number, depth: number): Draft | undefined {
    const { scan } = this;
    const before = this.problems.length;
    scan.at = start;
    if (scan.skipCondition()) {
      const [condition, isNegated] = plainCondition(scan.text.slice(start, scan.at - 1));
      const one = this.expression(depth + 1);
      scan.skipSpace(false);
      if (scan.take(":")) {
        const other = this.expression(depth + 1);
        scan.skipSpace(false);
        if (scan.isEndOfExpression && this.problems.length === before)
          return {
            ...this.computed(start),
            condition,
            branches: [
              { ...one, when: !isNegated },
              { ...other, when: isNegated },
            ],
          };
      }
    }
    this.problems.length = before;
    scan.at = start;
    return undefined;
  }

  private primary(depth: number): Draft | undefined {
    const { scan } = this;
    if (scan.is("(")) return this.parenthesized(depth);
    if (scan.is('"')) return this.text(readQuoted(scan));
    if (scan.is("<<")) return this.text(readHeredoc(scan));
    if (scan.is("[")) return this.list(depth);
    if (scan.is("{")) return this.object(depth);
    const number = scan.number();
    if (number !== undefined) return this.leaf(number.start, "number", number.value);
    const start = scan.at;
    const word = scan.identifier();
    if (word === undefined) return undefined;
    if (word === "true" || word === "false") return this.leaf(start, "boolean", word === "true");
    if (word === "null") return this.leaf(start, "null", null);
    if (scan.is("(")) return this.call(word, start, depth);
    scan.skipTraversal();
    return this.computed(start);
  }

  private parenthesized(depth: number): Draft | undefined {
    this.scan.at += 1;
    const node: Draft = this.expression(depth + 1);
    this.scan.skipSpace(true);
    return this.scan.take(")") ? node : undefined;
  }

  private list(depth: number): Draft | undefined {
    if (this.scan.startsFor()) return undefined;
    const node = this.open("array");
    this.scan.at += 1;
    this.items(node, "]", depth);
    return this.close(node);
  }

  private call(name: string, start: number, depth: number): Draft {
    const node = this.open("array");
    node.offset = this.base + start;
    node.tag = name;
    this.scan.at += 1;
    this.items(node, ")", depth);
    return this.close(node);
  }

  private items(node: Draft, closing: string, depth: number): void {
    for (;;) {
      this.scan.skipSpace(true);
      if (this.scan.take(closing)) return;
      const from = this.scan.at;
      if (this.scan.isAtEnd || this.scan.startsNoValue(closing)) {
        this.unclosed(node, closing);
        return;
      }
      const item: Draft = this.expression(depth + 1);
      if (this.scan.take("...")) {
        node.open = true;
        item.unknown = true;
      }
      adopt(node, item);
      this.scan.skipSpace(true);
      this.scan.take(",");
      if (this.scan.at === from) this.scan.at += 1;
    }
  }

  private object(depth: number): Draft | undefined {
    if (this.scan.startsFor()) return undefined;
    const node = this.open("object");
    this.scan.at += 1;
    for (;;) {
      this.scan.skipSpace(true);
      if (this.scan.take("}")) break;
      if (this.scan.isAtEnd) return this.unclosed(node, "}");
      const property = this.entryOfObject(depth);
      if (property === undefined) node.open = true;
      else adopt(node, property);
      this.scan.skipSpace(true);
      this.scan.take(",");
    }
    return this.close(node);
  }

  private entryOfObject(depth: number): Draft | undefined {
    const start = this.scan.at;
    const key = this.keyOfObject();
    this.scan.skipSpace(false);
    const equals = this.scan.at;
    // `{cpu}` of another template ends here, and what follows is not in it.
    if (key !== undefined && this.scan.is("}")) {
      this.problem("Expected a value.", equals);
      return undefined;
    }
    if (key === undefined || !(this.scan.take("=") || this.scan.take(":"))) {
      this.skipLine(start);
      return undefined;
    }
    const value = this.expression(depth + 1);
    return this.property(key, value, equals);
  }

  private keyOfObject(): Draft | undefined {
    const start = this.scan.at;
    if (this.scan.is('"')) return this.text(readQuoted(this.scan));
    if (this.scan.is("(")) {
      this.scan.skipBalanced();
      return this.computed(start);
    }
    const name = this.scan.identifier();
    if (name === undefined) return undefined;
    if (!this.scan.is(".")) return this.leaf(start, "string", name);
    this.scan.skipTraversal();
    return this.computed(start);
  }
}
