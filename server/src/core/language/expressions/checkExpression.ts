// An expression that stands in no file: parsed, with its diagnostics.

import type { Cluster } from "../../cluster/containerInstance";
import { type ParsedQuery, parseQuery } from "../../query/parse/parser";
import { openResource } from "../../resources/resource";
import type { Diagnostic } from "../../rules/diagnostic";
import { makeDiagnostic } from "../../rules/reporter";
import { validateDocument } from "../../rules/validate";

export interface CheckedExpression {
  readonly query: ParsedQuery;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether it is no expression that ECS would take. */
  readonly isBroken: boolean;
}

/** Offsets of the diagnostics are those of the expression. What a command line gives is not a template: `$X` is text. */
export function checkExpression(text: string, cluster?: Cluster): CheckedExpression {
  const query = parseQuery(text, { placeholders: false });
  const document = openResource("expression.ecsquery", text, { templates: false });
  const found = validateDocument(document, cluster === undefined ? {} : { cluster });
  const known = new Set(found.map(keyOf));
  const syntax = query.problems
    .map((it) => makeDiagnostic(it.code, it.span, it.params))
    .filter((it) => !known.has(keyOf(it)));
  const diagnostics = [...found, ...syntax].sort((left, right) => left.span.start - right.span.start);
  return { query, diagnostics, isBroken: diagnostics.some((it) => it.severity === "error") };
}

function keyOf({ code, span }: Diagnostic): string {
  return `${code} ${span.start} ${span.end}`;
}
