// What the productions of the parser share: the tokens, the place among them, and the problems found so far.

import type { Span } from "../text/span";
import { keywordSpellings, operatorSpellings } from "./operators";
import { type QueryFix, type QueryProblem, replacing } from "./problem";
import type { QueryProblemCode } from "./problemCodes";
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

/** Complains of a keyword or operator word that is not in lower case. */
export function reportCase(state: ParserState, span: Span): void {
  const written = textOf(state, span);
  const lower = written.toLowerCase();
  if (written === lower || !(keywordSpellings.has(lower) || operatorSpellings.has(lower))) return;
  const params = { keyword: written, replacement: lower };
  report(state, "expression-keyword-case", span, params, replacing(span, lower, `Write ${lower}`, true));
}
