// The picture of the fleet map: groups of cells, laid out in the width there is, and drawn a little at a time.

import { setChildren } from "../dom/dom";
import { createSlices } from "../dom/slices";
import type { Row } from "../model/instanceRecords";
import type { VerdictWords } from "../model/words";
import type { Group } from "./groups";
import { type CellPlace, cellAt, cellSize, columnsIn } from "./mapGrid";
import { createMapGroup, type FleetDrawn, type MapGroup } from "./mapGroup";
import type { CellLook, CellsDrawn } from "./mapPaths";

export interface ShownFleet {
  readonly groups: readonly Group[];
  readonly look: CellLook;
  readonly words: VerdictWords;
}

/** Pixels of the panel up to which it is narrow, as in the styles. */
const narrow = 560;
/** Cells from which on only those near what is on view are drawn. */
const vast = 10_000;

export class MapPicture {
  shown: ShownFleet = { groups: [], look: { shown: undefined, highlighted: undefined }, words: {} };
  drawn: CellsDrawn = { ...cellSize(0, 13), columns: 1 };
  private readonly list: HTMLElement;
  private readonly laidOut: () => void;
  private readonly made = new Map<string, MapGroup>();
  private readonly slices = createSlices();
  private fleet: FleetDrawn | undefined;
  /** Pixels there are; 0 until the list is laid out for the first time. */
  private room = { width: 0, fontSize: 0 };

  /** Draws into `list`. `laidOut` is called whenever cells may have moved. */
  constructor(list: HTMLElement, laidOut: () => void) {
    this.list = list;
    this.laidOut = laidOut;
    new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      if (width === this.room.width || width === 0) return;
      this.room = { width, fontSize: Number.parseFloat(getComputedStyle(list).fontSize) || 13 };
      this.draw();
    }).observe(list);
    const scrolled = () => {
      if (this.fleet?.isVast === true) this.slices.run(this.fill(this.fleet));
    };
    document.addEventListener("scroll", scrolled, { capture: true, passive: true });
  }

  /** What holds the cells of a group. */
  cells(group: number): HTMLElement | undefined {
    return this.made.get(this.shown.groups[group]?.name ?? "")?.cells;
  }

  rowAt({ group, index }: CellPlace): Row | undefined {
    return this.shown.groups[group]?.rows[index];
  }

  /** Where an instance is drawn. */
  placeOf(id: string): CellPlace | undefined {
    return placeOf(this.shown.groups, id);
  }

  /** The cell below the pointer. */
  placeBelow(event: MouseEvent): CellPlace | undefined {
    const cells = event.target instanceof Element ? event.target.closest<HTMLElement>(".cells") : null;
    const group = this.shown.groups.findIndex((it) => this.made.get(it.name)?.cells === cells);
    const count = this.shown.groups[group]?.rows.length;
    if (cells === null || count === undefined) return undefined;
    const index = cellBelow(event, cells, count, this.drawn);
    return index === undefined ? undefined : { group, index };
  }

  show(fleet: ShownFleet): void {
    this.shown = fleet;
    const names = new Set(fleet.groups.map((it) => it.name));
    for (const name of this.made.keys()) if (!names.has(name)) this.made.delete(name);
    for (const it of fleet.groups) this.groupOf(it.name).caption(it, fleet.words);
    setChildren(
      this.list,
      fleet.groups.map((it) => this.groupOf(it.name).element),
    );
    this.draw();
  }

  private groupOf(name: string): MapGroup {
    const group = this.made.get(name) ?? createMapGroup();
    this.made.set(name, group);
    return group;
  }

  /** Where the cells are follows from the width and their number; asking the browser would cost a layout. */
  private draw(): void {
    const { room, shown } = this;
    if (room.width === 0) return;
    const total = shown.groups.reduce((sum, it) => sum + it.rows.length, 0);
    const cell = cellSize(total, room.fontSize, innerWidth <= narrow);
    this.drawn = { ...cell, columns: columnsIn(room.width, cell) };
    for (const { name, rows } of shown.groups) this.groupOf(name).layOut(rows.length, this.drawn);
    this.laidOut();
    this.fleet = { cells: this.drawn, look: shown.look, isVast: total >= vast };
    this.slices.run(this.fill(this.fleet));
  }

  private *fill(fleet: FleetDrawn): Generator<void, void> {
    for (const group of this.shown.groups) yield* this.groupOf(group.name).fill(group, fleet);
  }
}

function placeOf(groups: readonly Group[], id: string): CellPlace | undefined {
  for (const [group, { rows }] of groups.entries()) {
    const index = rows.findIndex((it) => it.id === id);
    if (index >= 0) return { group, index };
  }
  return undefined;
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
