// Lines and columns of offsets: zero-based, columns in UTF-16 code units, as in the language server protocol.

import type { Span } from "./span";

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Answers ranges of one text; the text is searched for line ends once. */
export function createRanges(text: string): (span: Span) => Range {
  const starts = lineStarts(text);
  return ({ start, end }) => ({ start: locate(starts, start), end: locate(starts, end) });
}

export function positionAt(text: string, offset: number): Position {
  return locate(lineStarts(text), offset);
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}

function locate(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (starts[low] ?? 0) };
}
