// A plan as the lines of a dialog, which has no room for all of a long one.

import type { PlanSummary } from "../../../server/src/lsp/protocol/protocol";

/** What a modal dialog shows without a scroll bar on a small screen. */
const room = 24;

/** Every line of the plan, its heading before the first one of each part. */
export function planLines({ sections }: PlanSummary): readonly string[] {
  return sections.flatMap(({ title, lines: [first = "", ...rest] }) => [
    `${capitalized(title)}: ${first}`,
    ...rest.map((it) => `    ${it}`),
  ]);
}

/** The lines that a dialog has room for, each shortened, and how many more there are. */
export function dialogLines(lines: readonly string[]): readonly string[] {
  const shown = lines.slice(0, room).map((it) => (it.length > 220 ? `${it.slice(0, 219)}…` : it));
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, `… and ${more} lines more, in the log.`] : shown;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
