// What stands in the table, line by line: container instances, or reasons with the instances of those that are open.

import type { ListItem } from "../dom/virtualList";
import type { Row } from "../model/instanceRecords";
import type { ReasonGroup } from "./reasonGroups";
import { drawMore, drawReasonGroup } from "./reasonRow";
import type { Asked } from "./roomWords";
import { drawRow, rowId } from "./row";

export type TableEntry =
  | { readonly kind: "row"; readonly key: string; readonly row: Row; readonly level: 1 | 2 }
  | { readonly kind: "reason"; readonly key: string; readonly group: ReasonGroup; readonly index: number }
  /** The rest of an open reason, which is shown when it is asked for. */
  | { readonly kind: "more"; readonly key: string; readonly left: number; readonly index: number };

/** Of an open reason, so that the next one stays in sight. */
const shownOfReason = 15;

/** Pixels of a line before it is measured. `isNarrow`: rows have two lines. */
export function guessedHeight(isNarrow: boolean): number {
  return isNarrow ? 44 : 22;
}

/** A line for each reason; below one whose key is in `open`, its instances. */
export function entriesByReason(
  groups: readonly ReasonGroup[],
  open: ReadonlySet<string>,
): readonly TableEntry[] {
  return groups.flatMap((group, index): TableEntry[] => {
    const { key } = group;
    const members = open.has(key) ? group.rows : [];
    const rest = restKeyOf(key);
    const shown = open.has(rest) ? members : members.slice(0, shownOfReason);
    const left = members.length - shown.length;
    return [
      { kind: "reason", key, group, index },
      ...shown.map((row) => ({ kind: "row" as const, key: row.id, row, level: 2 as const })),
      ...(left > 0 ? [{ kind: "more" as const, key: rest, left, index }] : []),
    ];
  });
}

/** The key that is open where all instances of a reason are shown. */
export function restKeyOf(reason: string): string {
  return `more\n${reason}`;
}

/** The id of an entry's element. */
export function elementId(entry: TableEntry): string {
  return entry.kind === "row" ? rowId(entry.row.id) : `${entry.kind}-${entry.index}`;
}

interface EntryLook {
  readonly isOpen: boolean;
  readonly isActive: boolean;
}

export function reasonItem(
  entry: Extract<TableEntry, { readonly kind: "reason" }>,
  { isOpen, isActive }: EntryLook,
): ListItem {
  const { key, group, index } = entry;
  return {
    key,
    signature: JSON.stringify([index, group.rows.length, group.headline, group.zones, isOpen, isActive]),
    draw: () => marked(drawReasonGroup(group, { id: elementId(entry), isOpen }), isActive),
  };
}

/** What an opened row holds; `undefined` where that is shown elsewhere. */
type DetailOf = ((row: Row) => { readonly version: number; draw(): HTMLElement }) | undefined;

export function moreItem(
  entry: Extract<TableEntry, { readonly kind: "more" }>,
  { isActive }: EntryLook,
): ListItem {
  const { key, left } = entry;
  return {
    key,
    signature: JSON.stringify([left, isActive]),
    draw: () => marked(drawMore(left, { id: elementId(entry), key }), isActive),
  };
}

export function rowItem(
  { key, row, level }: Extract<TableEntry, { readonly kind: "row" }>,
  {
    isOpen,
    isActive,
    isMatching,
    isChosen,
    asked,
  }: EntryLook & { readonly isMatching: boolean; readonly isChosen: boolean; readonly asked: Asked },
  detail: DetailOf,
): ListItem {
  return {
    key,
    get signature() {
      const version = isOpen && detail !== undefined ? detail(row).version : -1;
      const { verdict, before, added, reasons, facts, moment } = row;
      const look = [isActive, isMatching, isChosen, level, isOpen, asked];
      return JSON.stringify([verdict, before, added, reasons, facts, moment, version, look]);
    },
    draw: () =>
      marked(
        drawRow(row, { detail: isOpen ? detail?.(row).draw() : undefined, isOpen, level, isMatching, asked }),
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
