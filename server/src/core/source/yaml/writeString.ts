// Changes inside a YAML text: in its quotes as they are, or the whole anew where they would not hold the new text.

import type { Change, TextEdit } from "../change";
import type { Node } from "../node";
import { endOf, giveUp } from "../writing";
import { contentEnd } from "./yamlLayout";
import { isPlain, scalarText } from "./yamlText";

type Inside = Extract<Change, { readonly kind: "inside" }>;

/** The edits that make `value` of a string. */
export function rewrittenString(
  text: string,
  node: Node,
  changes: readonly Inside[],
  value: string,
  isInFlow: boolean,
): readonly TextEdit[] {
  if (node.type !== "string" || node.content === undefined) giveUp();
  const opening = text[node.offset] ?? "";
  if (/[|>]/.test(opening)) return inBlock(text, node, changes);
  const map = node.content();
  const isOneLine = !text.slice(node.offset, endOf(node)).includes("\n");
  const edit = (written: (it: string) => string) =>
    changes.map((it) => ({ span: map.toDocument(it.span), newText: written(it.text) }));
  if (opening === '"') return edit((it) => JSON.stringify(it).slice(1, -1));
  if (opening === "'" && !/[\n\r]/.test(value) && isOneLine) return edit((it) => it.replaceAll("'", "''"));
  if (opening !== "'" && isOneLine && isPlain(value, isInFlow)) return edit((it) => it);
  const span = { start: node.offset, end: contentEnd(text, node) };
  return [{ span, newText: scalarText(value, isInFlow) }];
}

/** In a block scalar a line is a line: what is on one line stays there. */
function inBlock(text: string, node: Node, changes: readonly Inside[]): readonly TextEdit[] {
  const map = node.content?.() ?? giveUp();
  const decoded = String(node.value);
  const inner = decoded.trimEnd().length;
  return changes.map((it) => {
    const newText = it.span.end > inner ? it.text.trimEnd() : it.text;
    const start = Math.min(it.span.start, inner);
    const isAtLineStart = start === 0 || decoded[start - 1] === "\n";
    if (/[\n\r]/.test(newText) || (isAtLineStart && /^[ \t]|^$/.test(newText))) giveUp();
    const end = Math.min(it.span.end, inner);
    const { start: from } = map.toDocument({ start, end: start });
    // Behind the last character, not behind the line break that follows it.
    const to = end > start ? map.toDocument({ start: end - 1, end: end - 1 }).start + 1 : from;
    if (text[node.offset] === ">" && /\n/.test(text.slice(from, to).trim()) && newText === "") giveUp();
    return { span: { start: from, end: to }, newText };
  });
}
