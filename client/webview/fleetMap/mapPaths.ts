// The picture of the fleet map as paths: one path holds all cells that look the same, so that thousands of instances
// are a handful of elements. No DOM here.

import type { Verdict } from "../../../server/src/core/scheduler/placement";
import type { Row } from "../model/instanceRecords";
import type { CellSize } from "./mapGrid";
import { type MarkVariant, variantOf } from "./shapes";

export interface CellLook {
  /** Ids of the instances that the filters leave; `undefined`: all. */
  readonly shown: ReadonlySet<string> | undefined;
  readonly highlighted: ReadonlySet<string> | undefined;
}

export interface CellsPath {
  /** `place`, `keep outdated`, `stop dimmed`, …; `matching` for the outlines of what is highlighted. */
  readonly classes: string;
  /** For the `d` of a path that is filled by the even-odd rule; each cell begins with its only `M`. */
  readonly path: string;
}

export interface CellsDrawn extends CellSize {
  readonly columns: number;
}

/** The paths of a group's cells from `first` to before `end`, in the order of their first cells. */
export function cellPaths(
  rows: readonly Row[],
  [first, end]: readonly [number, number],
  { size, pitch, columns }: CellsDrawn,
  { shown, highlighted }: CellLook,
): readonly CellsPath[] {
  const paths = new Map<string, string>();
  const outlines = outlineOf(size, pitch);
  const add = (classes: string, { x, y, path }: CellShape, left: number, top: number) =>
    paths.set(classes, `${paths.get(classes) ?? ""}M${left + x} ${top + y}${path}`);
  for (let index = first; index < Math.min(end, rows.length); index += 1) {
    const row = rows[index];
    if (row === undefined) continue;
    const left = (index % columns) * pitch;
    const top = Math.floor(index / columns) * pitch;
    const variant = variantOf(row);
    const look = variant === undefined ? row.verdict : `${row.verdict} ${variant}`;
    const isDimmed = shown !== undefined && !shown.has(row.id);
    add(isDimmed ? `${look} dimmed` : look, shapeOf(row.verdict, variant, size), left, top);
    if (highlighted?.has(row.id)) add("matching", outlines, left, top);
  }
  return [...paths].map(([classes, path]) => ({ classes, path }));
}

/** A closed shape in a square: where it begins, and the rest relative to that. */
interface CellShape {
  readonly x: number;
  readonly y: number;
  readonly path: string;
}

const shapes = new Map<string, CellShape>();

function shapeOf(verdict: Verdict, variant: MarkVariant | undefined, size: number): CellShape {
  const key = `${verdict} ${variant} ${size}`;
  const known = shapes.get(key);
  if (known !== undefined) return known;
  const made = variant === undefined ? makers[verdict](size) : variants[variant](size);
  shapes.set(key, made);
  return made;
}

/** Each verdict has a shape of its own beside its color. */
const makers: Readonly<Record<Verdict, (size: number) => CellShape>> = {
  // No room for a circle: a full cell, whose color is another one than that of a running task.
  place: (size) =>
    size < 5 ? { x: 0, y: 0, path: square(size) } : { x: 0, y: size / 2, path: circle(size / 2) },
  keep: (size) => ({ x: 0, y: 0, path: square(size) }),
  stop: (size) => polygon(size, [0, 5, 100, 5, 50, 100]),
  blocked: (size) =>
    polygon(
      size,
      [20, 0, 50, 30, 80, 0, 100, 20, 70, 50, 100, 80, 80, 100, 50, 70, 20, 100, 0, 80, 30, 50, 0, 20],
    ),
  unknown: (size) => {
    const line = Math.max(1, round(size * 0.2));
    const half = size / 2;
    return { x: 0, y: half, path: `${diamond(half)}m${line} 0${diamond(half - line)}` };
  },
  excluded: (size) => {
    // No room for a ring: a dot, as quiet as one.
    if (size < 5) return { x: 1, y: 1, path: square(size - 2) };
    if (size < 8) return { x: size / 2 - 1, y: size / 2, path: circle(1) };
    const line = Math.max(1, round(size * 0.11));
    const radius = round(size * 0.4);
    return {
      x: round(size / 2 - radius),
      y: size / 2,
      path: `${circle(radius)}m${line} 0${circle(round(radius - line))}`,
    };
  },
};

const variants: Readonly<Record<MarkVariant, (size: number) => CellShape>> = {
  outdated: (size) => squareRing(0, size, Math.max(1.5, size / 4)),
  starting: (size) => {
    // No room for half a circle.
    if (size < 8) return makers.place(size);
    const line = Math.max(1, round(size * 0.12));
    const inner = round(size / 2 - line);
    const hole = `m${size / 2} ${-inner}a${inner} ${inner} 0 0 0 0 ${2 * inner}z`;
    return { x: 0, y: size / 2, path: `${circle(size / 2)}${hole}` };
  },
};

function circle(radius: number): string {
  return `a${radius} ${radius} 0 1 1 ${2 * radius} 0a${radius} ${radius} 0 1 1 ${-2 * radius} 0z`;
}

function square(side: number): string {
  return `h${side}v${side}h${-side}z`;
}

function diamond(half: number): string {
  return `l${half} ${-half}l${half} ${half}l${-half} ${half}z`;
}

function squareRing(from: number, side: number, line: number): CellShape {
  return { x: from, y: from, path: `${square(side)}m${line} ${line}${square(side - 2 * line)}` };
}

/** Corners as x and y in turn, in hundredths of the side. */
function polygon(size: number, corners: readonly number[]): CellShape {
  const at = corners.map((it) => round((it / 100) * size));
  const [x = 0, y = 0] = at;
  let path = "";
  for (let corner = 2; corner < at.length; corner += 2)
    path += `l${round((at[corner] ?? 0) - (at[corner - 2] ?? 0))} ${round((at[corner + 1] ?? 0) - (at[corner - 1] ?? 0))}`;
  return { x, y, path: `${path}z` };
}

/** A frame of one pixel around a cell; where there is room, one pixel away from it. */
function outlineOf(size: number, pitch: number): CellShape {
  const away = pitch - size >= 4 ? 2 : 1;
  return squareRing(-away, size + 2 * away, 1);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
