/** A stretch of text: offsets in UTF-16 code units, `end` exclusive. Core knows offsets only; lines and columns belong to the doors. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Index of the first span that starts at or behind an offset; the spans are in the order of the text. */
export function firstFrom(spans: readonly Span[], offset: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
