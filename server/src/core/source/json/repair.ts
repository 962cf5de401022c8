// One slip in a text (a lost quote, colon, comma or bracket, a character too many, a line that is only begun) costs a
// JSON parser most of the tree. The slip is searched for around the first error: where one small edit makes the text
// JSON, that text has the tree which the document would have without the slip.

import { createScanner, parseTree } from "jsonc-parser";
import type { Span } from "../../text/span";
import type { Node } from "../node";
import { editedJsonCheck } from "./editedJson";
import { indentSlips } from "./indentSlips";
import type { Repair } from "./repairEdit";
import { endings } from "./truncation";

export interface RepairedTree {
  /** The tree of the repaired text, with the offsets of the text as it is. */
  readonly root: Node;
  readonly edit: Repair;
}

/** Bounds of the search: a text that is damaged in several places pays for all of it at each keystroke. */
const mostCandidates = 500;
const mostCharacters = 1_500_000;

/** The tree of the text without its slip; `undefined` where no single edit makes it JSON. `errorAt`: the first error. */
export function repairedTree(text: string, errorAt: number): RepairedTree | undefined {
  const isJsonWith = editedJsonCheck(text);
  let candidates = 0;
  for (const edit of edits(text, errorAt)) {
    candidates += 1;
    if (candidates > mostCandidates || candidates * text.length > mostCharacters) return undefined;
    if (!isJsonWith(edit)) continue;
    const repaired = text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
    const root = parseTree(repaired, [], { disallowComments: true }) as Node | undefined;
    if (root === undefined) return undefined;
    moveOffsets(root, edit);
    return { root, edit };
  }
  return undefined;
}

/** Likely slips, the likeliest first. */
function* edits(text: string, errorAt: number): Generator<Repair> {
  if (text.slice(errorAt).trim() === "") yield* begunLines(text);
  yield* indentSlips(text);
  yield* quotes(text, errorAt);
  const tokens = tokensOf(text);
  const index = tokens.findIndex((it) => it.end > errorAt);
  const middle = index < 0 ? tokens.length : index;
  const near = tokens.slice(Math.max(0, middle - 3), middle + 3);
  for (const it of near) for (const mark of ",:{}[]") yield* around(it, mark);
  yield* replacements(text, near);
  yield* removals(text, near);
  yield* endings(text, tokens);
  yield* blankLines(text, errorAt);
  yield { start: text.length, end: text.length, newText: "}" };
  yield { start: text.length, end: text.length, newText: "]" };
  for (const it of outwards(tokens, middle)) {
    for (const mark of "{}[]") yield* around(it, mark);
    if ("{}[],:".includes(text.slice(it.start, it.end))) yield { ...it, newText: "" };
  }
}

const insertion = (at: number, newText: string): Repair => ({ start: at, end: at, newText });

function* around({ start, end }: Span, mark: string): Generator<Repair> {
  yield insertion(start, mark);
  yield insertion(end, mark);
}

/** How much of a line without end is looked at. */
const window = 300;

/** A string ends on its line: a quote is missing, or too many, between two words of it. */
function* quotes(text: string, errorAt: number): Generator<Repair> {
  const line = lineAt(text, errorAt);
  const from = Math.max(line.start, errorAt - window);
  const until = Math.min(line.end, errorAt + window);
  // White space at its end belongs to a string that is being typed.
  yield insertion(line.end, '"');
  // A line break in a string: what follows belongs to it.
  if (line.end < text.length) yield { start: line.end, end: line.end + 1, newText: "" };
  for (let at = from; at <= until; at += 1)
    if (isWord(text[at - 1]) !== isWord(text[at])) yield insertion(at, '"');
  // A string that is only begun has nothing between its quotes yet.
  for (let at = from; at < until; at += 1) if (text[at] === '"') yield insertion(at + 1, '"');
  for (let at = from; at < until; at += 1)
    if (text[at] === '"') yield { start: at, end: at + 1, newText: "" };
  for (let at = from; at < until; at += 1)
    if ("{}[],:\\'".includes(text[at] as string)) yield { start: at, end: at + 1, newText: '"' };
}

const isWord = (char: string | undefined) => char !== undefined && /[^\s"':,{}[\]]/.test(char);

/** Another character where a mark of JSON should be: at the beginning or the end of a token near the error. */
function* replacements(text: string, near: readonly Span[]): Generator<Repair> {
  for (const { start, end } of near)
    for (const at of new Set([start, end - 1]))
      for (const newText of '{}[],:"') if (text[at] !== newText) yield { start: at, end: at + 1, newText };
}

/** A character too many, in or beside the token with the error. */
function* removals(text: string, near: readonly Span[]): Generator<Repair> {
  for (const { start, end } of near) {
    if (text[start] === '"') continue;
    for (let at = start; at < Math.min(end, start + 12); at += 1)
      yield { start: at, end: at + 1, newText: "" };
  }
}

/** A line that is being typed: without it, or without the one above, the text is what it was. */
function* blankLines(text: string, errorAt: number): Generator<Repair> {
  const line = lineAt(text, errorAt);
  let above = lineAt(text, line.start - 1);
  while (above.start > 0 && text.slice(above.start, above.end).trim() === "")
    above = lineAt(text, above.start - 1);
  const hasAbove = above.start < line.start;
  // The error is often met on the line below the one that causes it.
  if (hasAbove) yield { ...above, newText: "" };
  yield { ...line, newText: "" };
  if (hasAbove) yield { start: above.start, end: line.end, newText: "" };
}

/** Lines that open a bracket and have nothing inside of it: what follows is not indented. */
function* begunLines(text: string): Generator<Repair> {
  for (const match of text.matchAll(/^([ \t]*)(\S.*)?[{[][ \t]*\r?\n(?:[ \t]*\r?\n)*([ \t]*)[^\s}\]]/gm)) {
    const [, own = "", , next = ""] = match;
    if (next.length <= own.length) yield { ...lineAt(text, match.index), newText: "" };
  }
}

function lineAt(text: string, offset: number): Span {
  const start = offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", Math.max(0, offset));
  return { start, end: end < 0 ? text.length : end };
}

function tokensOf(text: string): readonly Span[] {
  const scanner = createScanner(text, true);
  const tokens: Span[] = [];
  for (;;) {
    scanner.scan();
    const start = scanner.getTokenOffset();
    if (start >= text.length || tokens.length > 20_000) return tokens;
    tokens.push({ start, end: start + scanner.getTokenLength() });
  }
}

/** The tokens by their distance from one of them, those before it first. */
function* outwards(tokens: readonly Span[], middle: number): Generator<Span> {
  for (let distance = 1; distance <= tokens.length; distance += 1) {
    const before = tokens[middle - distance];
    const after = tokens[middle + distance];
    if (before) yield before;
    if (after) yield after;
  }
}

/** Gives the nodes of the repaired text the offsets that they have in the text as it is. */
function moveOffsets(root: Node, { start, end, newText }: Repair): void {
  const original = (offset: number): number => {
    if (offset <= start) return offset;
    return offset <= start + newText.length ? end : offset - newText.length + (end - start);
  };
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const moved = node as { offset: number; length: number; colonOffset?: number };
    const until = original(node.offset + node.length);
    // What begins right at a removed piece begins behind it.
    const isBehind = newText === "" && node.offset === start;
    moved.offset = isBehind ? end : original(node.offset);
    moved.length = Math.max(0, until - moved.offset);
    if (moved.colonOffset !== undefined) moved.colonOffset = original(moved.colonOffset);
    for (const child of node.children ?? []) open.push(child);
  }
}
