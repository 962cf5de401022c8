// Blocks that `dynamic "x" { … }` makes: one for each item of its `for_each`, with the item's values where it names them.

import { type Need, type Node, nodeAtPath } from "../../../source/node";
import { joinedNeeds, placedAt } from "../givenValues";
import type { Meaning } from "../hostTree";

/** Whether a value is the body of a `dynamic` block. */
export function isDynamic({ type, unknown }: Node): boolean {
  return type === "object" && unknown === true;
}

/** Bodies of the blocks that are made, as far as they can be known, and what decides it. */
export interface MadeBlocks {
  /** Of the value of `for_each` where that is known, else of its default. */
  readonly blocks: readonly Node[] | undefined;
  readonly isDefault: boolean;
  readonly needs: readonly Need[];
}

/** The blocks of a name; `meaningOf` is that of the value of `for_each`. */
export function madeBlocks(body: Node, name: string, meaningOf: (node: Node) => Meaning): MadeBlocks {
  const each = nodeAtPath(body, ["for_each"]);
  const content = nodeAtPath(body, ["content"]);
  const meaning: Meaning = each === undefined ? { is: "unknown" } : meaningOf(each);
  if (meaning.is === "absent") return { blocks: [], isDefault: false, needs: [] };
  const isDefault = meaning.is !== "value";
  const value =
    meaning.is === "value" ? meaning.node : meaning.is === "unknown" ? meaning.fallback : undefined;
  const found = content && value && itemsOf(value);
  const iterator = nodeAtPath(body, ["iterator"]);
  const label = iterator === undefined ? name : String(iterator.value);
  const blocks = found?.map((item) => filled(content as Node, label, item));
  const needs = isDefault ? joinedNeeds([meaning.needs]) : [];
  return { blocks, isDefault, needs: blocks === undefined ? needs.map((it) => ({ name: it.name })) : needs };
}

interface Item {
  readonly key: Node | undefined;
  readonly value: Node;
}

/** What a loop goes through; `undefined` where that is not known. */
function itemsOf({ type, children = [], open, tag, unknown }: Node): readonly Item[] | undefined {
  if (unknown || open || (tag !== undefined && tag !== "toset")) return undefined;
  if (type === "null") return [];
  if (tag === "toset") return children[0] && itemsOf(children[0]);
  if (type === "array") return children.map((value) => ({ key: undefined, value }));
  if (type !== "object") return undefined;
  return children.flatMap(({ children: [key, value] = [] }) => (value === undefined ? [] : [{ key, value }]));
}

/** The content with the values of an item in the places of their names. */
function filled(node: Node, label: string, item: Item): Node {
  const { children, ...rest } = node;
  if (children === undefined) return (node.unknown && replacement(node, label, item)) || node;
  // `lookup(x.value, "name", null)` and `try(x.value.name, null)` come to the item's value, or to the last argument.
  const [first, second] = children;
  if (node.tag === "lookup" && first && second?.type === "string" && !second.unknown) {
    const path = `${String(first.value)}.${String(second.value)}`;
    return replacement({ ...first, value: path }, label, item) ?? children[2] ?? node;
  }
  if (node.tag === "try" && first) return replacement(first, label, item) ?? children.at(-1) ?? node;
  return { ...rest, locked: true, children: children.map((it) => filled(it, label, item)) };
}

function replacement(node: Node, label: string, { key, value }: Item): Node | undefined {
  const text = String(node.value)
    .trim()
    .replace(/\["([\w-]+)"\]/g, ".$1");
  if (text === `${label}.key`) return key && placedAt(key, node);
  if (text === `${label}.value`) return placedAt(value, node);
  if (!text.startsWith(`${label}.value.`) || value.unknown) return undefined;
  const found = nodeAtPath(value, text.slice(`${label}.value.`.length).split("."));
  return found && placedAt(found, node);
}
