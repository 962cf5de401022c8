// "Did you mean": how close two names are, and which known name a writer probably had in mind.

import { smallestOf } from "./lists";

/** Number of insertions, deletions, replacements and swaps of neighbours between two words, or `limit + 1`. */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let distance = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (row > 1 && column > 1 && swapped) distance = Math.min(distance, (before[column - 2] ?? 0) + 1);
      current.push(distance);
      best = Math.min(best, distance);
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[right.length] ?? limit + 1;
}

/** Whether some part of the text differs from the word by at most `limit` slips, counted as in `editDistance`. */
export function containsNearly(text: string, word: string, limit: number): boolean {
  let before: number[] = [];
  let previous = Array.from({ length: text.length + 1 }, () => 0);
  for (let row = 1; row <= word.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= text.length; column += 1) {
      const same = word[row - 1] === text[column - 1];
      let distance = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = word[row - 1] === text[column - 2] && word[row - 2] === text[column - 1];
      if (row > 1 && column > 1 && swapped) distance = Math.min(distance, (before[column - 2] ?? 0) + 1);
      current.push(distance);
    }
    if (smallestOf(current) > limit) return false;
    before = previous;
    previous = current;
  }
  return smallestOf(previous) <= limit;
}

const normalize = (word: string) => word.toLowerCase().replace(/[-_ ]/g, "");

/** How many typing errors still leave a word recognizable: one in four letters, three at most. */
const tolerance = (word: string) => Math.min(3, Math.max(1, Math.floor(word.length / 4)));

/** Whether `word` looks like a misspelling of `known`; the same word is none. */
export function isNearMiss(word: string, known: string): boolean {
  if (word === known || word.length > 64) return false;
  const [left, right] = [normalize(word), normalize(known)];
  if (left === right || `${left}s` === right || left === `${right}s`) return true;
  if (right.length < 3 || left.length < 3) return false;
  const limit = tolerance(right);
  return editDistance(left, right, limit) <= limit;
}

/** More names than anybody declares; a hostile document may have millions. */
const mostNames = 500;

/** The known word closest to a misspelt one, or `undefined` where none is close; of very many only the first count. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: { name: string; distance: number } | undefined;
  let count = 0;
  for (const name of known) {
    count += 1;
    if (count > mostNames) break;
    if (!isNearMiss(word, name)) continue;
    const distance = editDistance(normalize(word), normalize(name), 3);
    if (best === undefined || distance < best.distance) best = { name, distance };
  }
  return best?.name;
}

/**
 * The word nearest to a mistyped one among words of a small language (fields, operators, attribute names), ignoring
 * case: a third of the letters may differ. `undefined` where none is near. Words over 100 characters are not compared.
 */
export function nearestWord<Word extends string>(word: string, candidates: Iterable<Word>): Word | undefined {
  if (word.length > 100) return undefined;
  const lower = word.toLowerCase();
  let best: { word: Word; distance: number } | undefined;
  for (const candidate of candidates) {
    const limit = Math.max(1, Math.floor(Math.min(candidate.length, word.length) / 3));
    const distance = editDistance(lower, candidate.toLowerCase(), limit);
    if (distance <= limit && (best === undefined || distance < best.distance))
      best = { word: candidate, distance };
  }
  return best?.word;
}
