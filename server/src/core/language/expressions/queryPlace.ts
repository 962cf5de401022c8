// What may stand at an offset of an expression. Decided by the tokens before it alone, so that no mistake to the
// left or right hides anything.

import { operatorTable } from "../../query/operators";
import { scanQuery, type Token } from "../../query/parse/scanner";
import { type FieldName, fieldNames, type Operator } from "../../query/syntax";
import type { Span } from "../../text/span";

export type QueryPlaceKind = "operand" | "operator" | "value" | "list" | "item" | "joint";

/** The subject that the operator or value at the place belongs to. */
export type PlaceSubject =
  | { readonly kind: "attribute"; readonly name: string }
  | { readonly kind: "field"; readonly name: FieldName }
  | { readonly kind: "unknown" };

export interface QueryPlace {
  readonly kind: QueryPlaceKind;
  /** The word at the offset, empty between words: what a completion replaces. */
  readonly word: Span;
  readonly subject: PlaceSubject;
  readonly operator: Operator | undefined;
  /** The items that the list already has. */
  readonly items: readonly string[];
  /** The quote the word begins with. */
  readonly quote: "'" | '"' | undefined;
}

/** Describes the place at `offset` of the expression. */
export function queryPlace(text: string, offset: number): QueryPlace {
  const tokens = scanQuery(text);
  const under = tokens.find((it) => isWord(it) && it.span.start < offset && offset <= it.span.end);
  // A finished symbol is behind the cursor: `==|` expects the value already.
  const word = under === undefined || isFinishedSymbol(under, text, offset) ? undefined : under;
  const start = word?.span.start ?? offset;
  const reached = walk(tokens, text, start);
  const quoteMark = word?.kind === "string" ? text[word.span.start] : undefined;
  return {
    ...reached,
    word: word === undefined ? { start: offset, end: offset } : { start, end: wordEnd(word, offset) },
    quote: quoteMark === "'" || quoteMark === '"' ? quoteMark : undefined,
  };
}

/** A quoted value that is not closed runs far; only what is before the cursor is the word. */
function wordEnd(word: Token, offset: number): number {
  return word.kind === "string" && word.closed === false ? offset : word.span.end;
}

function isWord({ kind }: Token): boolean {
  return !["whitespace", "(", ")", "[", "]", ","].includes(kind);
}

function isFinishedSymbol({ kind, span, operator }: Token, text: string, offset: number): boolean {
  if (kind !== "operator" || operator === undefined || offset < span.end) return false;
  return operatorTable[operator].argument !== "none" && !/\w$/.test(text.slice(span.start, span.end));
}

interface Reached {
  readonly kind: QueryPlaceKind;
  readonly subject: PlaceSubject;
  readonly operator: Operator | undefined;
  readonly items: readonly string[];
}

/** Goes over the tokens before `end` and tells what they lead to. */
function walk(tokens: readonly Token[], text: string, end: number): Reached {
  let kind: QueryPlaceKind = "operand";
  let subject: PlaceSubject = { kind: "unknown" };
  let operator: Operator | undefined;
  let items: string[] = [];
  for (const token of tokens) {
    if (token.span.start >= end) break;
    const written = text.slice(token.span.start, token.span.end);
    switch (token.kind) {
      case "whitespace":
        break;
      case "and":
      case "or":
      case "not":
        kind = "operand";
        break;
      case "(":
      case "[":
        items = [];
        kind = kind === "list" || token.kind === "[" ? "item" : "operand";
        break;
      case ")":
      case "]":
        kind = "joint";
        break;
      case ",":
        kind = items.length > 0 ? "item" : "joint";
        break;
      case "operator":
      case "foreignOperator":
        operator = token.operator;
        kind = placeAfterOperator(operator);
        break;
      default:
        if (kind === "item") items.push(written.replace(/^['"]|['"]$/g, ""));
        else if (kind === "operand") {
          subject = subjectOf(written);
          operator = undefined;
          kind = "operator";
        } else kind = "joint";
    }
  }
  return { kind, subject, operator, items };
}

function placeAfterOperator(operator: Operator | undefined): QueryPlaceKind {
  const argument = operator === undefined ? "value" : operatorTable[operator].argument;
  if (argument === "none") return "joint";
  return argument === "list" ? "list" : "value";
}

function subjectOf(written: string): PlaceSubject {
  if (written.startsWith("attribute:"))
    return { kind: "attribute", name: written.slice("attribute:".length) };
  const field = fieldNames.find((it) => it === written);
  return field === undefined ? { kind: "unknown" } : { kind: "field", name: field };
}
