// Writes changes inside string literals of programs: in their quotes, with their escapes. Nothing else of a program is
// changed.

import type { Change, TextEdit } from "../change";
import { giveUp, unlessUnwritable } from "../writing";

/** The edits of the text that make the changes; `undefined` where one of them cannot be written without a guess. */
export function writeCode(text: string, changes: readonly Change[]): readonly TextEdit[] | undefined {
  return unlessUnwritable(() => changes.map((it) => writeOne(text, it)));
}

function writeOne(text: string, change: Change): TextEdit {
  if (change.kind !== "inside") return giveUp();
  const { node, span, text: value } = change;
  const map = node.content?.() ?? giveUp();
  if (/[\n\r]/.test(value)) giveUp();
  const [, prefix = "", quote = ""] =
    /^([$@\w]*)(['"`])/.exec(text.slice(node.offset, node.offset + 4)) ?? giveUp();
  // Where a backslash is a character, a quote or a backslash cannot be escaped with one.
  const mayBeRaw = prefix !== "" || quote !== '"';
  if (mayBeRaw && (value.includes("\\") || value.includes(quote))) giveUp();
  if (/[$`]/.test(value) && !String(node.value).includes(value)) giveUp();
  return { span: map.toDocument(span), newText: value.replace(/[\\"]/g, mayBeRaw ? "$&" : "\\$&") };
}
