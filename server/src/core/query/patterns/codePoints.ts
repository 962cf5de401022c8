// Sets of code points as sorted ranges: what a character class of a Java pattern comes to.

/** Inclusive at both ends. */
export type CodePointRange = readonly [from: number, to: number];
/** Sorted, without overlaps. */
export type CodePoints = readonly CodePointRange[];

export const lastCodePoint = 0x10ffff;

/** The same set, sorted and merged. */
export function codePoints(ranges: readonly CodePointRange[]): CodePoints {
  const merged: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Everything that is not in the set. */
export function complement(set: CodePoints): CodePoints {
  const ranges: CodePointRange[] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) ranges.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= lastCodePoint) ranges.push([next, lastCodePoint]);
  return ranges;
}

/** What is in both sets. */
export function intersection(one: CodePoints, other: CodePoints): CodePoints {
  return complement(codePoints([...complement(one), ...complement(other)]));
}

/** The set with the other case of every ASCII letter in it: CASE_INSENSITIVE in Java folds ASCII only. */
export function foldCase(set: CodePoints): CodePoints {
  const upper = intersection(set, [[0x41, 0x5a]]).map(([from, to]) => [from + 32, to + 32] as const);
  const lower = intersection(set, [[0x61, 0x7a]]).map(([from, to]) => [from - 32, to - 32] as const);
  return codePoints([...set, ...upper, ...lower]);
}

/** The set as a class in the engine's syntax; the empty set is a class that matches nothing. */
export function toClass(set: CodePoints): string {
  if (set.length === 0) return `[^\\x{0}-\\x{${lastCodePoint.toString(16)}}]`;
  const ranges = set.map(([from, to]) => (from === to ? escaped(from) : `${escaped(from)}-${escaped(to)}`));
  return `[${ranges.join("")}]`;
}

function escaped(codePoint: number): string {
  return `\\x{${codePoint.toString(16)}}`;
}
