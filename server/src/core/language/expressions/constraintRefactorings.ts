// Rewritings of placement constraints that keep their meaning: one spelling, several into one, one into several.

import { combineQueries, formatQuery, printQuery, splitQuery } from "../../query/print";
import type { Resource } from "../../resources/resource";
import { editsFor } from "../../resources/writer";
import { replaceIn } from "../../rules/expressions";
import { areApart, type Change, Copy, insertBehind, removeAll, type TextEdit } from "../../source/change";
import { get, items } from "../../source/tree";
import type { Span } from "../../text/span";
import { type DocumentExpression, expressionsOf } from "./expressions";

export interface Refactoring {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** What can be done with the expressions that the span touches. */
export function constraintRefactorings(document: Resource, span: Span): readonly Refactoring[] {
  const all = expressionsOf(document);
  const touched = all.find((it) => it.span.start <= span.end && span.start <= it.span.end);
  if (touched === undefined || touched.template) return [];
  return [format(document, touched), split(document, touched), combine(document, all)].filter(
    (it) => it !== undefined,
  );
}

/** The edit that writes an expression in its one canonical form; `undefined` where it is that already or is broken. */
export function formatEdit(document: Resource, expression: DocumentExpression): TextEdit | undefined {
  if (expression.template) return undefined;
  const printed = formatQuery(expression.query());
  if (printed === undefined || printed === expression.text) return undefined;
  const whole = { start: 0, end: expression.text.length };
  return editsFor(document, [replaceIn(expression, whole, printed)])?.[0];
}

function format(document: Resource, expression: DocumentExpression): Refactoring | undefined {
  const edit = formatEdit(document, expression);
  return edit === undefined ? undefined : { title: "Format the expression", edits: [edit] };
}

/** `a and b` is two constraints, because ECS joins constraints by and. */
function split(document: Resource, expression: DocumentExpression): Refactoring | undefined {
  const { constraint } = expression;
  const query = expression.query();
  const [first, ...rest] = splitQuery(query.tree);
  const list = get(document.input, "placementConstraints");
  if (constraint === undefined || first === undefined || rest.length === 0) return undefined;
  if (formatQuery(query) === undefined || items(list).length + rest.length > mostConstraints)
    return undefined;
  const whole = { start: 0, end: expression.text.length };
  const others = rest.map((it) => new Copy(constraint, replaceIn(expression, whole, printQuery(it))));
  return refactoring(document, `Split into ${rest.length + 1} placement constraints`, [
    replaceIn(expression, whole, printQuery(first)),
    insertBehind(constraint, others),
  ]);
}

function combine(document: Resource, all: readonly DocumentExpression[]): Refactoring | undefined {
  const [first, ...rest] = all.filter((it) => it.type === "memberOf");
  const everything = items(get(document.input, "placementConstraints"));
  if (first === undefined || rest.length === 0 || everything.length !== all.length) return undefined;
  if (all.some((it) => it.type !== "memberOf" || it.template || formatQuery(it.query()) === undefined))
    return undefined;
  const text = combineQueries([first, ...rest].map((it) => it.query().tree));
  if (text.length > longestExpression) return undefined;
  return refactoring(document, `Combine ${all.length} placement constraints into one`, [
    replaceIn(first, { start: 0, end: first.text.length }, text),
    removeAll(everything.slice(1)),
  ]);
}

function refactoring(document: Resource, title: string, changes: readonly Change[]): Refactoring | undefined {
  const edits = editsFor(document, changes);
  return edits && areApart(edits) ? { title, edits } : undefined;
}

/** Limits of the API: constraints per task, characters per expression. */
const mostConstraints = 10;
const longestExpression = 2000;
