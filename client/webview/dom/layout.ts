// The parts of the panel: a head with one line of notes, and below it the list with the rail.

import { element } from "./dom";

export interface LayoutParts {
  readonly head: readonly Node[];
  /** At most one is shown: an error, then what is simulated, then what is tried. */
  readonly notes: readonly Node[];
  readonly belowNotes: Node;
  readonly rail: readonly Node[];
}

export function createLayout(parts: LayoutParts) {
  const notes = element("div", { class: "notes" }, parts.notes);
  const head = element("div", { class: "head-part" }, [...parts.head, notes, parts.belowNotes]);
  const main = element("div", { class: "main-part" });
  const rail = element("div", { class: "rail" }, parts.rail);
  return { head, main, rail, notes, body: element("div", { class: "body-part" }, [main, rail]) };
}
