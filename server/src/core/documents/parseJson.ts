// Text to tree: strict JSON as the AWS CLI reads it, placeholders tolerated, hostile nesting refused.

import { type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Node } from "../source/node";
import type { Span } from "../text/span";
import { type MaskedText, maskTemplates } from "./templates";

export interface SyntaxProblem {
  readonly message: string;
  readonly span: Span;
  /** What to leave out so that the text is JSON: a comment, a trailing comma. */
  readonly remove?: Span;
}

export interface ParsedJson {
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  readonly templates: readonly Span[];
}

/** No input of ECS is nested deeper than a dozen levels; the parser would exhaust the stack at some thousands. */
const deepest = 200;
/** More syntax errors than anybody reads. */
const mostProblems = 100;

export function parseJson(text: string, withTemplates: boolean, withComments = false): ParsedJson {
  const masked = maskTemplates(text, withTemplates);
  if (masked.depth > deepest) return tooDeep(masked);
  const errors: ParseError[] = [];
  const source = masked.text.charCodeAt(0) === 0xfeff ? ` ${masked.text.slice(1)}` : masked.text;
  let root: Node | undefined;
  try {
    root = parseTree(source, errors, { allowTrailingComma: false, disallowComments: true }) as
      | Node
      | undefined;
  } catch {
    // Where a text is no JSON, the parser may see other strings and comments than the masker did, and so more levels.
    return tooDeep(masked);
  }
  if (root && errors.length > 0 && depthOf(root) > deepest) return tooDeep(masked);
  if (root) settle(root, masked, errors);
  const problems = errors
    .filter((it) => !causedByTemplate(it, masked) && !(withComments && isComment(it)))
    .slice(0, mostProblems)
    .map((it) => describe(it, masked.text))
    // The parser stumbles twice over a trailing comma, and over what stands right behind no value at all.
    .filter((it, index, all) => !isEcho(it, all[index - 1], masked.text));
  return { root, problems, templates: masked.templates };
}

function isEcho({ span, remove }: SyntaxProblem, earlier: SyntaxProblem | undefined, text: string): boolean {
  if (earlier === undefined || earlier.remove !== undefined || remove !== undefined)
    return span.start === earlier?.span.start;
  let end = earlier.span.end;
  while (end < span.start && isSpace.test(text[end] ?? "")) end += 1;
  return span.start <= end;
}

const isSpace = /\s/;

const isComment = (error: ParseError) => printParseErrorCode(error.error) === "InvalidCommentToken";

function tooDeep({ templates }: MaskedText): ParsedJson {
  const message = `The text nests braces and brackets more than ${deepest} levels deep and was not read.`;
  return { root: undefined, problems: [{ message, span: { start: 0, end: 1 } }], templates };
}

/** Levels of objects and arrays, counted without recursion. */
function depthOf(root: Node): number {
  let depth = 0;
  let level: readonly Node[] = [root];
  while (level.length > 0) {
    depth += 1;
    const values = level.flatMap((it) => it.children ?? []);
    level = values.flatMap((it) => (it.type === "property" ? (it.children ?? []) : it));
  }
  return depth - 1;
}

/** Gives unclosed nodes an end, and marks what placeholders stand in. */
function settle(root: Node, masked: MaskedText, errors: readonly ParseError[]): void {
  if (errors.length === 0 && masked.templates.length === 0) return;
  const losses = errors.filter((it) => isLoss(it, masked.text)).map(spanOfError);
  const unclosed = errors.filter(isUnclosed).map(spanOfError);
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    // The parser counts a character too many behind a comment that is never closed.
    const room = Math.max(0, masked.text.length - node.offset);
    if (node.length < 0 || node.length > room) (node as { length: number }).length = room;
    // No spread: a list may have millions of items.
    for (const child of node.children ?? []) open.push(child);
    if (node.type === "string" && holds(node, masked.templates)) {
      node.unknown = true;
      const parent = node.parent?.type === "property" ? keyOwner(node) : node.parent;
      if (parent && masked.bare.length > 0 && holds(node, masked.bare)) parent.open = true;
      else if (parent?.type === "object") parent.open = true;
    }
    if (node.type === "string" && startsOne(node, unclosed)) node.unknown = true;
    if (node.type === "object" || node.type === "array") {
      if (losses.length > 0 && holdsDirectly(node, losses)) node.open = true;
      if (masked.statements.length > 0 && holdsDirectly(node, masked.statements)) node.open = true;
    }
  }
}

