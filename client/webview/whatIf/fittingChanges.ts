// Changes of What if on a cluster that may be another one than they were made on. No DOM here.

import type { ClusterChange, PreviewResult } from "../../../server/src/lsp/protocol/protocol";

type WhatIf = NonNullable<PreviewResult["whatIf"]>;

/** How many changes cannot be done, or not on every instance that they name. */
export function unfitCount({ changes, problems }: WhatIf): number {
  return changes.filter((it) => it.problems.length > 0).length + problems.length;
}

/** The changes without what cannot be done: instances that the cluster lacks, and changes of which nothing is left. */
export function fittingChanges({ whatIf, facts }: PreviewResult): readonly ClusterChange[] {
  return (whatIf?.changes ?? []).flatMap(({ change, problems }): readonly ClusterChange[] => {
    if (problems.length === 0) return [change];
    if (!("instances" in change)) return [];
    const instances = change.instances.filter((it) => Object.hasOwn(facts, it));
    return instances.length === 0 || instances.length === change.instances.length
      ? []
      : [{ ...change, instances }];
  });
}
