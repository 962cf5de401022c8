// Comments of programs, of one line or of several, and the texts of documentation in Python.

import type { CodeFamily } from "../../../source/code/literals";

/** Whether an offset is in a comment. */
export type IsComment = (at: number) => boolean;

/** What opens a comment of several lines, or a long text: which of the two it is depends on what is before it. */
const openings: Readonly<Partial<Record<CodeFamily, RegExp>>> = {
  script: /\/\*/g,
  go: /\/\*/g,
  cSharp: /\/\*/g,
  java: /\/\*/g,
  jsonnet: /\/\*/g,
  python: /"""|'''/g,
};

/** The comments of a program. */
export function commentsOf(text: string, family: CodeFamily): IsComment {
  const blocks = blocksOf(text, family);
  return (at) => isBehindMark(text, at, family) || blocks.some(([start, end]) => start < at && at < end);
}

/**
 * Beginning and end of the comments of several lines. They begin a line: elsewhere `/*` is often the end of a path, and
 * a long text of Python is a value.
 */
function blocksOf(text: string, family: CodeFamily): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  let from = 0;
  for (const { 0: mark, index } of text.matchAll(openings[family] ?? /(?!)/g)) {
    if (index < from) continue;
    const isFirst = /^[ \t]*[rRuU]?$/.test(lineBefore(text, index));
    if (mark === "/*" && !isFirst) continue;
    const end = text.indexOf(mark === "/*" ? "*/" : mark, index + mark.length);
    from = end < 0 ? text.length : end + mark.length;
    if (isFirst) found.push([index, from]);
  }
  return found;
}

/** Whether a line is a comment before an offset. */
function isBehindMark(text: string, at: number, family: CodeFamily): boolean {
  const line = lineBefore(text, at);
  const hash = family === "python" || family === "shell";
  return hash ? /(?:^|\s)#/.test(line) : /(?:^|[^:])\/\/|^\s*\*|\/\*/.test(line);
}

/** What is on the line before an offset; of a long line the end. */
export function lineBefore(text: string, at: number): string {
  const start = Math.max(0, at - 1000);
  const before = text.slice(start, at);
  return before.slice(before.lastIndexOf("\n") + 1);
}
