// One cluster in one line, and many clusters with the worst first. Pure.

import { type CellGroup, groupCells } from "../../core/coverage/cellGroups";
import { sumStates, wantedOf } from "../../core/coverage/coverage";
import { counted } from "../../core/text/counts";
import { largestOf } from "../../core/text/lists";
import type { ClusterCoverage } from "../../ecs/coverage/lookAtCluster";
import { hostOf } from "../protocol/clusterState";
import type { ClusterSummary } from "../protocol/protocol";
import type { NamedCell } from "./coverageAlerts";
import { type CoverageEntry, choiceOf, lackingStates } from "./coverageEntry";

/** The worst first. */
const stateOrder: readonly ClusterSummary["state"][] = [
  "missing",
  "failing",
  "unknown",
  "stale",
  "updating",
  "unread",
  "covered",
  "none",
  "empty",
];

const summaries = new WeakMap<CoverageEntry, ClusterSummary>();

/** An entry never changes: its summary is made once. */
export function summaryOf(entry: CoverageEntry): ClusterSummary {
  const known = summaries.get(entry) ?? summarize(entry);
  summaries.set(entry, known);
  return known;
}

function summarize(entry: CoverageEntry): ClusterSummary {
  const { key, cluster, look, instances, problem, readAt, isReading, target } = entry;
  const states = sumStates(look?.daemons.map((it) => it.states) ?? []);
  const place = placeText(entry);
  const reasons = look === undefined ? [] : reasonsOf(look);
  const [reason] = reasons;
  return {
    key,
    cluster,
    choice: choiceOf(entry),
    place,
    ...(typeof target === "object" && target.profile !== undefined && { profile: target.profile }),
    ...(look !== undefined && look.account !== "" && { account: look.account }),
    state: stateOf(entry),
    lacking: look === undefined ? 0 : lackingOf(look),
    ...(instances !== undefined && { instances }),
    daemons: look?.daemons.length ?? 0,
    wanted: wantedOf(states),
    running: states.running ?? 0,
    states,
    ...(reason !== undefined && { reason }),
    more: Math.max(0, reasons.length - 1),
    ...(problem !== undefined && { problem }),
    incomplete: look?.incomplete ?? [],
    ...(readAt !== undefined && { readAt }),
    isReading,
  };
}

/** The worst first, then by the number of instances that lack a daemon, then by name. */
export function worstFirst(summaries: readonly ClusterSummary[]): readonly ClusterSummary[] {
  const rank = ({ state }: ClusterSummary) => {
    // What is missing and what fails are as bad as each other.
    const at = stateOrder.indexOf(state);
    return at === 1 ? 0 : at;
  };
  return [...summaries].sort(
    (left, right) =>
      rank(left) - rank(right) ||
      right.lacking - left.lacking ||
      compare(left.place, right.place) ||
      compare(left.cluster, right.cluster),
  );
}

const compare = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1);

/** Where the cluster is, as people call it. */
function placeText({ target, look }: CoverageEntry): string {
  if (target === "local") return "local";
  if (target.endpointUrl !== undefined) return hostOf(target.endpointUrl);
  const region = target.region ?? (look?.region || undefined);
  return region ?? "default Region";
}

function stateOf({ look, problem, instances, readAt }: CoverageEntry): ClusterSummary["state"] {
  if (problem !== undefined) return look === undefined ? "unknown" : "stale";
  if (look === undefined) return instances === 0 && readAt !== undefined ? "empty" : "unread";
  if (look.daemons.length === 0) return look.incomplete.length > 0 ? "unknown" : "none";
  const states = sumStates(look.daemons.map((it) => it.states));
  if ((states.missing ?? 0) > 0) return "missing";
  if ((states["crash-looping"] ?? 0) + (states.unhealthy ?? 0) > 0) return "failing";
  if ((states.unknown ?? 0) > 0 || look.incomplete.length > 0) return "unknown";
  if ((states.stale ?? 0) > 0) return "stale";
  const moves = (states.starting ?? 0) + (states.updating ?? 0) + (states.replacing ?? 0);
  return moves > 0 ? "updating" : "covered";
}

/** Every cell where a working daemon is lacking, with the name of the daemon. */
export function lackingCells({ daemons }: ClusterCoverage): readonly NamedCell[] {
  return daemons.flatMap(({ service, cells }) =>
    cells.flatMap((cell) => (lackingStates.has(cell.state) ? [{ service, cell }] : [])),
  );
}

/** Instances; where ECS's counts are all that is known, at least as many as one daemon is missing on. */
function lackingOf(look: ClusterCoverage): number {
  const named = new Set(lackingCells(look).map((it) => it.cell.instance)).size;
  return largestOf([named, ...look.daemons.map((it) => it.states.missing ?? 0)]);
}

/** `datadog-agent: Memory is short by 84 to 512 MiB.`, the one of most instances that lack a daemon first. */
function reasonsOf(look: ClusterCoverage): readonly string[] {
  const cells = look.daemons.flatMap(({ service, cells: own }) => own.map((cell) => ({ ...cell, service })));
  const rank = ({ cells: [first] }: CellGroup) =>
    first !== undefined && lackingStates.has(first.state) ? 0 : 1;
  const managed = look.daemons.flatMap(({ kind, service, states: { missing = 0 } }) =>
    kind === "managed" && missing > 0
      ? [`${service} (managed daemon): ${counted(missing, "instance")} without it`]
      : [],
  );
  const grouped = [...groupCells(cells)]
    .sort((left, right) => rank(left) - rank(right) || right.cells.length - left.cells.length)
    .map((group) => {
      const { reason, state, cells: own } = group;
      const services = [...new Set(own.map((it) => it.service))];
      const who = services.length > 2 ? counted(services.length, "daemon") : services.join(", ");
      return `${who}: ${reason === "" ? state : reason}`;
    });
  return [...grouped, ...managed];
}
