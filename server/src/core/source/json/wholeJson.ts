// The tree of a text that is JSON as it stands, which most texts are: read in one pass, with what the engine does fastest.
// Everything else is left to the reader that can tell what is wrong (parseJson.ts).

import { mayHoldPlaceholder, placeholderEnd } from "../../text/placeholders";
import type { Span } from "../../text/span";
import type { Node, NodeType } from "../node";

export interface WholeJson {
  readonly root: Node;
  /** Placeholders, which in JSON are inside strings. */
  readonly templates: readonly Span[];
}

/** A node while it is read. All have one layout, which makes every later look at the tree faster. */
interface Growing {
  readonly type: NodeType;
  readonly offset: number;
  length: number;
  readonly value: unknown;
  children: Node[] | undefined;
  readonly parent: Node | undefined;
  colonOffset: number | undefined;
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What a string does not hold as it is written. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const needsDecoding = /[\\\u0000-\u001f]/;
const words: Readonly<Record<string, readonly [string, NodeType, unknown]>> = {
  t: ["true", "boolean", true],
  f: ["false", "boolean", false],
  n: ["null", "null", null],
};

/** Reads JSON, at most `deepest` levels of objects and arrays; `undefined` for any other text. Never throws. */
export function readWholeJson(text: string, withTemplates: boolean, deepest: number): WholeJson | undefined {
  return new WholeReader(text, withTemplates, deepest).read();
}

/** One pass over a text; `at` is the next character. A method answers `undefined` where the text is no JSON. */
class WholeReader {
  private readonly templates: Span[] = [];
  private at: number;

  constructor(
    private readonly text: string,
    private readonly withTemplates: boolean,
    private readonly deepest: number,
  ) {
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  read(): WholeJson | undefined {
    const root = this.value(undefined, 0);
    this.skipSpace();
    return root === undefined || this.at < this.text.length
      ? undefined
      : { root: root as Node, templates: this.templates };
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  /** The next character that is no white space; it is left for whoever reads it. */
  private next(): string | undefined {
    this.skipSpace();
    return this.text[this.at];
  }

  private value(parent: Growing | undefined, depth: number): Growing | undefined {
    const first = this.next();
    if (first === '"') return this.string(parent);
    if (first === "{") return depth < this.deepest ? this.object(parent, depth + 1) : undefined;
    if (first === "[") return depth < this.deepest ? this.array(parent, depth + 1) : undefined;
    const word = first === undefined ? undefined : words[first];
    return word === undefined ? this.number(parent) : this.word(parent, word);
  }

  private object(parent: Growing | undefined, depth: number): Growing | undefined {
    const children: Growing[] = [];
    const node = this.grow("object", parent, undefined, children);
    if (this.begins("}")) return this.end(node);
    do {
      if (this.next() !== '"') return undefined;
      const property = this.grow("property", node, undefined, undefined);
      const key = this.string(property);
      if (key === undefined || this.next() !== ":") return undefined;
      property.colonOffset = this.at;
      this.at += 1;
      const value = this.value(property, depth);
      if (value === undefined) return undefined;
      // Two, and no room for more: half of all nodes are properties.
      property.children = [key, value] as Node[];
      children.push(this.end(property));
    } while (this.passes(","));
    return this.passes("}") ? this.end(node) : undefined;
  }

  private array(parent: Growing | undefined, depth: number): Growing | undefined {
    const children: Growing[] = [];
    const node = this.grow("array", parent, undefined, children);
    if (this.begins("]")) return this.end(node);
    do {
      const item = this.value(node, depth);
      if (item === undefined) return undefined;
      children.push(item);
    } while (this.passes(","));
    return this.passes("]") ? this.end(node) : undefined;
  }

  /** Passes the opening bracket, and the closing one where nothing is between them. */
  private begins(closing: string): boolean {
    this.at += 1;
    return this.passes(closing);
  }

  private passes(char: string): boolean {
    if (this.next() !== char) return false;
    this.at += 1;
    return true;
  }

  private string(parent: Growing | undefined): Growing | undefined {
    const { text, at: start } = this;
    const end = this.closingQuote(start + 1);
    if (end < 0) return undefined;
    const written = text.slice(start + 1, end);
    const value = needsDecoding.test(written) ? decoded(text.slice(start, end + 1)) : written;
    if (value === undefined) return undefined;
    if (this.withTemplates && mayHoldPlaceholder(written)) this.findTemplates(start + 1, end);
    const node = this.grow("string", parent, value, undefined);
    this.at = end + 1;
    return this.end(node);
  }

  private closingQuote(from: number): number {
    let end = this.text.indexOf('"', from);
    while (end > from && this.text.charCodeAt(end - 1) === 0x5c) {
      let before = end - 1;
      while (before > from && this.text.charCodeAt(before - 1) === 0x5c) before -= 1;
      if ((end - before) % 2 === 0) return end;
      end = this.text.indexOf('"', end + 1);
    }
    return end;
  }

  private findTemplates(start: number, limit: number): void {
    for (let at = start; at < limit; ) {
      const end = placeholderEnd(this.text, at, { limit, inString: true });
      if (end !== undefined) this.templates.push({ start: at, end });
      at = end ?? at + (this.text[at] === "\\" ? 2 : 1);
    }
  }

  private number(parent: Growing | undefined): Growing | undefined {
    numberPattern.lastIndex = this.at;
    if (!numberPattern.test(this.text)) return undefined;
    const written = this.text.slice(this.at, numberPattern.lastIndex);
    const node = this.grow("number", parent, Number(written), undefined);
    this.at += written.length;
    return this.end(node);
  }

  private word(
    parent: Growing | undefined,
    [word, type, value]: readonly [string, NodeType, unknown],
  ): Growing | undefined {
    if (!this.text.startsWith(word, this.at)) return undefined;
    const node = this.grow(type, parent, value, undefined);
    this.at += word.length;
    return this.end(node);
  }

  private grow(
    type: NodeType,
    parent: Growing | undefined,
    value: unknown,
    children: Growing[] | undefined,
  ): Growing {
    return {
      type,
      offset: this.at,
      length: 0,
      value,
      children: children as Node[] | undefined,
      parent: parent as Node | undefined,
      colonOffset: undefined,
    };
  }

  private end(node: Growing): Growing {
    node.length = this.at - node.offset;
    return node;
  }
}

/** The value of a string with escapes; `undefined` where one is broken. */
function decoded(written: string): string | undefined {
  try {
    return JSON.parse(written) as string;
  } catch {
    return undefined;
  }
}
