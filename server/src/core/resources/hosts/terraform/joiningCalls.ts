// Calls of Terraform that put lists and objects together: concat, flatten, merge, and those that only change a type.

import type { Need, Node } from "../../../source/node";
import { append } from "../../../text/lists";
import { joinedNeeds } from "../givenValues";
import type { Meaning } from "../hostTree";

/** What an argument comes to; `undefined` where nobody can know it. */
type ArgumentOf = (argument: Node) => Node | undefined;

/**
 * The list or object that a call comes to, as far as its arguments are known: open where one is not. `undefined` for any
 * other call, and where nothing of it is known.
 */
export function joinedBy(call: Node, argumentOf: ArgumentOf): Node | undefined {
  const given = call.children ?? [];
  switch (call.tag) {
    case "concat":
      return call.open ? undefined : listOf(call, given.map(argumentOf));
    case "flatten":
      return flattened(call, given[0] && argumentOf(given[0]), argumentOf);
    case "merge":
      return call.open ? undefined : merged(given.map(argumentOf));
    case "tolist":
    case "toset": {
      const list = given[0] && argumentOf(given[0]);
      return list?.type === "array" ? list : undefined;
    }
    default:
      return undefined;
  }
}

/**
 * The list that a call comes to with the defaults of its arguments, where each of them is known or has one, and the names
 * that decide.
 */
export function joinedByDefault(
  call: Node,
  meaningOf: (argument: Node) => Meaning,
): { readonly fallback?: Node; readonly needs: readonly Need[] } {
  const needs: Need[] = [];
  const fallback = joinedBy(call, (argument) => {
    const meaning = meaningOf(argument);
    if (meaning.is === "unknown") append(needs, meaning.needs ?? []);
    const value =
      meaning.is === "unknown" ? meaning.fallback : meaning.is === "value" ? meaning.node : undefined;
    return value?.children === undefined || value.unknown ? undefined : value;
  });
  const isWhole = fallback?.type === "array" && !fallback.open && needs.length > 0;
  return { ...(isWhole && { fallback }), needs: joinedNeeds([needs]) };
}

/** Entries of a list that is written elsewhere are not to be changed here. */
function entriesOf(list: Node): readonly Node[] {
  const children = list.children ?? [];
  return list.locked ? children.map((it) => ({ ...it, locked: true as const })) : children;
}

function listOf({ offset, length }: Node, parts: readonly (Node | undefined)[]): Node | undefined {
  const lists = parts.filter((it) => it?.type === "array");
  if (lists.length === 0) return undefined;
  const isOpen = lists.length < parts.length || lists.some((it) => it?.open === true);
  const [first, ...others] = lists;
  const place = others.length === 0 && first?.locked !== true ? first : undefined;
  return {
    type: "array",
    offset: place?.offset ?? offset,
    length: place?.length ?? length,
    children: lists.flatMap((it) => (it === undefined ? [] : entriesOf(it))),
    sealed: true,
    ...(isOpen && { open: true as const }),
  };
}

/** Lists in the list take its place; what nobody knows may be one. */
function flattened(call: Node, list: Node | undefined, argumentOf: ArgumentOf): Node | undefined {
  if (list?.type !== "array") return undefined;
  const parts = entriesOf(list).map((entry): Node | undefined => {
    const value = argumentOf(entry);
    if (value === undefined || value.type === "array") return value;
    return { type: "array", offset: list.offset, length: list.length, children: [entry] };
  });
  const whole = listOf(call, parts.length === 0 ? [list] : parts);
  if (whole === undefined) return undefined;
  const place = list.locked ? call : list;
  return {
    ...whole,
    offset: place.offset,
    length: place.length,
    ...(list.open && { open: true as const }),
  };
}

/** A later object wins; what is before one that nobody knows may be given another value there. */
function merged(parts: readonly (Node | undefined)[]): Node | undefined {
  const unknownAt = parts.lastIndexOf(undefined);
  const sure = parts.slice(unknownAt + 1).filter((it) => it?.type === "object");
  const [first] = sure;
  if (first === undefined) return undefined;
  const properties = new Map<unknown, Node>();
  for (const it of sure)
    for (const property of it === undefined ? [] : entriesOf(it)) {
      const name = property.children?.[0]?.value;
      properties.delete(name);
      properties.set(name, property);
    }
  const isOpen = unknownAt >= 0 || sure.some((it) => it?.open === true);
  return {
    type: "object",
    offset: first.offset,
    length: first.length,
    children: [...properties.values()],
    sealed: true,
    ...(isOpen && { open: true as const }),
  };
}
