// Reads an expression of the cluster query language. What is wrong becomes a problem and the tree stays whole, so
// that every error of an expression is reported and editing features work beside a mistake.
//
//   query      = or ;
//   or         = and { ( "or" | "||" ) and } ;
//   and        = operand { ( "and" | "&&" ) operand } ;
//   operand    = ( "not" | "!" ) operand | "(" or ")" | comparison ;
//   comparison = subject operator [ argument ] ;             (parseComparison.ts)
//   subject    = "attribute:" name | field ;
//   argument   = value | "[" [ value { "," value } ] "]" ;   (parseArgument.ts)

import { type QueryProblem, replacing } from "../problem";
import type { Expression } from "../syntax";
import { dropNeedlessBesideUnbalanced, reportBrackets, takeOpening } from "./groupBrackets";
import { parseComparison } from "./parseComparison";
import {
  endOfLast,
  type ParserState,
  peek,
  report,
  reportCase,
  reportJoint,
  take,
  textOf,
} from "./parserState";
import { scanQuery, type Token } from "./scanner";
import { isTemplate, reportStray, skipStrayTokens, startsOperand } from "./strayTokens";

export type { QueryFix, QueryProblem } from "../problem";

export interface ParsedQuery {
  readonly text: string;
  readonly tree: Expression;
  /** Syntax problems in the order of the text; empty where the text is an expression of the language. */
  readonly problems: readonly QueryProblem[];
}

/** Characters of an expression that ECS accepts (PlacementConstraint in the API model). */
export const lengthLimit = 2000;
/** Levels of `not` and parentheses that are read. */
const depthLimit = 200;
/** Beyond this many characters nothing is read at all. */
const readingLimit = 100_000;

/**
 * Reads any text. Never throws; what cannot be read is a `missing` node and a problem. Placeholders exist in files only:
 * what a request or a command line gives is text as it is.
 */
export function parseQuery(text: string, options: { readonly placeholders?: boolean } = {}): ParsedQuery {
  const scanned = text.length > readingLimit ? [] : scanQuery(text, options.placeholders ?? true);
  const tokens = scanned.filter((it) => it.kind !== "whitespace");
  const state: ParserState = {
    text,
    tokens,
    index: 0,
    openGroups: 0,
    depth: 0,
    problems: [],
    reportedUntil: 0,
  };
  const whole = { start: 0, end: text.length };
  if (text.length > lengthLimit) {
    const params = { length: String(text.length), limit: "2,000" };
    report(state, "expression-too-long", { start: lengthLimit, end: text.length }, params);
  }
  if (tokens.length === 0) {
    if (text.length <= lengthLimit) report(state, "expression-empty", whole);
    return { text, tree: { kind: "missing", span: whole }, problems: state.problems };
  }
  const tree = parseOr(state, "at the start");
  dropNeedlessBesideUnbalanced(state);
  if (state.problems.length > 1)
    state.problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { text, tree, problems: state.problems };
}

function parseOr(state: ParserState, where: string): Expression {
  const operands = [parseAnd(state, where)];
  for (let or = take(state, "or"); or !== undefined; or = take(state, "or")) {
    reportJoint(state, or);
    operands.push(parseAnd(state, after(state, or)));
  }
  return joined("or", operands);
}

function parseAnd(state: ParserState, where: string): Expression {
  const operands = [parseOperand(state, where)];
  // A placeholder beside a comparison, with nothing between them, may stand for any text: nobody knows the whole.
  let opaque = false;
  for (;;) {
    skipStrayTokens(state, operands.at(-1));
    const next = peek(state);
    if (next === undefined) break;
    const and = take(state, "and");
    if (and !== undefined) {
      reportJoint(state, and);
      operands.push(parseOperand(state, after(state, and)));
    } else if (startsOperand(next)) {
      const templateBeside = isTemplate(operands.at(-1)) || next.template === true;
      if (templateBeside) opaque = true;
      else if (state.reportedUntil !== endOfLast(state)) reportMissingConjunction(state, next);
      operands.push(parseOperand(state, where));
    } else break;
  }
  const tree = joined("and", operands);
  if (!opaque) return tree;
  return { kind: "missing", span: tree.span, template: true, text: textOf(state, tree.span) };
}

function parseOperand(state: ParserState, where: string): Expression {
  if (state.depth >= depthLimit) return giveUp(state);
  state.depth += 1;
  skipConstraintType(state);
  const operand = parseNot(state) ?? parseGroup(state) ?? parseBare(state, where);
  state.depth -= 1;
  return operand;
}

/** `memberOf(…)`: the type of the constraint is not part of its expression. */
function skipConstraintType(state: ParserState): void {
  const token = peek(state);
  if (token === undefined || !isConstraintType(state, token) || peek(state, 1)?.kind !== "(") return;
  const subject = textOf(state, token.span);
  const advice = "It is the type of the constraint and belongs in 'type'.";
  const [open, last] = [state.tokens[state.index + 1], state.tokens.at(-1)];
  const isWhole =
    state.index === 0 && open !== undefined && last?.kind === ")" && closingOf(state, 1) === last;
  state.index += 1;
  const word = replacing(token.span, "", "Remove it");
  const edits = isWhole
    ? [open, last].map((it) => ({ span: it.span, newText: "" })).concat(word.edits)
    : word.edits;
  report(state, "expression-unknown-subject", token.span, { subject, advice }, { ...word, edits });
}

