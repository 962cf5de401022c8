// Text for people: wrapped to the width of the terminal, aligned in columns, colored only where there are colors.

import { printable } from "./printable";
import type { Terminal } from "./terminal";

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;
export type Color = keyof typeof codes;

export function paint(terminal: Terminal, color: Color, text: string): string {
  return terminal.colors ? `\u001b[${codes[color]}m${text}\u001b[0m` : text;
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

/** Rows whose last cell is wrapped beside the others; the first cells are as wide as the widest of their column. */
export function columns(terminal: Terminal, rows: readonly (readonly Cell[])[], indent = "  "): string {
  const fixed = rows.reduce((most, it) => Math.max(most, it.length - 1), 0);
  const widths = Array.from({ length: fixed }, (_, column) =>
    rows.reduce((most, it) => Math.max(most, printable(it[column]?.text ?? "").length), 0),
  );
  const start = indent.length + widths.reduce((sum, it) => sum + it + 2, 0);
  const width = Math.max(24, terminal.columns - start);
  return rows
    .map((row) => {
      const head = widths.map((it, column) => cellText(terminal, row[column], it)).join("  ");
      const [first = "", ...more] = wrap(row[fixed]?.text ?? "", width);
      const color = row[fixed]?.color;
      const tint = (it: string) => (color === undefined ? it : paint(terminal, color, it));
      const rest = more.map((it) => `${" ".repeat(start)}${tint(it)}\n`).join("");
      const line = `${indent}${head}${fixed > 0 ? "  " : ""}${tint(first)}`;
      return `${line.trimEnd()}\n${rest}`;
    })
    .join("");
}

function cellText(terminal: Terminal, cell: Cell | undefined, width: number): string {
  const text = printable(cell?.text ?? "").padEnd(width);
  return cell?.color === undefined ? text : paint(terminal, cell.color, text);
}

export function paragraph(terminal: Terminal, text: string): string {
  return `${wrap(text, terminal.columns).join("\n")}\n`;
}

export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
