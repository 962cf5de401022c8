// Where each character of a YAML scalar's decoded text is written: folding, doubled quotes, escapes and indentation
// make the two differ.

import type { CST } from "yaml";
import { type ContentMap, mapOfStarts, plainMap } from "../contentMap";

/** What is written, and where in the host text each of its characters is. */
interface Written {
  readonly text: string;
  offsetOf(index: number): number;
  readonly quote: "'" | '"' | "";
}

/** The map of a scalar's decoded text; `base` is added to the token's offsets. */
export function scalarContent(
  token: CST.FlowScalar | CST.BlockScalar,
  decoded: string,
  base: number,
): ContentMap {
  const at = base + token.offset;
  if (token.type === "block-scalar") {
    const written = withoutIndentation(token.source, base + sourceStart(token), statedIndentation(token));
    return aligned(written, decoded);
  }
  if (token.type === "scalar")
    return aligned({ text: token.source, offsetOf: (it) => at + it, quote: "" }, decoded);
  const quote = token.type === "single-quoted-scalar" ? "'" : '"';
  const closed = token.source.length > 1 && token.source.endsWith(quote);
  const text = token.source.slice(1, closed ? -1 : undefined);
  return aligned({ text, offsetOf: (it) => at + 1 + it, quote }, decoded);
}

/** Where a scalar's source begins: that of a block scalar behind its header. */
export function sourceStart(token: CST.FlowScalar | CST.BlockScalar): number {
  const last = token.type === "block-scalar" ? token.props.at(-1) : undefined;
  return last === undefined ? token.offset : last.offset + ("source" in last ? last.source.length : 0);
}

/** The indentation of a block scalar whose header says it (`|2`): that much deeper than what holds it. */
function statedIndentation({ indent, props }: CST.BlockScalar): number | undefined {
  const header = props.find((it) => it.type === "block-scalar-header");
  const stated = header && "source" in header ? /[1-9]/.exec(header.source)?.[0] : undefined;
  return stated === undefined ? undefined : indent + Number(stated);
}

/** The lines of a block scalar without its indentation, which is that of its first line where nothing is stated. */
function withoutIndentation(source: string, start: number, stated: number | undefined): Written {
  const indent = stated ?? /^(?: *\n)*( *)/.exec(source)?.[1]?.length ?? 0;
  const offsets: number[] = [];
  let text = "";
  let lineStart = 0;
  for (const line of source.split("\n")) {
    const leading = Math.min(indent, line.length - line.trimStart().length);
    for (let index = leading; index <= line.length; index += 1) offsets.push(start + lineStart + index);
    text += `${line.slice(leading)}\n`;
    lineStart += line.length + 1;
  }
  return { text, offsetOf: (it) => offsets[Math.min(it, offsets.length - 1)] ?? start, quote: "" };
}

/**
 * Walks decoded and written text together. A decoded space or line break may be written as a folded break with the
 * white space around it; anything else is itself, a doubled quote or an escape.
 */
function aligned({ text, offsetOf, quote }: Written, decoded: string): ContentMap {
  if (text === decoded) return plainMap(offsetOf(0), text.length);
  const starts: number[] = [];
  let position = 0;
  const push = (at: number) => void starts.push(offsetOf(Math.min(at, text.length)));
  for (const character of decoded) {
    if (quote === '"') position = behindEscapedBreaks(text, position);
    // The rest of a folded break and the indentation of the next line are no characters of the value.
    if (character !== " " && character !== "\n" && text[position] !== character[0])
      while (/[ \t\r\n]/.test(text[position] ?? "")) position += 1;
    // The two halves of a character stand side by side, or both where one escape writes it.
    const halves = text.startsWith(character, position) ? character.length : 1;
    for (let half = 0; half < character.length; half += 1) push(position + Math.min(half, halves - 1));
    position += halves > 1 ? halves : lengthAt(text, position, quote);
  }
  push(position);
  return mapOfStarts(starts);
}

/** Behind the line breaks that a backslash takes out of the value, with the white space after each. */
function behindEscapedBreaks(text: string, at: number): number {
  let position = at;
  while (text[position] === "\\" && /[\r\n]/.test(text[position + 1] ?? "")) {
    position += text.startsWith("\r\n", position + 1) ? 3 : 2;
    while (/[ \t]/.test(text[position] ?? "")) position += 1;
  }
  return position;
}

/** What a backslash in double quotes begins; what is no escape of YAML's is read as it is written. */
const doubleQuotedEscape =
  /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U00(?:0[\da-fA-F]|10)[\da-fA-F]{4}|[0abefnrtvN_LP "/\\\t])/y;

/** Characters that the decoded character at a position takes in the written text. */
function lengthAt(text: string, at: number, quote: Written["quote"]): number {
  if (quote === "'" && text.startsWith("''", at)) return 2;
  if (quote !== '"' || text[at] !== "\\") return 1;
  doubleQuotedEscape.lastIndex = at;
  return doubleQuotedEscape.exec(text)?.[0].length ?? 1;
}