function isConstraintType(state: ParserState, token: Token): boolean {
  return token.kind === "subject" && /^memberOf$/i.test(textOf(state, token.span));
}

/** The parenthesis that closes the one at an index. */
function closingOf({ tokens }: ParserState, index: number): Token | undefined {
  let depth = 0;
  return tokens.slice(index).find(({ kind }) => {
    depth += kind === "(" ? 1 : kind === ")" ? -1 : 0;
    return depth === 0;
  });
}

function parseNot(state: ParserState): Expression | undefined {
  const not = take(state, "not");
  if (not === undefined) return undefined;
  reportCase(state, not.span);
  const equals = take(state, "operator") ?? take(state, "foreignOperator");
  if (equals !== undefined) {
    const params = { operator: textOf(state, equals.span) };
    const fix = replacing(equals.span, "", `Remove ${params.operator}`, true);
    report(state, "expression-not-equals-sign", equals.span, params, fix);
  }
  const operand = parseOperand(state, after(state, not));
  return { kind: "not", span: { start: not.span.start, end: endOfLast(state) }, operand };
}

function parseGroup(state: ParserState): Expression | undefined {
  const open = takeOpening(state);
  if (open === undefined) return undefined;
  const before = state.tokens[state.index - 2];
  const isNeeded =
    negates(state, state.index - 2) || (before !== undefined && isConstraintType(state, before));
  state.openGroups += 1;
  const problemsBefore = state.problems.length;
  const operand = parseOr(state, "inside the parentheses");
  state.openGroups -= 1;
  const close = take(state, ")") ?? take(state, "]");
  const span = { start: open.span.start, end: endOfLast(state) };
  if (!isTooDeep(state)) reportBrackets(state, { open, close, operand, span, isNeeded, problemsBefore });
  return { kind: "group", span, operand };
}

/** Whether the token at the index is `not`, also where a mistaken `=` follows it: `not=(…)`. */
function negates(state: ParserState, index: number): boolean {
  const kind = state.tokens[index]?.kind;
  const isOperator = kind === "operator" || kind === "foreignOperator";
  return kind === "not" || (isOperator && state.tokens[index - 1]?.kind === "not");
}

function parseBare(state: ParserState, where: string): Expression {
  for (let next = peek(state); next !== undefined; next = peek(state)) {
    if (next.kind === "subject" || next.kind === "string" || next.kind === "value") break;
    if (next.kind === "operator" || next.kind === "foreignOperator") break;
    if (next.kind === "and" || next.kind === "or" || next.kind === "not" || next.kind === "(") break;
    if (next.kind === ")" && state.openGroups > 0) break;
    reportStray(state, [next], undefined);
    state.index += 1;
  }
  const next = peek(state);
  if (next?.kind === "not" || next?.kind === "(") return parseOperand(state, where);
  if (next === undefined || next.kind === "and" || next.kind === "or" || next.kind === ")")
    return missing(state, where);
  return parseComparison(state);
}

function missing(state: ParserState, where: string): Expression {
  const last = state.tokens[state.index - 1];
  const culprit = last ?? peek(state);
  report(state, "expression-missing-comparison", culprit?.span ?? { start: 0, end: 0 }, { where });
  const end = endOfLast(state);
  return { kind: "missing", span: { start: end, end } };
}

function giveUp(state: ParserState): Expression {
  const start = peek(state)?.span.start ?? endOfLast(state);
  const span = { start, end: state.text.trimEnd().length };
  if (!isTooDeep(state)) report(state, "expression-too-deep", span, { limit: String(depthLimit) });
  state.index = state.tokens.length;
  return { kind: "missing", span };
}

/** Then nothing more is read, and what seems to be missing after it is not worth a word. */
function isTooDeep(state: ParserState): boolean {
  return state.problems.some((it) => it.code === "expression-too-deep");
}

function reportMissingConjunction(state: ParserState, next: Token): void {
  const place = { start: next.span.start, end: next.span.start };
  const fixes = [replacing(place, "and ", "Insert and"), replacing(place, "or ", "Insert or")];
  const params = { next: textOf(state, next.span) };
  report(state, "expression-missing-conjunction", next.span, params, ...fixes);
}

function joined(kind: "and" | "or", operands: readonly Expression[]): Expression {
  const [first] = operands;
  const last = operands.at(-1);
  if (first === undefined || last === undefined || first === last) {
    return first ?? { kind: "missing", span: { start: 0, end: 0 } };
  }
  return {
    kind,
    span: { start: first.span.start, end: Math.max(first.span.start, last.span.end) },
    operands,
  };
}

function after(state: ParserState, token: Token): string {
  return `after '${textOf(state, token.span)}'`;
}
