// Placement constraints: each expression that is not true, with the clauses that decided.

import { type ClauseExplanation, decidingClauses, explainQuery } from "../../query/explain";
import type { ParsedQuery } from "../../query/parser";
import type { Reason } from "../placement";
import type { PreparedConstraint } from "../preparedDaemon";
import { smallestChange } from "../smallestChange";
import type { Filter, FilterContext } from "./filter";

export const constraints: Filter = {
  name: "constraints",
  title: "Placement constraints",
  check: (context) =>
    context.daemon.constraints.flatMap((it) => {
      const truth = it.holds(context.instance);
      const { query } = it.constraint;
      if (truth === true || query === undefined) return [];
      return [truth === false ? falseReason(it, query, context) : unknownReason(it, query, context)];
    }),
};

function falseReason(
  { constraint, holds }: PreparedConstraint,
  query: ParsedQuery,
  { instance }: FilterContext,
): Reason {
  const explanation = explainQuery(query, instance);
  const remedy = smallestChange(query.tree, holds, instance);
  return {
    filter: "constraints",
    code: "constraint-false",
    message: `${quoted(blamed(explanation, query))} is false: ${because(explanation)}.`,
    requested: query.text,
    ...(remedy === undefined ? {} : { remedy }),
    constraint: { from: constraint.from, index: constraint.index, explanation },
  };
}

function unknownReason(
  { constraint }: PreparedConstraint,
  query: ParsedQuery,
  { instance }: FilterContext,
): Reason {
  const explanation = explainQuery(query, instance);
  const why = constraint.template
    ? "it holds a placeholder that is not filled in yet"
    : query.problems.length > 0
      ? "the expression is not complete"
      : because(explanation);
  return {
    filter: "constraints",
    code: "constraint-unknown",
    message: `${quoted(query.text)} cannot be judged: ${why}.`,
    requested: query.text,
    unknown: true,
    constraint: { from: constraint.from, index: constraint.index, explanation },
  };
}

/** The clause that decided, if it was a single one, else the whole expression. */
function blamed(explanation: ClauseExplanation, query: ParsedQuery): string {
  const [clause, ...others] = decidingClauses(explanation);
  return clause === undefined || others.length > 0 ? query.text : clause.text;
}

/** An expression may have 2,000 characters; a message names its beginning. */
function quoted(text: string): string {
  return `\`${text.length > 120 ? `${text.slice(0, 119)}…` : text}\``;
}

function because(explanation: ClauseExplanation): string {
  const clauses = decidingClauses(explanation);
  const said = [...new Set((clauses.length === 0 ? [explanation] : clauses).map((it) => it.because))];
  return said
    .map((it) => it.replace(/\.$/, ""))
    .slice(0, 5)
    .join("; ");
}
