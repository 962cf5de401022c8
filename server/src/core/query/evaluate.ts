// Evaluates an expression against container instances. The three values combine as in Kleene's logic: unknown only where
// the known part does not settle the outcome.

import { compileComparison, isUnreadable } from "./compiledComparison";
import type { Expression } from "./syntax";
import type { QueryTarget, Truth } from "./target";

type Evaluator = (target: QueryTarget) => Truth;

/** Compiles an expression once, so that it can be evaluated against many instances. */
export function compileQuery(tree: Expression): Evaluator {
  switch (tree.kind) {
    case "missing":
      return () => "unknown";
    case "group":
      return compileQuery(tree.operand);
    case "not":
      return negation(compileQuery(tree.operand));
    case "and":
      return fold(tree.operands.map(compileQuery), conjunction);
    case "or":
      return fold(tree.operands.map(compileQuery), disjunction);
    case "comparison":
      return comparison(compileComparison(tree));
  }
}

function comparison({ read, judge, attribute, test }: ReturnType<typeof compileComparison>): Evaluator {
  if (attribute === undefined) return (target) => judge(read(target));
  const absent = judge(undefined);
  const nameOnly = judge(null);
  // An existence clause judges every value alike; all others ask their test.
  const constant = judge("") === nameOnly && nameOnly !== absent ? nameOnly : undefined;
  const isExistence = constant !== undefined;
  const isOpen = (target: QueryTarget) =>
    target.unreadableAttributes !== undefined && isUnreadable(target, attribute, isExistence);
  if (constant !== undefined)
    return (target) => {
      if (target.attributes.has(attribute)) return constant;
      return isOpen(target) ? "unknown" : absent;
    };
  return (target) => {
    const value = target.attributes.get(attribute);
    if (value !== undefined) return test(value);
    if (isOpen(target)) return "unknown";
    return target.attributes.has(attribute) ? nameOnly : absent;
  };
}

function negation(operand: Evaluator): Evaluator {
  return (target) => {
    const truth = operand(target);
    return truth === "unknown" ? truth : !truth;
  };
}

/** Pairs from the left: two at a time is what an engine inlines best. */
function fold(
  operands: readonly Evaluator[],
  pair: (left: Evaluator, right: Evaluator) => Evaluator,
): Evaluator {
  if (operands.length > 8) {
    const half = operands.length >> 1;
    return pair(fold(operands.slice(0, half), pair), fold(operands.slice(half), pair));
  }
  return operands.reduce(pair);
}

function conjunction(left: Evaluator, right: Evaluator): Evaluator {
  return (target) => {
    const one = left(target);
    if (one === false) return false;
    const other = right(target);
    return other === true ? one : other;
  };
}

function disjunction(left: Evaluator, right: Evaluator): Evaluator {
  return (target) => {
    const one = left(target);
    if (one === true) return true;
    const other = right(target);
    return other === false ? one : other;
  };
}
