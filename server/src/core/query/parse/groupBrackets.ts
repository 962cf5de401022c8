// The brackets around a group of comparisons: whether each has its partner, is a parenthesis, and is needed.

import type { Span } from "../../text/span";
import { replacing } from "../problem";
import type { Expression } from "../syntax";
import { spellingProblems } from "../syntaxProblems";
import { type ParserState, peek, report, take } from "./parserState";
import type { Token } from "./scanner";

/** Takes the parenthesis that opens a group, or a square bracket that was meant as one. */
export function takeOpening(state: ParserState): Token | undefined {
  const inside = peek(state, 1)?.kind;
  const groups = inside === "subject" || inside === "not" || inside === "(";
  return take(state, "(") ?? (groups ? take(state, "[") : undefined);
}

interface Group {
  readonly open: Token;
  readonly close: Token | undefined;
  readonly operand: Expression;
  readonly span: Span;
  /** Whether a comparison alone needs the parentheses, too. */
  readonly isNeeded: boolean;
  /** How many problems there were before the group. */
  readonly problemsBefore: number;
}

/** Reports what is wrong with the brackets of a group that has been read. */
export function reportBrackets(state: ParserState, group: Group): void {
  const { open, close, operand, span, isNeeded, problemsBefore } = group;
  if (close === undefined) {
    const fix =
      !isNeeded && insideGroups(operand).kind === "comparison"
        ? replacing(open.span, "", "Remove the bracket")
        : replacing({ start: span.end, end: span.end }, ")", "Add the closing parenthesis");
    report(state, "expression-unbalanced-parenthesis", open.span, { partner: "closing" }, fix);
    return;
  }
  const edits = [
    ...(open.kind === "[" ? [{ span: open.span, newText: "(" }] : []),
    ...(close.kind === "]" ? [{ span: close.span, newText: ")" }] : []),
  ];
  const [first] = edits;
  if (first !== undefined) {
    const text = state.text.slice(first.span.start, first.span.end);
    const params = { text, advice: "Parentheses group comparisons." };
    report(state, "expression-unexpected-text", first.span, params, {
      title: "Use parentheses",
      safe: true,
      edits,
    });
  } else if (!isNeeded && isOneComparison(operand) && isSoundSince(state, problemsBefore)) {
    const title = "Remove the parentheses";
    const both = [withoutGluing(state, open.span), withoutGluing(state, close.span)];
    report(state, "expression-needless-parentheses", span, {}, { title, safe: true, edits: both });
  }
}

/** Where a parenthesis has no partner, nobody knows which of the others are needed. */
export function dropNeedlessBesideUnbalanced({ problems }: ParserState): void {
  if (!problems.some((it) => it.code === "expression-unbalanced-parenthesis")) return;
  for (const it of problems.splice(0)) if (it.code !== "expression-needless-parentheses") problems.push(it);
}

/** Nothing but spelling was complained of since then: beside an error, parentheses do not matter. */
function isSoundSince(state: ParserState, before: number): boolean {
  return state.problems.slice(before).every((it) => Object.hasOwn(spellingProblems, it.code));
}

/** Whether it is a comparison, in parentheses or not, and no placeholder may stand for more. */
function isOneComparison(expression: Expression): boolean {
  const inner = insideGroups(expression);
  return inner.kind === "comparison" && inner.operator !== undefined;
}

function insideGroups(expression: Expression): Expression {
  let inner = expression;
  while (inner.kind === "group") inner = inner.operand;
  return inner;
}

/** Removing a parenthesis must not join the words beside it: `and(a == b)or`. */
function withoutGluing(state: ParserState, span: Span): { readonly span: Span; readonly newText: string } {
  const before = state.text[span.start - 1] ?? " ";
  const behind = state.text[span.end] ?? " ";
  const apart = /[\s()]/;
  return { span, newText: apart.test(before) || apart.test(behind) ? "" : " " };
}
