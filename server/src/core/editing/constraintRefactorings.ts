// Rewritings of placement constraints that keep their meaning: one spelling, several into one, one into several.

import type { EcsDocument } from "../documents/document";
import { get, items, type JsonNode } from "../documents/tree";
import { combineQueries, formatQuery, printQuery, splitQuery } from "../query/print";
import type { TextEdit } from "../rules/diagnostic";
import type { Span } from "../text/span";
import { asWritten, type DocumentExpression, expressionsOf } from "./expressions";

export interface Refactoring {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** What can be done with the expressions that the span touches. */
export function constraintRefactorings(document: EcsDocument, span: Span): readonly Refactoring[] {
  const all = expressionsOf(document);
  const touched = all.find((it) => it.span.start <= span.end && span.start <= it.span.end);
  if (touched === undefined || touched.template) return [];
  return [format(touched), split(document, touched), combine(document, all)].filter((it) => it !== undefined);
}

/** The edit that writes an expression in its one canonical form; `undefined` where it is that already or is broken. */
export function formatEdit(expression: DocumentExpression): TextEdit | undefined {
  if (expression.template) return undefined;
  const printed = formatQuery(expression.query());
  if (printed === undefined || printed === expression.text) return undefined;
  return { span: expression.span, newText: asWritten(expression, printed) };
}

function format(expression: DocumentExpression): Refactoring | undefined {
  const edit = formatEdit(expression);
  return edit === undefined ? undefined : { title: "Format the expression", edits: [edit] };
}

/** `a and b` is two constraints, because ECS joins constraints by and. */
function split(document: EcsDocument, expression: DocumentExpression): Refactoring | undefined {
  const { constraint } = expression;
  const query = expression.query();
  const [first, ...rest] = splitQuery(query.tree);
  const list = get(document.input, "placementConstraints");
  if (constraint === undefined || first === undefined || rest.length === 0) return undefined;
  if (formatQuery(query) === undefined || items(list).length + rest.length > mostConstraints)
    return undefined;
  const others = rest.map((it) => copyWith(document, expression, constraint, printQuery(it)));
  const end = constraint.offset + constraint.length;
  const separator = separatorOf(document, constraint);
  return {
    title: `Split into ${rest.length + 1} placement constraints`,
    edits: [
      { span: expression.span, newText: asWritten(expression, printQuery(first)) },
      { span: { start: end, end }, newText: others.map((it) => separator + it).join("") },
    ],
  };
}

function combine(document: EcsDocument, all: readonly DocumentExpression[]): Refactoring | undefined {
  const [first, ...rest] = all.filter((it) => it.type === "memberOf");
  const everything = items(get(document.input, "placementConstraints"));
  if (first === undefined || rest.length === 0 || everything.length !== all.length) return undefined;
  if (all.some((it) => it.type !== "memberOf" || it.template || formatQuery(it.query()) === undefined))
    return undefined;
  const text = combineQueries([first, ...rest].map((it) => it.query().tree));
  const last = everything[everything.length - 1];
  if (text.length > longestExpression || first.constraint === undefined || last === undefined)
    return undefined;
  const end = first.constraint.offset + first.constraint.length;
  return {
    title: `Combine ${all.length} placement constraints into one`,
    edits: [
      { span: first.span, newText: asWritten(first, text) },
      { span: { start: end, end: last.offset + last.length }, newText: "" },
    ],
  };
}

/** Limits of the API: constraints per task, characters per expression. */
const mostConstraints = 10;
const longestExpression = 2000;

/** The constraint's own text with another expression in it. */
function copyWith(
  { text }: EcsDocument,
  { span, ...expression }: DocumentExpression,
  constraint: JsonNode,
  query: string,
): string {
  const whole = text.slice(constraint.offset, constraint.offset + constraint.length);
  const start = span.start - constraint.offset;
  const end = span.end - constraint.offset;
  return whole.slice(0, start) + asWritten({ span, ...expression }, query) + whole.slice(end);
}

/** What stands between two constraints: the comma and the white space in front of this one. */
function separatorOf({ text }: EcsDocument, constraint: JsonNode): string {
  let start = constraint.offset;
  while (start > 0 && /\s/.test(text[start - 1] ?? "")) start--;
  const space = text.slice(start, constraint.offset);
  return `,${space === "" ? " " : space}`;
}
