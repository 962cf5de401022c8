// Slips that the indentation of a text shows: a line with a bracket is missing, so that what follows has the wrong depth.

import type { Repair } from "./repairEdit";

interface Line {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  /** Without white space around it. */
  readonly text: string;
}

interface Opener {
  readonly indent: number;
  readonly closer: string;
}

/** Lines that are looked at closer; in a text that is not indented by its brackets every second one is suspect. */
const mostSuspects = 5;

/** The edits for lines whose indentation contradicts the brackets before them. */
export function* indentSlips(text: string): Generator<Repair> {
  const lines = linesOf(text);
  const open: Opener[] = [];
  let suspects = 0;
  for (const [index, line] of lines.entries()) {
    if (suspects === mostSuspects) return;
    const opener = open.at(-1);
    const closes = line.text.startsWith("}") || line.text.startsWith("]");
    if (opener !== undefined && isUnclosed(line, opener, closes)) {
      suspects += 1;
      yield* closedBefore(lines, index, opener.closer, closes);
    } else if (opener !== undefined && closes && line.indent > opener.indent) {
      suspects += 1;
      yield* withoutBlock(text, lines, index);
    }
    follow(line, open);
  }
}

/** Whether a line is on the level of a bracket that is still open, or above it. */
function isUnclosed(line: Line, opener: Opener, closes: boolean): boolean {
  return closes ? line.indent < opener.indent : line.indent <= opener.indent;
}

function* closedBefore(
  lines: readonly Line[],
  index: number,
  closer: string,
  closes: boolean,
): Generator<Repair> {
  const before = lines[index - 1];
  if (before === undefined) return;
  const comma = closes ? "" : ",";
  // A comma at the end of the line above belonged to the line that is missing.
  if (before.text.endsWith(",")) yield { start: before.end - 1, end: before.end, newText: closer + comma };
  yield { start: before.end, end: before.end, newText: closer + comma };
}

/** The lines inside of a bracket that is not there, with the one that closes it. */
function* withoutBlock(text: string, lines: readonly Line[], last: number): Generator<Repair> {
  const closing = lines[last] as Line;
  let first = last;
  while (first > 0 && (lines[first - 1] as Line).indent > closing.indent) first -= 1;
  const start = (lines[first] as Line).start;
  yield { start, end: closing.end, newText: "" };
  const before = lines[first - 1];
  if (before && text[before.end - 1] === ",") yield { start: before.end - 1, end: closing.end, newText: "" };
}

/** Takes the brackets of a line into account; those in strings are none. */
function follow({ text, indent }: Line, open: Opener[]): void {
  for (const [mark] of text.replace(/"(?:[^"\\]|\\.)*"/g, "").matchAll(/[{}[\]]/g)) {
    if (mark === "{") open.push({ indent, closer: "}" });
    else if (mark === "[") open.push({ indent, closer: "]" });
    else open.pop();
  }
}

/** Lines that are not blank; their end is that of their last visible character. */
function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/^([ \t]*)(\S[^\n]*)$/gm)) {
    const written = (match[2] as string).trimEnd();
    const space = match[1] as string;
    const start = match.index;
    const end = start + space.length + written.length;
    lines.push({ start, end, indent: columnOf(space), text: written });
  }
  return lines;
}

/** A tab goes to the next multiple of four columns. */
function columnOf(space: string): number {
  let column = 0;
  for (const char of space) column = char === "\t" ? ((column >> 2) << 2) + 4 : column + 1;
  return column;
}
