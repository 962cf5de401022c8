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

/** Each of them makes a copy of the content. */
const mostItems = 100;

/** The blocks of a name; `meaningOf` is that of the value of `for_each`. */
export function madeBlocks(body: Node, name: string, meaningOf: (node: Node) => Meaning): MadeBlocks {
  const each = nodeAtPath(body, ["for_each"]);
  const content = nodeAtPath(body, ["content"]);
  const meaning: Meaning = each === undefined ? { is: "unknown" } : meaningOf(each);
  if (meaning.is === "absent") return { blocks: [], isDefault: false, needs: [] };
  const isDefault = meaning.is !== "value";
  const value =
    meaning.is === "value" ? meaning.node : meaning.is === "unknown" ? meaning.fallback : undefined;
  const all = content && value && itemsOf(value);
  const found = all !== undefined && all.length > mostItems ? undefined : all;
  const iterator = nodeAtPath(body, ["iterator"]);
  const label = iterator === undefined ? name : String(iterator.value);
  // The keys of a set are its values.
  const items = each?.tag === "toset" ? found?.map(({ value }) => ({ key: value, value })) : found;
  const blocks = items?.map((item) => filled(content as Node, label, item));
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
    const found = replacement({ ...first, value: path }, label, item);
    return (found?.type === "null" ? children[2] : found) ?? node;
  }
  if (node.tag === "try" && first) {
    const found = replacement(first, label, item);
    return (found?.type === "null" ? children.at(-1) : found) ?? node;
  }
  return { ...rest, locked: true, children: children.map((it) => filled(it, label, item)) };
}

/** What a name of the item comes to; `undefined` for any other text. */
function replacement(node: Node, label: string, { key, value }: Item): Node | undefined {
  const text = String(node.value)
    .trim()
    .replace(/\["([\w-]+)"\]/g, ".$1");
  if (text === `${label}.key`) return key && placedAt(key, node);
  if (text === `${label}.value`) return placedAt(value, node);
  if (!text.startsWith(`${label}.value.`)) return undefined;
  const path = text.slice(`${label}.value.`.length);
  // A part of what is not known is named by where it comes from.
  if (value.unknown && value.children === undefined)
    return { ...node, value: `${String(value.value)}.${path}` };
  if (value.unknown || value.open || value.tag !== undefined || value.type !== "object") return undefined;
  const found = nodeAtPath(value, path.split("."));
  const { offset, length } = node;
  // What an object of a declared type lacks is null.
  return found === undefined ? { type: "null", offset, length, value: null } : placedAt(found, node);
}
