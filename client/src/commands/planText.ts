// A plan as the lines of a dialog, which has no room for all of a long one.

import { counted } from "../../../server/src/core/text/counts";
import type { PlanSummary } from "../../../server/src/lsp/protocol/protocol";

/** A line of a plan, or one that says more of the line before. */
export type PlanLine = string | { readonly detail: string };

/** What a modal dialog shows without a scroll bar on a small screen. */
const room = 24;

/** Every line of the plan, its heading before the first one of each part. */
export function planLines({ sections }: PlanSummary): readonly PlanLine[] {
  return sections.flatMap(({ title, lines: [first = "", ...rest] }) => [
    `${capitalized(title)}: ${first}`,
    ...rest.map((detail) => ({ detail })),
  ]);
}

/** The lines that a dialog has room for, each shortened, and how many more there are. */
export function dialogLines(lines: readonly PlanLine[]): readonly PlanLine[] {
  const shown = lines
    .slice(0, room)
    .map((it) => (typeof it === "string" ? shortened(it) : { detail: shortened(it.detail) }));
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, `… and ${counted(more, "more line")} in the log.`] : shown;
}

/** The line as a text, with a mark before it. */
export function lineText(line: PlanLine, mark = "", detailMark = "    "): string {
  return typeof line === "string" ? mark + line : detailMark + line.detail;
}

const shortened = (text: string): string => (text.length > 220 ? `${text.slice(0, 219)}…` : text);

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
