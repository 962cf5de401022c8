// Where the cells of the fleet map are: sizes in pixels, lines and columns, and the way from a cell to its neighbor.
// No DOM here.

export interface CellSize {
  /** Pixels of a cell's side. */
  readonly size: number;
  /** Pixels from one cell to the next. */
  readonly pitch: number;
}

/**
 * The more instances, the smaller their cells, so that all zones are on view at once: in parts of the font size, whole
 * pixels keep a circle round. `isNarrow`: the panel is, and many instances have the smallest cells there are.
 */
export function cellSize(instances: number, fontSize: number, isNarrow = false): CellSize {
  const [side, gap] =
    instances <= 40
      ? [1.23, 0.46]
      : instances <= 300
        ? [0.92, 0.31]
        : instances <= 1500
          ? [0.62, 0.23]
          : isNarrow
            ? [0.23, 0.08]
            : [0.39, 0.08];
  const size = Math.max(3, Math.round(side * fontSize));
  return { size, pitch: size + Math.max(1, Math.round(gap * fontSize)) };
}

/** How many cells stand side by side in so many pixels; at least one. */
export function columnsIn(width: number, { size, pitch }: CellSize): number {
  return Math.max(1, Math.floor((width - size) / pitch) + 1);
}

/** The cell below a point of its group; `undefined` beyond the last one. A gap belongs to the cell before it. */
export function cellAt(
  point: { readonly x: number; readonly y: number },
  { count, columns }: { readonly count: number; readonly columns: number },
  { pitch }: CellSize,
): number | undefined {
  const column = Math.floor(point.x / pitch);
  const line = Math.floor(point.y / pitch);
  if (column < 0 || column >= columns || line < 0) return undefined;
  const index = line * columns + column;
  return index < count ? index : undefined;
}

/** A cell by its group and its position there. */
export interface CellPlace {
  readonly group: number;
  readonly index: number;
}

/**
 * Where a key leads from a cell; `undefined` where it leads nowhere. `counts` has the cells of each group. Left and
 * right go through all groups in order, up and down stay in their column as far as the next line has it.
 */
export function movedCell(
  key: string,
  { group, index }: CellPlace,
  counts: readonly number[],
  columns: number,
): CellPlace | undefined {
  const count = (it: number) => counts[it] ?? 0;
  switch (key) {
    case "Home":
      return { group: 0, index: 0 };
    case "End":
      return { group: counts.length - 1, index: count(counts.length - 1) - 1 };
    case "ArrowRight":
      if (index + 1 < count(group)) return { group, index: index + 1 };
      return group + 1 < counts.length ? { group: group + 1, index: 0 } : undefined;
    case "ArrowLeft":
      if (index > 0) return { group, index: index - 1 };
      return group > 0 ? { group: group - 1, index: count(group - 1) - 1 } : undefined;
    case "ArrowDown": {
      const lastLine = Math.floor((count(group) - 1) / columns);
      if (Math.floor(index / columns) < lastLine)
        return { group, index: Math.min(count(group) - 1, index + columns) };
      if (group + 1 >= counts.length) return undefined;
      return { group: group + 1, index: Math.min(count(group + 1) - 1, index % columns) };
    }
    case "ArrowUp": {
      if (index >= columns) return { group, index: index - columns };
      if (group === 0) return undefined;
      const before = count(group - 1);
      const lastLine = Math.floor((before - 1) / columns) * columns;
      return { group: group - 1, index: Math.min(before - 1, lastLine + (index % columns)) };
    }
    default:
      return undefined;
  }
}
