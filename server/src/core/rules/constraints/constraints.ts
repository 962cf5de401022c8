// Placement constraints: their types and number here, their expressions by the query language itself.

import { scanQuery } from "../../query/parse/scanner";
import { type PlacementExpression, placementExpressions } from "../../resources/placementExpressions";
import { serviceView } from "../../resources/serviceView";
import { add } from "../../source/change";
import { get, isOpen, type JsonNode, keyOf, stringOf } from "../../source/tree";
import { checkExpression } from "../expressions";
import { fix } from "../fix";
import { entry, title } from "../fixTitle";
import type { Report, Rule, RuleContext } from "../rule";
import { given, isAbsent, placeOfMissing, removal, sureItems } from "../ruleHelpers";

export const constraints: Rule = {
  codes: [
    "distinct-instance-in-task-definition",
    "distinct-instance-expression",
    "distinct-instance-on-daemon",
    "constraint-without-type",
    "constraint-without-expression",
    "too-many-constraints",
  ],
  check(context, report) {
    const list = given(context.input, "placementConstraints");
    if (list?.type !== "array") return;
    for (const expression of placementExpressions(context.document)) {
      const { constraint } = expression;
      if (constraint?.type === "object") checkConstraint(context, constraint, expression, report);
    }
    checkNumber(context, list, report);
  },
};

function checkConstraint(
  { document, operation, workspace }: RuleContext,
  constraint: JsonNode,
  expression: PlacementExpression,
  report: Report,
): void {
  const typeNode = given(constraint, "type");
  const expressionNode = given(constraint, "expression");
  if (!typeNode && isAbsent(constraint, "type")) {
    report(
      "constraint-without-type",
      placeOfMissing(constraint),
      {},
      {
        fixes: [fix(title`Add ${entry("type", "memberOf")}`, true, add(constraint, "type", "memberOf"))],
      },
    );
  }
  if (typeNode && expression.type === "distinctInstance") {
    if (operation === "registerTaskDefinition") {
      report("distinct-instance-in-task-definition", typeNode, {}, { fixes: [removal(constraint)] });
      return;
    }
    if (expressionNode) {
      report(
        "distinct-instance-expression",
        keyOf(expressionNode),
        {},
        { fixes: [removal(expressionNode, true)] },
      );
    }
    if (serviceView(document)?.isDaemon) {
      report("distinct-instance-on-daemon", typeNode, {}, { fixes: [removal(constraint)] });
    }
    return;
  }
  if (expression.type === "memberOf" && !expressionNode && isAbsent(constraint, "expression")) {
    report("constraint-without-expression", placeOfMissing(constraint), {}, { fixes: [removal(constraint)] });
  }
  if (expression.text !== undefined && !hidesText(expression)) {
    checkExpression(expression, workspace, report);
  }
}

/** Whether the placeholder stands where the query language reads none: then nobody can tell the text from the mark. */
function hidesText({ text = "", template }: PlacementExpression): boolean {
  return template && !scanQuery(text).some((it) => it.template === true);
}

const most = 10;

function checkNumber({ document, workspace }: RuleContext, list: JsonNode, report: Report): void {
  const count = sureItems(list).length;
  if (count > most) {
    report("too-many-constraints", keyOf(list), { count, where: "" });
    return;
  }
  const service = serviceView(document);
  if (!service || isOpen(list)) return;
  const reference = service.taskDefinition;
  const other = workspace.findTaskDefinition?.(reference);
  const otherList = get(other?.input, "placementConstraints");
  const otherCount = sureItems(otherList).length;
  if (!other || !otherList || count === 0 || count + otherCount <= most) return;
  const where = ` here and in the task definition '${stringOf(get(other.input, "family")) ?? reference ?? ""}'`;
  report(
    "too-many-constraints",
    keyOf(list),
    { count: count + otherCount, where },
    {
      related: [
        {
          message: "The constraints of the task definition.",
          span: { start: otherList.offset, end: otherList.offset + otherList.length },
          file: other.source.file,
        },
      ],
    },
  );
}
