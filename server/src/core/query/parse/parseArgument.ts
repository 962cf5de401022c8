// Reads what an operator compares with: a value, a pattern, or a list.

import { type ArgumentKind, operatorTable } from "../operators";
import { replacing } from "../problem";
import type { Argument, ListValue, Operator, Value } from "../syntax";
import {
  closingAhead,
  endOfLast,
  isPlainWord,
  type ParserState,
  peek,
  report,
  take,
  textOf,
} from "./parserState";
import type { Token } from "./scanner";

/** What is wrong with the brackets of a list alone. */
const ofBrackets: ReadonlySet<string> = new Set(["expression-unclosed-list", "expression-unexpected-text"]);

/** Reads the argument of an operator; `written` is how the operator is called in a message, `meant` which one it is. */
export function parseArgument(
  state: ParserState,
  written: string,
  meant: Operator | undefined,
): Argument | undefined {
  skipOperators(state);
  const kind: ArgumentKind | undefined = meant === undefined ? undefined : operatorTable[meant].argument;
  if (kind === "none") return refuseArgument(state, written);
  const next = peek(state);
  switch (next?.kind) {
    case "[":
    case "(": {
      if (next.kind === "(" && kind === undefined) return undefined;
      const joined = next.kind === "(" ? parseJoinedValues(state, written, meant) : undefined;
      if (joined !== undefined) return joined;
      const before = state.problems.length;
      const list = parseList(state, next);
      const isExpected = kind !== "value" && kind !== "pattern";
      if (isExpected && next.kind === "[") return list;
      // Its brackets go, so that it does not matter whether they are whole.
      for (const it of state.problems.splice(before)) if (!ofBrackets.has(it.code)) state.problems.push(it);
      if (isExpected) reportParentheses(state, list);
      else reportUnexpectedList(state, written, list);
      return list;
    }
    case "value":
    case "string": {
      const value = parseValue(state, next);
      return kind === "list" ? listWithoutBrackets(state, written, value) : value;
    }
    default: {
      const operator = state.tokens[state.index - 1];
      const end = endOfLast(state);
      report(state, "expression-missing-value", operator?.span ?? { start: end, end }, { operator: written });
      return undefined;
    }
  }
}

