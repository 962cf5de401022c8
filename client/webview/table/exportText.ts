// What is shown as text for elsewhere: a Markdown table, comma-separated values, JSON. No DOM here.

import type { Row } from "../model/instanceRecords";

export type ExportFormat = "markdown" | "csv" | "json";

export const formatNames: Readonly<Record<ExportFormat, string>> = {
  markdown: "Markdown",
  csv: "CSV",
  json: "JSON",
};

const headings = ["Verdict", "Container instance", "Zone", "Type", "CPU left", "MiB left", "Why"];

/** The rows in their order; the sentence goes above a Markdown table. */
export function exportText(rows: readonly Row[], format: ExportFormat, sentence: string): string {
  switch (format) {
    case "markdown":
      return `${markdownText(sentence)}\n\n${markdownTable(rows)}`;
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
  return (
    line(headings) +
    line(headings.map(() => "---")) +
    rows.map((it) => line(fields(it).map(markdownText))).join("")
  );
}

/**
 * The text as Markdown that shows it and does nothing: no image, link, HTML or heading, and nobody is called by `@name`.
 * What is between backquotes is code, where only the bar of a table counts.
 */
function markdownText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : markdownProse(part)))
    .join("");
}

const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

function markdownProse(text: string): string {
  return text
    .split(/(@[\p{L}\p{N}_/-]+)/u)
    .map((part, index) =>
      index % 2 === 1 ? code(part) : part.replaceAll("<", "&lt;").replace(/[\\|[\]!*_~#`]/g, "\\$&"),
    )
    .join("");
}

/** What a spreadsheet takes for the beginning of a formula, also behind blanks and in full width. */
const formula = "(?=[\\s\"'\\u00a0\\u200b\\ufeff]*[=+\\-@|%\\uff1d\\uff0b\\uff0d\\uff20])";
/** Another separator than the comma makes a cell of what is behind it. */
const laterFormula = new RegExp(`([;\\t\\r\\n])${formula}`, "g");
const firstFormula = new RegExp(`^${formula}`);

/** Quoted where it must be; no part of it is run as a formula. */
function csvField(text: string): string {
  const safe = text.replace(laterFormula, "$1'").replace(firstFormula, "'");
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
