// The picture of the map of one cluster on a canvas: where its cells are, and what is drawn there. What is as it should be is
// drawn as one area; only what differs is drawn cell by cell.

import { element } from "../dom/dom";
import { columnOf, type IllInstance } from "./cells";
import type { MarkName } from "./words";

/** Pixels of a cell and from one to the next. */
interface CellPitch {
  readonly size: number;
  readonly pitch: number;
}

/** From large to small: the largest that fits in one band. */
const pitches: readonly CellPitch[] = [
  { size: 11, pitch: 13 },
  { size: 6, pitch: 8 },
  { size: 3, pitch: 4 },
];
const smallest: CellPitch = { size: 2, pitch: 2 };
/** Pixels between two bands. */
const bandGap = 4;

export interface HeatMapLayout extends CellPitch {
  /** The cells are large enough for a line of text beside them, and in one band. */
  readonly isLabelled: boolean;
  readonly columns: number;
  readonly bands: number;
  /** Pixels from one band to the next. */
  readonly bandHeight: number;
}

/** Where cells are in this width; every instance has a place. */
export function layOut(instances: number, daemons: number, width: number, isWhole: boolean): HeatMapLayout {
  const fits = pitches.find(({ pitch }) => instances * pitch <= width);
  const { size, pitch } = isWhole && instances > 300 ? smallest : (fits ?? pitches.at(-1) ?? smallest);
  const columns = Math.max(1, Math.min(instances, Math.floor(width / pitch)));
  const bands = Math.max(1, Math.ceil(instances / columns));
  const isLabelled = pitch === pitches[0]?.pitch && bands === 1;
  return { size, pitch, columns, bands, bandHeight: daemons * pitch + bandGap, isLabelled };
}

/** The colors of this theme, read once for a picture. */
function colorsOf(): Readonly<Record<MarkName, string>> {
  const probe = element("i");
  document.body.append(probe);
  const color = (variable: string) => {
    probe.style.color = variable;
    return getComputedStyle(probe).color;
  };
  const colors = {
    missing: color("var(--vscode-charts-red)"),
    failing: color("var(--stop)"),
    stale: color("var(--vscode-charts-purple)"),
    unknown: color("var(--vscode-charts-purple)"),
    updating: color("var(--vscode-charts-blue)"),
    covered: color("var(--vscode-descriptionForeground)"),
    excluded: color("var(--vscode-descriptionForeground)"),
  };
  probe.remove();
  return colors;
}

/** Draws every instance. */
export function paintColumns(
  place: CanvasRenderingContext2D,
  layout: HeatMapLayout,
  instances: readonly IllInstance[],
  daemons: number,
): void {
  const colors = colorsOf();
  const isArea = layout.size < 6;
  if (isArea) paintArea(place, layout, instances.length, daemons, colors.covered);
  for (const [index, it] of instances.entries()) {
    const left = (index % layout.columns) * layout.pitch;
    const top = Math.floor(index / layout.columns) * layout.bandHeight;
    if (isArea) paintExceptions(place, layout, it, left, top, colors);
    else
      for (const [daemon, mark] of columnOf(it, daemons).entries())
        paintMark(place, mark, [left, top + daemon * layout.pitch, layout.size], colors[mark]);
  }
}

/** What runs, as one area for each band. */
function paintArea(
  place: CanvasRenderingContext2D,
  { columns, pitch, bandHeight }: HeatMapLayout,
  instances: number,
  daemons: number,
  color: string,
): void {
  place.fillStyle = color;
  place.globalAlpha = 0.2;
  for (let first = 0, top = 0; first < instances; first += columns, top += bandHeight)
    place.fillRect(0, top, Math.min(columns, instances - first) * pitch, daemons * pitch);
  place.globalAlpha = 1;
}

function paintExceptions(
  place: CanvasRenderingContext2D,
  { size, pitch }: HeatMapLayout,
  { cells, excluded }: IllInstance,
  left: number,
  top: number,
  colors: Readonly<Record<MarkName, string>>,
): void {
  for (const daemon of excluded) place.clearRect(left, top + daemon * pitch, pitch, pitch);
  for (const { daemon, mark } of cells) {
    place.fillStyle = colors[mark];
    place.fillRect(left, top + daemon * pitch, size, size);
  }
}

type Painter = (place: CanvasRenderingContext2D, x: number, y: number, size: number) => void;

/** A shape each, as in the list. */
const painters: Readonly<Record<MarkName, Painter>> = {
  missing: (place, x, y, size) => {
    const inset = size * 0.1;
    place.lineWidth = Math.max(1.5, size / 5);
    place.moveTo(x + inset, y + inset);
    place.lineTo(x + size - inset, y + size - inset);
    place.moveTo(x + size - inset, y + inset);
    place.lineTo(x + inset, y + size - inset);
    place.stroke();
  },
  failing: (place, x, y, size) => {
    place.moveTo(x + size / 2, y);
    place.lineTo(x + size, y + size);
    place.lineTo(x, y + size);
    place.fill();
  },
  unknown: (place, x, y, size) => {
    place.moveTo(x + size / 2, y + 1);
    place.lineTo(x + size - 1, y + size / 2);
    place.lineTo(x + size / 2, y + size - 1);
    place.lineTo(x + 1, y + size / 2);
    place.closePath();
    place.stroke();
  },
  stale: (place, x, y, size) => {
    place.setLineDash([2, 2]);
    place.strokeRect(x + 1, y + 1, size - 2, size - 2);
    place.setLineDash([]);
  },
  updating: (place, x, y, size) => {
    place.strokeRect(x + 1, y + 1, size - 2, size - 2);
    place.moveTo(x + 1, y + size - 1);
    place.lineTo(x + size - 1, y + 1);
    place.lineTo(x + size - 1, y + size - 1);
    place.fill();
  },
  covered: (place, x, y, size) => {
    place.arc(x + size / 2, y + size / 2, Math.max(0.8, size / 8), 0, 7);
    place.fill();
  },
  excluded: (place, x, y, size) => {
    place.lineWidth = 1;
    place.arc(x + size / 2, y + size / 2, size / 2 - 1, 0, 7);
    place.stroke();
  },
};

function paintMark(
  place: CanvasRenderingContext2D,
  mark: MarkName,
  [x, y, size]: readonly [number, number, number],
  color: string,
): void {
  place.fillStyle = color;
  place.strokeStyle = color;
  place.lineWidth = Math.max(1.2, size / 8);
  place.beginPath();
  painters[mark](place, x, y, size);
}
