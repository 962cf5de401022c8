// The one cell of the fleet map that is an element: where the keyboard is. Screen readers read it; the picture below
// it is for the eye. A second one, without words, follows the pointer.

import { element } from "../dom/dom";
import type { Row } from "../model/instanceRecords";
import { type VerdictWords, verdictNames } from "../model/words";
import { type CellPlace, movedCell } from "./mapGrid";
import type { CellsDrawn } from "./mapPaths";
import type { MapPicture } from "./mapPicture";

export interface MapCursor {
  /** The id of the instance that it is on. */
  readonly instance: string | undefined;
  /** Stays with its instance, wherever that is now; without one it is on the first. */
  keep(picture: MapPicture): void;
  moveTo(place: CellPlace, picture: MapPicture): void;
  /** False where the key leads nowhere. */
  press(key: string, picture: MapPicture): boolean;
}

/** `list` owns the cells: what its `aria-activedescendant` names is read where the list has the focus. */
export function createMapCursor(list: HTMLElement): MapCursor {
  let now: { readonly place: CellPlace; readonly instance: string; readonly key: string } | undefined;
  let cell = element("div");
  let made = 0;
  const moveTo = (place: CellPlace, picture: MapPicture) => {
    const row = picture.rowAt(place);
    if (row === undefined) return;
    const attributes = attributesOf(row, place, picture);
    const key = JSON.stringify(attributes);
    // A new element for each cell: a screen reader tells what is new, not what is said otherwise.
    if (now?.key !== key) {
      made += 1;
      const id = `map-cell-${made}`;
      cell.remove();
      cell = element("div", { class: "cell", attributes: { ...attributes, id } });
      list.setAttribute("aria-activedescendant", id);
    }
    now = { place, instance: row.id, key };
    putAround(cell, place.index, picture.drawn);
    const cells = picture.cells(place.group);
    if (cell.parentElement !== cells) cells?.append(cell);
  };
  return {
    get instance() {
      return now?.instance;
    },
    moveTo,
    keep: (picture) => {
      const stays = now !== undefined && picture.rowAt(now.place)?.id === now.instance;
      const place = stays ? now?.place : now && picture.placeOf(now.instance);
      moveTo(place ?? { group: 0, index: 0 }, picture);
    },
    press: (key, picture) => {
      const counts = picture.shown.groups.map((it) => it.rows.length);
      const next = now && movedCell(key, now.place, counts, picture.drawn.columns);
      if (next === undefined) return false;
      moveTo(next, picture);
      cell.scrollIntoView({ block: "nearest" });
      return true;
    },
  };
}

function attributesOf(row: Row, { group, index }: CellPlace, { shown }: MapPicture) {
  const count = (groups: typeof shown.groups) => groups.reduce((sum, it) => sum + it.rows.length, 0);
  return {
    role: "option",
    "aria-selected": "false",
    "aria-label": cellLabel(row, shown.words),
    "aria-posinset": String(count(shown.groups.slice(0, group)) + index + 1),
    "aria-setsize": String(count(shown.groups)),
    "data-id": row.id,
  };
}

/** `i-1: blocked. The task asks for 512 MiB, and 256 MiB are left.` */
function cellLabel({ id, verdict, reasons }: Row, words: VerdictWords): string {
  const message = reasons[0]?.message;
  const why = message === undefined ? "" : `. ${message.replaceAll("`", "")}`;
  return `${id}: ${words[verdict] ?? verdictNames[verdict]}${why}`;
}

/** The ring below the pointer, with what there is to tell as its tooltip. */
export function createMapPointer() {
  const ring = element("div", { class: "hovered", attributes: { "aria-hidden": "true" } });
  return {
    leave: () => ring.remove(),
    moveTo: (place: CellPlace | undefined, picture: MapPicture) => {
      const row = place && picture.rowAt(place);
      if (place === undefined || row === undefined) return ring.remove();
      ring.title = cellLabel(row, picture.shown.words);
      putAround(ring, place.index, picture.drawn);
      const cells = picture.cells(place.group);
      if (ring.parentElement !== cells) cells?.append(ring);
    },
  };
}

/** Puts a ring around a cell of its group. */
function putAround(ring: HTMLElement, index: number, { size, pitch, columns }: CellsDrawn): void {
  ring.style.left = `${(index % columns) * pitch}px`;
  ring.style.top = `${Math.floor(index / columns) * pitch}px`;
  ring.style.width = `${size}px`;
  ring.style.height = ring.style.width;
}