/** Where the parser leaves out what it cannot read, the object or array had more than can be seen. */
function isLoss(error: ParseError, text: string): boolean {
  const name = printParseErrorCode(error.error);
  if (name === "InvalidSymbol" || name === "ColonExpected" || name === "InvalidNumberFormat") return true;
  const mayBeComma = name === "PropertyNameExpected" || name === "ValueExpected";
  return mayBeComma && trailingComma(text, error.offset) === undefined;
}

/** What an unclosed string should have said, nobody knows. */
const isUnclosed = (error: ParseError) => printParseErrorCode(error.error) === "UnexpectedEndOfString";

const spanOfError = ({ offset, length }: ParseError): Span => ({ start: offset, end: offset + length });

function startsOne(node: Node, spans: readonly Span[]): boolean {
  return spans.length > 0 && spans[firstFrom(spans, node.offset)]?.start === node.offset;
}

/** The object whose member's name this string is. */
function keyOwner(node: Node): Node | undefined {
  return node.parent?.children?.[0] === node ? node.parent.parent : undefined;
}

/** Whether one of the (sorted) spans begins inside the node. */
function holds(node: Node, spans: readonly Span[]): boolean {
  return firstFrom(spans, node.offset) < firstFrom(spans, node.offset + node.length);
}

function holdsDirectly(node: Node, spans: readonly Span[]): boolean {
  const until = firstFrom(spans, node.offset + node.length);
  for (let index = firstFrom(spans, node.offset); index < until; index += 1) {
    const span = spans[index] as Span;
    const inside = node.children?.some((it) => {
      const value = it.type === "property" ? it.children?.[1] : it;
      return value && value.offset <= span.start && span.end <= value.offset + value.length;
    });
    if (!inside) return true;
  }
  return false;
}

/** Index of the first span that starts at or behind an offset. */
function firstFrom(spans: readonly Span[], offset: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a placeholder outside strings stands between the token before an error and the end of the error. */
function causedByTemplate(error: ParseError, masked: MaskedText): boolean {
  if (masked.bare.length === 0) return false;
  let from = error.offset;
  while (from > 0 && /\s/.test(masked.text[from - 1] as string)) from -= 1;
  let until = error.offset + error.length;
  while (until < masked.text.length && /\s/.test(masked.text[until] as string)) until += 1;
  return masked.bare.some((it) => it.start <= until && it.end >= from);
}

const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: "This is no JSON value. Put text in double quotes.",
  InvalidNumberFormat: "This is no number that JSON knows.",
  PropertyNameExpected: "A member name in double quotes is expected here.",
  ValueExpected: "A value is expected here.",
  ColonExpected: "A colon is expected between a member's name and its value.",
  CommaExpected: "A comma is expected between two members or items.",
  CloseBraceExpected: "The closing brace `}` is missing.",
  CloseBracketExpected: "The closing bracket `]` is missing.",
  EndOfFileExpected: "The JSON value ends before this. Remove what follows.",
  InvalidCommentToken: "JSON has no comments, and the AWS CLI refuses the file. Remove this one.",
  UnexpectedEndOfComment: "This comment is never closed.",
  UnexpectedEndOfString: "This string is never closed. Add a double quote.",
  UnexpectedEndOfNumber: "This number is not finished.",
  InvalidUnicode: "After `\\u` four hexadecimal digits are expected.",
  InvalidEscapeCharacter: "JSON knows no such escape. Write `\\\\` for a backslash.",
  InvalidCharacter: "Control characters have to be escaped in a string.",
};

function describe(error: ParseError, text: string): SyntaxProblem {
  const span = { start: error.offset, end: Math.min(text.length, error.offset + Math.max(error.length, 1)) };
  const name = printParseErrorCode(error.error);
  const message = messages[name] ?? "This is not JSON.";
  if (name === "InvalidSymbol" && isEllipsis.test(text.slice(span.start, span.end)))
    return { message: "`...` stands for something left out: fill it in or remove it.", span };
  if (name === "InvalidCommentToken") return { message, span, remove: span };
  const comma = trailingComma(text, span.start);
  if (comma && (name === "PropertyNameExpected" || name === "ValueExpected")) {
    return {
      message: "JSON allows no comma after the last member or item. Remove it.",
      span: comma,
      remove: comma,
    };
  }
  return { message, span };
}

/** What documentation writes where it leaves something out; quoting it would make a value of it. */
const isEllipsis = /^[([<{]?(?:\.{2,}|…)[)\]>}]?,?$/;

/** The comma before a closing brace or bracket. */
function trailingComma(text: string, at: number): Span | undefined {
  if (text[at] !== "}" && text[at] !== "]") return undefined;
  let comma = at - 1;
  while (comma > 0 && /\s/.test(text[comma] as string)) comma -= 1;
  return text[comma] === "," ? { start: comma, end: comma + 1 } : undefined;
}
