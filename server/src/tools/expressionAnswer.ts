// The answer of the tool `explain_expression`: diagnostics, truth table, and what the expression selects in a cluster.

import { checkExpression } from "../core/language/expressions/checkExpression";
import { matchInstances } from "../core/language/expressions/matchInstances";
import { selectedInstances, selectionOf } from "../core/language/expressions/querySelection";
import { truthTableText } from "../core/language/expressions/truthTableText";
import type { ParsedQuery } from "../core/query/parse/parser";
import { grouped } from "./groups";
import type { NamedCluster } from "./toolPort";
import { diagnosticsOf } from "./validationAnswer";

/** Explains `text`; a cluster adds which of its instances are selected, whatever their status. */
export function expressionAnswer(text: string, named: NamedCluster | undefined): object {
  const { query, diagnostics, isBroken } = checkExpression(text, named?.cluster);
  const found = { diagnostics: diagnosticsOf(text, diagnostics) };
  if (isBroken) return { ...found, summary: "Amazon ECS would reject this expression." };
  return {
    ...(named !== undefined && selectionIn(query, named)),
    ...found,
    truthTable: truthTableText({ tree: query.tree, text }),
  };
}

function selectionIn(query: ParsedQuery, { cluster, label }: NamedCluster): object {
  const { matched, unmatched, unknown } = matchInstances(query, cluster);
  const sentence = `Selects ${selectedInstances(selectionOf(query.tree, cluster))} of ${label}, whatever their status.`;
  return {
    summary: sentence,
    selected: grouped(
      matched.map((id) => ({ id })),
      () => ({}),
    ),
    notSelected: grouped(unmatched, ({ because }) => ({ because })),
    ...(unknown.length > 0 && { unknown: grouped(unknown, ({ because }) => ({ because })) }),
  };
}