/** `== (prod or staging)`: values joined like comparisons; `undefined` where the parenthesis holds something else. */
function parseJoinedValues(
  state: ParserState,
  operator: string,
  meant: Operator | undefined,
): ListValue | undefined {
  const words: Token[] = [];
  let ahead = 1;
  for (let word = peek(state, ahead); isPlainWord(state, word); word = peek(state, ahead)) {
    words.push(word);
    const behind = peek(state, ahead + 1)?.kind;
    ahead += 2;
    if (behind !== "or" && behind !== "and") break;
  }
  const close = peek(state, ahead - 1);
  const used = state.tokens[state.index - 1];
  const start = peek(state)?.span.start;
  if (words.length < 2 || close?.kind !== ")" || used === undefined || start === undefined) return undefined;
  state.index += ahead;
  const negative = meant === "!=" || meant === "!in" || meant === "!~";
  const list = `${negative ? "!in" : "in"} [${words.map((it) => textOf(state, it.span)).join(", ")}]`;
  const space = /\s/.test(state.text[used.span.start - 1] ?? " ") ? "" : " ";
  const whole = { start: used.span.start, end: close.span.end };
  const span = { start, end: close.span.end };
  const fix = replacing(whole, `${space}${list}`, `Change to ${list}`);
  if (meant === "in" || meant === "!in") report(state, "expression-parenthesized-list", span, {}, fix);
  else report(state, "expression-unexpected-list", span, { operator, instead: list }, fix);
  const items = words.map(({ span: at }): Value => {
    const text = textOf(state, at).replace(/^['"]|['"]$/g, "");
    return { kind: "value", span: at, text, quote: undefined };
  });
  return { kind: "list", span, items };
}

function skipOperators(state: ParserState): void {
  for (let next = peek(state); next !== undefined; next = peek(state)) {
    if (next.kind !== "operator" && next.kind !== "foreignOperator") return;
    const text = textOf(state, next.span);
    const fix = replacing(next.span, "", `Remove ${text}`);
    const params = { text, advice: "There is an operator already." };
    report(state, "expression-unexpected-text", next.span, params, fix);
    state.index += 1;
  }
}

function refuseArgument(state: ParserState, operator: string): undefined {
  const next = peek(state);
  const isWord = next?.kind === "subject" || next?.kind === "string" || next?.kind === "value";
  const behind = peek(state, 1)?.kind;
  if (next === undefined || !isWord || behind === "operator" || behind === "foreignOperator")
    return undefined;
  const text = textOf(state, next.span);
  if (text.startsWith("attribute:") || next.template) return undefined;
  const fix = replacing({ start: endOfLast(state), end: next.span.end }, "", `Remove ${text}`);
  state.index += 1;
  report(state, "expression-unexpected-value", next.span, { operator, value: text }, fix);
  return undefined;
}

function parseValue(state: ParserState, token: Token): Value {
  state.index += 1;
  const { span } = token;
  const written = textOf(state, span);
  const template = token.template ? { template: true } : {};
  if (token.kind !== "string") return { kind: "value", span, text: written, quote: undefined, ...template };
  const quote = written.startsWith('"') ? '"' : "'";
  // `'a"`: closed by the other quote.
  const isMixed = !token.closed && /.['"]$/.test(written);
  const text = written.slice(1, token.closed || isMixed ? -1 : undefined);
  if (!token.closed) {
    const params = { quote: quote === '"' ? "double quote" : "single quote" };
    const place = { start: isMixed ? span.end - 1 : span.end, end: span.end };
    const fix = replacing(place, quote, "Close the quotes");
    report(state, "expression-unclosed-string", span, params, fix);
  } else if (quote === '"' && !text.includes("'")) {
    const replacement = `'${text}'`;
    const fix = replacing(span, replacement, "Use single quotes", true);
    report(state, "expression-double-quotes", span, { replacement }, fix);
  }
  return { kind: "value", span, text, quote, ...template };
}

function parseList(state: ParserState, open: Token): ListValue {
  state.index += 1;
  const items: Value[] = [];
  let separated = true;
  let nested: Token | undefined;
  let depth = 0;
  for (let next = peek(state); next !== undefined; next = peek(state)) {
    if (next.kind === "value" || next.kind === "string") {
      // `'a''`: one quote too many.
      const isQuote = next.closed === false && next.span.start === endOfLast(state);
      if (!separated && !isQuote) reportSeparator(state, next, "a comma is missing here");
      items.push(parseValue(state, next));
      separated = false;
    } else if (next.kind === ",") {
      if (separated) reportSeparator(state, next, "this comma has no item before it");
      separated = true;
      state.index += 1;
    } else if (next.kind === "[" || next.kind === "(") {
      nested ??= next;
      depth += 1;
      state.index += 1;
    } else if (depth > 0 && (next.kind === "]" || next.kind === ")") && isInside(peek(state, 1))) {
      depth -= 1;
      state.index += 1;
    } else break;
  }
  const last = state.tokens[state.index - 1];
  if (separated && items.length > 0 && last?.kind === ",") {
    reportSeparator(state, last, "this comma has no item after it");
  }
  if (nested !== undefined && (peek(state)?.kind === "]" || open.kind === "("))
    take(state, "]") ?? take(state, ")");
  else closeList(state, open);
  const list: ListValue = { kind: "list", span: { start: open.span.start, end: endOfLast(state) }, items };
  if (nested !== undefined) {
    const params = { text: textOf(state, nested.span), advice: "Lists do not nest." };
    const fix = replacing(list.span, inBrackets(state, list), "Write one list");
    report(state, "expression-unexpected-text", nested.span, params, fix);
  }
  return list;
}

/** Whether a token continues or closes a list, so that a bracket before it closed one inside. */
function isInside(token: Token | undefined): boolean {
  return token?.kind === "]" || token?.kind === ")" || token?.kind === ",";
}

function inBrackets(state: ParserState, { items }: ListValue): string {
  return `[${items.map((it) => textOf(state, it.span)).join(", ")}]`;
}

function closeList(state: ParserState, open: Token): void {
  const closing = open.kind === "[" ? "]" : ")";
  const other = closing === "]" ? ")" : "]";
  if (take(state, closing) !== undefined) return;
  const end = endOfLast(state);
  const params = { bracket: closing === "]" ? "square bracket" : "parenthesis" };
  const wrong = peek(state);
  // `[a, b)` where more parentheses close than groups are open: the wrong bracket, not a missing one.
  if (wrong?.kind === other && (other === "]" || closingAhead(state) > state.openGroups)) {
    state.index += 1;
    const fix = replacing(wrong.span, closing, `Change to ${closing}`);
    report(state, "expression-unclosed-list", open.span, params, fix);
    return;
  }
  const fix = replacing({ start: end, end }, closing, `Add ${closing}`);
  report(state, "expression-unclosed-list", open.span, params, fix);
}

function reportSeparator(state: ParserState, token: Token, what: string): void {
  const place = { start: endOfLast(state), end: endOfLast(state) };
  const fix =
    token.kind === ","
      ? replacing(token.span, "", "Remove the comma")
      : replacing(place, ",", "Insert a comma");
  report(state, "expression-list-separator", token.span, { what }, fix);
}

/** `in a` and `in a, b`. */
function listWithoutBrackets(state: ParserState, operator: string, first: Value): ListValue | Value {
  if (first.template) return first;
  const items = [first];
  for (let next = peek(state, 1); peek(state)?.kind === "," && next !== undefined; next = peek(state, 1)) {
    if (next.kind !== "subject" && next.kind !== "value" && next.kind !== "string") break;
    state.index += 1;
    items.push(parseValue(state, next));
  }
  // `a, b]`: only the first bracket is missing.
  const end = endOfLast(state);
  take(state, "]");
  const span = { start: first.span.start, end: endOfLast(state) };
  // `{a, b}` has brackets, only of another kind.
  const text = textOf(state, { start: span.start, end });
  const written = /^\{(.*)\}$/.exec(text)?.[1]?.trim() ?? text;
  const fix = replacing(span, `[${written}]`, "Put the list in square brackets", true);
  report(state, "expression-expected-list", span, { operator }, fix);
  return { kind: "list", span, items };
}

function reportParentheses(state: ParserState, list: ListValue): void {
  const fix = replacing(list.span, inBrackets(state, list), "Use square brackets", true);
  report(state, "expression-parenthesized-list", list.span, {}, fix);
}

function reportUnexpectedList(state: ParserState, operator: string, list: ListValue): void {
  const [only] = list.items;
  const negative = operator.startsWith("!") || operator.startsWith("not");
  const instead = negative ? "!in" : "in";
  const params = { operator, instead };
  if (list.items.length === 1 && only !== undefined) {
    const fix = replacing(list.span, textOf(state, only.span), "Compare with the value");
    report(state, "expression-unexpected-list", list.span, params, fix);
    return;
  }
  report(state, "expression-unexpected-list", list.span, params);
}
