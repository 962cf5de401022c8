// Cells of a coverage look grouped by state and reason, so that one line says what many instances have in common.

import { amountText, countText } from "../text/counts";
import { largestOf, smallestOf } from "../text/lists";
import type { CoverageCell } from "./coverage";

export interface CellGroup<Cell extends CoverageCell = CoverageCell> {
  readonly state: string;
  readonly code: string;
  /** The reason in one sentence, with the least and the most of what is short. */
  readonly reason: string;
  readonly cells: readonly Cell[];
}

/** Cells with the same state and first reason, the largest group first. */
export function groupCells<Cell extends CoverageCell>(cells: readonly Cell[]): readonly CellGroup<Cell>[] {
  const groups = new Map<string, Cell[]>();
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
      const [least, most] = [smallestOf(short), largestOf(short)];
      const amount =
        least === most ? amountText(filter, least) : `${countText(least)} to ${amountText(filter, most)}`;
      return `${filter === "cpu" ? "CPU" : "Memory"} is short by ${amount}.`;
    }
  }
  return `${first.message} (and ${countText(messages.size - 1)} similar)`;
}
