// Text between comparisons that belongs to none of them: it is skipped and reported, with what was probably meant.

import { type QueryFix, replacing } from "../problem";
import type { Expression } from "../syntax";
import { listFix } from "./furtherValues";
import { looksLikeSubject } from "./parseComparison";
import { closingAhead, type ParserState, peek, report, textOf } from "./parserState";
import type { Token } from "./scanner";

/** Skips and reports what can neither continue nor end an expression, such as the second word of a value. */
export function skipStrayTokens(state: ParserState, previous: Expression | undefined): void {
  const stray: Token[] = [];
  for (let next = peek(state); next !== undefined; next = peek(state)) {
    if (next.kind === "and" || next.kind === "or" || next.kind === "not" || next.kind === "(") break;
    if (next.kind === ")" && state.openGroups > 0) break;
    if (next.kind === "]" && state.openGroups > 0 && closingAhead(state) < state.openGroups) break;
    if (next.kind === ")") {
      flushStray(state, stray, previous);
      const fix = replacing(next.span, "", "Remove the parenthesis");
      report(state, "expression-unbalanced-parenthesis", next.span, { partner: "opening" }, fix);
    } else {
      if (startsOperand(next) && looksLikeSubject(state)) break;
      if (next.template || (stray.length === 0 && isTemplate(previous) && startsOperand(next))) break;
      stray.push(next);
    }
    state.index += 1;
  }
  flushStray(state, stray, previous);
}

function flushStray(state: ParserState, stray: Token[], previous: Expression | undefined): void {
  if (stray.length > 0) reportStray(state, stray, previous);
  stray.length = 0;
}

export function reportStray(
  state: ParserState,
  stray: readonly Token[],
  previous: Expression | undefined,
): void {
  const span = { start: stray[0]?.span.start ?? 0, end: stray.at(-1)?.span.end ?? 0 };
  const argument = previous?.kind === "comparison" ? previous.argument : undefined;
  const words = stray.every((it) => it.kind === "subject" || it.kind === "value");
  const fixes: QueryFix[] = [];
  let advice = "Join comparisons with 'and' or 'or'.";
  if (stray.length === 1 && isBeforeOperand(state) && !isTemplate(previous)) {
    const before = /\s/.test(state.text[span.start - 1] ?? " ") ? "" : " ";
    fixes.push(replacing(span, `${before}and`, "Write and"), replacing(span, `${before}or`, "Write or"));
    state.reportedUntil = span.end;
  } else if (words && argument?.kind === "value" && argument.quote === undefined) {
    const whole = { start: argument.span.start, end: span.end };
    const written = textOf(state, whole);
    // A task group is one word, whatever was typed into it.
    const group = written.replace(/\s+/g, "");
    const isGroup = /^(?:service|family):[A-Za-z0-9_-]+$/.test(group);
    const quoted = `'${written}'`;
    advice = isGroup ? `Did you mean ${group}?` : `A value with spaces needs quotes: ${quoted}.`;
    fixes.push(
      isGroup ? replacing(whole, group, "Remove the space") : replacing(whole, quoted, "Quote the value"),
    );
  } else if (stray[0]?.kind === "," && argument !== undefined) {
    advice = "Several values are written as a list, in [a, b].";
    const list = listFix(state, stray);
    if (list !== undefined) fixes.push(list);
  } else if (stray.length === 1 && textOf(state, span) === ";") {
    advice = "Remove it.";
    fixes.push(replacing(span, "", "Remove it"));
  }
  report(state, "expression-unexpected-text", span, { text: textOf(state, span), advice }, ...fixes);
}

/** The token after the stray ones, which have been taken, begins another comparison. */
function isBeforeOperand(state: ParserState): boolean {
  const next = peek(state);
  return next !== undefined && startsOperand(next);
}

export function startsOperand(token: Token): boolean {
  return token.kind === "subject" || token.kind === "string" || token.kind === "not" || token.kind === "(";
}

export function isTemplate(expression: Expression | undefined): boolean {
  return expression?.kind === "missing" && expression.template === true;
}
