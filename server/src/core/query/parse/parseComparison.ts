// Reads one comparison: subject, operator, argument.

import type { Span } from "../../text/span";
import { operatorTable } from "../operators";
import { type QueryFix, replacing } from "../problem";
import { meantSubject } from "../subjects";
import {
  type Comparison,
  type Expression,
  fieldNames,
  type Operator,
  type OperatorUse,
  type Subject,
} from "../syntax";
import { calledSubject } from "./calledSubject";
import { furtherValues } from "./furtherValues";
import { parseArgument } from "./parseArgument";
import {
  endOfLast,
  isField,
  isOperator,
  type ParserState,
  peek,
  report,
  reportCase,
  textOf,
} from "./parserState";
import type { Token } from "./scanner";
import { insideTypographic } from "./typographicQuotes";

/** Reads a comparison; the next token is a word, a string or an operator. */
export function parseComparison(state: ParserState): Expression {
  const start = peek(state)?.span.start ?? endOfLast(state);
  const subject = parseSubject(state);
  const token = peek(state);
  if (subject.kind === "unknown" && subject.template && !isOperator(token) && !isUnknownOperator(token)) {
    return { kind: "missing", span: subject.span, template: true, text: subject.text };
  }
  const operatorSpan = peek(state)?.span;
  const { operator, meant, named } = parseOperator(state, subject);
  const argument = named ? parseArgument(state, operator?.text ?? meant ?? "==", meant) : undefined;
  const comparison: Comparison = {
    kind: "comparison",
    span: { start, end: Math.max(start, endOfLast(state)) },
    subject,
    operator,
    argument,
  };
  const isKnown = subject.kind !== "unknown" && meant !== undefined && operatorSpan !== undefined;
  state.previous = isKnown ? { comparison, meant, operatorSpan } : state.previous;
  return comparison;
}

/** Whether the next token begins a comparison of its own rather than being a leftover of the one before. */
export function looksLikeSubject(state: ParserState): boolean {
  const token = peek(state);
  if (token === undefined || (token.kind !== "subject" && token.kind !== "string")) return false;
  return (
    isOperator(peek(state, 1)) || isField(textOf(state, token.span)) || startsAttribute(state, token) > 0
  );
}

function parseSubject(state: ParserState): Subject {
  const token = peek(state);
  if (token === undefined || isOperator(token)) return missingSubject(state, token);
  state.index += 1;
  const { span } = token;
  const text = textOf(state, span);
  if (token.kind === "subject" && isField(text)) return { kind: "field", span, name: text };
  const prefix = token.kind === "subject" ? startsAttribute(state, token) : 0;
  if (prefix > 0) return attributeSubject(state, token, prefix);
  if (token.template) return { kind: "unknown", span, text, template: true };
  const called = calledSubject(state, token);
  if (called !== undefined) return called;
  const apart = subjectApart(state, token);
  if (apart !== undefined) return apart;
  reportUnknownSubject(state, span, text);
  return { kind: "unknown", span, text };
}

/** `attribute :env`, `task :group` and `task: group`: the subject is there, only in two pieces. */
function subjectApart(state: ParserState, token: Token): Subject | undefined {
  const next = peek(state);
  if (next?.kind !== "value" || !isOperator(peek(state, 1))) return undefined;
  const whole = { start: token.span.start, end: next.span.end };
  const text = textOf(state, whole).replace(/\s+/g, "");
  const name = /^attribute:(.+)$/.exec(text)?.[1];
  if (name === undefined && !isField(text)) return undefined;
  state.index += 1;
  const params = { subject: textOf(state, whole), advice: `Did you mean ${text}?` };
  const fix = replacing(whole, text, "Remove the space", true);
  report(state, "expression-unknown-subject", whole, params, fix);
  if (isField(text)) return { kind: "field", span: whole, name: text };
  return { kind: "attribute", span: whole, name: name ?? "", nameSpan: next.span };
}

function missingSubject(state: ParserState, operator: Token | undefined): Subject {
  const at = operator?.span.start ?? endOfLast(state);
  const span = operator?.span ?? { start: at, end: at };
  const params = { operator: textOf(state, span) };
  report(state, "expression-missing-subject", span, params, ...subjectBefore(state, at));
  return { kind: "unknown", span: { start: at, end: at }, text: "" };
}

