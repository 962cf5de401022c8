// Cuts an expression into tokens. What a character means depends on what came before (a parenthesis after =~ opens
// a group of a pattern, after `in` a mistaken list), so the scanner keeps track of what is expected.

import type { Span } from "../../text/span";
import { foreignOperators, keywordSpellings, operatorSpellings, operatorTable } from "../operators";
import type { Operator } from "../syntax";
import {
  anyKeyword,
  bracketed,
  comparisonAhead,
  comparisonBehind,
  isInsideName,
  joiningKeyword,
  joiningKeywordInValuePlace,
  listInPlaceOfPattern,
  match,
  severalWords,
  singleJoint,
  symbol,
  valueAhead,
} from "./scanPatterns";
import {
  containsTemplate,
  endOfTemplate,
  endOfUnclosed,
  isQuote,
  isWhitespace,
  type ScannedWord,
  scanWord,
  type WordMode,
} from "./scanWord";
import { endOfTypographic } from "./typographicQuotes";

/** Kinds are their own spelling where they have one. `foreignOperator` and `unknown` are the error tokens. */
export type TokenKind =
  | "whitespace"
  | "("
  | ")"
  | "["
  | "]"
  | ","
  | "and"
  | "or"
  | "not"
  | "operator"
  | "foreignOperator"
  | "subject"
  | "value"
  | "string"
  | "unknown";

export interface Token {
  readonly kind: TokenKind;
  readonly span: Span;
  /** Of an operator; of a foreign one the operator that was probably meant. */
  readonly operator?: Operator | undefined;
  /** Contains a placeholder. */
  readonly template?: boolean;
  /** Of `and` and `or`: a single `&` or `|`, which is not an operator. */
  readonly isSingle?: boolean;
  /** Of a string: false where the closing quote is missing. */
  readonly closed?: boolean;
}

/**
 * The tokens of an expression in order, white space included: together they are the text. Without `placeholders` `$X` and
 * its like are text. Never throws.
 */
export function scanQuery(text: string, placeholders = true): readonly Token[] {
  const tokens: Token[] = [];
  const scanner: Scanner = { text, placeholders, at: 0, state: "operand", last: undefined };
  while (scanner.at < text.length) {
    const space = whitespace(scanner);
    const token = space ?? scanToken(scanner);
    if (space === undefined) scanner.last = token;
    tokens.push(token);
    scanner.at = token.span.end;
  }
  return tokens;
}

/** What is expected next: `joint` is after a whole comparison, `item` inside a list. */
type State = "operand" | "operator" | "value" | "pattern" | "list" | "item" | "joint";

interface Scanner {
  readonly text: string;
  readonly placeholders: boolean;
  at: number;
  state: State;
  /** The token before, white space excluded. */
  last: Token | undefined;
}

function whitespace(scanner: Scanner): Token | undefined {
  let end = scanner.at;
  while (end < scanner.text.length && isWhitespace(scanner.text[end] ?? "")) end += 1;
  return end > scanner.at ? { kind: "whitespace", span: { start: scanner.at, end } } : undefined;
}

function scanToken(scanner: Scanner): Token {
  switch (scanner.state) {
    case "item":
      return scanItem(scanner);
    case "value":
    case "pattern":
    case "list":
      return scanArgument(scanner);
    case "operator":
      return scanInOperatorPlace(scanner);
    default:
      return scanInOperandPlace(scanner);
  }
}

