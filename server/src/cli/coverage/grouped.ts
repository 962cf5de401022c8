// What the texts of a coverage report have in common: cells grouped by state and reason, numbers in words.

import type { CoverageCell, StateCounts } from "../../core/coverage/coverage";
import { cellStates } from "../../core/coverage/coverage";
import { amountText, counted, countText } from "../../core/text/counts";
import type { CoverageReport } from "../../ecs/coverage/fleetReport";
import type { ClusterCoverage, DaemonCoverage } from "../../ecs/coverage/lookAtCluster";

export interface CellGroup {
  readonly state: string;
  readonly code: string;
  /** The reason in one sentence, with the least and the most of what is short. */
  readonly reason: string;
  readonly cells: readonly CoverageCell[];
}

/** Cells with the same state and first reason, the largest group first. */
export function groupCells(cells: readonly CoverageCell[]): readonly CellGroup[] {
  const groups = new Map<string, CoverageCell[]>();
  for (const it of cells) {
    const key = `${it.state} ${it.reasons.map((reason) => reason.code).join(" ")}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [it]);
    else known.push(it);
  }
  return [...groups.values()]
    .map((group) => ({
      state: group[0]?.state ?? "",
      code: group[0]?.reasons[0]?.code ?? "",
      reason: reasonOf(group),
      cells: group,
    }))
    .sort((left, right) => right.cells.length - left.cells.length);
}

function reasonOf(cells: readonly CoverageCell[]): string {
  const [first] = cells;
  if (first === undefined || first.reasons.length === 0) return "";
  return first.reasons.map((_, index) => sharedReason(cells, index)).join(" ");
}

function sharedReason(cells: readonly CoverageCell[], index: number): string {
  const reasons = cells.flatMap((it) => it.reasons[index] ?? []);
  const messages = new Set(reasons.map((it) => it.message));
  const [first] = reasons;
  if (first === undefined) return "";
  if (messages.size === 1) return first.message;
  const { filter } = first;
  if (filter === "cpu" || filter === "memory") {
    const short = reasons.map((it) => Number(it.requested) - Number(it.available));
    if (short.every(Number.isFinite)) {
      const [least, most] = [Math.min(...short), Math.max(...short)];
      const amount =
        least === most ? amountText(filter, least) : `${countText(least)} to ${amountText(filter, most)}`;
      return `${filter === "cpu" ? "CPU" : "Memory"} is short by ${amount}.`;
    }
  }
  return `${first.message} (and ${countText(messages.size - 1)} similar)`;
}

/** `97 of 98`, in percent where that says more. */
export function coverageWords({ running, wanted, coverage }: DaemonCoverage): string {
  if (coverage === undefined) return "not applicable: no instance should run it";
  return `${countText(running)} of ${countText(wanted)} (${percentText(coverage)})`;
}

/** One digit, rounded down: what is not complete never reads 100 %. */
function percentText(percent: number): string {
  return `${Math.floor(percent * 10) / 10} %`;
}

/** `1 starting, 2 missing`, without what runs. */
export function statesText(states: StateCounts): string {
  return cellStates
    .filter((it) => it !== "running" && it !== "not-wanted" && (states[it] ?? 0) > 0)
    .map((it) => `${countText(states[it] ?? 0)} ${it}`)
    .join(", ");
}

/** Whether ECS counts other instances than this look; on its own side nobody is right. */
export function differenceText(daemon: DaemonCoverage): string | undefined {
  const { desired, wanted, matching, coverage } = daemon;
  const ours = matching ?? wanted;
  if (ours === desired || (coverage === undefined && desired === 0 && matching === undefined))
    return undefined;
  return `ECS desires ${counted(desired, "task")}, this look expects ${countText(ours)}.`;
}

/** What was looked at and what it took, in one sentence. */
export function costText({ summary, clusters }: CoverageReport): string {
  const { calls, seconds, emptyClusters } = summary;
  const skipped =
    emptyClusters === 0 ? "" : ` ${counted(emptyClusters, "cluster")} without container instances skipped.`;
  const isCounted = clusters.some((it) => it.depth === "counts");
  const limits = isCounted ? " Counts of ECS alone: no instance was looked at." : "";
  return `${counted(calls, "call")}, ${seconds} s.${skipped}${limits}`;
}

/** Name of a cluster with its place. */
export function placeText({ cluster, region, account }: ClusterCoverage): string {
  const where = [account, region].filter((it) => it !== "").join(", ");
  return where === "" ? cluster : `${cluster} (${where})`;
}
