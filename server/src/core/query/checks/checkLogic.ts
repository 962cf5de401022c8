// Expressions that can never be true, that are always true, and clauses that make no difference. Everything is
// decided by going through all cases there are (domain.ts); where those are too many, nothing is said.

import { hasTemplate, holds, instanceCases, leavesOf } from "../cases/instanceCases";
import { printQuery, withoutGroups } from "../print";
import type { AndExpression, Comparison, Expression, GroupExpression, OrExpression } from "../syntax";
import { type CheckScope, report, sourceOf, valuesOf } from "./checkScope";

export function checkLogic(scope: CheckScope): void {
  if (hasGaps(scope.query.tree)) return;
  visit(scope, scope.query.tree);
}

type Joined = AndExpression | OrExpression;

/**
 * Looks at the parts first; true where something was said about the tree or a part that settles it. `around` are the
 * groups directly around the tree that a single comparison in its place would not take.
 */
function visit(scope: CheckScope, tree: Expression, around: readonly GroupExpression[] = []): boolean {
  switch (tree.kind) {
    case "missing":
      return false;
    case "not": {
      const { operand } = tree;
      return visit(scope, operand.kind === "group" ? operand.operand : operand);
    }
    case "group":
      return visit(scope, tree.operand, [...around, tree]);
    case "comparison":
      return visitComparison(scope, tree);
    default: {
      const settled = tree.operands.map((it) => visit(scope, it)).some(Boolean);
      return settled || visitJoined(scope, tree, around);
    }
  }
}

function visitComparison(scope: CheckScope, comparison: Comparison): boolean {
  if (comparison.argument?.kind === "list" && comparison.argument.items.length === 0) return true;
  if (comparison.subject.kind !== "field") return false;
  // That the operator is not one of the field's has been said.
  if (comparison.operator?.operator === "exists" || comparison.operator?.operator === "!exists") return true;
  const cases = instanceCases([comparison]);
  if (cases === undefined) return false;
  const truths = cases.map((it) => holds(comparison, it));
  if (truths.every((it) => it)) {
    report(scope, "expression-tautology", comparison.span, {
      when: "always true",
      reason: "every value meets it",
    });
  } else if (!truths.some((it) => it)) {
    report(scope, "expression-contradiction", comparison.span, { reason: "there is no such value" });
  } else return false;
  return true;
}

function visitJoined(scope: CheckScope, tree: Joined, around: readonly GroupExpression[]): boolean {
  const cases = instanceCases(leavesOf(tree));
  if (cases === undefined) {
    reportRepeated(scope, tree, around);
    return false;
  }
  const table: Table = {
    valued: cases.map((it) => it.valued),
    truths: tree.operands.map((operand) => cases.map((it) => holds(operand, it))),
  };
  const settled = tree.kind === "and" ? reportContradiction : reportTautology;
  if (settled(scope, tree, table)) return true;
  reportRedundant(scope, tree, table, around);
  return false;
}

/** Which operand holds in which case. */
interface Table {
  /** By case: every attribute has a value. */
  readonly valued: readonly boolean[];
  /** By operand, then by case. */
  readonly truths: readonly (readonly boolean[])[];
}

function reportContradiction(scope: CheckScope, tree: Joined, { valued, truths }: Table): boolean {
  if (valued.some((_, index) => truths.every((it) => it[index]))) return false;
  const pair = pairWhere(
    tree,
    (one, other) => !truths[one]?.some((it, index) => it && truths[other]?.[index]),
  );
  const span = pair === undefined ? tree.span : { start: pair[0].span.start, end: pair[1].span.end };
  const reason =
    pair === undefined
      ? "its parts exclude each other"
      : `'${sourceOf(scope, pair[0].span)}' and '${sourceOf(scope, pair[1].span)}' exclude each other`;
  report(scope, "expression-contradiction", span, { reason });
  return true;
}

function reportTautology(scope: CheckScope, tree: Joined, { valued, truths }: Table): boolean {
  const holdsIn = (index: number) => truths.some((it) => it[index]);
  const always = valued.every((_, index) => holdsIn(index));
  if (!always && !(isAboutOneValue(tree) && valued.every((it, index) => !it || holdsIn(index)))) return false;
  const pair = pairWhere(tree, (one, other) =>
    valued.every((it, index) => (!always && !it) || truths[one]?.[index] || truths[other]?.[index]),
  );
  const parts = pair ?? tree.operands;
  const covered = parts.map((it) => `'${sourceOf(scope, it.span)}'`).join(" or ");
  const reason = always
    ? `every container instance meets ${covered}`
    : `every value meets ${covered}${parts.every(isNegative) ? ", so and was probably meant" : ""}`;
  const span = pair === undefined ? tree.span : { start: pair[0].span.start, end: pair[1].span.end };
  const [first] = leavesOf(tree);
  const name = first?.kind === "comparison" && first.subject.kind === "attribute" ? first.subject.name : "";
  const when = always ? "always true" : `true wherever ${name} has a value`;
  report(scope, "expression-tautology", span, { when, reason });
  return true;
}

