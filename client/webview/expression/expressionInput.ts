// A field for one expression, of as many lines as it takes: its text is colored and underlined without markup in it.

import type { ExpressionHelp } from "../../../server/src/lsp/protocol/protocol";
import { element } from "../dom/dom";

export interface ExpressionInput {
  readonly element: HTMLElement;
  readonly text: string;
  /** Of the caret, in UTF-16 units. */
  readonly caret: number;
  readonly hasFocus: boolean;
  /** Sets the text as a whole, without a way back. */
  reset(text: string): void;
  /** Replaces a part as if it were typed: it can be undone. The caret is an offset of the new text. */
  replace(start: number, end: number, newText: string, caret: number): void;
  select(start: number, end: number): void;
  /** Colors the words and underlines the problems. */
  color(help: ExpressionHelp | undefined): void;
  /** The offset under the pointer; `undefined` where there is no text. */
  offsetAt(x: number, y: number): number | undefined;
  /** Where a part of the text is on the screen. */
  rectangle(start: number, end: number): DOMRect;
}

export function createExpressionInput(attributes: Readonly<Record<string, string>>): ExpressionInput {
  const field = element("div", {
    class: "expression-input empty",
    attributes: { contenteditable: "plaintext-only", spellcheck: "false", tabindex: "0", ...attributes },
  });
  const read = () => field.textContent ?? "";
  const place = (offset: number): readonly [Node, number] => {
    const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
    let left = offset;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (left <= length) return [node, left];
      left -= length;
    }
    return [field, field.childNodes.length];
  };
  const range = (start: number, end: number) => {
    const made = new Range();
    made.setStart(...place(start));
    made.setEnd(...place(end));
    return made;
  };
  const offsetOf = (node: Node, offset: number) => {
    const before = new Range();
    before.setStart(field, 0);
    before.setEnd(node, offset);
    return before.toString().length;
  };
  const caret = () => {
    const selection = getSelection();
    const node = selection?.focusNode ?? null;
    return node !== null && field.contains(node)
      ? offsetOf(node, selection?.focusOffset ?? 0)
      : read().length;
  };
  const select = (start: number, end: number) => {
    field.focus();
    const [node, offset] = place(start);
    getSelection()?.setBaseAndExtent(node, offset, ...place(end));
  };
  const tidy = () => {
    // An emptied field keeps a line break of its own.
    if (field.querySelector("*") !== null) field.textContent = read();
    field.classList.toggle("empty", read() === "");
  };
  field.addEventListener("input", tidy);
  field.addEventListener("beforeinput", (event) => {
    const text = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    const isLine = event.inputType === "insertLineBreak" || event.inputType === "insertParagraph";
    if (!isLine && !/[\r\n\u00a0]/.test(text)) return;
    event.preventDefault();
    // What is pasted may have lines; an expression is one.
    if (!isLine) insert(text.replace(/\s*[\r\n]+\s*/g, " ").replaceAll("\u00a0", " "));
  });
  return {
    element: field,
    get text() {
      return read();
    },
    get caret() {
      return caret();
    },
    get hasFocus() {
      return document.activeElement === field;
    },
    reset: (text) => {
      field.textContent = text;
      tidy();
    },
    replace: (start, end, newText, at) => {
      select(start, end);
      insert(newText);
      select(at, at);
    },
    select,
    color: (help) => color(help, range),
    offsetAt: (x, y) => {
      const found = document.caretRangeFromPoint(x, y);
      if (found === null || !field.contains(found.startContainer)) return undefined;
      const offset = offsetOf(found.startContainer, found.startOffset);
      const isOver = (at: number) => {
        const { left, right, top, bottom } = range(at, at + 1).getBoundingClientRect();
        return left <= x && x <= right && top <= y && y <= bottom;
      };
      return [offset, offset - 1].find((it) => it >= 0 && it < read().length && isOver(it));
    },
    rectangle: (start, end) => range(start, end).getBoundingClientRect(),
  };
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
