// Semantic tokens of expressions: what a grammar cannot know, because the meaning of a word depends on its place.

import { scanQuery, type Token } from "../../query/parse/scanner";
import { fieldNames } from "../../query/syntax";
import type { Span } from "../../text/span";

export const queryTokenTypes = [
  "keyword",
  "type",
  "operator",
  "variable",
  "property",
  "string",
  "number",
  "regexp",
] as const;
export type QueryTokenType = (typeof queryTokenTypes)[number];

export interface QueryToken {
  readonly type: QueryTokenType;
  readonly span: Span;
}

/** The words of an expression; offsets are its own. Words that are no part of the language have no token. */
export function queryTokens(text: string): readonly QueryToken[] {
  let isPattern = false;
  return scanQuery(text).flatMap((token) => {
    if (token.kind === "operator" || token.kind === "foreignOperator")
      isPattern = token.operator === "=~" || token.operator === "!~";
    return typed(token, text, isPattern);
  });
}

function typed({ kind, span }: Token, text: string, isPattern: boolean): readonly QueryToken[] {
  switch (kind) {
    case "and":
    case "or":
    case "not":
      return [{ type: "keyword", span }];
    case "operator":
      return [{ type: "operator", span }];
    case "subject":
      return subjectTokens(span, text.slice(span.start, span.end));
    case "string":
      return [{ type: isPattern ? "regexp" : "string", span }];
    case "value":
      return [{ type: valueType(text.slice(span.start, span.end), isPattern), span }];
    default:
      return [];
  }
}

function subjectTokens(span: Span, written: string): readonly QueryToken[] {
  const prefix = "attribute:";
  if (written.startsWith(prefix)) {
    const middle = span.start + prefix.length;
    return [
      // The type of subject, as the grammar has it: its color must not change when these tokens arrive.
      { type: "type", span: { start: span.start, end: middle - 1 } },
      ...(middle < span.end ? [{ type: "property" as const, span: { start: middle, end: span.end } }] : []),
    ];
  }
  return fieldNames.some((it) => it === written) ? [{ type: "variable", span }] : [];
}

function valueType(written: string, isPattern: boolean): QueryTokenType {
  if (isPattern) return "regexp";
  return /^\d+(?:\.\d+)*$/.test(written) ? "number" : "string";
}
