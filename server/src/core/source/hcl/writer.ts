// Writes changes as HCL: arguments and blocks on lines of their own, objects and lists of expressions as they are laid out.

import { Blocks, type Change, Copy, type NewValue, type TextEdit } from "../change";
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
  isObjectValue,
  lineBreakOf,
  lineEnd,
  lineStart,
  removeBetweenBrackets,
  removedBy,
  spanOfNode,
  unlessUnwritable,
  withEdits,
} from "../writing";
import { bodyText, entryLines, escapedText, inlineHcl, keyText, literalText, quotedText } from "./hclText";

/** The edits of the text that make the changes; `undefined` where one of them cannot be written without a guess. */
export function writeHcl(text: string, changes: readonly Change[]): readonly TextEdit[] | undefined {
  return unlessUnwritable(() => new HclWriter(text, removedBy(changes)).all(changes));
}

type Inside = Extract<Change, { readonly kind: "inside" }>;

class HclWriter {
  constructor(
    private readonly text: string,
    private readonly doomed: ReadonlySet<Node>,
  ) {}

  all(changes: readonly Change[]): readonly TextEdit[] {
    const strings = [...insideByNode(changes)].flatMap(([node, inside]) => this.inside(node, inside));
    return [...changes.flatMap((it) => this.one(it)), ...strings];
  }

  private one(change: Change): readonly TextEdit[] {
    switch (change.kind) {
      case "set":
        return [{ span: spanOfNode(change.node), newText: this.instead(change.node, change.value) }];
      case "rename":
        return [this.rename(keyOf(change.value), change.name)];
      case "restyle":
        return [change.as === "blocks" ? this.asBlocks(change.value) : this.asArgument(change.value)];
      case "add":
        return this.add(change.object, change.name, change.value);
      case "append":
        return this.atEnd(change.array, change.values.map((it) => this.inline(it)).join(", "));
      case "insertBefore":
        return [insertion(change.item.offset, `${this.inline(change.value)}, `)];
      case "insertBehind":
        return [this.insertBehind(change.item, change.values)];
      case "remove":
        return [...byOwner(change.nodes)].flatMap(([owner, doomed]) => this.remove(owner, doomed));
      case "inside":
        return [];
      case "text":
        return giveUp();
    }
  }

  // Values -----------------------------------------------------------------------------------------------------------

  private readonly copied = ({ node, changes }: Copy): string => {
    if (isBody(node)) giveUp();
    return withEdits(this.text, writeHcl(this.text, changes) ?? giveUp(), node.offset, endOf(node));
  };

  private inline(value: NewValue): string {
    return inlineHcl(value, this.copied);
  }

  private instead(node: Node, value: NewValue): string {
    if (!isBody(node)) return this.inline(value);
    if (!isObjectValue(value)) giveUp();
    return bodyText(value, this.lineOf(propertyOf(node) ?? giveUp()), this.copied);
  }

  /** Line break and indentation of the line that a node begins on. */
  private lineOf(node: Node): string {
    const start = lineStart(this.text, node.offset);
    const [indent = ""] = /^[ \t]*/.exec(this.text.slice(start, node.offset)) ?? [];
    return lineBreakOf(this.text) + indent;
  }

  // Changes ----------------------------------------------------------------------------------------------------------

  private rename(key: Node, name: string): TextEdit {
    const isQuoted = this.text[key.offset] === '"';
    return { span: spanOfNode(key), newText: isQuoted ? quotedText(name) : keyText(name) };
  }

  /** An object, or a list of objects, as blocks: each of its entries on a line of its own. */
  private asBlocks(value: Node): TextEdit {
    const property = propertyOf(value) ?? giveUp();
    if (isBody(value) || value.unknown || value.open || value.tag !== undefined) giveUp();
    const objects = value.type === "array" ? (value.children ?? []) : [value];
    if (value.type === "array") this.nothingBetween(value);
    const bodies = objects.map((it) => this.entriesOf(it));
    if (bodies.length === 0) giveUp();
    const name = String(keyOf(value).value);
    const newText = entryLines(name, new Blocks(bodies), this.lineOf(property), this.copied);
    return { span: spanOfNode(property), newText };
  }

  private entriesOf(object: Node): Readonly<Record<string, Copy>> {
    const { children = [], type, unknown, open, tag } = object;
    if (type !== "object" || unknown || open || tag !== undefined) giveUp();
    this.nothingBetween(object);
    const entries = children.map(({ children: [key, it] = [] }): readonly [string, Copy] => {
      const name = String(key?.value);
      if (it === undefined || key?.unknown || keyText(name) !== name) return giveUp();
      return [name, new Copy(it)];
    });
    return new Set(entries.map(([name]) => name)).size < entries.length
      ? giveUp()
      : Object.fromEntries(entries);
  }

