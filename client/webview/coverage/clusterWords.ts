// One cluster's coverage in words.

import { countText, instanceCount } from "../../../server/src/core/text/counts";
import type { ClusterCoverageDetail, CoverageGroup } from "../../../server/src/lsp/protocol/protocol";
import { wordOfCell } from "./words";

/** Names a group as long as its reason is the same. */
export const keyOf = ({ state, reason }: CoverageGroup): string => `${state} ${reason}`;

/** Whether anything was read of it: before that, no count is shown. */
export function isRead({ state, daemons }: ClusterCoverageDetail["summary"]): boolean {
  return daemons > 0 || (state !== "unread" && state !== "unknown");
}

/** The answer in one sentence. */
export function answerOf(detail: ClusterCoverageDetail): string {
  const { summary, daemons } = detail;
  const { lacking, instances, state } = summary;
  const stale = staleInstances(detail);
  const disconnected = stale > 0 ? `; ${countText(stale)} ${stale === 1 ? "is" : "are"} disconnected` : "";
  if (lacking > 0) {
    const of =
      instances === undefined
        ? instanceCount(lacking)
        : `${countText(lacking)} of ${instanceCount(instances)}`;
    return `${of} ${lacking === 1 ? "lacks" : "lack"} a daemon${disconnected}.`;
  }
  if (state === "unread") return "Reading the cluster…";
  if (state === "none") return "The cluster has no daemon services.";
  if (state === "empty") return "The cluster has no container instances.";
  if (!isRead(summary)) return "The cluster could not be read.";
  if (state === "unknown") return "No gap was seen, but not everything could be read.";
  if (state === "updating") return "Every expected daemon runs or is on its way.";
  if (stale > 0) return `No gap was seen${disconnected}.`;
  return `${daemons.length === 1 ? "The daemon runs" : `All ${countText(daemons.length)} daemons run`} wherever ${daemons.length === 1 ? "it" : "they"} should.`;
}

/** `41 missing`, `2 failing`, … without what runs. */
export function stateWords(states: ClusterCoverageDetail["summary"]["states"]): readonly string[] {
  const counts = new Map<string, number>();
  for (const [state, count = 0] of Object.entries(states)) {
    if (state === "running" || state === "not-wanted") continue;
    const word = wordOfCell(state as keyof typeof states);
    counts.set(word, (counts.get(word) ?? 0) + count);
  }
  return [...counts].map(([word, count]) => `${countText(count)} ${word}`);
}

/** Their tasks cannot be confirmed. */
function staleInstances({ groups }: ClusterCoverageDetail): number {
  return new Set(groups.filter((it) => it.state === "stale").flatMap((it) => it.instances)).size;
}
