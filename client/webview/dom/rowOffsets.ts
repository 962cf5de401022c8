// Where the items of a long list begin and end, from their heights. No DOM here.

export interface RowOffsets {
  /** Pixels from the top of the list to the item; with the number of items, the height of the list. */
  at(index: number): number;
  /** The index of the item that covers the offset; the nearest one where none does. */
  indexAt(offset: number): number;
}

/** `heightOf` in pixels. */
export function rowOffsets(count: number, heightOf: (index: number) => number): RowOffsets {
  const offsets = new Float64Array(count + 1);
  for (let index = 0; index < count; index += 1) offsets[index + 1] = (offsets[index] ?? 0) + heightOf(index);
  const at = (index: number) => offsets[index] ?? 0;
  return {
    at,
    indexAt: (offset) => {
      let low = 0;
      let high = Math.max(0, count - 1);
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (at(middle) <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
