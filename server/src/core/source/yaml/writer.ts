// Writes changes as YAML, in the style of what is there: blocks by indentation, flow collections between brackets,
// texts in the quotes that they have.

import { type Change, Copy, type NewValue, type TextEdit } from "../change";
import type { Node } from "../node";
import { keyOf, propertyOf } from "../tree";
import {
  byOwner,
  changedValue,
  endOf,
  giveUp,
  indentOf,
  insertion,
  insideByNode,
  isListValue,
  isObjectValue,
  lineBreakOf,
  lineEnd,
  removeBetweenBrackets,
  removedBy,
  spanOfNode,
  unlessUnwritable,
  withEdits,
} from "../writing";
import { rewrittenString } from "./writeString";
import { columnOf, contentEnd, dashOf, isFlow, isInFlow, startOf, unitRemoval } from "./yamlLayout";
import { blockText, type CopyWriter, entryText, flowText, scalarText } from "./yamlText";

/** The edits of the text that make the changes; `undefined` where one of them cannot be written without a guess. */
export function writeYaml(text: string, changes: readonly Change[]): readonly TextEdit[] | undefined {
  // Lines that end with a carriage return alone are not told apart here.
  if (text.includes("\r") && /\r(?!\n)/.test(text)) return undefined;
  return unlessUnwritable(() => new YamlWriter(text, removedBy(changes)).all(changes));
}

class YamlWriter {
  private readonly lineBreak: string;

  constructor(
    private readonly text: string,
    private readonly doomed: ReadonlySet<Node>,
  ) {
    this.lineBreak = lineBreakOf(text);
  }

  all(changes: readonly Change[]): readonly TextEdit[] {
    const strings = [...insideByNode(changes)].flatMap(([node, inside]) =>
      rewrittenString(this.text, node, inside, changedValue(node, inside), isInFlow(this.text, node)),
    );
    return [...changes.flatMap((it) => this.one(it)), ...strings];
  }

  private one(change: Change): readonly TextEdit[] {
    switch (change.kind) {
      case "set":
        return [this.set(change.node, change.value)];
      case "rename":
        return [this.rename(change.value, change.name)];
      case "add":
        return [this.add(change.object, change.name, change.value)];
      case "append":
        return this.append(change.array, change.values);
      case "insertBefore":
        return [this.insertBefore(change.item, change.value)];
      case "insertBehind":
        return [this.insertBehind(change.item, change.values)];
      case "remove":
        return [...byOwner(change.nodes)].flatMap(([owner, doomed]) => this.remove(owner, doomed));
      case "inside":
        return [];
      case "restyle":
      case "text":
        return giveUp();
    }
  }

  // Values -----------------------------------------------------------------------------------------------------------

  private readonly copies: CopyWriter = {
    write: (copy, toFlow, indent) => this.copied(copy, toFlow, indent),
    isBlock: ({ node }) => node.children !== undefined && !isFlow(this.text, node),
  };

  private copied(copy: Copy, toFlow: boolean, indent: number): string {
    const { node, changes } = copy;
    const { text } = this;
    const isBlock = this.copies.isBlock(copy);
    if (toFlow && (isBlock || /^[|>]/.test(text.slice(node.offset)))) giveUp();
    const edits = writeYaml(text, changes) ?? giveUp();
    const written = withEdits(text, edits, node.offset, Math.max(node.offset, contentEnd(text, node)));
    const tag = node.tag?.startsWith("!") ? `${node.tag} ` : "";
    if (!isBlock && !written.includes("\n")) return toFlow ? this.inFlow(node, tag, written) : tag + written;
    // Lines of a block move with their first one; those of a block scalar or a folded text would need more.
    if (!isBlock) giveUp();
    const by = indent - columnOf(text, node.offset);
    const lines = written.split("\n");
    const moved = lines.map((line, index) => (index === 0 || line.trim() === "" ? line : shifted(line, by)));
    if (tag !== "") giveUp();
    return moved.join("\n");
  }

