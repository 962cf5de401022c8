// How values are written in YAML: plain where that is the same text, else in single quotes; blocks and flow style.

import { Copy, type NewValue } from "../change";
import { giveUp, isListValue, isObjectValue } from "../writing";

/** How one text is written on its line; `isFlow`: between brackets. */
export function scalarText(value: string, isFlow: boolean): string {
  if (isPlain(value, isFlow)) return value;
  // Single quotes have no escapes: a line break in them would be folded.
  return /[\n\r\t\p{C}]/u.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
}

/** Whether a text without quotes is read as this very text, in YAML 1.1 (CloudFormation, Ansible) and 1.2. */
export function isPlain(value: string, isFlow: boolean): boolean {
  if (value === "" || value.trim() !== value || /[\n\r\t\p{C}]/u.test(value)) return false;
  if (/^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]/.test(value) || /^(?:---|\.\.\.)/.test(value)) return false;
  if (/:(?:\s|$)|\s#/.test(value)) return false;
  if (isFlow && /[,[\]{}]|^[-?:]|:$/.test(value)) return false;
  return !readsAsOtherType(value);
}

function readsAsOtherType(value: string): boolean {
  if (/^(?:~|null|true|false|yes|no|on|off|y|n|=|<<)$/i.test(value)) return true;
  // Numbers, with underscores, in other bases and in base 60; dates.
  return /^[-+]?[.\d][\d_.,:eExXoObB+a-fA-F-]*$/.test(value) || /^[-+]?\.(?:inf|nan)$/i.test(value);
}

/** Writes copies; what surrounds them is written here. */
export interface CopyWriter {
  /** `indent`: the column of the first line. */
  write(copy: Copy, isFlow: boolean, indent: number): string;
  /** Whether a copy is an object or a list on lines of its own. */
  isBlock(copy: Copy): boolean;
}

/** A value between brackets, or a scalar. */
export function flowText(value: NewValue, copies: CopyWriter): string {
  if (typeof value === "string") return scalarText(value, true);
  if (isListValue(value)) return `[${value.map((it) => flowText(it, copies)).join(", ")}]`;
  if (!isObjectValue(value)) return leafText(value, true, 0, copies);
  const entries = Object.entries(value).map(
    ([name, it]) => `${scalarText(name, true)}: ${flowText(it, copies)}`,
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** A value whose first line begins at column `indent` and is not written by this function. */
export function blockText(value: NewValue, indent: number, copies: CopyWriter, lineBreak: string): string {
  const next = lineBreak + " ".repeat(indent);
  if (isListValue(value) && value.length > 0)
    return value.map((it) => `- ${blockText(it, indent + 2, copies, lineBreak)}`).join(next);
  if (isObjectValue(value) && Object.keys(value).length > 0)
    return Object.entries(value)
      .map(([name, it]) => entryText(name, it, indent, copies, lineBreak))
      .join(next);
  return typeof value === "string" ? scalarText(value, false) : leafText(value, false, indent, copies);
}

/** `name: value`, a list or an object on lines of its own below. */
export function entryText(
  name: string,
  value: NewValue,
  indent: number,
  copies: CopyWriter,
  lineBreak: string,
): string {
  const isBlock =
    (isListValue(value) && value.length > 0) ||
    (isObjectValue(value) && Object.keys(value).length > 0) ||
    (value instanceof Copy && copies.isBlock(value));
  const text = blockText(value, indent + 2, copies, lineBreak);
  const space = isBlock ? lineBreak + " ".repeat(indent + 2) : /^[\r\n]/.test(text) ? "" : " ";
  return `${scalarText(name, false)}:${space}${text}`;
}

function leafText(value: NewValue, isFlow: boolean, indent: number, copies: CopyWriter): string {
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (isListValue(value)) return "[]";
  if (isObjectValue(value)) return "{}";
  if (value instanceof Copy) return copies.write(value, isFlow, indent);
  return giveUp();
}
