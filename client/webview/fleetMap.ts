// The whole fleet at a glance: one cell for each container instance, in groups, with a shape for its verdict. A picture
// for the eye, and a list box for the keyboard and for screen readers: one tab stop, the arrow keys walk over the cells,
// Enter shows the instance in the table.

import { element, setChildren } from "./dom";
import { type AttributeLookup, type Group, groupsOf } from "./groups";
import { createCursor, putAround } from "./mapCursor";
import { type CellPlace, cellAt, cellSize, columnsIn, movedCell } from "./mapGrid";
import { createMapGroup, type MapGroup } from "./mapGroup";
import { createGroupSelect } from "./mapGrouping";
import type { CellLook, CellsDrawn } from "./mapPaths";
import type { Row } from "./model";
import { createSlices } from "./slices";
import type { ViewOptions } from "./view";
import type { VerdictWords } from "./words";

export interface FleetMap {
  readonly element: HTMLElement;
  update(rows: readonly Row[], visible: readonly Row[], view: ViewOptions, words?: VerdictWords): void;
  /** What instances can be grouped by beside their facts. */
  attributes(names: readonly string[], lookup: AttributeLookup): void;
  /** Outlines the cells of these instances; `undefined`: none. */
  highlight(ids: ReadonlySet<string> | undefined): void;
}

export interface FleetMapActions {
  change(view: Partial<ViewOptions>): void;
  reveal(id: string): void;
}

/** More cells than these wait for the next frame: what asked for them has used up this one. */
const fewCells = 500;

