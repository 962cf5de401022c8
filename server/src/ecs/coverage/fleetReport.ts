// The result of a coverage look as the doors show it: covered or not, complete or not, since when.

import type { CellState, CoverageCell, StateCounts } from "../../core/coverage/coverage";
import { sumStates, wantedOf } from "../../core/coverage/coverage";
import type { ClusterCoverage, DaemonCoverage } from "./lookAtCluster";
import type { FleetCoverage } from "./lookAtFleet";

/** What counts as a gap. */
export interface GapRules {
  /** Percent of the wanted instances of each daemon. */
  readonly minCoverage: number;
  /** Where given, cells in these states are gaps, and no others. */
  readonly failOn: readonly CellState[] | undefined;
  /** A disconnected agent is no gap for so long after it was first seen, in milliseconds. */
  readonly grace: number;
}

/** The JSON of `ecs-daemon coverage`. */
export interface CoverageReport {
  /** No gap, and nothing that could not be read. */
  readonly covered: boolean;
  readonly complete: boolean;
  readonly summary: CoverageSummary;
  readonly clusters: readonly ClusterCoverage[];
  /** Places that could not be looked at, in sentences. */
  readonly failed: readonly string[];
}

export interface CoverageSummary {
  readonly clusters: number;
  readonly daemons: number;
  /** Daemons with a gap. */
  readonly gaps: number;
  readonly wanted: number;
  readonly running: number;
  readonly states: StateCounts;
  /** Clusters without container instances, which were not looked at. */
  readonly emptyClusters: number;
  readonly calls: number;
  readonly seconds: number;
}

export interface LookCost {
  readonly calls: number;
  /** Seconds that the look took. */
  readonly seconds: number;
}

/** Draws the conclusion of a look; `failed` are its failures in the words of the door. */
export function coverageReport(
  fleet: FleetCoverage,
  failed: readonly string[],
  rules: GapRules,
  cost: LookCost,
): CoverageReport {
  const daemons = fleet.clusters.flatMap((it) => it.daemons.map((daemon) => ({ daemon, at: it.at })));
  const gaps = daemons.filter(({ daemon, at }) => isGap(daemon, rules, Date.parse(at))).length;
  const complete = failed.length === 0 && fleet.clusters.every(isComplete);
  const states = sumStates(daemons.map((it) => it.daemon.states));
  return {
    covered: gaps === 0 && complete,
    complete,
    summary: {
      clusters: fleet.clusters.length,
      daemons: daemons.length,
      gaps,
      wanted: wantedOf(states),
      running: states.running ?? 0,
      states,
      emptyClusters: fleet.empty.length,
      ...cost,
    },
    clusters: fleet.clusters,
    failed,
  };
}

/** Whether everything that was asked for is known. */
export function isComplete({ incomplete, daemons }: ClusterCoverage): boolean {
  return incomplete.length === 0 && daemons.every((it) => (it.states.unknown ?? 0) === 0);
}

/** Whether a daemon lacks more instances than the rules allow. None that should run it is no gap. */
function isGap(daemon: DaemonCoverage, rules: GapRules, at: number): boolean {
  if (rules.failOn !== undefined) return rules.failOn.some((it) => (daemon.states[it] ?? 0) > 0);
  const excused = daemon.cells.filter((it) => isExcused(it, rules, at)).length;
  const wanted = wantedOf(daemon.states) - excused;
  return wanted > 0 && (100 * (daemon.states.running ?? 0)) / wanted < rules.minCoverage;
}

/** An agent reconnects several times an hour by itself. Without an earlier look nobody knows since when it is away. */
function isExcused({ state, since }: CoverageCell, { grace }: GapRules, at: number): boolean {
  return state === "stale" && since !== undefined && at - Date.parse(since) < grace;
}

// What earlier looks saw ------------------------------------------------------------------------------------------

/** What one look leaves to the next: since when each cell is in its state. */
export interface Baseline {
  readonly version: 1;
  readonly cells: Readonly<Record<string, { readonly state: string; readonly since: string }>>;
}

export const emptyBaseline: Baseline = { version: 1, cells: {} };

const keyOf = (look: ClusterCoverage, service: string, instance: string): string =>
  [look.account, look.region, look.cluster, service, instance].join("/");

/** Reads a baseline that was written before; `undefined` where the value is something else. */
export function readBaseline(value: unknown): Baseline | undefined {
  if (typeof value !== "object" || value === null || !("version" in value) || !("cells" in value))
    return undefined;
  const { version, cells } = value;
  if (version !== 1 || typeof cells !== "object" || cells === null || Array.isArray(cells)) return undefined;
  const isRead = Object.values(cells).every(
    (it: unknown) =>
      typeof it === "object" &&
      it !== null &&
      "state" in it &&
      "since" in it &&
      typeof it.state === "string" &&
      typeof it.since === "string" &&
      !Number.isNaN(Date.parse(it.since)),
  );
  return isRead ? (value as Baseline) : undefined;
}

/** The fleet with the time since when each cell is in its state, as far as the baseline knows. */
export function withSince(fleet: FleetCoverage, baseline: Baseline): FleetCoverage {
  const dated = (look: ClusterCoverage, { service }: DaemonCoverage, cell: CoverageCell): CoverageCell => {
    const key = keyOf(look, service, cell.instance);
    const known = Object.hasOwn(baseline.cells, key) ? baseline.cells[key] : undefined;
    return { ...cell, since: known?.state === cell.state ? known.since : look.at };
  };
  return {
    ...fleet,
    clusters: fleet.clusters.map((look) => ({
      ...look,
      daemons: look.daemons.map((it) => ({ ...it, cells: it.cells.map((cell) => dated(look, it, cell)) })),
    })),
  };
}

/** What the next look has to know of this one. */
export function baselineOf(fleet: FleetCoverage): Baseline {
  const cells = fleet.clusters.flatMap((look) =>
    look.daemons.flatMap(({ service, cells: all }) =>
      all.map((it) => [keyOf(look, service, it.instance), { state: it.state, since: it.since ?? look.at }]),
    ),
  );
  return { version: 1, cells: Object.fromEntries(cells) };
}
