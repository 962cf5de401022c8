// JSON inside a string of the host: its tree, with the places of the host text.

import type { ContentMap } from "../../source/contentMap";
import { parseJson } from "../../source/json/parseJson";
import type { Draft, Embedding, Node } from "../../source/node";

/** The tree of the JSON that a string holds; `undefined` where it holds none. Placeholders in it are unknown values. */
export function embeddedJson(node: Node): Node | undefined {
  const text = node.value;
  const map = node.content?.();
  if (typeof text !== "string" || map === undefined) return undefined;
  const { root } = parseJson(text, true);
  return root === undefined || (root.type !== "array" && root.type !== "object")
    ? undefined
    : placed(root, map, { text, string: node });
}

function placed(node: Node, map: ContentMap, embedding: Embedding): Draft {
  const { text } = embedding;
  const { start, end } = map.toDocument({ start: node.offset, end: node.offset + node.length });
  const made: Draft = { ...node, offset: start, length: end - start, origin: { node, base: 0, embedding } };
  if (node.unknown && node.children === undefined && text[node.offset] !== '"')
    made.value = text.slice(node.offset, node.offset + node.length);
  else if (node.type === "string") made.content = () => within(map, node);
  made.children = node.children?.map((it) => {
    const child = placed(it, map, embedding);
    child.parent = made;
    return child;
  });
  return made;
}

/** The map of a JSON string inside the host's string; escapes of JSON in it are taken one for one. */
function within(map: ContentMap, { offset }: Node): ContentMap {
  const start = offset + 1;
  return {
    toDocument: (span) => map.toDocument({ start: span.start + start, end: span.end + start }),
    toValue: (at) => map.toValue(at) - start,
  };
}
