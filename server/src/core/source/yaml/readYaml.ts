// YAML to tree: the syntax is read by the library `yaml` (its concrete syntax tree, so that one slip costs one value),
// the nodes are ours, with positions of the host text. Aliases are unknown values, never expanded.

import { CST, Parser } from "yaml";
import type { Draft, Node } from "../node";
import { scalarContent, sourceStart } from "./scalarContent";
import { markMasked, maskDirectives } from "./templateText";

export interface YamlProblem {
  readonly message: string;
  readonly offset: number;
}

export interface ParsedYaml {
  /** The first document's value; `undefined` for an empty text. */
  readonly root: Node | undefined;
  readonly problems: readonly YamlProblem[];
}

/** No template of ECS is nested deeper; a reader without a limit would exhaust the stack. */
const deepest = 100;

/**
 * Reads a YAML text, or a slice of one that starts at `base` of the host text (at the beginning of a line). Never
 * throws: what cannot be read becomes a problem, and the tree is as whole as can be.
 */
export function readYaml(text: string, base = 0): ParsedYaml {
  const problems: YamlProblem[] = [];
  const reader = new YamlReader(base, problems);
  let root: Node | undefined;
  // A carriage return alone ends a line of YAML, for the library it is part of a name or a text.
  const lines = text.replace(/\r(?!\n)/g, "\n");
  const masked = maskDirectives(lines);
  for (const token of new Parser().parse(masked?.text ?? lines)) {
    if (token.type === "error") problems.push({ message: token.message, offset: base + token.offset });
    if (token.type === "document" && root === undefined)
      root = reader.valueOf(token, token.start, token.value, 0);
  }
  if (masked !== undefined && root !== undefined) markMasked(root, masked, text, base);
  return { root, problems };
}

class YamlReader {
  constructor(
    private readonly base: number,
    private readonly problems: YamlProblem[],
  ) {}

  /** The value of an entry: `before` holds the tags and anchors in front of it. */
  valueOf(
    owner: { readonly offset: number },
    before: readonly CST.SourceToken[],
    token: CST.Token | null | undefined,
    depth: number,
  ): Node {
    const tag = before.find((it) => it.type === "tag")?.source;
    // Nothing at all stands where its key or dash ends, not behind the lines below.
    const last = before.findLast((it) => !/^(?:space|newline|comment)$/.test(it.type));
    const empty = this.base + (last === undefined ? owner.offset : last.offset + last.source.length);
    const node = token && depth < deepest ? this.nodeOf(token, depth) : undefined;
    const value: Draft = node ?? { type: "null", offset: empty, length: 0, value: null };
    if (token && depth >= deepest) value.unknown = true;
    if (tag !== undefined && tag !== "!!str") value.tag = tag;
    // Aliases of it may be anywhere.
    if (before.some((it) => it.type === "anchor")) value.locked = true;
    if (tag === "!!str" && value.type !== "string" && token) asText(value, token);
    return value;
  }

  private nodeOf(token: CST.Token, depth: number): Draft | undefined {
    switch (token.type) {
      case "block-map":
        return this.entries("object", token, token.items, depth);
      case "block-seq":
        return this.entries("array", token, token.items, depth);
      case "flow-collection": {
        const isMap = token.start.type === "flow-map-start";
        const node = this.entries(isMap ? "object" : "array", token, token.items, depth);
        const close = token.end.find((it) => it.type === "flow-map-end" || it.type === "flow-seq-end");
        if (close !== undefined) node.length = this.base + close.offset + 1 - node.offset;
        return node;
      }
      case "scalar":
      case "single-quoted-scalar":
      case "double-quoted-scalar":
      case "block-scalar":
        return this.scalar(token);
      case "alias":
        return this.leaf(token.offset, token.source.length, "string", token.source, true);
      default:
        return undefined;
    }
  }

  private entries(
    type: "object" | "array",
    token: { readonly offset: number },
    items: CST.BlockMap["items"] | CST.BlockSequence["items"] | CST.FlowCollection["items"],
    depth: number,
  ): Draft {
    const node: Draft = { type, offset: this.base + token.offset, length: 0, children: [] };
    for (const item of items) {
      const isEmpty = !item.key && !item.sep && !item.value;
      if (type === "object" && isEmpty) continue;
      if (type === "array" && isEmpty && !item.start.some((it) => it.type === "seq-item-ind")) continue;
      const child = type === "object" ? this.property(item, depth) : this.item(token, item, depth);
      if (isCompact(item)) node.open = true;
      if (child === undefined) {
        node.open = true;
        continue;
      }
      (child as Draft).parent = node;
      node.children?.push(child);
      const end = child.offset + child.length;
      if (end > node.offset + node.length) node.length = end - node.offset;
    }
    return node;
  }

