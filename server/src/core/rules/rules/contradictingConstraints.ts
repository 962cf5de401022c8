// Several constraints hold together, those of the task definition and of the service too: can they all be true?

import { type PlacementExpression, placementExpressions } from "../../documents/placementExpressions";
import { serviceView } from "../../documents/serviceView";
import { checkQuery } from "../../query/check";
import { parseQuery } from "../../query/parser";
import type { Report, Rule } from "../rule";

export const contradictingConstraints: Rule = {
  codes: ["constraints-contradict"],
  check({ document, workspace }, report) {
    const own = usable(placementExpressions(document));
    own.forEach((expression, index) => {
      const earlier = own.slice(0, index).find((it) => contradict(it, expression));
      if (earlier) say(expression, earlier, undefined, report);
    });
    const reference = serviceView(document)?.taskDefinition;
    const task = reference === undefined ? undefined : workspace.findTaskDefinition?.(reference);
    if (!task || own.length === 0) return;
    const theirs = usable(placementExpressions(task));
    for (const expression of own) {
      const other = theirs.find((it) => contradict(it, expression));
      if (other) say(expression, other, task.fileName, report);
    }
  },
};

/** ECS accepts ten constraints; more are an error anyway. */
const most = 10;

/** Expressions that can be read and could be true by themselves. */
function usable(expressions: readonly PlacementExpression[]): readonly PlacementExpression[] {
  return expressions.slice(0, most).filter((it) => {
    if (it.type !== "memberOf" || it.text === undefined || it.template || it.text.length > 2000) return false;
    return (
      parseQuery(it.text).problems.every(({ code }) => code.includes("parenthes")) &&
      !isContradiction(it.text)
    );
  });
}

function isContradiction(text: string): boolean {
  return checkQuery(parseQuery(text)).some((it) => it.code === "expression-contradiction");
}

function contradict(left: PlacementExpression, right: PlacementExpression): boolean {
  return isContradiction(`(${left.text}) and (${right.text})`);
}

function say(
  expression: PlacementExpression,
  other: PlacementExpression,
  file: string | undefined,
  report: Report,
): void {
  const where = file === undefined ? "another constraint" : "a constraint of the task definition";
  report(
    "constraints-contradict",
    expression.span,
    { where, other: other.text ?? "" },
    {
      related: [
        { message: "The other constraint.", span: other.span, ...(file === undefined ? {} : { file }) },
      ],
    },
  );
}
