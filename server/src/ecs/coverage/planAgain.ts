// What of a plan for room is planned again: where something had changed before anything was stopped, the plan was refused, and
// a new one may hold.

import type { RoomResult } from "./watchRoom";

/** So often is planned for one command: where more changes, somebody has to look. */
export const mostPlans = 3;

export interface RoomRest {
  /** Ids of the container instances that are left. */
  readonly instances: readonly string[];
  /** How many tasks may still be stopped. */
  readonly maxStops: number;
}

/** What is left of a plan that stops tasks and was refused at one of its instances; `undefined` where it was not. */
export function restOf(results: readonly RoomResult[], maxStops: number): RoomRest | undefined {
  const at = results.findIndex((it) => it.outcome === "changed");
  if (at < 0 || results[at]?.stopped.length !== 0) return undefined;
  const left = maxStops - results.reduce((sum, it) => sum + it.stopped.length, 0);
  const instances = results.slice(at).map((it) => it.instance);
  return left > 0 ? { instances, maxStops: left } : undefined;
}