/** `attribute:env == prod or == staging`: the subject of the comparison before is meant again. */
function subjectBefore(state: ParserState, at: number): readonly QueryFix[] {
  const joint = state.tokens[state.index - 1];
  const { previous } = state;
  if (previous === undefined || (joint?.kind !== "or" && joint?.kind !== "and")) return [];
  if (state.tokens[state.index - 2]?.span.end !== previous.comparison.span.end) return [];
  const subject = textOf(state, previous.comparison.subject.span);
  return [replacing({ start: at, end: at }, `${subject} `, `Insert ${subject}`)];
}

function attributeSubject(state: ParserState, token: Token, prefix: number): Subject {
  const start = token.span.start + prefix;
  const end = start < token.span.end ? endOfName(state, token.span.end) : token.span.end;
  const nameSpan = { start, end };
  const name = textOf(state, nameSpan);
  const subject = { kind: "attribute", span: { start: token.span.start, end }, name, nameSpan } as const;
  if (name === "") reportMissingName(state, token.span);
  if (end > token.span.end)
    report(state, "expression-invalid-attribute-name", nameSpan, { name, reason: "a name has no spaces" });
  return token.template ? { ...subject, template: true } : subject;
}

/** `attribute:node role == edge`: the words up to the operator are taken as the rest of the name. */
function endOfName(state: ParserState, end: number): number {
  let words = 0;
  while (isRestOfName(state, words)) words += 1;
  if (words === 0 || !isOperator(peek(state, words))) return end;
  state.index += words;
  return endOfLast(state);
}

function isRestOfName(state: ParserState, ahead: number): boolean {
  const token = peek(state, ahead);
  return (token?.kind === "value" || token?.kind === "string") && token.template !== true;
}

function reportMissingName(state: ParserState, span: Span): void {
  // `attribute: env == prod`: the name is there, only apart.
  const next = peek(state);
  if (next?.kind === "value" && isOperator(peek(state, 1))) {
    state.index += 1;
    const gap = { start: span.end, end: next.span.start };
    const fix = replacing(gap, "", "Remove the space", true);
    report(state, "expression-missing-attribute-name", span, {}, fix);
    return;
  }
  report(state, "expression-missing-attribute-name", span);
}

