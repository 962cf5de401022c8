// The stages from a registered container instance to one that gets the task, and which of them refused it. No DOM here.

import type { FilterName, Reason } from "../../../server/src/core/scheduler/placement";
import { lands, type Row } from "../model/instanceRecords";
import { remembered } from "../model/steps";
import { filterOrder } from "../model/words";

/** The stages that every instance passes on its way to a task. */
export const stageNames = ["active", "constraints", "connected", "capable", "fits"] as const;
export type StageName = (typeof stageNames)[number];

/** The stage at which a filter refuses an instance. */
const stageOfFilter: Readonly<Record<FilterName, StageName>> = {
  status: "active",
  constraints: "constraints",
  agent: "connected",
  attributes: "capable",
  platform: "capable",
  cpu: "fits",
  memory: "fits",
  ports: "fits",
  gpu: "fits",
  eni: "fits",
  subnets: "fits",
};

export interface Stage {
  readonly name: StageName | "registered";
  /** Instances that passed this stage and all before it. */
  readonly left: number;
  readonly lost: number;
}

/** How many instances are left after each stage; the first one holds them all. */
export function funnelOf(rows: readonly Row[]): readonly Stage[] {
  const lost = new Map<StageName, number>();
  for (const row of rows) {
    const stage = lostAt(row);
    if (stage !== undefined) lost.set(stage, (lost.get(stage) ?? 0) + 1);
  }
  let left = rows.length;
  return [
    { name: "registered" as const, left, lost: 0 },
    ...stageNames.map((name) => {
      const gone = lost.get(name) ?? 0;
      left -= gone;
      return { name, left, lost: gone };
    }),
  ];
}

/** The first stage that refuses the instance; `undefined` where a task lands or stays, whatever its reasons say. */
export function lostAt(row: Row): StageName | undefined {
  return lands(row.verdict) ? undefined : refusingStage(row.reasons);
}

const refusingStage = remembered((reasons: readonly Reason[]): StageName => {
  const refusing = new Set(reasons.map((it) => stageOfFilter[it.filter]));
  return stageNames.find((it) => refusing.has(it)) ?? "fits";
});

/** Every filter with the instance's reasons; none means that it passed. */
export function filterResults(row: Row): readonly { filter: FilterName; reasons: readonly Reason[] }[] {
  return filterOrder.map((filter) => ({
    filter,
    reasons: row.reasons.filter((it) => it.filter === filter),
  }));
}
