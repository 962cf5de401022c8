// When a cluster is looked at again: soon where something is not as it should be, seldom where all is well. Pure.

import type { CoverageEntry } from "./coverageEntry";
import { isOnThisMachine } from "./coverageEntry";
import { summaryOf } from "./coverageSummary";

/** Milliseconds from the end of a look to the next. Healthy answers are large: each service brings a hundred events. */
const pauses = { thisMachine: 5_000, ill: 60_000, well: 300_000 } as const;

const wellStates: readonly string[] = ["covered", "none", "empty"];

/** When the next look at the cluster is due, in milliseconds since 1970; `undefined`: only when a person asks for it. */
export function nextLookAt(entry: CoverageEntry): number | undefined {
  if (entry.endedAt === undefined) return 0;
  // Credentials that are gone do not come back by asking.
  if (entry.problem !== undefined && !isOnThisMachine(entry.target))
    return entry.problem.code === "ThrottlingException" ? entry.endedAt + pauses.well : undefined;
  if (isOnThisMachine(entry.target)) return entry.endedAt + pauses.thisMachine;
  const isWell = wellStates.includes(summaryOf(entry).state);
  return entry.endedAt + (isWell ? pauses.well : pauses.ill);
}

/** The clusters of a place are listed again as seldom as healthy ones are looked at. */
export function isListDue(listedAt: number | undefined, now: number): boolean {
  return listedAt === undefined || now - listedAt >= pauses.well;
}
