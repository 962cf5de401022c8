// Spans and ranges have to lie inside the text that they are about.

import assert from "node:assert/strict";

export interface Offsets {
  readonly start: number;
  readonly end: number;
}

/** Throws unless `0 ≤ start ≤ end ≤ length`. */
export function assertInside({ start, end }: Offsets, length: number, what: string): void {
  const ordered = Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end;
  assert.ok(ordered && end <= length, `${what} spans ${start} to ${end} of ${length}`);
}

/** Throws where two edits of one change overlap: an editor refuses such a change. */
export function assertApart(edits: readonly { readonly span: Offsets }[], what: string): void {
  const sorted = edits
    .map((it) => it.span)
    .sort((left, right) => left.start - right.start || left.end - right.end);
  for (const [index, span] of sorted.entries()) {
    const before = sorted[index - 1];
    assert.ok(before === undefined || before.end <= span.start, `${what} has edits that overlap`);
  }
}
