// Text to tree: strict JSON as the AWS CLI reads it, placeholders tolerated, hostile nesting refused.

import { type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { firstFrom, type Span } from "../../text/span";
import type { Node } from "../node";
import { maskLookalikes } from "./lookalikes";
import { type MaskedText, maskTemplates } from "./maskPlaceholders";
import { repairedTree } from "./repair";
import type { Repair } from "./repairEdit";
import { describeSyntaxErrors, isInString, isLocal, trailingComma, withoutComments } from "./syntaxMessages";
import type { SyntaxProblem } from "./syntaxProblem";
import { readWholeJson } from "./wholeJson";

export interface ParsedJson {
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  readonly templates: readonly Span[];
  /** The text is JSON as it is. */
  readonly isWhole?: true;
  /** Whether the tree may lack parts of the text: it is no JSON, even without comments and trailing commas. */
  readonly isDamaged: boolean;
  /** The edit that makes a damaged text JSON, where there is one: the tree is the one behind it. */
  readonly repair?: Repair;
  /** Where a damage begins that no edit mends: what stands behind it may be read as something else than it is. */
  readonly lostFrom?: number;
}

/** No input of ECS is nested deeper than a dozen levels; the parser would exhaust the stack at some thousands. */
const deepest = 200;
/** More syntax errors than anybody reads. */
const mostProblems = 100;
/** Of a text that is damaged in several places: most of the later errors are echoes of the first. */
const mostSlips = 3;

/**
 * Reads a text. Never throws. The tree is that of the text as it should be where one slip damages it, and as whole as
 * can be elsewhere; values that a slip or a placeholder stands in are marked as unknown.
 */
export function parseJson(text: string, withTemplates: boolean, withComments = false): ParsedJson {
  const whole = readWholeJson(text, withTemplates, deepest);
  if (whole !== undefined) {
    const { root, templates } = whole;
    settle(root, { text, templates, bare: [], statements: [] }, []);
    return { root, problems: [], templates, isWhole: true, isDamaged: false };
  }
  return parseOtherText(text, withTemplates, withComments);
}

/** Of a text that is no JSON as it stands. */
function parseOtherText(text: string, withTemplates: boolean, withComments: boolean): ParsedJson {
  let masked = maskTemplates(text, withTemplates);
  if (masked.depth > deepest) return tooDeep(masked);
  let parsed = parseMasked(masked);
  let lookalikes: readonly SyntaxProblem[] = [];
  if (parsed !== undefined && parsed.errors.length > 0) {
    const found = maskLookalikes(masked.text);
    if (found.problems.length > 0) {
      lookalikes = found.problems;
      masked = { ...masked, text: found.text };
      parsed = parseMasked(masked);
    }
  }
  // Where a text is no JSON, the parser may see other strings and comments than the masker did, and so more levels.
  if (parsed === undefined) return tooDeep(masked);
  const { errors } = parsed;
  masked = { ...masked, text: withoutComments(masked.text, errors) };
  const problems = describeSyntaxErrors(
    errors.filter((it) => !causedByTemplate(it, masked) && !(withComments && isComment(it))),
    masked.text,
  );
  const all = [...lookalikes, ...problems].sort((left, right) => left.span.start - right.span.start);
  return withTree(masked, parsed, all.slice(0, mostProblems));
}

interface Parsed {
  readonly root: Node | undefined;
  readonly errors: readonly ParseError[];
}

function parseMasked(masked: MaskedText): Parsed | undefined {
  const errors: ParseError[] = [];
  const source = masked.text.charCodeAt(0) === 0xfeff ? ` ${masked.text.slice(1)}` : masked.text;
  try {
    const root = parseTree(source, errors, { allowTrailingComma: false, disallowComments: true }) as
      | Node
      | undefined;
    return root && errors.length > 0 && depthOf(root) > deepest ? undefined : { root, errors };
  } catch {
    return undefined;
  }
}

function withTree(
  masked: MaskedText,
  { root, errors }: Parsed,
  problems: readonly SyntaxProblem[],
): ParsedJson {
  const { templates } = masked;
  const slips = problems.filter((it) => it.remove === undefined && it.replace === undefined);
  const isDamaged = errors.some((it) => !isLocal(it, masked.text)) && slips.length > 0;
  const repaired = isDamaged ? repair(masked, errors) : undefined;
  const whole = repaired?.root ?? root;
  if (whole) settle(whole, masked, repaired ? [] : errors);
  if (repaired) markSlip(repaired.root, repaired.edit);
  const lost = isDamaged && !repaired ? slips[0]?.span : undefined;
  if (root && lost) markSlip(root, { ...lost, newText: "" });
  // What one edit mends is one slip: the other errors are its echoes.
  const told = isDamaged ? problems.filter((it) => slips.indexOf(it) < (repaired ? 1 : mostSlips)) : problems;
  return {
    root: whole,
    problems: told,
    templates,
    isDamaged,
    ...(repaired && { repair: repaired.edit }),
    ...(lost && { lostFrom: lost.start }),
  };
}

/** The tree without the one slip that the text has beside comments and trailing commas. */
function repair(masked: MaskedText, errors: readonly ParseError[]) {
  const first = errors.find((it) => !isLocal(it, masked.text));
  if (first === undefined || masked.text.length > largestRepaired) return undefined;
  const [start, end] = [
    masked.text.lastIndexOf("\n", first.offset - 1),
    masked.text.indexOf("\n", first.offset),
  ];
  const clean = withoutTrifles(masked.text, errors);
  // The comma before a bracket that should be something else is none too many.
  const apart = withoutTrifles(
    masked.text,
    errors.filter((it) => it.offset <= start || (end >= 0 && it.offset > end)),
  );
  const found =
    repairedTree(clean, first.offset) ?? (apart === clean ? undefined : repairedTree(apart, first.offset));
  return found !== undefined && depthOf(found.root) <= deepest ? found : undefined;
}

/** Comments and trailing commas become spaces. */
function withoutTrifles(text: string, errors: readonly ParseError[]): string {
  let clean = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  const blank = ({ start, end }: Span) => {
    clean = clean.slice(0, start) + clean.slice(start, end).replace(/[^\n]/g, " ") + clean.slice(end);
  };
  for (const error of errors.slice(0, mostProblems)) {
    if (isComment(error)) blank(spanOfError(error));
    const comma = trailingComma(clean, error.offset);
    if (comma !== undefined) blank(comma);
  }
  return clean;
}

/** What stands at the slip is not known, and what holds it may have been meant to hold more. */
function markSlip(root: Node, slip: Repair): void {
  let node: Node | undefined = root;
  while (node) {
    const children: readonly Node[] = node.children ?? [];
    const inner: Node | undefined = children.find(
      (it) => it.offset <= slip.end && slip.start <= it.offset + it.length,
    );
    if (node.type === "object" || node.type === "array") {
      if (inner === undefined || inner.children !== undefined) node.open = true;
    } else if (node.type !== "property" && keyOwner(node) === undefined && isAtSlip(node, slip))
      node.unknown = true;
    node = inner;
  }
}

/** A string whose own quotes are there is whole, whatever is missing right behind it. */
function isAtSlip(node: Node, { start, end, newText }: Repair): boolean {
  const isBeside = start >= node.offset + node.length || end <= node.offset;
  return node.type !== "string" || !isBeside || newText.includes('"');
}

/** UTF-16 units; a larger text is not repaired. */
const largestRepaired = 300_000;

const isComment = (error: ParseError) => printParseErrorCode(error.error) === "InvalidCommentToken";

function tooDeep({ templates }: MaskedText): ParsedJson {
  const message = `The text nests braces and brackets more than ${deepest} levels deep and was not read.`;
  return { root: undefined, problems: [{ message, span: { start: 0, end: 1 } }], templates, isDamaged: true };
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
function settle(root: Node, masked: Omit<MaskedText, "depth">, errors: readonly ParseError[]): void {
  if (errors.length === 0 && masked.templates.length === 0) return;
  const losses = errors.filter((it) => isLoss(it, masked.text)).map(spanOfError);
  const unclosed = errors.filter(isUnclosed).map(spanOfError);
  const escapes = errors.filter((it) => isInString(printParseErrorCode(it.error))).map(spanOfError);
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
    // A name with a broken escape is none that anybody could know.
    const owner = node.type === "string" && startsOne(node, escapes) ? keyOwner(node) : undefined;
    if (owner) {
      node.unknown = true;
      owner.open = true;
    }
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
    const child = childAt(node, span.start);
    const value = child?.type === "property" ? child.children?.[1] : child;
    const inside =
      value !== undefined && value.offset <= span.start && span.end <= value.offset + value.length;
    if (!inside) return true;
  }
  return false;
}

/** The last child that starts at or before an offset; children are in the order of the text. */
function childAt({ children = [] }: Node, offset: number): Node | undefined {
  let [low, high] = [0, children.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle] as Node).offset <= offset) low = middle + 1;
    else high = middle;
  }
  return children[low - 1];
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
