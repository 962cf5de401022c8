// Expressions that can never be true, that are always true, and clauses that make no difference. Everything is
// decided by going through all cases there are (domain.ts); where those are too many, nothing is said.

import { type CheckScope, report, sourceOf, valuesOf } from "./checkScope";
import { type Case, casesOf } from "./domain";
import { printQuery, withoutGroups } from "./print";
import type { AndExpression, Comparison, Expression, MissingExpression, OrExpression } from "./syntax";

/** Combinations of cases, times leaves, that are looked at for one node. */
const workLimit = 20_000;

export function checkLogic(scope: CheckScope): void {
  if (hasGaps(scope.query.tree)) return;
  visit(scope, scope.query.tree);
}

type Joined = AndExpression | OrExpression;

/** Looks at the parts first; true where something was said about the tree or a part that settles it. */
function visit(scope: CheckScope, tree: Expression): boolean {
  switch (tree.kind) {
    case "missing":
      return false;
    case "not":
    case "group":
      return visit(scope, tree.operand);
    case "comparison":
      return visitComparison(scope, tree);
    default: {
      const settled = tree.operands.map((it) => visit(scope, it)).some(Boolean);
      return settled || visitJoined(scope, tree);
    }
  }
}

function visitComparison(scope: CheckScope, comparison: Comparison): boolean {
  if (comparison.argument?.kind === "list" && comparison.argument.items.length === 0) return true;
  if (comparison.subject.kind !== "field") return false;
  const cases = situations([comparison]);
  if (cases === undefined) return false;
  const truths = cases.map((it) => holds(comparison, it));
  if (truths.every((it) => it)) {
    report(scope, "expression-tautology", comparison.span, { reason: "every value meets it" });
  } else if (!truths.some((it) => it)) {
    report(scope, "expression-contradiction", comparison.span, { reason: "there is no such value" });
  } else return false;
  return true;
}

function visitJoined(scope: CheckScope, tree: Joined): boolean {
  const cases = situations(leavesOf(tree));
  const settled = tree.kind === "and" ? reportContradiction : reportTautology;
  if (cases !== undefined && settled(scope, tree, cases)) return true;
  if (cases !== undefined) reportRedundant(scope, tree, cases);
  else reportRepeated(scope, tree);
  return false;
}

function reportContradiction(scope: CheckScope, tree: Joined, cases: readonly Situation[]): boolean {
  if (cases.some((it) => holds(tree, it))) return false;
  const pair = pairWhere(
    tree.operands,
    (one, other) => !cases.some((it) => holds(one, it) && holds(other, it)),
  );
  const span = pair === undefined ? tree.span : { start: pair[0].span.start, end: pair[1].span.end };
  const reason =
    pair === undefined
      ? "its parts exclude each other"
      : `'${sourceOf(scope, pair[0].span)}' and '${sourceOf(scope, pair[1].span)}' exclude each other`;
  report(scope, "expression-contradiction", span, { reason });
  return true;
}