/** Before a comparison, or after one. */
function scanInOperandPlace(scanner: Scanner): Token {
  const character = scanner.text[scanner.at] ?? "";
  const template = scanner.state === "operand" && beginsTemplate(scanner, "subject");
  if (!template) {
    if (character === "(") return punctuation(scanner, "(", "operand");
    if (character === ")") return punctuation(scanner, ")", "joint");
    if (character === "[") {
      const groups = match(comparisonAhead, scanner.text, scanner.at + 1) >= 0;
      return punctuation(scanner, "[", groups ? "operand" : "item");
    }
    if (character === "]" || character === ",") return punctuation(scanner, character, "joint");
    if (character === ";") return { kind: "unknown", span: { start: scanner.at, end: scanner.at + 1 } };
    if (isQuote(character)) return quoted(scanner, "operator");
    const joint = scanner.state === "joint" ? scanSingleJoint(scanner) : undefined;
    if (joint !== undefined) return joint;
    const inTypographic = endOfTypographic(scanner.text, scanner.at);
    if (inTypographic > 0) return typographic(scanner, inTypographic, "subject", "operator");
    const afterNot = scanner.last?.kind === "not";
    const keyword = scanKeyword(scanner, anyKeyword);
    if (keyword !== undefined) return keyword;
    const operator = scanOperator(scanner);
    if (operator !== undefined) {
      // `not=(…)`: what follows is an operand, not a list.
      if (afterNot) scanner.state = "operand";
      return operator;
    }
  }
  const isJoint = scanner.state === "joint";
  const token = word(scanner, "subject", "subject", "operator");
  // `a == b plus attribute:c == d`: what follows is a comparison of its own.
  if (isJoint && match(comparisonBehind, scanner.text, token.span.end) >= 0) scanner.state = "joint";
  return token;
}

/** After a subject. */
function scanInOperatorPlace(scanner: Scanner): Token {
  const character = scanner.text[scanner.at] ?? "";
  if (character === "(") return punctuation(scanner, "(", "operand");
  if (character === ")" || character === "]" || character === ",")
    return punctuation(scanner, character, "joint");
  if (character === "[") return punctuation(scanner, "[", "item");
  if (isQuote(character)) return quoted(scanner, "joint");
  const isBracketed = scanner.placeholders && match(bracketed, scanner.text, scanner.at) >= 0;
  const symbol = isBracketed ? undefined : scanOperator(scanner);
  const operator = symbol ?? scanKeyword(scanner, joiningKeyword) ?? scanSingleJoint(scanner);
  if (operator !== undefined) return operator;
  const scanned = scanWord(scanner.text, scanner.at, "subject", scanner.placeholders);
  const spelling = scanner.text.slice(scanner.at, scanned.end).toLowerCase();
  const known = operatorSpellings.get(spelling);
  if (known !== undefined) return operatorToken(scanner, "operator", scanned.end, known);
  // A placeholder may stand for a whole comparison.
  if (scanner.last?.template && !isInOperatorPlace(scanner, scanned)) return scanInOperandPlace(scanner);
  const foreign = foreignOperators.get(spelling);
  if (foreign !== undefined) return operatorToken(scanner, "foreignOperator", scanned.end, foreign);
  const token = word(scanner, "value", "value", "joint");
  if (token.template) scanner.state = "value";
  else if (isInsideName(scanner.text, token.span.end)) scanner.state = "operator";
  return token;
}

/** Behind a placeholder: whether another one is in the place of its operator, or of an attribute's operator and value. */
function isInOperatorPlace({ text, last }: Scanner, { end, template }: ScannedWord): boolean {
  if (!template || last === undefined) return false;
  return text.startsWith("attribute:", last.span.start) || match(valueAhead, text, end) >= 0;
}

/** After an operator that takes an argument. */
function scanArgument(scanner: Scanner): Token {
  const { text, at, state } = scanner;
  const character = text[at] ?? "";
  if (character === ")" || character === "]" || character === ",")
    return punctuation(scanner, character, "joint");
  if (isQuote(character)) return quoted(scanner, "joint");
  const mode = state === "pattern" ? "pattern" : "value";
  if (beginsTemplate(scanner, mode)) return word(scanner, "value", mode, "joint");
  const inTypographic = endOfTypographic(text, at);
  if (inTypographic > 0) return typographic(scanner, inTypographic, "value", "joint");
  if (state === "pattern" ? match(listInPlaceOfPattern, text, at) >= 0 : character === "[")
    return punctuation(scanner, "[", "item");
  if (state !== "pattern" && character === "(") return punctuation(scanner, "(", "item");
  const other = scanKeyword(scanner, joiningKeywordInValuePlace) ?? scanOperator(scanner, true);
  return other ?? word(scanner, "value", mode, "joint");
}