  /** A plain text may not be plain between brackets. */
  private inFlow(node: Node, tag: string, written: string): string {
    const isPlain = node.type === "string" && !/^['"]/.test(written);
    return tag + (isPlain ? scalarText(String(node.value), true) : written);
  }

  private flow(value: NewValue): string {
    return flowText(value, this.copies);
  }

  private block(value: NewValue, indent: number): string {
    return blockText(value, indent, this.copies, this.lineBreak);
  }

  // Changes ----------------------------------------------------------------------------------------------------------

  private set(node: Node, value: NewValue): TextEdit {
    const { text } = this;
    if (node.tag?.startsWith("!") && (typeof value !== "string" || node.type !== "string")) giveUp();
    const end = Math.max(node.offset, contentEnd(text, node));
    if (isInFlow(text, node)) {
      const newText = this.spaced(node.offset, this.quoted(node, value) ?? this.flow(value));
      return { span: { start: node.offset, end }, newText };
    }
    const isCollection = (it: NewValue) =>
      (isListValue(it) && it.length > 0) || (isObjectValue(it) && Object.keys(it).length > 0);
    const property = propertyOf(node);
    if (!isCollection(value) && !(value instanceof Copy && value.node.children !== undefined)) {
      const newText = this.quoted(node, value) ?? this.block(value, columnOf(text, node.offset));
      // A scalar in the place of a block goes behind the colon.
      const start = property && node.children ? this.behindColon(property, node) : node.offset;
      return { span: { start, end }, newText: this.spaced(start, newText) };
    }
    if (property === undefined || (node.children !== undefined && !isFlow(text, node)))
      return { span: { start: node.offset, end }, newText: this.block(value, columnOf(text, node.offset)) };
    const indent = columnOf(text, property.offset) + 2;
    const newText = this.lineBreak + " ".repeat(indent) + this.block(value, indent);
    return { span: { start: this.behindColon(property, node), end }, newText };
  }

  private behindColon(property: Node, node: Node): number {
    const start = (property.colonOffset ?? giveUp()) + 1;
    if (this.text.slice(start, node.offset).trim() !== "") giveUp();
    return start;
  }

  /** A text in the place of another one keeps the quotes. */
  private quoted(node: Node, value: NewValue): string | undefined {
    const quote = this.text[node.offset];
    if (typeof value !== "string" || node.length === 0) return undefined;
    if (quote === '"') return JSON.stringify(value);
    return quote === "'" && !/[\n\r]/.test(value) ? `'${value.replaceAll("'", "''")}'` : undefined;
  }

  private spaced(at: number, newText: string): string {
    return this.text[at - 1] === ":" ? ` ${newText}` : newText;
  }

  private rename(value: Node, name: string): TextEdit {
    const key = keyOf(value);
    const inFlow = isInFlow(this.text, key);
    return { span: spanOfNode(key), newText: this.quoted(key, name) ?? scalarText(name, inFlow) };
  }

  private add(object: Node, name: string, value: NewValue): TextEdit {
    const { text } = this;
    if (isFlow(text, object)) {
      const isQuoted = text[object.children?.[0]?.offset ?? -1] === '"';
      const key = isQuoted ? JSON.stringify(name) : scalarText(name, true);
      return this.atEndOfFlow(object, `${key}: ${this.flow(value)}`);
    }
    const indent = this.indentOfEntries(object);
    return this.below(
      this.lastKept(object),
      indent,
      entryText(name, value, indent, this.copies, this.lineBreak),
    );
  }

  private append(array: Node, values: readonly NewValue[]): readonly TextEdit[] {
    const { text } = this;
    if (isFlow(text, array)) return [this.atEndOfFlow(array, values.map((it) => this.flow(it)).join(", "))];
    const indent = columnOf(text, array.offset);
    return [this.below(this.lastKept(array), indent, this.items(values, indent))];
  }

  private insertBefore(item: Node, value: NewValue): TextEdit {
    const { text } = this;
    const array = item.parent ?? giveUp();
    if (isFlow(text, array)) return insertion(startOf(text, item), `${this.flow(value)}, `);
    const dash = dashOf(text, array, item) ?? giveUp();
    const indent = columnOf(text, array.offset);
    return insertion(dash, `- ${this.block(value, indent + 2)}${this.lineBreak}${" ".repeat(indent)}`);
  }

  private insertBehind(item: Node, values: readonly NewValue[]): TextEdit {
    const { text } = this;
    const array = item.parent ?? giveUp();
    if (isFlow(text, array)) {
      const space = indentOf(text, item.offset) ?? " ";
      return insertion(endOf(item), values.map((it) => `,${space}${this.flow(it)}`).join(""));
    }
    const indent = columnOf(text, array.offset);
    return this.below(item, indent, this.items(values, indent));
  }

  private items(values: readonly NewValue[], indent: number): string {
    return values.map((it) => `- ${this.block(it, indent + 2)}`).join(this.lineBreak + " ".repeat(indent));
  }

  /** Column of the entries of a block object. */
  private indentOfEntries(object: Node): number {
    const first = object.children?.[0] ?? giveUp();
    return columnOf(this.text, first.offset);
  }

  private lastKept(container: Node): Node {
    return container.children?.findLast((it) => !this.doomed.has(it)) ?? giveUp();
  }

  /** Lines below an entry, behind the comment on its line. */
  private below(entry: Node, indent: number, newText: string): TextEdit {
    const { text } = this;
    const end = contentEnd(text, entry);
    const pad = " ".repeat(indent);
    if (end > 0 && text[end - 1] === "\n") return insertion(end, pad + newText + this.lineBreak);
    const rest = text.slice(end, lineEnd(text, end));
    if (!/^[ \t]*(?:#.*)?$/.test(rest)) giveUp();
    return insertion(end + rest.length, this.lineBreak + pad + newText);
  }

  private atEndOfFlow(container: Node, newText: string): TextEdit {
    const { text } = this;
    const last = container.children?.at(-1);
    const close = endOf(container) - 1;
    if (!/[\]}]/.test(text[close] ?? "")) giveUp();
    if (last === undefined) {
      const isObject = text[container.offset] === "{";
      const inner = { start: container.offset + 1, end: close };
      if (text.slice(inner.start, inner.end).trim() !== "") giveUp();
      return { span: inner, newText: isObject ? ` ${newText} ` : newText };
    }
    const behind = text.slice(endOf(last), close);
    const comma = /^\s*,/.exec(behind)?.[0];
    const space = indentOf(text, last.offset) ?? " ";
    if (comma !== undefined) return insertion(endOf(last) + comma.length, space + newText);
    return insertion(endOf(last), `,${space}${newText}`);
  }

  private remove(owner: Node, doomed: ReadonlySet<Node>): readonly TextEdit[] {
    const { text } = this;
    if (isFlow(text, owner)) {
      if ((owner.children ?? []).some((it) => it.type !== "property" && it.tag !== undefined)) giveUp();
      if (!/[\]}]/.test(text[owner.offset + owner.length - 1] ?? "") || owner.length < 2) giveUp();
      return removeBetweenBrackets(owner, doomed);
    }
    const siblings = owner.children ?? [];
    if (doomed.size >= siblings.length && siblings.every((it) => doomed.has(it)))
      return [this.emptied(owner)];
    const [only] = doomed;
    // Of a thousand names written twice each has a fix: a search by the engine is many times as quick as a look at each.
    if (doomed.size === 1 && only !== undefined)
      return [unitRemoval(text, owner, only, siblings[siblings.indexOf(only) + 1]) ?? giveUp()];
    return siblings.flatMap((it, index) =>
      doomed.has(it) ? [unitRemoval(text, owner, it, siblings[index + 1]) ?? giveUp()] : [],
    );
  }

  private emptied(owner: Node): TextEdit {
    if (owner.open) giveUp();
    const property = propertyOf(owner);
    const start = property === undefined ? owner.offset : this.behindColon(property, owner);
    const end = contentEnd(this.text, owner);
    return { span: { start, end }, newText: this.spaced(start, owner.type === "array" ? "[]" : "{}") };
  }
}

function shifted(line: string, by: number): string {
  if (by >= 0) return " ".repeat(by) + line;
  return /^ */.exec(line)?.[0] !== undefined && line.slice(0, -by).trim() === "" ? line.slice(-by) : giveUp();
}
