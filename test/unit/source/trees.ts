// Trees as plain values, and the invariants that every reader's tree has.

import assert from "node:assert/strict";
import type { Node } from "../../../server/src/core/source/node";

/** The value of a tree; a tagged one as `{ tag, value }`, an unknown one as `{ unknown: text }`. */
export function plain(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  const value = node.unknown ? { unknown: node.value } : untagged(node);
  return node.tag === undefined ? value : { [node.tag]: value };
}

function untagged(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(plain);
  if (node.type !== "object") return node.value;
  return Object.fromEntries(
    (node.children ?? []).map((it) => [String(it.children?.[0]?.value), plain(it.children?.[1])]),
  );
}

/** Every node is inside its parent and the text, and every character of a string is where its map puts it. */
export function assertSound(node: Node, text: string): void {
  const end = node.offset + node.length;
  assert.ok(node.offset >= 0 && node.length >= 0 && end <= text.length, `${node.type} ${node.offset} ${end}`);
  if (node.content !== undefined) assertWritten(node, text);
  for (const child of node.children ?? []) {
    assert.equal(child.parent, node);
    assert.ok(child.offset >= node.offset && child.offset + child.length <= end, `a ${child.type} outside`);
    assertSound(child, text);
  }
}

function assertWritten(node: Node, text: string): void {
  const map = node.content?.();
  const value = String(node.value);
  for (let at = 0; map !== undefined && at < value.length; at += 1) {
    const { start } = map.toDocument({ start: at, end: at + 1 });
    const isInside = start >= node.offset && start <= node.offset + node.length;
    const isWritten = text[start] === value[at] || /[\s\\'"$%]/.test(`${value[at]}${text[start]}`);
    if (!isInside || !isWritten) assert.fail(`character ${at} of ${JSON.stringify(value)} is at ${start}`);
  }
}
