// What the query language says about an expression, as diagnostics about the document that holds it.

import { attributeStatistics } from "../cluster/attributeStatistics";
import { checkQuery } from "../query/checks/check";
import { parseQuery, type QueryProblem } from "../query/parse/parser";
import { queryProblems } from "../query/problemCodes";
import type { PlacementExpression } from "../resources/placementExpressions";
import { notShown } from "../secrets/redact";
import { isAttributeSecret } from "../secrets/secretText";
import { type Change, inside, replaceText } from "../source/change";
import type { Span } from "../text/span";
import type { ProposedFix } from "./fix";
import type { Report } from "./rule";
import type { ValidationContext } from "./validationContext";

/** Reports the problems of an expression, spans and fixes mapped to the document's text. */
export function checkExpression(
  expression: PlacementExpression,
  { cluster }: ValidationContext,
  report: Report,
): void {
  const parsed = parseQuery(expression.text ?? "", { placeholders: expression.takesPlaceholders });
  // A text that cannot be read may not be what is meant: its cluster and its readings are not worth a hint.
  const isReadable = parsed.problems.every(({ code }) => queryProblems[code].severity !== "error");
  const context =
    cluster && isReadable
      ? {
          attributes: attributeStatistics(cluster),
          instances: cluster.instances.length,
          shown: withoutSecret,
        }
      : {};
  const meaning = checkQuery(parsed, context).filter(
    ({ code }) => isReadable || queryProblems[code].severity !== "hint",
  );
  for (const problem of [...parsed.problems, ...meaning]) {
    // The catalogue holds the entries of the query language; their slots are filled by the language itself.
    report(problem.code, expression.toDocumentSpan(problem.span), problem.params as never, {
      fixes: (problem.fixes ?? []).map((it) => mapped(expression, it)),
    });
  }
}

const withoutSecret = (name: string, value: string): string =>
  isAttributeSecret(name, value) ? notShown : value;

/** Another text in the place of a span of the expression's text. */
export function replaceIn(
  { node, toDocumentSpan }: PlacementExpression,
  span: Span,
  newText: string,
): Change {
  return node === undefined ? replaceText(toDocumentSpan(span), newText) : inside(node, span, newText);
}

function mapped(
  expression: PlacementExpression,
  { title, safe, edits }: NonNullable<QueryProblem["fixes"]>[number],
): ProposedFix {
  return { title, safe, changes: edits.map(({ span, newText }) => replaceIn(expression, span, newText)) };
}
