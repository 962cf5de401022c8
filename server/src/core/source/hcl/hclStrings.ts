// Strings of HCL: quoted templates with escapes and interpolations, and heredocs.

import { smallestOf } from "../../text/lists";
import { type ContentMap, mapOfStarts, plainMap } from "../contentMap";
import type { HclScanner } from "./hclScanner";

export interface ReadString {
  readonly start: number;
  /** Decoded; interpolations as they are written. */
  readonly value: string;
  /** Whether a part of it is computed. */
  readonly hasTemplate: boolean;
  readonly isClosed: boolean;
  /** Where its characters are written; `base` is added to the offsets. */
  content(base: number): ContentMap;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** Reads the quoted string at the scanner's place and moves behind it. */
export function readQuoted(scan: HclScanner): ReadString {
  const start = scan.at;
  const parts = new Parts();
  let hasTemplate = false;
  scan.at += 1;
  for (; !scan.isLineEnd && !scan.is('"'); ) {
    const from = scan.at;
    if (scan.is("\\")) parts.add(escaped(scan), from);
    else if (scan.is("$${") || scan.is("%%{")) {
      parts.add(scan.text.slice(from + 1, from + 3), from);
      scan.at += 3;
    } else if (scan.is("${") || scan.is("%{")) {
      hasTemplate = true;
      scan.at += 1;
      scan.skipBalanced();
      parts.addPlain(scan.text.slice(from, scan.at), from);
    } else {
      scan.at += 1;
      parts.addPlain(scan.text[from] as string, from);
    }
  }
  const end = scan.at;
  const isClosed = scan.take('"');
  return { start, hasTemplate, isClosed, value: parts.text, content: (base) => parts.map(base, end) };
}

function escaped(scan: HclScanner): string {
  const letter = scan.text[scan.at + 1] ?? "";
  const digits = letter === "u" ? 4 : letter === "U" ? 8 : 0;
  const code = scan.text.slice(scan.at + 2, scan.at + 2 + digits);
  if (
    digits > 0 &&
    /^[0-9a-fA-F]+$/.test(code) &&
    code.length === digits &&
    Number.parseInt(code, 16) <= 0x10ffff
  ) {
    scan.at += 2 + digits;
    return String.fromCodePoint(Number.parseInt(code, 16));
  }
  scan.at += letter === "\n" || letter === "" ? 1 : 2;
  return escapes[letter] ?? letter;
}

/** Reads the heredoc at the scanner's place (`<<EOT`, `<<-EOT`) and moves behind its last word. */
export function readHeredoc(scan: HclScanner): ReadString {
  const start = scan.at;
  const header = /<<(-?)([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n/uy;
  header.lastIndex = start;
  const [opening, dash, word] = header.exec(scan.text) ?? [];
  if (opening === undefined || word === undefined) {
    scan.toLineEnd();
    const text = scan.text.slice(start, scan.at);
    return {
      start,
      value: text,
      hasTemplate: true,
      isClosed: true,
      content: (base) => plainMap(base + start, text.length),
    };
  }
  const from = start + opening.length;
  const closing = new RegExp(`^[ \\t]*${word}[ \\t]*\\r?$`, "mu");
  const found = closing.exec(scan.text.slice(from));
  const end = found === null ? scan.text.length : from + found.index;
  scan.at = found === null ? end : end + found[0].trimEnd().length;
  const parts = new Parts();
  const lines = scan.text.slice(from, end).split(/(?<=\n)/);
  const indents = lines.filter((it) => it.trim() !== "").map((it) => it.length - it.trimStart().length);
  const indent = dash === "" ? 0 : smallestOf([...indents, 1000]);
  let offset = from;
  for (const line of lines) {
    const cut = Math.min(indent, line.length - line.trimStart().length);
    parts.addPlain(line.slice(cut), offset + cut);
    offset += line.length;
  }
  const hasTemplate = /(?<![$%])[$%]\{/.test(parts.text);
  return {
    start,
    value: parts.text,
    hasTemplate,
    isClosed: found !== null,
    content: (base) => parts.map(base, end),
  };
}

/** A decoded text with the places of its characters. */
class Parts {
  text = "";
  private readonly starts: number[] = [];

  /** Characters that are written in another way, all at one place. */
  add(text: string, at: number): void {
    this.text += text;
    for (let index = 0; index < text.length; index += 1) this.starts.push(at);
  }

  /** Characters that are written as they are. */
  addPlain(text: string, at: number): void {
    this.text += text;
    for (let index = 0; index < text.length; index += 1) this.starts.push(at + index);
  }

  map(base: number, end: number): ContentMap {
    return mapOfStarts([...this.starts, end].map((it) => base + it));
  }
}