function reportUnknownSubject(state: ParserState, span: Span, text: string): void {
  if (span.end <= state.reportedUntil) return;
  const bare = insideTypographic(text) ?? text.replace(/^['"]|['"]$/g, "");
  if (/^(?:memberOf|distinctInstance)$/i.test(bare)) {
    const advice = "It is a type of constraint and belongs in 'type'.";
    report(state, "expression-unknown-subject", span, { subject: text, advice });
    return;
  }
  const further = furtherValues(state);
  if (further !== undefined) {
    state.reportedUntil = further.end;
    const params = { subject: bare, advice: further.advice };
    report(state, "expression-unknown-subject", span, params, ...further.fixes);
    return;
  }
  const swapped = swappedSides(state, span);
  if (swapped !== undefined) {
    const params = { subject: bare, advice: `The subject comes first: ${swapped.edits[0]?.newText}.` };
    report(state, "expression-unknown-subject", span, params, swapped);
    return;
  }
  if (bare !== text && /\s/.test(bare)) {
    const fix = replacing(span, bare, "Remove the quotes");
    const advice = "Only values have quotes. Write it without them.";
    report(state, "expression-unknown-subject", span, { subject: text, advice }, fix);
    return;
  }
  const meant = isField(bare) || bare.startsWith("attribute:") ? bare : meantSubject(bare);
  if (meant === undefined) {
    const advice = `Use attribute:NAME, ${fieldNames.join(", ")}.`;
    report(state, "expression-unknown-subject", span, { subject: text, advice });
    return;
  }
  const next = peek(state)?.kind;
  // A word alone asks whether there is something of that name.
  const alone = next === undefined || next === "and" || next === "or" || next === ")";
  const instead = alone && meant.startsWith("attribute:") ? `${meant} exists` : meant;
  const fix = replacing(span, instead, `Change to ${instead}`);
  const advice = `Did you mean ${instead}?`;
  report(state, "expression-unknown-subject", span, { subject: text, advice }, fix);
}

/** `prod == attribute:env`: the fix that puts the subject first. */
function swappedSides(state: ParserState, span: Span): QueryFix | undefined {
  const [operator, subject] = [peek(state), peek(state, 1)];
  const isEquality = operator?.operator === "==" || operator?.operator === "!=";
  if (!isEquality || operator === undefined || subject?.kind !== "value" || subject.template)
    return undefined;
  const name = textOf(state, subject.span);
  if (!isField(name) && !/^attribute:./.test(name)) return undefined;
  const text = `${name} ${operator.operator} ${textOf(state, span)}`;
  return replacing({ start: span.start, end: subject.span.end }, text, `Change to ${text}`);
}

interface ReadOperator {
  /** Only an operator of the language. */
  readonly operator: OperatorUse | undefined;
  /** What kind of argument to look for. */
  readonly meant: Operator | undefined;
  /** Whether anything stands in the operator's place, so that an argument is due. */
  readonly named: boolean;
}

function parseOperator(state: ParserState, subject: Subject): ReadOperator {
  const token = peek(state);
  if (token?.kind === "operator" && token.operator !== undefined) {
    state.index += 1;
    reportCase(state, token.span);
    const { operator, span } = token;
    return { operator: { operator, span, text: textOf(state, span) }, meant: operator, named: true };
  }
  if (token?.kind === "foreignOperator") {
    state.index += 1;
    reportForeign(state, token, subject);
    return { operator: undefined, meant: token.operator, named: true };
  }
  const isValue = token?.kind === "value" || token?.kind === "string" || token?.kind === "[";
  if (isUnknownOperator(token)) {
    state.index += 1;
    const next = peek(state)?.kind;
    return {
      operator: undefined,
      meant: undefined,
      named: next === "value" || next === "string" || next === "[",
    };
  }
  // What a placeholder stands for may hold the operator.
  if (subject.kind !== "field" && subject.template === true)
    return { operator: undefined, meant: undefined, named: isValue };
  if (subject.kind !== "unknown" || (isValue && subject.text !== "")) {
    const missing = token?.kind === "[" ? "in" : "==";
    const place = { start: subject.span.end, end: subject.span.end };
    const fixes = isValue ? [replacing(place, ` ${missing}`, `Insert ${missing}`)] : [];
    const params = { subject: textOf(state, subject.span) };
    report(state, "expression-expected-operator", subject.span, params, ...fixes);
  }
  return { operator: undefined, meant: undefined, named: isValue };
}

/** Whether a placeholder is in the place of an operator: it may stand for one, or for all that follows the subject. */
function isUnknownOperator(token: Token | undefined): boolean {
  return token?.kind === "value" && token.template === true;
}

function reportForeign(state: ParserState, token: Token, subject: Subject): void {
  const written = textOf(state, token.span);
  const { operator } = token;
  if (written === "=") {
    const fix = replacing(token.span, "==", "Change to ==", true);
    report(state, "expression-single-equals", token.span, {}, fix);
    return;
  }
  const advice =
    operator === undefined ? "Operators are ==, in, =~ and exists." : `Did you mean ${operator}?`;
  const fixes: QueryFix[] = [];
  // Attributes have no order to repair: the right spelling would be the next thing to complain of.
  const isOrder = operator?.startsWith("<") || operator?.startsWith(">");
  if (operator !== undefined && !(isOrder && subject.kind === "attribute")) {
    fixes.push(replacing(token.span, spaced(state, token.span, operator), `Change to ${operator}`));
  }
  report(state, "expression-unknown-operator", token.span, { operator: written, advice }, ...fixes);
}

/** An operator that is a word must not touch the words beside it. */
function spaced(state: ParserState, span: Span, operator: Operator): string {
  if (operatorTable[operator].argument === "none" || operator === "in" || operator === "!in") {
    const before = /\s/.test(state.text[span.start - 1] ?? " ") ? "" : " ";
    const behind = /[\s([]/.test(state.text[span.end] ?? " ") ? "" : " ";
    return `${before}${operator}${behind}`;
  }
  return operator;
}

/** The length of `attribute:` where the token begins with it, else 0. */
function startsAttribute(state: ParserState, token: Token): number {
  return state.text.startsWith("attribute:", token.span.start) ? "attribute:".length : 0;
}
