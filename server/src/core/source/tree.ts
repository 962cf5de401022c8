// Reading the JSON tree of a document: members, items and values, and which of them a placeholder stands in for.

import type { Span } from "../text/span";
import { type ContentMap, placeMap, stringMap } from "./contentMap";
import type { Node } from "./node";
import { propertiesNamed } from "./propertiesNamed";

export type JsonNode = Node;

/** Whether the value is, or contains, a placeholder. */
export function isTemplate(node: Node): boolean {
  return node.unknown === true;
}

/** Whether a placeholder may add members or items to this object or array, or stands for all of it. */
export function isOpen(node: Node | undefined): boolean {
  return node !== undefined && (node.open === true || node.unknown === true);
}

export function spanOf(node: Node): Span {
  return { start: node.offset, end: node.offset + node.length };
}

/** Value of the member `name`; where a name is written twice the last counts, as for the AWS CLI. */
export function get(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== "object" || !node.children) return undefined;
  const candidates = propertiesNamed(node.children, name);
  for (let index = candidates.length - 1; index >= 0; index -= 1) {
    const property = candidates[index];
    const [key, value] = property?.children ?? [];
    if (key?.value === name && value !== undefined && isVisible(property, key)) return value;
  }
  return node.assumed?.get(name);
}

function isVisible(property: Node | undefined, key: Node): boolean {
  return property?.dropped !== true && key.unknown !== true;
}

/** Follows member names downwards. */
export function at(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  let found = node;
  for (const name of path) found = get(found, name);
  return found;
}

/** The name node of the member whose value this is. */
export function keyOf(value: Node): Node {
  const parent = value.parent;
  return parent?.type === "property" ? (parent.children?.[0] ?? value) : value;
}

/** The member (name and value) that a name or a value belongs to. */
export function propertyOf(node: Node): Node | undefined {
  return node.type === "property" ? node : node.parent?.type === "property" ? node.parent : undefined;
}

/** The text of a string node without its quotes, as far as it is written. */
export function contentSpanOf(node: Node): Span {
  if (node.content !== undefined)
    return node.content().toDocument({ start: 0, end: String(node.value).length });
  if (node.bare) return { start: node.offset, end: node.offset + node.length };
  return { start: node.offset + 1, end: node.offset + Math.max(1, node.length - 1) };
}

/** Where the characters of a string are written in the host text. */
export function contentMapOf(text: string, node: Node): ContentMap {
  if (node.content !== undefined) return node.content();
  return node.bare ? placeMap(node.offset, node.length) : stringMap(text, node.offset, node.length);
}

export interface Member {
  readonly name: string;
  readonly key: Node;
  readonly value: Node;
  readonly property: Node;
}

/** Whether a node stands for a property that its object lacks as it is written, and that a diagnostic asks for. */
export function isAssumed(node: Node): boolean {
  const assumed = node.parent?.assumed;
  return assumed !== undefined && [...assumed.values()].includes(node);
}

/** Members with a value, in the order of the text; those whose name is a placeholder are left out. */
export function members(node: Node | undefined): readonly Member[] {
  if (node?.type !== "object") return [];
  const found: Member[] = [];
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key && value && isVisible(property, key)) {
      found.push({ name: String(key.value), key, value, property });
    }
  }
  return found;
}

/** Items of an array; none of anything else. */
export function items(node: Node | undefined): readonly Node[] {
  return node?.type === "array" ? (node.children ?? []) : [];
}

/** The text of a string that no placeholder is part of. */
export function stringOf(node: Node | undefined): string | undefined {
  return node?.type === "string" && node.unknown !== true ? (node.value as string) : undefined;
}

export function numberOf(node: Node | undefined): number | undefined {
  return node?.type === "number" ? (node.value as number) : undefined;
}

export function booleanOf(node: Node | undefined): boolean | undefined {
  return node?.type === "boolean" ? (node.value as boolean) : undefined;
}

/** A number written as a number or as digits in a string (task-level `cpu` and `memory` are strings). */
export function looseNumberOf(node: Node | undefined): number | undefined {
  const text = stringOf(node);
  if (text !== undefined) return /^\s*\d+\s*$/.test(text) ? Number(text) : undefined;
  return numberOf(node);
}

/** Whether a member is there and says something: a `null` says nothing. */
export function has(node: Node | undefined, name: string): boolean {
  const value = get(node, name);
  return value !== undefined && value.type !== "null";
}
