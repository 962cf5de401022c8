// The coverage of daemon services: which container instance should run which daemon, and how it stands there. Only cells
// that are neither running nor not wanted are kept; counts hold the rest.

/** What a daemon service and a container instance can be to each other. */
export const cellStates = [
  "running",
  "starting",
  "updating",
  "replacing",
  "crash-looping",
  "unhealthy",
  "missing",
  "not-wanted",
  "unexpected",
  "stale",
  "unknown",
] as const;
export type CellState = (typeof cellStates)[number];

/** Why a cell is in its state. Reasons of the scheduler keep their filter and numbers. */
export interface CellReason {
  /** Stable slug: `insufficient-memory`, `crash-loop`, `cannot-pull`, `unexplained` … */
  readonly code: string;
  readonly message: string;
  /** The scheduler's filter that refuses the instance. */
  readonly filter?: string;
  readonly requested?: string | number;
  readonly available?: string | number;
  readonly remedy?: string;
}

/** What can be done about a cell; each door has its own words for it. */
export type CellRemedy =
  | "make-room"
  /** The task is larger than the whole instance. */
  | "resize"
  | "change-port"
  | "repair-agent"
  | "repair-instance"
  | "repair-definition"
  | "change-deployment"
  | "force-deployment"
  | "wait";

export interface CoverageCell {
  /** The last part of the container instance's ARN. */
  readonly instance: string;
  readonly ec2InstanceId?: string;
  readonly zone?: string;
  readonly type?: string;
  readonly state: Exclude<CellState, "running" | "not-wanted">;
  /** ISO time of the first look that found it so, where an earlier look is known. */
  readonly since?: string;
  readonly reasons: readonly CellReason[];
  readonly remedy?: CellRemedy;
}

/** The states that a wanted instance can be in: together they are what the service should cover. */
const wantedStates: readonly CellState[] = [
  "running",
  "starting",
  "updating",
  "replacing",
  "crash-looping",
  "unhealthy",
  "missing",
  "stale",
];

export type StateCounts = Readonly<Partial<Record<CellState, number>>>;

/** How many instances should run the daemon, as far as the states say. */
export function wantedOf(states: StateCounts): number {
  return wantedStates.reduce((sum, it) => sum + (states[it] ?? 0), 0);
}

/** Percent of the wanted instances that run the daemon; `undefined` where none is wanted: that is not 100 %. */
export function coverageOf(states: StateCounts): number | undefined {
  const wanted = wantedOf(states);
  return wanted === 0 ? undefined : (100 * (states.running ?? 0)) / wanted;
}

/** Adds up the states of several daemons. */
export function sumStates(all: readonly StateCounts[]): StateCounts {
  const sum: Partial<Record<CellState, number>> = {};
  for (const states of all)
    for (const it of cellStates) {
      const count = states[it] ?? 0;
      if (count > 0) sum[it] = (sum[it] ?? 0) + count;
    }
  return sum;
}

/** Counts the cells by state. */
export function countStates(cells: readonly { readonly state: CellState }[]): StateCounts {
  const counts: Partial<Record<CellState, number>> = {};
  for (const { state } of cells) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
