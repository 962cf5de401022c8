// What the container instances of a cluster make of the clauses of an expression: those that make the same of them
// together.

import type { Cluster, ContainerInstance } from "../../cluster/containerInstance";
import { clausesOf, type Leaf, outcomeOf } from "../../query/cases/truthTable";
import { type CompiledComparison, compileComparison } from "../../query/compiledComparison";
import type { Expression } from "../../query/syntax";
import type { Truth } from "../../query/target";

export interface InstanceGroup {
  /** For each clause. */
  readonly truths: readonly Truth[];
  readonly outcome: Truth;
  readonly instances: readonly ContainerInstance[];
}

export interface InstanceTruths {
  /** Those that are selected first, then by how many instances they have. */
  readonly groups: readonly InstanceGroup[];
  /** For a reader, what a clause found on an instance: "env is dev". */
  readonly describe: (clause: number, instance: ContainerInstance) => string;
}

/** Asks every clause of every instance, whatever its status. */
export function instanceTruths(tree: Expression, cluster: Cluster): InstanceTruths {
  const clauses = clausesOf(tree);
  const compiled = clauses.map(({ leaves: [leaf] }): CompiledComparison | undefined =>
    leaf?.kind === "comparison" ? compileComparison(leaf) : undefined,
  );
  const position = new Map<Leaf, number>();
  for (const [at, { leaves }] of clauses.entries()) for (const leaf of leaves) position.set(leaf, at);
  const groups = new Map<string, { truths: readonly Truth[]; instances: ContainerInstance[] }>();
  for (const instance of cluster.instances) {
    const truths = compiled.map((it): Truth => (it === undefined ? "unknown" : it.judge(it.read(instance))));
    const key = truths.join();
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { truths, instances: [instance] });
    else known.instances.push(instance);
  }
  const judged = [...groups.values()].map((it) => ({
    ...it,
    outcome: outcomeOf(tree, (leaf) => it.truths[position.get(leaf) ?? -1] ?? "unknown"),
  }));
  return {
    groups: judged.sort(
      (left, right) =>
        rank(left.outcome) - rank(right.outcome) || right.instances.length - left.instances.length,
    ),
    describe: (clause, instance) => {
      const it = compiled[clause];
      return it === undefined ? "the expression is incomplete" : it.describe(it.read(instance));
    },
  };
}

function rank(truth: Truth): number {
  return truth === true ? 0 : truth === "unknown" ? 1 : 2;
}
