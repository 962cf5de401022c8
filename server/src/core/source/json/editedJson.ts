// Whether a text would be JSON with one edit in it: of many edits to one text, each is read from the token that it
// touches up to its first error, which is where nearly all of them end.

import type { Repair } from "./repairEdit";

/** What may come next: `item` and `name` also where the list or the object is still empty, and may end. */
type Expected = "value" | "item" | "name" | "first name" | "colon" | "end of value";

/** An object or a list that is open, and what it is in. */
interface Level {
  readonly isObject: boolean;
  readonly outer: Level | undefined;
}

/** Between two tokens: everything before `at` is the beginning of a JSON text. */
interface Position {
  readonly at: number;
  readonly expected: Expected;
  readonly level: Level | undefined;
}

const space = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const string = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Answers of any edit to `text` whether `JSON.parse` reads the edited text. */
export function editedJsonCheck(text: string): (edit: Repair) => boolean {
  const positions: Position[] = [{ at: 0, expected: "value", level: undefined }];
  for (let next = positions[0]; next !== undefined; next = positionAfter(text, next))
    if (next.at > 0) positions.push(next);
  return ({ start, end, newText }) => {
    const edited = text.slice(0, start) + newText + text.slice(end);
    let now: Position | undefined = lastBefore(positions, start);
    let last = now;
    while (now !== undefined) {
      last = now;
      now = positionAfter(edited, now);
    }
    const isWhole = last.expected === "end of value" && last.level === undefined;
    return isWhole && endOf(space, edited, last.at) === edited.length;
  };
}

/**
 * The position in front of every token that an edit at the offset can change: the one that it touches, and the one before,
 * because of a number the beginning is a number too.
 */
function lastBefore(positions: readonly Position[], offset: number): Position {
  let low = 0;
  let high = positions.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((positions[middle]?.at ?? 0) < offset) low = middle;
    else high = middle;
  }
  return positions[Math.max(0, low - 1)] as Position;
}

/** Behind the next token; `undefined` where it is none that is expected, or there is none. */
function positionAfter(text: string, { at, expected, level }: Position): Position | undefined {
  const start = endOf(space, text, at) ?? at;
  const char = text[start];
  if (char === undefined) return undefined;
  if (expected === "colon") return char === ":" ? { at: start + 1, expected: "value", level } : undefined;
  if (expected === "end of value" && char === "," && level !== undefined)
    return { at: start + 1, expected: level.isObject ? "name" : "value", level };
  if (char === "}" || char === "]") return afterBracket(char === "}", start, expected, level);
  if (expected === "end of value") return undefined;
  if (expected === "name" || expected === "first name") {
    const end = endOf(string, text, start);
    return end === undefined ? undefined : { at: end, expected: "colon", level };
  }
  if (char === "{") return { at: start + 1, expected: "first name", level: { isObject: true, outer: level } };
  if (char === "[") return { at: start + 1, expected: "item", level: { isObject: false, outer: level } };
  const end = endOf(char === '"' ? string : word, text, start);
  return end === undefined ? undefined : { at: end, expected: "end of value", level };
}

function afterBracket(
  isObject: boolean,
  at: number,
  expected: Expected,
  level: Level | undefined,
): Position | undefined {
  const mayEnd = expected === "end of value" || expected === (isObject ? "first name" : "item");
  if (!mayEnd || level?.isObject !== isObject) return undefined;
  return { at: at + 1, expected: "end of value", level: level.outer };
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
