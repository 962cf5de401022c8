// The states of coverage in words, and how ill each is.

import type { CellState } from "../../../server/src/core/coverage/coverage";
import type { ClusterSummary } from "../../../server/src/lsp/protocol/protocol";

/** What a mark shows: a shape each. */
export type MarkName = "missing" | "failing" | "stale" | "unknown" | "updating" | "covered" | "excluded";

/** The worst first: so cells and rows are sorted. */
const order: readonly MarkName[] = [
  "missing",
  "failing",
  "stale",
  "unknown",
  "updating",
  "covered",
  "excluded",
];

const marks: Readonly<Record<CellState, MarkName>> = {
  missing: "missing",
  "crash-looping": "failing",
  unhealthy: "failing",
  unexpected: "unknown",
  unknown: "unknown",
  stale: "stale",
  starting: "updating",
  updating: "updating",
  replacing: "updating",
  running: "covered",
  "not-wanted": "excluded",
};

export const markOfCell = (state: CellState): MarkName => marks[state];

const clusterMarks: Readonly<Record<ClusterSummary["state"], MarkName>> = {
  missing: "missing",
  failing: "failing",
  unknown: "unknown",
  stale: "stale",
  updating: "updating",
  covered: "covered",
  none: "excluded",
  empty: "excluded",
  unread: "excluded",
};

export const markOfCluster = ({ state }: ClusterSummary): MarkName => clusterMarks[state];

/** 0 is the worst. */
export const rankOf = (mark: MarkName): number => order.indexOf(mark);

const cellWords: Readonly<Partial<Record<CellState, string>>> = {
  "crash-looping": "failing",
  "not-wanted": "not expected",
};

export const wordOfCell = (state: CellState): string => cellWords[state] ?? state;

const clusterWords: Readonly<Partial<Record<ClusterSummary["state"], string>>> = {
  none: "no daemons",
  empty: "no instances",
  unread: "not read yet",
};

export const wordOfCluster = ({ state }: ClusterSummary): string => clusterWords[state] ?? state;

/** Two digits where they say more; rounded down: what is not complete never reads 100 %. */
export function percentText(running: number, expected: number): string {
  if (expected === 0) return "";
  return `${Math.floor((10_000 * running) / expected) / 100} %`;
}