export function createFleetMap(actions: FleetMapActions): FleetMap {
  const select = createGroupSelect(actions.change);
  const list = element("div", {
    class: "groups",
    attributes: { role: "listbox", tabindex: "0", "aria-label": "Fleet map" },
  });
  const hovered = element("div", { class: "hovered", attributes: { "aria-hidden": "true" } });
  const made = new Map<string, MapGroup>();
  const slices = createSlices();
  let lookup: AttributeLookup = () => undefined;
  let highlighted: ReadonlySet<string> | undefined;
  let shown: CellLook["shown"];
  let words: VerdictWords = {};
  let groups: readonly Group[] = [];
  let total = 0;
  /** Pixels there are; 0 until the list is laid out for the first time. */
  let room = { width: 0, fontSize: 0 };
  let drawn: CellsDrawn = { ...cellSize(0, 13), columns: 1 };
  let cursor: { readonly place: CellPlace; readonly instance: string; readonly label: string } | undefined;

  const groupOf = (name: string) => {
    const group = made.get(name) ?? createMapGroup();
    made.set(name, group);
    return group;
  };
  const rowAt = ({ group, index }: CellPlace) => groups[group]?.rows[index];

  /** Where the cells are follows from the width and their number; asking the browser would cost a layout. */
  const draw = () => {
    if (room.width === 0) return;
    const cell = cellSize(total, room.fontSize);
    drawn = { ...cell, columns: columnsIn(room.width, cell) };
    for (const { name, rows } of groups) groupOf(name).layOut(rows.length, drawn);
    hovered.remove();
    keepCursor();
    slices.run(fill({ shown, highlighted }), total > fewCells ? "long" : "short");
  };
  function* fill(look: CellLook): Generator<void, void> {
    for (const group of groups) yield* groupOf(group.name).fill(group, drawn, look);
  }
  new ResizeObserver(([entry]) => {
    const width = entry?.contentRect.width ?? 0;
    if (width === room.width || width === 0) return;
    room = { width, fontSize: Number.parseFloat(getComputedStyle(list).fontSize) || 13 };
    draw();
  }).observe(list);

  /** The keyboard stays with its instance, wherever that is now; without one it is on the first. */
  const keepCursor = () => {
    const id = cursor?.instance;
    const kept = cursor === undefined ? undefined : rowAt(cursor.place);
    if (cursor !== undefined && kept?.id === id) return moveCursor(cursor.place);
    for (const [group, { rows }] of groups.entries()) {
      const index = id === undefined ? -1 : rows.findIndex((it) => it.id === id);
      if (index >= 0) return moveCursor({ group, index });
    }
    moveCursor({ group: 0, index: 0 });
  };
  let cursorElement: HTMLElement | undefined;
  const moveCursor = (place: CellPlace) => {
    const row = rowAt(place);
    const group = groups[place.group];
    if (row === undefined || group === undefined) return;
    const label = labelOf(row, words);
    if (cursorElement === undefined || cursor?.instance !== row.id || cursor.label !== label) {
      const before = groups.slice(0, place.group).reduce((sum, it) => sum + it.rows.length, 0);
      const now = createCursor({ instance: row.id, label, position: before + place.index + 1, total });
      cursorElement?.remove();
      cursorElement = now.element;
      list.setAttribute("aria-activedescendant", now.id);
    }
    cursor = { place, instance: row.id, label };
    putAround(cursorElement, place.index, drawn);
    const { cells } = groupOf(group.name);
    if (cursorElement.parentElement !== cells) cells.append(cursorElement);
  };

  list.addEventListener("keydown", (event) => {
    if (cursor === undefined) return;
    if (event.key === "Enter" || event.key === " ") actions.reveal(cursor.instance);
    else {
      const counts = groups.map((it) => it.rows.length);
      const next = movedCell(event.key, cursor.place, counts, drawn.columns);
      if (next === undefined) return;
      moveCursor(next);
      cursorElement?.scrollIntoView({ block: "nearest" });
    }
    event.preventDefault();
  });
  const below = (event: MouseEvent): CellPlace | undefined => {
    const cells = event.target instanceof Element ? event.target.closest(".cells") : null;
    const group = groups.findIndex((it) => made.get(it.name)?.cells === cells);
    const found = groups[group];
    if (cells === null || found === undefined) return undefined;
    const { left, top } = cells.getBoundingClientRect();
    const point = { x: event.clientX - left, y: event.clientY - top };
    const index = cellAt(point, { count: found.rows.length, columns: drawn.columns }, drawn);
    return index === undefined ? undefined : { group, index };
  };
  list.addEventListener("click", (event) => {
    const place = below(event);
    const row = place && rowAt(place);
    if (row === undefined) return;
    moveCursor(place as CellPlace);
    actions.reveal(row.id);
  });
  list.addEventListener("pointermove", (event) => {
    const place = below(event);
    const row = place && rowAt(place);
    if (row === undefined) return hovered.remove();
    const { group, index } = place as CellPlace;
    hovered.title = labelOf(row, words);
    putAround(hovered, index, drawn);
    const cells = made.get(groups[group]?.name ?? "")?.cells;
    if (hovered.parentElement !== cells) cells?.append(hovered);
  });
  list.addEventListener("pointerleave", () => hovered.remove());

  return {
    element: element("section", { class: "map", attributes: { "aria-label": "Fleet map" } }, [
      select.element,
      list,
    ]),
    update: (rows, visible, view, now = {}) => {
      select.element.hidden = rows.length === 0;
      select.update(view.groupBy);
      shown = visible.length === rows.length ? undefined : new Set(visible.map((it) => it.id));
      words = now;
      total = rows.length;
      groups = groupsOf(rows, view.groupBy, lookup);
      const names = new Set(groups.map((it) => it.name));
      for (const name of made.keys()) if (!names.has(name)) made.delete(name);
      for (const it of groups) groupOf(it.name).caption(it, words);
      setChildren(
        list,
        groups.map((it) => groupOf(it.name).element),
      );
      draw();
    },
    attributes: (names, now) => {
      lookup = now;
      select.offer(names);
    },
    highlight: (ids) => {
      highlighted = ids;
    },
  };
}

/** `i-1: blocked. The task asks for 512 MiB, and 256 MiB are left.` */
function labelOf({ id, verdict, reasons }: Row, words: VerdictWords): string {
  const message = reasons[0]?.message;
  const why = message === undefined ? "" : `. ${message.replaceAll("`", "")}`;
  return `${id}: ${words[verdict] ?? verdict}${why}`;
}
