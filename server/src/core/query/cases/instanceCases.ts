// The cases of container instances that an expression can tell apart: for each, the truth of each of its comparisons and
// placeholders.

import { printQuery } from "../print";
import type { Comparison, Expression, MissingExpression } from "../syntax";
import { type ValueCase, valueCasesOf } from "./valueCases";

/** Combinations of cases, times leaves, that are looked at for one node. */
const workLimit = 10_000;

type Leaf = Comparison | MissingExpression;

/** One thinkable container instance: the truth of every leaf. */
export interface InstanceCase {
  readonly truths: ReadonlyMap<Leaf, boolean>;
  readonly valued: boolean;
}

/** Every combination of the cases of every subject; undefined where they are too many. */
export function instanceCases(leaves: readonly Leaf[]): readonly InstanceCase[] | undefined {
  let combined: readonly InstanceCase[] = [{ truths: new Map(), valued: true }];
  for (const group of bySubject(leaves)) {
    const comparisons = group.filter((it) => it.kind === "comparison");
    const cases = (comparisons.length === group.length ? valueCasesOf(comparisons) : undefined) ?? [];
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
  readonly cases: readonly ValueCase[];
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

function extended({ truths, valued }: InstanceCase, leaves: readonly Leaf[], each: ValueCase): InstanceCase {
  const more = new Map(truths);
  for (const [index, leaf] of leaves.entries()) more.set(leaf, each.truths[index] ?? false);
  return { truths: more, valued: valued && each.valued };
}

export function holds(tree: Expression, instance: InstanceCase): boolean {
  switch (tree.kind) {
    case "comparison":
    case "missing":
      return instance.truths.get(tree) ?? false;
    case "group":
      return holds(tree.operand, instance);
    case "not":
      return !holds(tree.operand, instance);
    case "and":
      return tree.operands.every((it) => holds(it, instance));
    case "or":
      return tree.operands.some((it) => holds(it, instance));
  }
}

export function leavesOf(tree: Expression): readonly Leaf[] {
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

export function hasTemplate(tree: Expression): boolean {
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
