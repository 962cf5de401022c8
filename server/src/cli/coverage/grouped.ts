// What the texts of a coverage report have in common: numbers in words.

import type { StateCounts } from "../../core/coverage/coverage";
import { cellStates } from "../../core/coverage/coverage";
import { counted, countText } from "../../core/text/counts";
import type { CoverageReport } from "../../ecs/coverage/fleetReport";
import type { ClusterCoverage, DaemonCoverage } from "../../ecs/coverage/lookAtCluster";

/** `97 of 98`, in percent where that says more. */
export function coverageWords({ running, wanted, coverage }: DaemonCoverage): string {
  if (coverage === undefined) return "not applicable: no instance should run it";
  return `${countText(running)} of ${countText(wanted)} (${percentText(coverage)})`;
}

/** Its name, and what it is where that is no daemon service. */
export const nameOf = ({ service, kind }: DaemonCoverage): string =>
  kind === "managed" ? `${service} (managed daemon)` : service;

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
  return `ECS desires ${counted(desired, "task")}, ECS Daemon expects ${countText(ours)}.`;
}

/** What was looked at and what it took, in one sentence. */
export function costText({ summary, clusters }: CoverageReport): string {
  const { calls, seconds, emptyClusters } = summary;
  const skipped =
    emptyClusters === 0 ? "" : ` ${counted(emptyClusters, "cluster")} without container instances skipped.`;
  const isCounted = clusters.some((it) => it.depth === "counts");
  const limits = isCounted ? " Counts of ECS alone: no instance was checked." : "";
  return `${counted(calls, "call")}, ${seconds} s.${skipped}${limits}`;
}

/** Name of a cluster with its place. */
export function placeText({ cluster, region, account }: ClusterCoverage): string {
  const where = [account, region].filter((it) => it !== "").join(", ");
  return where === "" ? cluster : `${cluster} (${where})`;
}
