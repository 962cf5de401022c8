// A field for one expression, of as many lines as it takes: its text is colored and underlined without markup in it.

import type { ExpressionHelp } from "../../../server/src/lsp/protocol/protocol";
import { element } from "../dom/dom";

export class ExpressionInput {
  readonly element: HTMLElement;

  constructor(attributes: Readonly<Record<string, string>>) {
    this.element = element("div", {
      class: "expression-input empty",
      attributes: { contenteditable: "plaintext-only", spellcheck: "false", tabindex: "0", ...attributes },
    });
    this.element.addEventListener("input", () => this.tidy());
    this.element.addEventListener("beforeinput", keepOneLine);
  }

  get text(): string {
    return this.element.textContent ?? "";
  }

  /** Of the caret, in UTF-16 units. */
  get caret(): number {
    const selection = getSelection();
    const node = selection?.focusNode ?? null;
    return node !== null && this.element.contains(node)
      ? offsetIn(this.element, node, selection?.focusOffset ?? 0)
      : this.text.length;
  }

  get hasFocus(): boolean {
    return document.activeElement === this.element;
  }

  /** Sets the text as a whole, without a way back. */
  reset(text: string): void {
    this.element.textContent = text;
    this.tidy();
  }

  /** Replaces a part as if it were typed: it can be undone. The caret is an offset of the new text. */
  replace(start: number, end: number, newText: string, caret: number): void {
    this.select(start, end);
    insert(newText);
    this.select(caret, caret);
  }

  select(start: number, end: number): void {
    this.element.focus();
    const [node, offset] = placeIn(this.element, start);
    getSelection()?.setBaseAndExtent(node, offset, ...placeIn(this.element, end));
  }

  /** Colors the words and underlines the problems. */
  color(help: ExpressionHelp | undefined): void {
    color(help, (start, end) => this.range(start, end));
  }

  /** The offset under the pointer; `undefined` where there is no text. */
  offsetAt(x: number, y: number): number | undefined {
    const found = document.caretRangeFromPoint(x, y);
    if (found === null || !this.element.contains(found.startContainer)) return undefined;
    const offset = offsetIn(this.element, found.startContainer, found.startOffset);
    const isOver = (at: number) => {
      const { left, right, top, bottom } = this.rectangle(at, at + 1);
      return left <= x && x <= right && top <= y && y <= bottom;
    };
    return [offset, offset - 1].find((it) => it >= 0 && it < this.text.length && isOver(it));
  }

  /** Where a part of the text is on the screen. */
  rectangle(start: number, end: number): DOMRect {
    return this.range(start, end).getBoundingClientRect();
  }

  private range(start: number, end: number): Range {
    const made = new Range();
    made.setStart(...placeIn(this.element, start));
    made.setEnd(...placeIn(this.element, end));
    return made;
  }

  /** An emptied field keeps a line break of its own. */
  private tidy(): void {
    if (this.element.querySelector("*") !== null) this.element.textContent = this.text;
    this.element.classList.toggle("empty", this.text === "");
  }
}

/** The text node of an offset, and the offset in it. */
function placeIn(field: HTMLElement, offset: number): readonly [Node, number] {
  const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (left <= length) return [node, left];
    left -= length;
  }
  return [field, field.childNodes.length];
}

function offsetIn(field: HTMLElement, node: Node, offset: number): number {
  const before = new Range();
  before.setStart(field, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

/** What is pasted may have lines; an expression is one. */
function keepOneLine(event: InputEvent): void {
  const text = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
  const isLine = event.inputType === "insertLineBreak" || event.inputType === "insertParagraph";
  if (!isLine && !/[\r\n\u00a0]/.test(text)) return;
  event.preventDefault();
  if (!isLine) insert(text.replace(/\s+/g, (it) => (/[\r\n]/.test(it) ? " " : it)).replaceAll("\u00a0", " "));
}

/** In place of the selection: the one way to change the text that the browser's own undo knows of. */
function insert(text: string): void {
  document.execCommand(text === "" ? "delete" : "insertText", false, text);
}

const colors = {
  keyword: "keyword",
  type: "keyword",
  operator: "operator",
  variable: "name",
  property: "name",
  string: "text",
  number: "number",
  regexp: "text",
} as const;

function color(help: ExpressionHelp | undefined, range: (start: number, end: number) => Range): void {
  const ranges = new Map<string, Range[]>();
  const mark = (name: string, { start, end }: { readonly start: number; readonly end: number }) => {
    const list = ranges.get(name) ?? [];
    list.push(range(start, end));
    ranges.set(name, list);
  };
  for (const { type, span } of help?.tokens ?? []) mark(`expression-${colors[type]}`, span);
  for (const { severity, span } of help?.problems ?? [])
    mark(`expression-${severity}`, { start: span.start, end: Math.max(span.end, span.start + 1) });
  for (const name of highlights) {
    const found = ranges.get(name);
    if (found === undefined) CSS.highlights.delete(name);
    else CSS.highlights.set(name, new Highlight(...found));
  }
}

const highlights = [
  ...new Set(Object.values(colors)),
  ...(["hint", "information", "warning", "error"] as const),
].map((it) => `expression-${it}`);
