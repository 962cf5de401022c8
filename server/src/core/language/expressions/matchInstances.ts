// Which container instances an expression selects, whatever their status, and the clauses that decide about the others.

import type { Cluster, ContainerInstance } from "../../cluster/containerInstance";
import { compileQuery } from "../../query/evaluate";
import { decidingClauses, explainQuery } from "../../query/explain";
import type { ParsedQuery } from "../../query/parse/parser";

/** An instance by its id, with the clauses that decided. */
export interface Because {
  readonly id: string;
  readonly because: string;
}

export interface Matches {
  /** Ids, in the order of the cluster. */
  readonly matched: readonly string[];
  readonly unmatched: readonly Because[];
  /** Those whose data cannot answer a clause that decides. */
  readonly unknown: readonly Because[];
}

/** Evaluates an expression without errors against every instance of the cluster. */
export function matchInstances(query: ParsedQuery, cluster: Cluster): Matches {
  const holds = compileQuery(query.tree);
  const matched: string[] = [];
  const unmatched: Because[] = [];
  const unknown: Because[] = [];
  for (const instance of cluster.instances) {
    const truth = holds(instance);
    if (truth === true) matched.push(instance.id);
    else
      (truth === false ? unmatched : unknown).push({ id: instance.id, because: becauseOf(query, instance) });
  }
  return { matched, unmatched, unknown };
}

function becauseOf(query: ParsedQuery, instance: ContainerInstance): string {
  return decidingClauses(explainQuery(query, instance))
    .map((it) => `${it.text}: ${it.because}`)
    .join("; ");
}
