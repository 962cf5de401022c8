// Values that are written where a comparison is expected: `attribute:env == prod or staging` means a list.

import type { Span } from "../../text/span";
import type { QueryFix } from "../problem";
import type { Operator } from "../syntax";
import { isPlainWord, type ParserState, type PreviousComparison, peek, textOf } from "./parserState";
import type { Token } from "./scanner";

export interface FurtherValues {
  readonly advice: string;
  readonly fixes: readonly QueryFix[];
  /** The end of the last value. */
  readonly end: number;
}

/**
 * The word that was taken last and those that follow it, as further values of the comparison before them: the tokens
 * before the word are a comparison and `and` or `or`. `undefined` where that is not so.
 */
export function furtherValues(state: ParserState): FurtherValues | undefined {
  const { previous } = state;
  const joint = state.tokens[state.index - 2];
  if (previous?.comparison.argument === undefined || (joint?.kind !== "or" && joint?.kind !== "and"))
    return undefined;
  const before = endOfPrevious(state, previous, state.index - 3);
  const words = wordsFrom(state, joint.kind);
  const last = words.at(-1);
  if (before === undefined || last === undefined) return undefined;
  const needs = `'${textOf(state, joint.span)}' needs a comparison on each side.`;
  const list = listed(state, previous, words);
  if (list === undefined) return { advice: needs, fixes: [], end: last.span.end };
  const written = textOf(state, previous.comparison.subject.span);
  return {
    advice: `${needs} Did you mean ${written} ${list}?`,
    fixes: [
      {
        title: `Change to ${list}`,
        safe: false,
        edits: [
          replacement(state, previous, list),
          { span: { start: before, end: last.span.end }, newText: "" },
        ],
      },
    ],
    end: last.span.end,
  };
}

/** `attribute:env == a,b`: the fix that makes a list of it; `stray` is what follows the comparison. */
export function listFix(state: ParserState, stray: readonly Token[]): QueryFix | undefined {
  const { previous } = state;
  const [first] = stray;
  const last = stray.at(-1);
  if (previous === undefined || first === undefined || last === undefined) return undefined;
  const words = stray.filter((_, at) => at % 2 === 1);
  const isList =
    stray.length % 2 === 0 &&
    stray.every((it, at) => (at % 2 === 0 ? it.kind === "," : isPlainWord(state, it))) &&
    previous.comparison.span.end <= first.span.start;
  const list = isList ? listed(state, previous, words) : undefined;
  if (list === undefined) return undefined;
  const whole = { start: previous.comparison.span.end, end: last.span.end };
  const edits = [replacement(state, previous, list), { span: whole, newText: "" }];
  return { title: `Change to ${list}`, safe: false, edits };
}

/** Where the comparison ends, with the parentheses that close behind it up to the token; else `undefined`. */
function endOfPrevious(
  state: ParserState,
  { comparison }: PreviousComparison,
  at: number,
): number | undefined {
  let index = at;
  while (state.tokens[index]?.kind === ")") index -= 1;
  return state.tokens[index]?.span.end === comparison.span.end ? state.tokens[at]?.span.end : undefined;
}

/** The word taken last, and each that follows with the same conjunction before it. */
function wordsFrom(state: ParserState, joint: Token["kind"]): readonly Token[] {
  const first = state.tokens[state.index - 1];
  if (!isPlainWord(state, first) || !endsOperand(peek(state))) return [];
  const words = [first];
  for (let ahead = 0; peek(state, ahead)?.kind === joint; ahead += 2) {
    const word = peek(state, ahead + 1);
    if (!isPlainWord(state, word) || !endsOperand(peek(state, ahead + 2))) break;
    words.push(word);
  }
  return words;
}

function endsOperand(token: Token | undefined): boolean {
  return token === undefined || token.kind === "and" || token.kind === "or" || token.kind === ")";
}

/** The operator and argument that compare with all the values; `undefined` where no operator can. */
function listed(
  state: ParserState,
  { comparison: { argument }, meant }: PreviousComparison,
  words: readonly Token[],
): string | undefined {
  if (argument === undefined) return undefined;
  const firsts = argument.kind === "list" ? argument.items : [argument];
  const values = [...firsts, ...words].map((it) => textOf(state, it.span));
  const operator = listOperators[meant];
  if (operator === "in" || operator === "!in") return `${operator} [${values.join(", ")}]`;
  if (operator === undefined || values.some((it) => !/^[\w.*-]+$/.test(it))) return undefined;
  return `${operator} (${values.join("|")})`;
}

/** The operator that compares with several values as this one does with one. */
const listOperators: Readonly<Partial<Record<Operator, Operator>>> = {
  "==": "in",
  in: "in",
  "!=": "!in",
  "!in": "!in",
  "=~": "=~",
  "!~": "!~",
};

/** The operator and argument replaced; an operator that is a word does not touch the subject. */
function replacement(
  state: ParserState,
  { comparison, operatorSpan }: PreviousComparison,
  list: string,
): { readonly span: Span; readonly newText: string } {
  const space = /\s/.test(state.text[operatorSpan.start - 1] ?? " ") ? "" : " ";
  return { span: { start: operatorSpan.start, end: comparison.span.end }, newText: `${space}${list}` };
}
