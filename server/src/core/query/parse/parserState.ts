// What the productions of the parser share: the tokens, the place among them, and the problems found so far.

import type { Span } from "../../text/span";
import { keywordSpellings, operatorSpellings } from "../operators";
import { type QueryFix, type QueryProblem, replacing } from "../problem";
import type { QueryProblemCode } from "../problemCodes";
import { type Comparison, type FieldName, fieldNames, type Operator } from "../syntax";
import type { Token, TokenKind } from "./scanner";

export interface ParserState {
  readonly text: string;
  /** Without white space. */
  readonly tokens: readonly Token[];
  index: number;
  /** Parentheses that group and are still open. */
  openGroups: number;
  /** Productions that are under way, counted against the limit. */
  depth: number;
  readonly problems: QueryProblem[];
  /** The comparison read last, with the operator that was meant. */
  previous?: PreviousComparison | undefined;
  /** Words up to here are reported together with an earlier one. */
  reportedUntil: number;
}

export interface PreviousComparison {
  readonly comparison: Comparison;
  readonly meant: Operator;
  /** The operator as written. */
  readonly operatorSpan: Span;
}

export function peek(state: ParserState, ahead = 0): Token | undefined {
  return state.tokens[state.index + ahead];
}

/** Takes the next token if it is of the kind. */
export function take(state: ParserState, kind: TokenKind): Token | undefined {
  const token = peek(state);
  if (token?.kind !== kind) return undefined;
  state.index += 1;
  return token;
}

/** The end of the last token taken: where something that is missing would go. */
export function endOfLast(state: ParserState): number {
  return state.tokens[state.index - 1]?.span.end ?? 0;
}

export function textOf(state: ParserState, span: Span): string {
  return state.text.slice(span.start, span.end);
}

export function report(
  state: ParserState,
  code: QueryProblemCode,
  span: Span,
  params: Readonly<Record<string, string>> = {},
  ...fixes: readonly QueryFix[]
): void {
  state.problems.push(fixes.length === 0 ? { code, span, params } : { code, span, params, fixes });
}

/** Reports a keyword or operator word that is not in lower case. */
export function reportCase(state: ParserState, span: Span): void {
  const written = textOf(state, span);
  const lower = written.toLowerCase();
  if (written === lower || !(keywordSpellings.has(lower) || operatorSpellings.has(lower))) return;
  const params = { keyword: written, replacement: lower };
  report(state, "expression-keyword-case", span, params, replacing(span, lower, `Write ${lower}`, true));
}

/** Reports a conjunction that is not spelled as one: a single `&` or `|`, or a keyword in another case. */
export function reportJoint(state: ParserState, token: Token): void {
  if (!token.isSingle) {
    reportCase(state, token.span);
    return;
  }
  const { span } = token;
  const operator = textOf(state, span);
  const word = token.kind;
  const symbols = `${operator}${operator}`;
  const before = /\s/.test(state.text[span.start - 1] ?? " ") ? "" : " ";
  const behind = /[\s(]/.test(state.text[span.end] ?? " ") ? "" : " ";
  const params = { operator, advice: `Use '${symbols}' or '${word}'.` };
  report(
    state,
    "expression-unknown-operator",
    span,
    params,
    replacing(span, symbols, `Change to ${symbols}`, true),
    replacing(span, `${before}${word}${behind}`, `Change to ${word}`, true),
  );
}

/** How many more parentheses close than open in what is left, as far as anybody reads. */
export function closingAhead(state: ParserState): number {
  const left = state.tokens.slice(state.index, state.index + 1000);
  const count = (kind: TokenKind): number => left.filter((it) => it.kind === kind).length;
  return count(")") - count("(");
}

export function isOperator(token: Token | undefined): boolean {
  return token?.kind === "operator" || token?.kind === "foreignOperator";
}

export function isField(text: string): text is FieldName {
  return (fieldNames as readonly string[]).includes(text);
}

/** Whether the token is a word or a quoted text that cannot be a subject. */
export function isPlainWord(state: ParserState, token: Token | undefined): token is Token {
  if (token === undefined || token.template) return false;
  if (token.kind !== "subject" && token.kind !== "value" && token.kind !== "string") return false;
  const text = textOf(state, token.span);
  return !text.startsWith("attribute:") && !isField(text);
}