  /** Gives up where something that would be lost, a comment, stands between the entries. */
  private nothingBetween(container: Node): void {
    const { text } = this;
    let at = container.offset + 1;
    const gaps: string[] = [];
    for (const it of container.children ?? []) {
      gaps.push(text.slice(at, it.offset));
      at = endOf(it);
    }
    gaps.push(text.slice(at, endOf(container) - 1));
    if (/[^\s,]/.test(gaps.join(""))) giveUp();
  }

  /** The only block of its name, without blocks in it, as an argument. */
  private asArgument(value: Node): TextEdit {
    const property = propertyOf(value) ?? giveUp();
    const isMap = (value.children ?? []).every(
      (it) => it.type === "property" && it.colonOffset !== undefined,
    );
    const name = keyOf(value).value;
    const same = property.parent?.children?.filter((it) => it.children?.[0]?.value === name) ?? [];
    const isPlain = /^[ \t]+$/.test(this.text.slice(endOf(keyOf(value)), value.offset));
    if (!isBody(value) || value.unknown || !isMap || same.length !== 1 || !isPlain) giveUp();
    return insertion(value.offset, "= ");
  }

  private add(object: Node, name: string, value: NewValue): readonly TextEdit[] {
    if (isBody(object)) return this.addToBody(object, name, value);
    if (value instanceof Blocks) giveUp();
    const last = object.children?.at(-1);
    const key = last?.children?.[0];
    const written = key !== undefined && this.text[key.offset] === '"' ? quotedText(name) : keyText(name);
    const sign = this.text[last?.colonOffset ?? -1] === ":" ? ": " : " = ";
    return this.atEnd(object, written + this.aligned(last, written, sign) + this.inline(value));
  }

  /** The sign stands below the one of the entry above, where that is a formatted one. */
  private aligned(above: Node | undefined, name: string, sign: string): string {
    const key = above?.children?.[0];
    if (sign !== " = " || key === undefined || above?.colonOffset === undefined) return sign;
    if (indentOf(this.text, key.offset) === undefined) return sign;
    const width = above.colonOffset - key.offset;
    return " ".repeat(Math.max(0, width - name.length - 1)) + sign;
  }

  private addToBody(body: Node, name: string, value: NewValue): readonly TextEdit[] {
    const { text } = this;
    const children = body.children ?? [];
    const close = endOf(body) - 1;
    if (text[close] !== "}") giveUp();
    const header = body.parent === undefined ? body : (propertyOf(body) ?? body);
    const inner = `${this.lineOf(header)}  `;
    const isBlock = value instanceof Blocks;
    const last = children.findLast((it) => !this.doomed.has(it));
    if (last === undefined || indentOf(text, last.offset) === undefined) {
      if (children.length > 1 || children.some((it) => this.doomed.has(it))) giveUp();
      const kept = last === undefined ? "" : inner + text.slice(last.offset, endOf(last));
      if (text.slice(last ? endOf(last) : body.offset + 1, close).trim() !== "") giveUp();
      const added = inner + entryLines(name, value, inner, this.copied);
      const span = { start: body.offset + 1, end: close };
      return [{ span, newText: kept + added + this.lineOf(header) }];
    }
    // Among arguments a new one goes below the last of them, not below the blocks.
    const argument = children.findLast((it) => it.colonOffset !== undefined && !this.doomed.has(it));
    const above = isBlock ? last : (argument ?? last);
    const line = indentOf(text, above.offset) ?? inner;
    const key = isBlock ? name : name + this.aligned(above, name, " = ").slice(0, -3);
    const gap = isBlock ? lineBreakOf(text) : "";
    return [insertion(this.endOfLine(above), gap + line + entryLines(key, value, line, this.copied))];
  }

