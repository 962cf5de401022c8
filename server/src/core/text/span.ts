/** A stretch of text: offsets in UTF-16 code units, `end` exclusive. Core knows offsets only; lines and columns belong to the doors. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
