// `and` and `or` side by side without parentheses.

import type { Expression, OrExpression } from "../syntax";
import { type CheckScope, report } from "./checkScope";

export function checkGrouping(scope: CheckScope): void {
  visit(scope.query.tree, (or) => {
    const grouped = or.operands.filter((it) => it.kind === "and");
    if (grouped.length === 0) return;
    const edits = grouped.flatMap(({ span }) => [
      { span: { start: span.start, end: span.start }, newText: "(" },
      { span: { start: span.end, end: span.end }, newText: ")" },
    ]);
    const grouping = or.operands
      .map((it) => {
        const text = scope.query.text.slice(it.span.start, it.span.end);
        return it.kind === "and" ? `(${text})` : text;
      })
      .join(" or ");
    const fix = { title: "Add the parentheses", safe: true, edits };
    report(scope, "expression-mixed-and-or", or.span, { grouping }, fix);
  });
}

function visit(tree: Expression, onOr: (or: OrExpression) => void): void {
  switch (tree.kind) {
    case "or":
      onOr(tree);
      for (const operand of tree.operands) visit(operand, onOr);
      return;
    case "and":
      for (const operand of tree.operands) visit(operand, onOr);
      return;
    case "not":
    case "group":
      visit(tree.operand, onOr);
      return;
    default:
  }
}
