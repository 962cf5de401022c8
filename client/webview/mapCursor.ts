// The one cell of the fleet map that is an element: where the keyboard is. Screen readers read it; the picture below
// it is for the eye. A second one, without words, follows the pointer.

import { element } from "./dom";
import type { CellsDrawn } from "./mapPaths";

export interface MapCursor {
  /** The id that `aria-activedescendant` names. */
  readonly id: string;
  readonly element: HTMLElement;
}

let made = 0;

/** A new element for each cell: a screen reader tells what is new, not what is said otherwise. */
export function createCursor(cell: {
  readonly instance: string;
  readonly label: string;
  /** Its number among all cells, from 1. */
  readonly position: number;
  readonly total: number;
}): MapCursor {
  made += 1;
  const id = `map-cell-${made}`;
  const attributes = {
    id,
    role: "option",
    "aria-selected": "false",
    "aria-label": cell.label,
    "aria-posinset": String(cell.position),
    "aria-setsize": String(cell.total),
    "data-id": cell.instance,
  };
  return { id, element: element("div", { class: "cell", attributes }) };
}

/** Puts a ring around a cell of its group. */
export function putAround(ring: HTMLElement, index: number, { size, pitch, columns }: CellsDrawn): void {
  ring.style.left = `${(index % columns) * pitch}px`;
  ring.style.top = `${Math.floor(index / columns) * pitch}px`;
  ring.style.width = `${size}px`;
  ring.style.height = ring.style.width;
}
