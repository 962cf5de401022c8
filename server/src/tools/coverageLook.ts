// The look at clusters behind the tool `coverage`: why each daemon is missing, at half of the rate of calls.

import { type CoverageReport, coverageReport } from "../ecs/coverage/fleetReport";
import { type Connect, lookAtFleet } from "../ecs/coverage/lookAtFleet";
import type { EcsTarget } from "../ecs/port";
import type { CoverageRequest } from "./toolPort";

/** Milliseconds in which an instance that has just registered is still starting, as in `ecs-daemon coverage`. */
const grace = 300_000;

export interface CoverageLook {
  readonly connect: Connect;
  readonly target: EcsTarget;
  /** How a failure is worded at this door. */
  readonly describe: (error: unknown) => string;
}

/** Looks at the clusters of the request, or at all of the target. `calls` tells how many calls it took. */
export async function coverageLook(
  { connect, target, describe }: CoverageLook,
  { clusters, daemons }: CoverageRequest,
  calls: () => number,
  signal: AbortSignal | undefined,
): Promise<CoverageReport> {
  const begun = Date.now();
  const fleet = await lookAtFleet(
    connect,
    {
      targets: [{ ...target, ratePercent: 50 }],
      clusters: clusters.length === 0 ? "all" : clusters,
      options: { depth: "why", daemons, grace, now: Date.now, definitions: new Map() },
    },
    signal,
  );
  const failed = fleet.failed.map(({ cluster = "", error }) => `${cluster} ${describe(error)}`.trim());
  const seconds = Math.round((Date.now() - begun) / 100) / 10;
  const rules = { minCoverage: 100, failOn: undefined, grace };
  return coverageReport(fleet, failed, rules, { calls: calls(), seconds });
}
