// One group of the fleet map: a caption, and the picture of its cells in a few paths.

import { countText } from "../../../server/src/core/text/counts";
import { element, setChildren, setText, svgElement } from "../dom/dom";
import { type VerdictWords, verdictNames, verdictOrder } from "../model/words";
import type { Group } from "./groups";
import { type CellLook, type CellsDrawn, type CellsPath, cellPaths } from "./mapPaths";

export interface MapGroup {
  readonly element: HTMLElement;
  /** What holds the cells, and nothing else: a point in it tells the cell. */
  readonly cells: HTMLElement;
  caption(group: Group, words: VerdictWords): void;
  /** Makes the room that so many cells take. */
  layOut(count: number, drawn: CellsDrawn): void;
  /** Draws every cell, or where there are very many those near what is on view; stops now and then. */
  fill(group: Group, fleet: FleetDrawn): Iterable<void>;
}

/** How the cells of all groups are drawn; another one draws all of them anew. */
export interface FleetDrawn {
  readonly cells: CellsDrawn;
  readonly look: CellLook;
  /** Cells far from what is on view are left out. */
  readonly isVast: boolean;
}

/** Cells that are drawn between two stops. */
const chunkCells = 500;

export function createMapGroup(): MapGroup {
  const name = element("span", { class: "name" });
  const counts = element("span", { class: "muted" });
  const picture = svgElement("svg", { "aria-hidden": "true" });
  const cells = element("div", { class: "cells" });
  cells.append(picture);
  const caption = element("div", { class: "caption", attributes: { "aria-hidden": "true" } }, [name, counts]);
  const whole = element("div", { class: "group", attributes: { role: "group" } }, [caption, cells]);
  const chunks: Chunk[] = [];
  return {
    element: whole,
    cells,
    caption: (group, words) => {
      setText(name, group.name);
      const said = verdictOrder
        .filter((it) => group.counts[it] > 0)
        .map((it) => `${countText(group.counts[it])} ${words[it] ?? verdictNames[it]}`)
        .join(", ");
      setText(counts, ` ${said}`);
      whole.setAttribute("aria-label", `${group.name}: ${said}`);
    },
    layOut: (count, { size, pitch, columns }) => {
      const side = (many: number) => Math.max(0, many * pitch - (pitch - size));
      const width = `${side(Math.min(count, columns))}px`;
      const height = `${side(Math.ceil(count / columns))}px`;
      if (cells.style.width !== width) cells.style.width = width;
      if (cells.style.height !== height) cells.style.height = height;
    },
    *fill({ rows }, fleet) {
      const { columns, pitch } = fleet.cells;
      const step = columns * Math.max(1, Math.round(chunkCells / columns));
      const isNear = fleet.isVast ? nearness(cells) : () => true;
      let used = 0;
      for (let first = 0; first < rows.length; first += step) {
        const chunk = chunks[used] ?? createChunk();
        if (used === chunks.length) {
          chunks.push(chunk);
          picture.append(chunk.element);
        }
        used += 1;
        const top = (first / columns) * pitch;
        if (!isNear(top, top + (step / columns) * pitch)) chunk.clear();
        else if (chunk.shows !== fleet) {
          chunk.draw(cellPaths(rows, [first, first + step], fleet.cells, fleet.look), fleet);
          yield;
        }
      }
      for (const it of chunks.splice(used)) it.element.remove();
    },
  };
}

/** Pixels around what is on view that are drawn too. */
const margin = 600;

/** Whether a stretch of the element's height is on view or near to it. */
function nearness(element: HTMLElement): (top: number, bottom: number) => boolean {
  const { top: edge } = element.getBoundingClientRect();
  return (top, bottom) => edge + bottom > -margin && edge + top < innerHeight + margin;
}

interface Chunk {
  readonly element: SVGElement;
  /** What it was drawn for. */
  readonly shows: FleetDrawn | undefined;
  draw(paths: readonly CellsPath[], fleet: FleetDrawn): void;
  clear(): void;
}

/** Some lines of cells. A path that looks as before is not touched: the browser would read it anew. */
function createChunk(): Chunk {
  const whole = svgElement("g", {});
  const made = new Map<string, { readonly element: SVGElement; path: string }>();
  let shows: FleetDrawn | undefined;
  return {
    element: whole,
    get shows() {
      return shows;
    },
    clear: () => {
      if (shows === undefined) return;
      shows = undefined;
      made.clear();
      setChildren(whole, []);
    },
    draw: (paths, fleet) => {
      shows = fleet;
      const present = new Set(paths.map((it) => it.classes));
      for (const [classes, it] of made)
        if (!present.has(classes)) {
          it.element.remove();
          made.delete(classes);
        }
      for (const { classes, path } of paths) {
        const old = made.get(classes);
        if (old?.path === path) continue;
        const drawn = old ?? { element: svgElement("path", { class: classes }), path };
        drawn.path = path;
        drawn.element.setAttribute("d", path);
        if (old !== undefined) continue;
        made.set(classes, drawn);
        whole.append(drawn.element);
      }
    },
  };
}
