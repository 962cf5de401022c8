// Text for people: wrapped to the width of the terminal, aligned in columns, colored only where there are colors.

import { counted } from "../../core/text/counts";
import { printable, printableJson } from "../../core/text/printable";
import { type Color, marked } from "./colors";
import type { Terminal } from "./terminal";

export type { Color } from "./colors";

export function paint(terminal: Terminal, color: Color, text: string): string {
  return terminal.colors ? marked(color, text) : text;
}

/** Lines of at most `width` columns, broken between words; a longer word has a line of its own. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" && lines.length > 0 ? lines : [...lines, line];
}

export interface Cell {
  readonly text: string;
  readonly color?: Color;
}

/** Narrower than this a text beside the other columns is hard to read: then it goes below them. */
const narrowest = 48;

/** Rows of cells. All but the last column are as wide as their widest cell; the last is wrapped, beside or below them. */
export function columns(terminal: Terminal, rows: readonly (readonly Cell[])[], indent = "  "): string {
  const fixed = rows.reduce((most, it) => Math.max(most, it.length - 1), 0);
  const widths = Array.from({ length: fixed }, (_, column) =>
    rows.reduce((most, it) => Math.max(most, printable(it[column]?.text ?? "").length), 0),
  );
  const beside = indent.length + widths.reduce((sum, it) => sum + it + 2, 0);
  const isBelow = terminal.columns - beside < narrowest;
  const start = isBelow ? indent.length + (widths[0] ?? 0) + 2 : beside;
  const width = Math.max(24, terminal.columns - start);
  return rows
    .map((row) => {
      const head = widths.map((it, column) => cellText(terminal, row[column], it)).join("  ");
      const last = row[fixed];
      const lines = wrap(last?.text ?? "", width).map((it) => paintCell(terminal, last, it));
      const below = (it: string) => `${" ".repeat(start)}${it}`;
      const text = isBelow
        ? [`${indent}${head}`, ...(last?.text ? lines.map(below) : [])]
        : [`${indent}${head}${fixed > 0 ? "  " : ""}${lines[0] ?? ""}`, ...lines.slice(1).map(below)];
      return text.map((it) => `${it.trimEnd()}\n`).join("");
    })
    .join("");
}

function paintCell(terminal: Terminal, cell: Cell | undefined, text: string): string {
  return cell?.color === undefined ? text : paint(terminal, cell.color, text);
}

function cellText(terminal: Terminal, cell: Cell | undefined, width: number): string {
  const text = printable(cell?.text ?? "").padEnd(width);
  return paintCell(terminal, cell, text);
}

export function paragraph(terminal: Terminal, text: string): string {
  return `${wrap(text, terminal.columns).join("\n")}\n`;
}

export function plural(count: number, noun: string): string {
  return counted(count, noun);
}

export function json(value: unknown): string {
  return `${printableJson(JSON.stringify(value, undefined, 2))}\n`;
}
