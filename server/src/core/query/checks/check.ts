// Checks a well-formed expression: types, limits, traps, logic, and what the chosen cluster knows better.

import { lengthLimit, type ParsedQuery } from "../parse/parser";
import type { QueryProblem } from "../problem";
import { checkCluster } from "./checkCluster";
import { checkGrouping } from "./checkGrouping";
import { checkLimits } from "./checkLimits";
import { checkLogic } from "./checkLogic";
import { checkPatterns } from "./checkPatterns";
import { checkScope, type QueryContext } from "./checkScope";
import { checkSkipping } from "./checkSkipping";
import { checkTaskGroups } from "./checkTaskGroups";
import { checkTraps } from "./checkTraps";
import { checkTypes } from "./checkTypes";

export type { QueryContext } from "./checkScope";

/** The only ones for an expression that ECS rejects for its length: the others take time. */
const quickChecks = [checkTypes, checkLimits, checkGrouping];

const checks = [
  checkTypes,
  checkLimits,
  checkPatterns,
  checkTraps,
  checkTaskGroups,
  checkSkipping,
  checkGrouping,
  checkLogic,
  checkCluster,
];

/**
 * The diagnostics about what an expression means, in the order of the text; what is wrong with its syntax is in
 * `parsed.problems`. With a context it is also held against the chosen cluster. Never throws.
 */
export function checkQuery(parsed: ParsedQuery, context: QueryContext = {}): readonly QueryProblem[] {
  const scope = checkScope(parsed, context);
  for (const check of parsed.text.length > lengthLimit ? quickChecks : checks) check(scope);
  return withoutConsequences(scope.problems).sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
  );
}

/** What no instance or every instance meets is said as a whole: which instances a part of it skips does not matter. */
function withoutConsequences(problems: readonly QueryProblem[]): QueryProblem[] {
  const wholes = problems.filter(
    ({ code }) => code === "expression-tautology" || code === "expression-contradiction",
  );
  return problems.filter(
    ({ code, span }) =>
      code !== "expression-skips-missing-attribute" ||
      !wholes.some((it) => it.span.start <= span.start && span.end <= it.span.end),
  );
}
