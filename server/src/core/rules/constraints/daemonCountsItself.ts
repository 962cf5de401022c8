// An upper bound of runningTasksCount counts the daemon's own task: it can turn false by the daemon's start, ECS then
// stops the task, which makes it true again, and so on.

import { checkScope, type Occurrence } from "../../query/checks/checkScope";
import { type ParsedQuery, parseQuery } from "../../query/parse/parser";
import { queryProblems } from "../../query/problemCodes";
import type { Expression } from "../../query/syntax";
import { type PlacementExpression, placementExpressions } from "../../resources/placementExpressions";
import type { Resource } from "../../resources/resource";
import { type ServiceView, serviceView } from "../../resources/serviceView";
import { get, spanOf } from "../../source/tree";
import { replaceIn } from "../expressions";
import { fix } from "../fix";
import type { Report, Rule, RuleContext } from "../rule";

export const daemonCountsItself: Rule = {
  codes: ["daemon-counts-itself", "daemon-asks-for-itself"],
  check(context, report) {
    for (const expression of placementExpressions(context.document).slice(0, most)) {
      if (expression.type !== "memberOf" || expression.template || !expression.text) continue;
      const query = parseQuery(expression.text, { placeholders: false });
      if (query.problems.some(({ code }) => queryProblems[code].severity === "error")) continue;
      const { occurrences } = checkScope(query, {});
      const own = occurrences.filter((it) => isUpperBound(it) && !isExcused(it));
      const groups = occurrences.filter(isDecidingGroup);
      const daemon = own.length + groups.length === 0 ? undefined : daemonOf(context);
      if (daemon === undefined) continue;
      for (const it of groups) reportOwnGroup(daemon, expression, query, it, report);
      // Where no task of the daemon stays, it does not matter how many there are.
      if (groups.length > 0) continue;
      for (const it of own) say(context.document, daemon, expression, query, it, report);
    }
  },
};

/** ECS accepts ten constraints; more are an error anyway. */
const most = 10;
/** Tasks that an instance can hold; a bound above it is never reached. */
const mostTasks = 100;

/** Whether one task more can turn it from true to false. */
function isUpperBound({ comparison, negated }: Occurrence): boolean {
  const { subject, operator, argument } = comparison;
  if (subject.kind !== "field" || subject.name !== "runningTasksCount" || argument?.kind !== "value")
    return false;
  if (argument.template || !/^\d{1,3}$/.test(argument.text)) return false;
  const bound = Number(argument.text);
  if (bound > mostTasks) return false;
  const includesBound = negated ? [">", "!="] : ["<=", "=="];
  const excludesBound = negated ? ">=" : "<";
  const used = operator?.operator ?? "";
  return includesBound.includes(used) || (used === excludesBound && bound > 0);
}

/** Whether the whole expression is false where this comparison with a group of tasks is. */
function isDecidingGroup({ comparison, ancestors }: Occurrence): boolean {
  const { subject, operator, argument } = comparison;
  const isGroup = subject.kind === "field" && subject.name === "task:group";
  const isEquality = operator?.operator === "==" || operator?.operator === "!=";
  return isGroup && isEquality && argument?.kind === "value" && !ancestors.some((it) => it.kind === "or");
}

function reportOwnGroup(
  daemon: ServiceView,
  expression: PlacementExpression,
  query: ParsedQuery,
  { comparison, negated }: Occurrence,
  report: Report,
): void {
  const { argument, operator, span } = comparison;
  if (argument?.kind !== "value" || argument.text !== `service:${daemon.name}`) return;
  const needsOne = (operator?.operator === "==") !== negated;
  const outcome = needsOne
    ? "no instance runs one before the first starts, so none ever starts"
    : "an instance stops matching when the task starts, and ECS stops it again";
  const clause = query.text.slice(span.start, span.end);
  report("daemon-asks-for-itself", expression.toDocumentSpan(span), { clause, outcome });
}

/** Whether instances that run a certain service are admitted beside it: `… or task:group == service:x`. */
function isExcused({ ancestors }: Occurrence): boolean {
  return ancestors.some((it) => it.kind === "or" && it.operands.some(asksForGroup));
}

function asksForGroup(expression: Expression): boolean {
  const inner = expression.kind === "group" ? expression.operand : expression;
  return inner.kind === "comparison" && inner.subject.kind === "field" && inner.subject.name === "task:group";
}

/** The DAEMON service that this document is, or that refers to it. */
function daemonOf({ document, workspace }: RuleContext): ServiceView | undefined {
  const own = serviceView(document);
  if (own !== undefined) return own.isDaemon ? own : undefined;
  const family = get(document.input, "family")?.value;
  const others = workspace.findServices?.(typeof family === "string" ? family : "") ?? [];
  return others.map((it) => serviceView(it)).find((it) => it?.isDaemon);
}

function say(
  document: Resource,
  daemon: ServiceView,
  expression: PlacementExpression,
  query: ParsedQuery,
  { comparison, negated, ancestors }: Occurrence,
  report: Report,
): void {
  const clause = query.text.slice(comparison.span.start, comparison.span.end);
  const span = expression.toDocumentSpan(comparison.span);
  const group = `task:group == service:${daemon.name ?? "NAME"}`;
  const reference = get(daemon.input, "taskDefinition");
  const isOther = daemon.document !== document;
  const joined = ancestors.length === 0 ? `${clause} or ${group}` : `(${clause} or ${group})`;
  report(
    "daemon-counts-itself",
    span,
    { clause, group },
    {
      related:
        isOther && reference
          ? [{ message: "The daemon service.", span: spanOf(reference), file: daemon.document.source.file }]
          : [],
      fixes: [
        daemon.name === undefined || negated
          ? undefined
          : fix(`Add "or ${group}"`, false, replaceIn(expression, comparison.span, joined)),
      ],
    },
  );
}
