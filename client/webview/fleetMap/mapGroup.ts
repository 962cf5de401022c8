// One group of the fleet map: a caption, and the picture of its cells in a few paths.

import { countText } from "../../../server/src/core/text/counts";
import { element, setText, svgElement } from "../dom/dom";
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
  /** Draws every cell; stops now and then for others to do something. */
  fill(group: Group, drawn: CellsDrawn, look: CellLook): Iterable<void>;
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
    *fill({ rows }, drawn, look) {
      const step = drawn.columns * Math.max(1, Math.round(chunkCells / drawn.columns));
      let used = 0;
      for (let first = 0; first < rows.length; first += step) {
        const chunk = chunks[used] ?? createChunk();
        if (used === chunks.length) {
          chunks.push(chunk);
          picture.append(chunk.element);
        }
        used += 1;
        chunk.draw(cellPaths(rows, [first, first + step], drawn, look));
        yield;
      }
      for (const it of chunks.splice(used)) it.element.remove();
    },
  };
}

interface Chunk {
  readonly element: SVGElement;
  draw(paths: readonly CellsPath[]): void;
}

/** Some lines of cells. A path that looks as before is not touched: the browser would read it anew. */
function createChunk(): Chunk {
  const whole = svgElement("g", {});
  const made = new Map<string, { readonly element: SVGElement; path: string }>();
  return {
    element: whole,
    draw: (paths) => {
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
