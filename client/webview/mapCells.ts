// The cells of the fleet map: one for each container instance, made once, and touched only where it looks otherwise.

import type { Verdict } from "../../server/src/core/scheduler/placement";
import { element } from "./dom";
import type { Row } from "./model";

/** What stands for a verdict in captions and labels; the verdict itself where nothing else is said. */
export type VerdictWords = Readonly<Partial<Record<Verdict, string>>>;

export interface CellLook {
  /** Ids of the instances that the filters leave; `undefined`: all. */
  readonly shown: ReadonlySet<string> | undefined;
  readonly words: VerdictWords;
  readonly highlighted: ReadonlySet<string> | undefined;
}

export interface MapCell {
  readonly element: HTMLElement;
  /** What it was drawn from. */
  classes: string;
  verdict: string;
  message: string | undefined;
}

export function createCell(id: string): MapCell {
  const attributes = { type: "button", tabindex: "-1", "data-id": id };
  const made = element("button", { class: "cell", attributes });
  return { element: made, classes: "", verdict: "", message: undefined };
}

/** At 5,000 cells every needless write counts. */
export function drawCell(cell: MapCell, row: Row, { shown, words, highlighted }: CellLook): void {
  const isShown = shown === undefined || shown.has(row.id);
  const old = row.outdated ? " outdated" : "";
  const match = highlighted?.has(row.id) === true ? " matching" : "";
  const classes = `cell shape ${row.verdict}${old}${match}${isShown ? "" : " dimmed"}`;
  if (cell.classes !== classes) {
    cell.classes = classes;
    cell.element.className = classes;
  }
  const verdict = words[row.verdict] ?? row.verdict;
  const message = row.reasons[0]?.message;
  if (cell.verdict === verdict && cell.message === message) return;
  cell.verdict = verdict;
  cell.message = message;
  const why = message === undefined ? "" : `. ${message.replaceAll("`", "")}`;
  cell.element.setAttribute("aria-label", `${row.id}: ${verdict}${why}`);
}