function isNegative(expression: Expression): boolean {
  const inner = withoutGroups(expression);
  return inner.kind === "comparison" && inner.operator?.operator.startsWith("!") === true;
}

/** `x != a or x != b`: only comparisons of one attribute with values, so that a missing one was not thought of. */
function isAboutOneValue(tree: Joined): boolean {
  const subjects = new Set<string>();
  for (const operand of tree.operands) {
    const inner = withoutGroups(operand);
    if (inner.kind !== "comparison" || inner.subject.kind !== "attribute") return false;
    if (valuesOf(inner).length === 0) return false;
    subjects.add(inner.subject.name);
  }
  return subjects.size === 1;
}

/** Takes the operands away that the others imply (and) or include (or), the last ones first. */
function reportRedundant(
  scope: CheckScope,
  tree: Joined,
  { valued, truths }: Table,
  around: readonly GroupExpression[],
): void {
  // What settles a case: an operand that is false settles an and, one that is true an or.
  const settling = tree.kind === "or";
  const settlers = valued.map((_, index) => truths.filter((it) => it[index] === settling).length);
  const remaining = new Set(tree.operands.keys());
  for (let operand = tree.operands.length - 1; operand >= 0 && remaining.size > 1; operand -= 1) {
    const column = truths[operand] ?? [];
    const matters = column.some((it, index) => it === settling && settlers[index] === 1);
    if (matters) continue;
    remaining.delete(operand);
    for (const [index, it] of column.entries())
      if (it === settling) settlers[index] = (settlers[index] ?? 0) - 1;
    const by = [...remaining].find((other) =>
      column.every((it, index) => it !== settling || truths[other]?.[index] === settling),
    );
    const clause = tree.operands[operand];
    if (clause !== undefined)
      reportClause(scope, tree, clause, by === undefined ? undefined : tree.operands[by], around);
  }
}

/** Where the cases cannot be told: the same text twice. */
function reportRepeated(scope: CheckScope, tree: Joined, around: readonly GroupExpression[]): void {
  const seen = new Map<string, Expression>();
  for (const operand of tree.operands) {
    if (hasTemplate(operand)) continue;
    const text = printQuery(withoutGroups(operand));
    const first = seen.get(text);
    if (first === undefined) seen.set(text, operand);
    else reportClause(scope, tree, operand, first, around);
  }
}

function reportClause(
  scope: CheckScope,
  tree: Joined,
  operand: Expression,
  by: Expression | undefined,
  around: readonly GroupExpression[],
): void {
  const clause = sourceOf(scope, operand.span);
  const other = by === undefined ? undefined : `'${sourceOf(scope, by.span)}'`;
  const repeats = by !== undefined && printQuery(withoutGroups(by)) === printQuery(withoutGroups(operand));
  const verb = tree.kind === "and" ? "implies" : "includes";
  const reason = repeats
    ? `it repeats ${other}`
    : other === undefined
      ? `the rest already ${verb} it`
      : `${other} already ${verb} it`;
  const index = tree.operands.indexOf(operand);
  const neighbor = tree.operands[index === 0 ? 1 : index - 1];
  const span =
    index === 0
      ? { start: operand.span.start, end: neighbor?.span.start ?? operand.span.end }
      : { start: neighbor?.span.end ?? operand.span.start, end: operand.span.end };
  const [left] = tree.operands.filter((it) => it !== operand).map(withoutGroups);
  const isAlone = tree.operands.length === 2 && left?.kind === "comparison";
  const parentheses = isAlone ? around.flatMap((it) => parenthesesOf(scope, it)) : [];
  const edits = [{ span, newText: "" }, ...parentheses];
  report(
    scope,
    "expression-redundant-clause",
    operand.span,
    { clause, reason },
    { title: "Remove the clause", safe: false, edits },
  );
}

/** Removes the parentheses of a group, without joining the words beside them. */
function parenthesesOf(scope: CheckScope, { span: { start, end } }: GroupExpression) {
  const { text } = scope.query;
  const gap = (character: string | undefined) => (/[\s()]/.test(character ?? " ") ? "" : " ");
  return [
    { span: { start, end: start + 1 }, newText: gap(text[start - 1]) },
    { span: { start: end - 1, end }, newText: gap(text[end]) },
  ];
}

function pairWhere(
  { operands }: Joined,
  found: (one: number, other: number) => boolean,
): readonly [Expression, Expression] | undefined {
  for (const [index, one] of operands.entries()) {
    for (const [otherIndex, other] of operands.entries()) {
      if (otherIndex > index && found(index, otherIndex)) return [one, other];
    }
  }
  return undefined;
}

/** Something of it is not known: a syntax error. */
function hasGaps(tree: Expression): boolean {
  switch (tree.kind) {
    case "missing":
      return tree.template !== true;
    case "comparison":
      return tree.operator === undefined;
    case "not":
    case "group":
      return hasGaps(tree.operand);
    default:
      return tree.operands.some(hasGaps);
  }
}
