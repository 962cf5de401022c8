// The picture of the fleet map: groups of cells, laid out in the width there is, and drawn a little at a time.

import { setChildren } from "../dom/dom";
import { createSlices } from "../dom/frameSlices";
import type { Row } from "../model/instanceRecords";
import type { VerdictWords } from "../model/words";
import type { Group } from "./groups";
import { type CellPlace, cellAt, cellSize, columnsIn } from "./mapGrid";
import { createMapGroup, type MapGroup } from "./mapGroup";
import type { CellLook, CellsDrawn } from "./mapPaths";

export interface ShownFleet {
  readonly groups: readonly Group[];
  readonly look: CellLook;
  readonly words: VerdictWords;
}

export interface MapPicture {
  readonly shown: ShownFleet;
  readonly drawn: CellsDrawn;
  /** What holds the cells of a group. */
  cells(group: number): HTMLElement | undefined;
  rowAt(place: CellPlace): Row | undefined;
  /** Where an instance is drawn. */
  placeOf(id: string): CellPlace | undefined;
  /** The cell below the pointer. */
  placeBelow(event: MouseEvent): CellPlace | undefined;
  show(fleet: ShownFleet): void;
}

/** Draws into `list`. `laidOut` is called whenever cells may have moved. */
export function createMapPicture(list: HTMLElement, laidOut: () => void): MapPicture {
  const made = new Map<string, MapGroup>();
  const slices = createSlices();
  let shown: ShownFleet = { groups: [], look: { shown: undefined, highlighted: undefined }, words: {} };
  /** Pixels there are; 0 until the list is laid out for the first time. */
  let room = { width: 0, fontSize: 0 };
  let drawn: CellsDrawn = { ...cellSize(0, 13), columns: 1 };

  const groupOf = (name: string) => {
    const group = made.get(name) ?? createMapGroup();
    made.set(name, group);
    return group;
  };
  /** Where the cells are follows from the width and their number; asking the browser would cost a layout. */
  const draw = () => {
    if (room.width === 0) return;
    const total = shown.groups.reduce((sum, it) => sum + it.rows.length, 0);
    const cell = cellSize(total, room.fontSize);
    drawn = { ...cell, columns: columnsIn(room.width, cell) };
    for (const { name, rows } of shown.groups) groupOf(name).layOut(rows.length, drawn);
    laidOut();
    slices.run(fill());
  };
  function* fill(): Generator<void, void> {
    const { groups, look } = shown;
    for (const group of groups) yield* groupOf(group.name).fill(group, drawn, look);
  }
  new ResizeObserver(([entry]) => {
    const width = entry?.contentRect.width ?? 0;
    if (width === room.width || width === 0) return;
    room = { width, fontSize: Number.parseFloat(getComputedStyle(list).fontSize) || 13 };
    draw();
  }).observe(list);

  return {
    get shown() {
      return shown;
    },
    get drawn() {
      return drawn;
    },
    cells: (group) => made.get(shown.groups[group]?.name ?? "")?.cells,
    rowAt: ({ group, index }) => shown.groups[group]?.rows[index],
    placeOf: (id) => placeOf(shown.groups, id),
    placeBelow: (event) => placeBelow(event, shown.groups, made, drawn),
    show: (fleet) => {
      shown = fleet;
      const names = new Set(fleet.groups.map((it) => it.name));
      for (const name of made.keys()) if (!names.has(name)) made.delete(name);
      for (const it of fleet.groups) groupOf(it.name).caption(it, fleet.words);
      setChildren(
        list,
        fleet.groups.map((it) => groupOf(it.name).element),
      );
      draw();
    },
  };
}

function placeOf(groups: readonly Group[], id: string): CellPlace | undefined {
  for (const [group, { rows }] of groups.entries()) {
    const index = rows.findIndex((it) => it.id === id);
    if (index >= 0) return { group, index };
  }
  return undefined;
}

function placeBelow(
  event: MouseEvent,
  groups: readonly Group[],
  made: ReadonlyMap<string, MapGroup>,
  drawn: CellsDrawn,
): CellPlace | undefined {
  const cells = event.target instanceof Element ? event.target.closest<HTMLElement>(".cells") : null;
  const group = groups.findIndex((it) => made.get(it.name)?.cells === cells);
  const count = groups[group]?.rows.length;
  if (cells === null || count === undefined) return undefined;
  const index = cellBelow(event, cells, count, drawn);
  return index === undefined ? undefined : { group, index };
}

/** The cell of a group that the pointer is over. */
function cellBelow(
  event: MouseEvent,
  cells: HTMLElement,
  count: number,
  drawn: CellsDrawn,
): number | undefined {
  const { left, top } = cells.getBoundingClientRect();
  const point = { x: event.clientX - left, y: event.clientY - top };
  return cellAt(point, { count, columns: drawn.columns }, drawn);
}
