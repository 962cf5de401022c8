// How many container instances an expression, or a part of it, selects.

import type { Cluster } from "../../cluster/containerInstance";
import { compileQuery } from "../../query/evaluate";
import type { Expression } from "../../query/syntax";
import { countText, instanceCount } from "../../text/counts";

export interface Selection {
  readonly matched: number;
  /** Instances of which nobody can say. */
  readonly unknown: number;
  readonly total: number;
}

const remembered = new WeakMap<Expression, { readonly cluster: Cluster; readonly selection: Selection }>();

/** Counts over all instances of the cluster, whatever their status; once for a tree that stays the same. */
export function selectionOf(tree: Expression, cluster: Cluster): Selection {
  const known = remembered.get(tree);
  if (known?.cluster === cluster) return known.selection;
  const selection = count(tree, cluster);
  remembered.set(tree, { cluster, selection });
  return selection;
}

function count(tree: Expression, cluster: Cluster): Selection {
  const holds = compileQuery(tree);
  let matched = 0;
  let unknown = 0;
  for (const instance of cluster.instances) {
    const truth = holds(instance);
    if (truth === true) matched++;
    else if (truth === "unknown") unknown++;
  }
  return { matched, unknown, total: cluster.instances.length };
}

/** "2 of 5", and how many are unknown. */
export function selectionText({ matched, unknown, total }: Selection): string {
  const selected = `${countText(matched)} of ${countText(total)}`;
  return unknown === 0 ? selected : `${selected}, ${countText(unknown)} unknown`;
}

/** "2 of 5 container instances", and how many are unknown. */
export function selectedInstances({ matched, unknown, total }: Selection): string {
  const selected = `${countText(matched)} of ${instanceCount(total)}`;
  return unknown === 0 ? selected : `${selected} (${countText(unknown)} unknown)`;
}

/** The parts of an expression from the outermost to the innermost one that holds the offset. */
export function expressionPath(tree: Expression, offset: number): readonly Expression[] {
  const path: Expression[] = [];
  let node: Expression | undefined = tree;
  while (node !== undefined && node.span.start <= offset && offset <= node.span.end) {
    path.push(node);
    node = operandsOf(node).find((it) => it.span.start <= offset && offset <= it.span.end);
  }
  return path;
}

function operandsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "and":
    case "or":
      return node.operands;
    case "not":
    case "group":
      return [node.operand];
    default:
      return [];
  }
}
