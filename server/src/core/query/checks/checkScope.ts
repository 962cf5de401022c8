// What every check of an expression works with: the comparisons with their surroundings, and a place for diagnostics.

import type { Span } from "../../text/span";
import type { ParsedQuery } from "../parse/parser";
import type { QueryFix, QueryProblem } from "../problem";
import type { QueryProblemCode } from "../problemCodes";
import type { AttributeSubject, Comparison, Expression, Value } from "../syntax";

/** What the chosen cluster knows; without it only the expression itself is looked at. */
export interface QueryContext {
  /** Attribute name → value → number of instances; a name-only attribute counts under the value "". */
  readonly attributes?: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** How many container instances the cluster has. */
  readonly instances?: number;
  /** The value of an attribute as a message has it; without it as it is. */
  readonly shown?: (name: string, value: string) => string;
}

/** A comparison and where it stands. */
export interface Occurrence {
  readonly comparison: Comparison;
  /** Under an odd number of `not`. */
  readonly negated: boolean;
  /** From the root to the direct parent. */
  readonly ancestors: readonly Expression[];
}

export interface CheckScope {
  readonly query: ParsedQuery;
  readonly context: QueryContext;
  readonly occurrences: readonly Occurrence[];
  readonly problems: QueryProblem[];
}

export function checkScope(query: ParsedQuery, context: QueryContext): CheckScope {
  const occurrences: Occurrence[] = [];
  collect(query.tree, false, [], occurrences);
  return { query, context, occurrences, problems: [] };
}

export function report(
  scope: CheckScope,
  code: QueryProblemCode,
  span: Span,
  params: Readonly<Record<string, string>> = {},
  ...fixes: readonly QueryFix[]
): void {
  scope.problems.push(fixes.length === 0 ? { code, span, params } : { code, span, params, fixes });
}

export function sourceOf(scope: CheckScope, span: Span): string {
  return scope.query.text.slice(span.start, span.end);
}

/** The values a comparison names, placeholders left out. */
export function valuesOf({ argument }: Comparison): readonly Value[] {
  if (argument === undefined) return [];
  return (argument.kind === "list" ? argument.items : [argument]).filter((it) => !it.template);
}

/** The subject, where it is an attribute whose name is known. */
export function attributeOf({ subject }: Comparison): AttributeSubject | undefined {
  return subject.kind === "attribute" && !subject.template && subject.name !== "" ? subject : undefined;
}

/** The replacement of a value keeps the quotes that are there. */
export function requoted(value: Value, text: string): string {
  return value.quote === undefined ? text : `${value.quote}${text}${value.quote}`;
}

function collect(
  tree: Expression,
  negated: boolean,
  ancestors: readonly Expression[],
  into: Occurrence[],
): void {
  switch (tree.kind) {
    case "comparison":
      into.push({ comparison: tree, negated, ancestors });
      return;
    case "missing":
      return;
    case "not":
    case "group":
      collect(tree.operand, tree.kind === "not" ? !negated : negated, [...ancestors, tree], into);
      return;
    default:
      for (const operand of tree.operands) collect(operand, negated, [...ancestors, tree], into);
  }
}