  /** An item of a list; `[a: 1]` holds an object of one property. */
  private item(owner: { readonly offset: number }, item: CST.CollectionItem, depth: number): Node {
    if (!item.sep) return this.valueOf(item.start[0] ?? owner, item.start, item.value ?? item.key, depth + 1);
    const property = this.property(item, depth + 1);
    const start = property?.offset ?? this.base + owner.offset;
    const node: Draft = { type: "object", offset: start, length: property?.length ?? 0, children: [] };
    if (property === undefined) node.open = true;
    else {
      (property as Draft).parent = node;
      node.children?.push(property);
    }
    return node;
  }

  /** `undefined` for an entry that adds what nobody can see here: a merge key, a key that is no text or not on one line. */
  private property(item: CST.CollectionItem, depth: number): Node | undefined {
    // A key that is itself a collection is none; reading it would follow it down without a limit.
    if (!item.key || "items" in item.key || item.key.type === "alias") return undefined;
    const key = this.nodeOf(item.key, depth);
    if (key === undefined) return undefined;
    if (key.value === "<<" || ("source" in item.key && item.key.source.includes("\n"))) return undefined;
    if (key.type !== "string") asText(key, item.key as CST.Token);
    const separator = item.sep ?? [];
    const value = this.valueOf(item.key ?? { offset: 0 }, separator, item.value, depth + 1);
    if (isCompact(item)) this.hideCompact(value as Draft);
    const end = Math.max(key.offset + key.length, value.offset + value.length);
    const colon = separator.find((it) => it.type === "map-value-ind");
    const node: Draft = {
      type: "property",
      offset: key.offset,
      length: end - key.offset,
      children: [key, value],
      ...(colon === undefined ? {} : { colonOffset: this.base + colon.offset }),
    };
    key.parent = node;
    (value as Draft).parent = node;
    return node;
  }

  /** No YAML, though the library reads on: what should be behind `name: text` may be in what it took for the value. */
  private hideCompact(value: Draft): void {
    this.problems.push({ message: "An object begins on a line of its own.", offset: value.offset });
    value.type = "string";
    value.unknown = true;
    delete value.children;
  }

  private scalar(token: CST.FlowScalar | CST.BlockScalar): Draft {
    const resolved = CST.resolveAsScalar(token, false, (offset, _code, message) =>
      this.problems.push({ message, offset: this.base + offset }),
    );
    const text = resolved?.value ?? "";
    const start = token.type === "block-scalar" ? (token.props[0]?.offset ?? token.offset) : token.offset;
    const end = sourceStart(token) + token.source.length;
    if (token.type === "scalar") {
      const plain = plainValue(text);
      if (typeof plain !== "string") {
        const type = plain === null ? "null" : typeof plain === "number" ? "number" : "boolean";
        return this.leaf(start, end - start, type, plain, false);
      }
      if (isTruthOrText.test(text)) return this.leaf(start, end - start, "string", text, true);
    }
    const node = this.leaf(start, end - start, "string", text, false);
    node.content = () => scalarContent(token, text, this.base);
    return node;
  }

  private leaf(start: number, length: number, type: Node["type"], value: unknown, unknown: boolean): Draft {
    return { type, offset: this.base + start, length, value, ...(unknown ? { unknown: true as const } : {}) };
  }
}

/** Whether an entry is like `a: b: c`, whose value would be an object without a line of its own. */
function isCompact({ start, sep = [], value }: CST.CollectionItem): boolean {
  if (value?.type !== "block-map" || start.some((it) => it.type === "explicit-key-ind")) return false;
  return sep.some((it) => it.type === "map-value-ind") && !sep.some((it) => it.type === "newline");
}

function asText(node: Draft, token: CST.Token): void {
  node.type = "string";
  node.value = "source" in token ? token.source : "";
}

/** Booleans of YAML 1.1, which some tools read as such and others as text. */
const isTruthOrText = /^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;

/** A plain scalar by the core schema of YAML 1.2. */
function plainValue(text: string): string | number | boolean | null {
  if (text === "" || text === "~" || /^null$/i.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^[-+]?(?:\d+|\d*\.\d+|\d+\.)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
  return text;
}