  /** Behind the comment on the line that an entry ends on. */
  private endOfLine(entry: Node): number {
    const end = lineEnd(this.text, endOf(entry));
    return /^[ \t]*(?:,[ \t]*)?(?:(?:#|\/\/).*)?$/.test(this.text.slice(endOf(entry), end)) ? end : giveUp();
  }

  private atEnd(container: Node, newText: string): readonly TextEdit[] {
    const { text } = this;
    const close = endOf(container) - 1;
    if (!/[\]})]/.test(text[close] ?? "")) giveUp();
    const last = container.children?.at(-1);
    const isObject = text[container.offset] === "{";
    if (last === undefined) {
      const start = container.offset + 1 + (container.tag?.length ?? 0);
      if (text.slice(start, close).trim() !== "") giveUp();
      return [{ span: { start, end: close }, newText: isObject ? ` ${newText} ` : newText }];
    }
    const end = endOf(last);
    const comma = /^\s*,/.exec(text.slice(end, close))?.[0];
    const line = indentOf(text, last.offset);
    if (comma !== undefined) {
      if (line === undefined) return [insertion(end + comma.length, ` ${newText}`)];
      return [insertion(this.endOfLine(last), `${line}${newText},`)];
    }
    const before = container.children?.at(-2);
    const isLines = before !== undefined && !text.slice(endOf(before), last.offset).includes(",");
    if (line === undefined) return [insertion(end, isLines && before ? giveUp() : `, ${newText}`)];
    const at = this.endOfLine(last);
    if (isObject && (isLines || before === undefined)) return [insertion(at, line + newText)];
    return at === end
      ? [insertion(end, `,${line}${newText}`)]
      : [insertion(end, ","), insertion(at, line + newText)];
  }

  private insertBehind(item: Node, values: readonly NewValue[]): TextEdit {
    const { text } = this;
    if (!isBody(item)) {
      let start = item.offset;
      while (start > 0 && /\s/.test(text[start - 1] ?? "")) start -= 1;
      const separator = `,${text.slice(start, item.offset) || " "}`;
      return insertion(endOf(item), values.map((it) => separator + this.inline(it)).join(""));
    }
    const block = propertyOf(item) ?? giveUp();
    const line = this.lineOf(block);
    const name = text.slice(block.offset, item.offset).trimEnd();
    const written = values.map((it) => `${lineBreakOf(text)}${line}${name} ${this.copiedBody(it, line)}`);
    return insertion(this.endOfLine(block), written.join(""));
  }

  private copiedBody(value: NewValue, line: string): string {
    if (isObjectValue(value)) return bodyText(value, line, this.copied);
    if (!(value instanceof Copy)) return giveUp();
    const { node, changes } = value;
    return withEdits(this.text, writeHcl(this.text, changes) ?? giveUp(), node.offset, endOf(node));
  }

  private remove(owner: Node, doomed: ReadonlySet<Node>): readonly TextEdit[] {
    const own = (owner.children ?? []).filter((it) => doomed.has(it));
    const removals = own.map((it) => this.lines(it));
    if (removals.every((it) => it !== undefined)) return removals;
    return removeBetweenBrackets(owner, doomed);
  }

  /** The edit that removes an entry with its lines; `undefined` where they hold something else. */
  private lines(entry: Node): TextEdit | undefined {
    const { text } = this;
    const start = lineStart(text, entry.offset);
    const end = lineEnd(text, endOf(entry));
    const isAlone =
      text.slice(start, entry.offset).trim() === "" &&
      /^[ \t]*(?:,[ \t]*)?(?:(?:#|\/\/).*)?$/.test(text.slice(endOf(entry), end));
    const next = text.indexOf("\n", end) + 1;
    return isAlone && next > 0 ? { span: { start, end: next }, newText: "" } : undefined;
  }

  private inside(node: Node, changes: readonly Inside[]): readonly TextEdit[] {
    const map = node.content?.() ?? giveUp();
    const isHeredoc = this.text.startsWith("<<", node.offset);
    const value = changedValue(node, changes);
    const count = (it: string) => it.split(/[$%]\{/).length;
    // An interpolation must not come to be where an old and a new part meet.
    const parts = changes.reduce(
      (sum, it) => sum + count(it.text) - count(textOf(node, it)),
      count(String(node.value)),
    );
    if (count(value) !== parts || (isHeredoc && changes.some((it) => /[\n\r]/.test(it.text)))) giveUp();
    const written = isHeredoc ? literalText : escapedText;
    return changes.map((it) => ({ span: map.toDocument(it.span), newText: written(it.text) }));
  }
}

const textOf = (node: Node, { span }: Inside) => String(node.value).slice(span.start, span.end);

/** Whether an object is the body of a block; others are expressions. */
function isBody(node: Node): boolean {
  if (node.type !== "object") return false;
  return (
    node.parent === undefined || (node.parent.type === "property" && node.parent.colonOffset === undefined)
  );
}
