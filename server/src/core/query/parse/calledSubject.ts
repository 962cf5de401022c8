// `exists(attribute:env)`, `attribute(env) == prod`: what is written as the call of a function is one mistake.

import { replacing } from "../problem";
import type { Subject } from "../syntax";
import { type ParserState, peek, report, textOf } from "./parserState";
import type { Token } from "./scanner";

/** Reports a word that is called like a function, and passes its parentheses; `undefined` where it is none. */
export function calledSubject(state: ParserState, word: Token): Subject | undefined {
  const open = peek(state);
  const asked = operatorFirst(state, word);
  if (asked !== undefined) return asked;
  if (open?.kind !== "(" || open.span.start !== word.span.end) return undefined;
  const closing = closingIndex(state);
  const close = closing === undefined ? undefined : state.tokens[closing];
  if (closing === undefined || close === undefined) return undefined;
  const span = { start: word.span.start, end: close.span.end };
  const inner = textOf(state, { start: open.span.end, end: close.span.start });
  state.index = closing + 1;
  const called = textOf(state, word.span);
  const meant = meantBy(called, inner.trim(), isEnd(peek(state)?.kind));
  const advice = meant === undefined ? "The query language has no functions." : `Did you mean ${meant}?`;
  const fixes = meant === undefined ? [] : [replacing(span, meant, `Change to ${meant}`)];
  report(state, "expression-unknown-subject", word.span, { subject: called, advice }, ...fixes);
  return { kind: "unknown", span, text: textOf(state, span) };
}

/** `exists attribute:env`: the operator stands before its subject. */
function operatorFirst(state: ParserState, word: Token): Subject | undefined {
  const next = peek(state);
  const subject = textOf(state, word.span);
  if (!/^exists?$/i.test(subject) || next === undefined || !isEnd(peek(state, 1)?.kind)) return undefined;
  const name = textOf(state, next.span);
  if (!/^attribute:./.test(name) || next.template) return undefined;
  state.index += 1;
  const span = { start: word.span.start, end: next.span.end };
  const fix = replacing(span, `${name} exists`, `Change to ${name} exists`, true);
  const advice = `Did you mean ${name} exists?`;
  report(state, "expression-unknown-subject", word.span, { subject, advice }, fix);
  return { kind: "unknown", span, text: textOf(state, span) };
}

function closingIndex({ tokens, index }: ParserState): number | undefined {
  let depth = 0;
  for (let at = index; at < tokens.length; at += 1) {
    const kind = tokens[at]?.kind;
    depth += kind === "(" ? 1 : kind === ")" ? -1 : 0;
    if (depth === 0) return at;
  }
  return undefined;
}

const isEnd = (kind: Token["kind"] | undefined): boolean =>
  kind === undefined || kind === "and" || kind === "or" || kind === ")";

function meantBy(called: string, inner: string, isAlone: boolean): string | undefined {
  const name = /^(?:attribute:)?['"]?([A-Za-z0-9_./\\-]+)['"]?$/.exec(inner)?.[1];
  if (name === undefined) return undefined;
  const subject = `attribute:${name}`;
  if (/^exists?$/i.test(called)) return isAlone ? `${subject} exists` : undefined;
  if (!/^attributes?$/i.test(called)) return undefined;
  return isAlone ? `${subject} exists` : subject;
}