function reportTautology(scope: CheckScope, tree: Joined, cases: readonly Situation[]): boolean {
  const always = cases.every((it) => holds(tree, it));
  if (!always && !(isAboutOneValue(tree) && cases.every((it) => !it.valued || holds(tree, it)))) return false;
  const pair = pairWhere(tree.operands, (one, other) =>
    cases.every((it) => (!always && !it.valued) || holds(one, it) || holds(other, it)),
  );
  const parts = pair ?? tree.operands;
  const covered = parts.map((it) => `'${sourceOf(scope, it.span)}'`).join(" or ");
  const reason = always
    ? `every container instance meets ${covered}`
    : `every value meets ${covered}${parts.every(isNegative) ? ", so and was probably meant" : ""}`;
  const span = pair === undefined ? tree.span : { start: pair[0].span.start, end: pair[1].span.end };
  report(scope, "expression-tautology", span, { reason });
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
function reportRedundant(scope: CheckScope, tree: Joined, cases: readonly Situation[]): void {
  const remaining = [...tree.operands];
  const implies = (one: Expression, other: Expression) =>
    tree.kind === "and"
      ? cases.every((it) => !holds(one, it) || holds(other, it))
      : cases.every((it) => !holds(other, it) || holds(one, it));
  for (const operand of [...tree.operands].reverse()) {
    const others = remaining.filter((it) => it !== operand);
    const rest: Expression | undefined = others.length > 1 ? { ...tree, operands: others } : others[0];
    if (rest === undefined || !implies(rest, operand)) continue;
    remaining.splice(remaining.indexOf(operand), 1);
    const by = others.find((it) => implies(it, operand));
    reportClause(scope, tree, operand, by);
  }
}

/** Where the cases cannot be told: the same text twice. */
function reportRepeated(scope: CheckScope, tree: Joined): void {
  const seen = new Map<string, Expression>();
  for (const operand of tree.operands) {
    if (hasTemplate(operand)) continue;
    const text = printQuery(withoutGroups(operand));
    const first = seen.get(text);
    if (first === undefined) seen.set(text, operand);
    else reportClause(scope, tree, operand, first);
  }
}

function reportClause(
  scope: CheckScope,
  tree: Joined,
  operand: Expression,
  by: Expression | undefined,
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
  const fix = { title: "Remove the clause", safe: false, edits: [{ span, newText: "" }] };
  report(scope, "expression-redundant-clause", operand.span, { clause, reason }, fix);
}

type Leaf = Comparison | MissingExpression;

/** One thinkable container instance: the truth of every leaf. */
interface Situation {
  readonly truths: ReadonlyMap<Leaf, boolean>;
  readonly valued: boolean;
}

/** Every combination of the cases of every subject; undefined where they are too many. */
function situations(leaves: readonly Leaf[]): readonly Situation[] | undefined {
  let combined: readonly Situation[] = [{ truths: new Map(), valued: true }];
  for (const group of bySubject(leaves)) {
    const comparisons = group.filter((it) => it.kind === "comparison");
    const cases = (comparisons.length === group.length ? casesOf(comparisons) : undefined) ?? [];
    // What nobody can tell may be true or false, whatever the rest is.
    const parts = cases.length > 0 ? [{ leaves: group, cases }] : bySpelling(group).map(either);
    for (const part of parts) {
      if (combined.length * part.cases.length * leaves.length > workLimit) return undefined;
      combined = combined.flatMap((it) => part.cases.map((each) => extended(it, part.leaves, each)));
    }
  }
  return combined;
}

function either(leaves: readonly Leaf[]): {
  readonly leaves: readonly Leaf[];
  readonly cases: readonly Case[];
} {
  const all = (truth: boolean) => ({ truths: leaves.map(() => truth), valued: true });
  return { leaves, cases: [all(true), all(false)] };
}

function bySubject(leaves: readonly Leaf[]): readonly (readonly Leaf[])[] {
  return grouped(leaves, (it) => {
    if (it.kind === "missing" || it.subject.kind === "unknown" || hasTemplate(it)) return undefined;
    return `${it.subject.kind} ${it.subject.name}`;
  });
}

/** The same comparison twice is one unknown, a placeholder each time another one. */
function bySpelling(leaves: readonly Leaf[]): readonly (readonly Leaf[])[] {
  return grouped(leaves, (it) => (hasTemplate(it) ? undefined : printQuery(it)));
}

function grouped(
  leaves: readonly Leaf[],
  keyOf: (leaf: Leaf) => string | undefined,
): readonly (readonly Leaf[])[] {
  const groups: Leaf[][] = [];
  const byKey = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const key = keyOf(leaf);
    const known = key === undefined ? undefined : byKey.get(key);
    if (known !== undefined) {
      known.push(leaf);
      continue;
    }
    const group = [leaf];
    groups.push(group);
    if (key !== undefined) byKey.set(key, group);
  }
  return groups;
}

function extended({ truths, valued }: Situation, leaves: readonly Leaf[], each: Case): Situation {
  const more = new Map(truths);
  for (const [index, leaf] of leaves.entries()) more.set(leaf, each.truths[index] ?? false);
  return { truths: more, valued: valued && each.valued };
}

function holds(tree: Expression, situation: Situation): boolean {
  switch (tree.kind) {
    case "comparison":
    case "missing":
      return situation.truths.get(tree) ?? false;
    case "group":
      return holds(tree.operand, situation);
    case "not":
      return !holds(tree.operand, situation);
    case "and":
      return tree.operands.every((it) => holds(it, situation));
    case "or":
      return tree.operands.some((it) => holds(it, situation));
  }
}

function pairWhere(
  operands: readonly Expression[],
  found: (one: Expression, other: Expression) => boolean,
): readonly [Expression, Expression] | undefined {
  for (const [index, one] of operands.entries()) {
    for (const other of operands.slice(index + 1)) if (found(one, other)) return [one, other];
  }
  return undefined;
}

function leavesOf(tree: Expression): readonly Leaf[] {
  switch (tree.kind) {
    case "comparison":
    case "missing":
      return [tree];
    case "not":
    case "group":
      return leavesOf(tree.operand);
    default:
      return tree.operands.flatMap(leavesOf);
  }
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

function hasTemplate(tree: Expression): boolean {
  switch (tree.kind) {
    case "missing":
      return true;
    case "comparison": {
      const { subject, argument } = tree;
      if (subject.kind !== "field" && subject.template) return true;
      const items = argument?.kind === "list" ? argument.items : argument === undefined ? [] : [argument];
      return items.some((it) => it.template);
    }
    case "not":
    case "group":
      return hasTemplate(tree.operand);
    default:
      return tree.operands.some(hasTemplate);
  }
}
