// What stands in the table, line by line: container instances, or reasons with the instances of those that are open.

import type { ListItem } from "../dom/virtualList";
import type { Row } from "../model/instanceRecords";
import { type ReasonGroup, reasonGroups } from "./reasonGroups";
import { drawReasonGroup, drawRow, rowId } from "./row";

export type TableEntry =
  | { readonly kind: "row"; readonly key: string; readonly row: Row; readonly level: 1 | 2 }
  | { readonly kind: "reason"; readonly key: string; readonly group: ReasonGroup; readonly index: number };

/** Pixels, before a row is measured: a line for the row, and one for each reason after the first. */
const lineHeight = 22;

/** A line for each reason; below one whose key is in `open`, its instances. */
export function entriesByReason(rows: readonly Row[], open: ReadonlySet<string>): readonly TableEntry[] {
  return reasonGroups(rows).flatMap((group, index): TableEntry[] => {
    const key = keyOf(group);
    const members = open.has(key) ? group.rows : [];
    return [
      { kind: "reason", key, group, index },
      ...members.map((row) => ({ kind: "row" as const, key: row.id, row, level: 2 as const })),
    ];
  });
}

/** The key of the line that an instance is below. */
export function reasonKeyOf(row: Row): string {
  const [group] = reasonGroups([row]);
  return group === undefined ? "" : keyOf(group);
}

/** No instance is called so. */
function keyOf({ verdict, headline }: ReasonGroup): string {
  return `reason\n${verdict}\n${headline}`;
}

/** The id of an entry's element. */
export function elementId(entry: TableEntry): string {
  return entry.kind === "row" ? rowId(entry.row.id) : `reason-${entry.index}`;
}

interface EntryLook {
  readonly isOpen: boolean;
  readonly isActive: boolean;
}

export function reasonItem(
  entry: Extract<TableEntry, { readonly kind: "reason" }>,
  { isOpen, isActive }: EntryLook,
  total: number,
): ListItem {
  const { key, group, index } = entry;
  return {
    key,
    signature: JSON.stringify([index, group.rows.length, total, isOpen, isActive]),
    guessedHeight: lineHeight + 9,
    draw: () => marked(drawReasonGroup(group, { id: elementId(entry), key, isOpen, total }), isActive),
  };
}

export function rowItem(
  { key, row, level }: Extract<TableEntry, { readonly kind: "row" }>,
  {
    isOpen,
    isActive,
    isMatching,
    isChosen,
  }: EntryLook & { readonly isMatching: boolean; readonly isChosen: boolean },
  detail: (row: Row) => { readonly version: number; draw(): HTMLElement },
): ListItem {
  return {
    key,
    get signature() {
      const version = isOpen ? detail(row).version : -1;
      const { verdict, before, added, reasons, facts } = row;
      const look = [isActive, isMatching, isChosen, level];
      return JSON.stringify([verdict, before, added, reasons, facts, version, look]);
    },
    guessedHeight: lineHeight * Math.max(1, row.reasons.length) + 9 + (isOpen ? 300 : 0),
    draw: () =>
      marked(
        drawRow(row, { detail: isOpen ? detail(row).draw() : undefined, level, isMatching }),
        isActive,
        isChosen,
      ),
  };
}

function marked(drawn: HTMLElement, isActive: boolean, isChosen = isActive): HTMLElement {
  drawn.classList.toggle("active", isActive);
  drawn.classList.toggle("chosen", isChosen);
  drawn.setAttribute("aria-selected", String(isChosen));
  return drawn;
}
