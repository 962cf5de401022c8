// What is shown as text for elsewhere: a Markdown table, comma-separated values, JSON. No DOM here.

import type { Row } from "../model/instanceRecords";

export type ExportFormat = "markdown" | "csv" | "json";

const headings = ["Verdict", "Container instance", "Zone", "Type", "CPU left", "MiB left", "Why"];

/** The rows in their order; the sentence goes above a Markdown table. */
export function exportText(rows: readonly Row[], format: ExportFormat, sentence: string): string {
  switch (format) {
    case "markdown":
      return `${sentence}\n\n${markdownTable(rows)}`;
    case "csv":
      return `${[headings, ...rows.map(fields)].map((it) => it.map(csvField).join(",")).join("\r\n")}\r\n`;
    case "json":
      return `${JSON.stringify(
        rows.map(({ id, verdict, reasons }) => ({ id, verdict, reasons })),
        undefined,
        2,
      )}\n`;
  }
}

function fields({ id, verdict, reasons, facts }: Row): readonly string[] {
  const why = reasons.map((it) => it.message).join(" ");
  const left = facts === undefined ? ["", ""] : [String(facts.remainingCpu), String(facts.remainingMemory)];
  return [verdict, id, facts?.zone ?? "", facts?.instanceType ?? "", ...left, why];
}

function markdownTable(rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  const plain = (text: string) => text.replace(/[\\|]/g, "\\$&").replace(/\s+/g, " ");
  return (
    line(headings) + line(headings.map(() => "---")) + rows.map((it) => line(fields(it).map(plain))).join("")
  );
}

/** Quoted where it must be; a leading sign that a spreadsheet would run as a formula is defused. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