function scanItem(scanner: Scanner): Token {
  const character = scanner.text[scanner.at] ?? "";
  if (character === "]" || character === ")") return punctuation(scanner, character, "joint");
  if (beginsTemplate(scanner, "item")) return word(scanner, "value", "item", "item");
  if (character === "," || character === "[" || character === "(")
    return punctuation(scanner, character, "item");
  if (isQuote(character)) return quoted(scanner, "item");
  const inTypographic = endOfTypographic(scanner.text, scanner.at);
  if (inTypographic > 0) return typographic(scanner, inTypographic, "value", "item");
  const previous = scanner.last?.kind;
  // A list that was never closed: `in [a, b and …`.
  if (previous === "value" || previous === "string") {
    const keyword = scanKeyword(scanner, joiningKeywordInValuePlace);
    if (keyword !== undefined) return keyword;
  }
  return word(scanner, "value", "item", "item");
}

function scanKeyword(scanner: Scanner, pattern: RegExp): Token | undefined {
  const end = match(pattern, scanner.text, scanner.at);
  if (end < 0) return undefined;
  const keyword = keywordSpellings.get(scanner.text.slice(scanner.at, end).toLowerCase());
  if (keyword === undefined) return undefined;
  scanner.state = "operand";
  return { kind: keyword, span: { start: scanner.at, end } };
}

/** `&` and `|` in the place of a conjunction: the parser reports them. */
function scanSingleJoint(scanner: Scanner): Token | undefined {
  const end = match(singleJoint, scanner.text, scanner.at);
  if (end < 0) return undefined;
  scanner.state = "operand";
  return {
    kind: scanner.text[scanner.at] === "&" ? "and" : "or",
    span: { start: scanner.at, end },
    isSingle: true,
  };
}

function scanOperator(scanner: Scanner, symbolsOnly = false): Token | undefined {
  let end = match(symbol, scanner.text, scanner.at);
  if (end < 0 && !symbolsOnly && scanner.state === "operator")
    end = match(severalWords, scanner.text, scanner.at);
  if (end < 0) return undefined;
  const spelling = spellingOf(scanner.text.slice(scanner.at, end));
  const known = operatorSpellings.get(spelling);
  if (known !== undefined) return operatorToken(scanner, "operator", end, known);
  return operatorToken(scanner, "foreignOperator", end, foreignOperators.get(spelling));
}

/** Most operators are written as they are spelled. */
function spellingOf(written: string): string {
  return operatorSpellings.has(written) ? written : written.toLowerCase().replace(/\s+/g, " ");
}

function operatorToken(
  scanner: Scanner,
  kind: "operator" | "foreignOperator",
  end: number,
  operator: Operator | undefined,
): Token {
  const argument = operator === undefined ? "value" : operatorTable[operator].argument;
  scanner.state = argument === "none" ? "joint" : argument;
  return { kind, span: { start: scanner.at, end }, operator };
}

function punctuation(scanner: Scanner, kind: "(" | ")" | "[" | "]" | ",", next: State): Token {
  scanner.state = next;
  return { kind, span: { start: scanner.at, end: scanner.at + 1 } };
}

function word(scanner: Scanner, kind: "subject" | "value", mode: WordMode, next: State): Token {
  const { end, template } = scanWord(scanner.text, scanner.at, mode, scanner.placeholders);
  if (end === scanner.at) return { kind: "unknown", span: { start: scanner.at, end: scanner.at + 1 } };
  scanner.state = next;
  return { kind, span: { start: scanner.at, end }, template };
}

function beginsTemplate({ text, at, placeholders }: Scanner, mode: WordMode): boolean {
  return placeholders && endOfTemplate(text, at, mode, true) > at;
}

function quoted(scanner: Scanner, next: State): Token {
  const { text, at } = scanner;
  scanner.state = next;
  const closing = text.indexOf(text[at] ?? "'", at + 1);
  const end = closing < 0 ? endOfUnclosed(text, at) : closing + 1;
  const template = scanner.placeholders && containsTemplate(text.slice(at + 1, end));
  return { kind: "string", span: { start: at, end }, closed: closing >= 0, template };
}

/** Text in typographic quotes is a word with these characters; ECS knows only straight quotes. */
function typographic(scanner: Scanner, end: number, kind: "subject" | "value", next: State): Token {
  const { text, at } = scanner;
  scanner.state = next;
  return {
    kind,
    span: { start: at, end },
    template: scanner.placeholders && containsTemplate(text.slice(at + 1, end - 1)),
  };
}
