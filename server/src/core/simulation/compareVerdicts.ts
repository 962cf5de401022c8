// What a change of the cluster does to a placement: every container instance whose verdict is another one than before.

import type { InstanceVerdict, Placement, Verdict } from "../scheduler/placement";

export interface VerdictChange {
  readonly id: string;
  /** Absent for an instance that was not there. */
  readonly before?: Verdict;
  /** Absent for one that is gone. */
  readonly now?: Verdict;
}

/** In the order of `now`, then what is gone in the order of `before`. */
export function compareVerdicts(before: Placement, now: Placement): readonly VerdictChange[] {
  const old = new Map(before.instances.map((it) => [it.id, it.verdict]));
  const present = new Set(now.instances.map((it) => it.id));
  return [
    ...now.instances.flatMap((it) => compared(it, old.get(it.id))),
    ...before.instances
      .filter((it) => !present.has(it.id))
      .map(({ id, verdict }) => ({ id, before: verdict })),
  ];
}

function compared({ id, verdict }: InstanceVerdict, before: Verdict | undefined): readonly VerdictChange[] {
  if (before === verdict) return [];
  return [{ id, ...(before === undefined ? {} : { before }), now: verdict }];
}
