// A list of containers in a file of its own, and the Terraform definition that reads it: together they are the whole task
// definition, so that the list is checked with its network mode, volumes and roles.

import { isWrittenOut } from "../resources/hosts/containerList";
import { placedAt } from "../resources/hosts/givenValues";
import type { Resource } from "../resources/resource";
import { copiedNode, type Draft, type Node } from "../source/node";
import { members } from "../source/tree";
import type { Span } from "../text/span";

/** Whether a definition at a path reads the list at another one by `file()` or `templatefile()`. */
export function readsList({ hosted }: Resource, path: string, list: string): boolean {
  return hosted?.listFiles?.some((it) => joined(comparable(path), it) === comparable(list)) === true;
}

/** The list with what the definition gives besides; its values have no place in the file of the list. */
export function withReader(list: Resource, { input: definition }: Resource): Resource {
  const { input } = list;
  const containers = input?.children?.[0];
  if (definition?.type !== "object" || input === undefined || containers === undefined) return list;
  const { open: _, ...closed } = input;
  const made: Draft = { ...closed, ...(definition.open && { open: true as const }), children: [] };
  const place = { offset: input.offset, length: 0 };
  const whole = copyOf(containers, made);
  const written = whole.children?.[1] as Draft | undefined;
  if (isWrittenOut(list.source.text)) delete written?.open;
  for (const { name, value } of members(definition)) {
    const isList = name === "containerDefinitions";
    const property = isList ? whole : propertyOf(name, placedAt(value, place), place);
    property.parent = made;
    made.children?.push(property);
    for (const it of property.children ?? []) (it as Draft).parent = property;
  }
  return { ...list, input: made, source: { ...list.source, root: made } };
}

/** Whether a place is one of the list itself: what is wrong with the rest is reported where it is written. */
export function isInList({ start, end }: Span, { input }: Resource): boolean {
  return input === undefined || (start >= input.offset && end > input.offset + 1);
}

function propertyOf(name: string, value: Node, place: Pick<Node, "offset" | "length">): Draft {
  const key: Node = { type: "string", ...place, value: name };
  const property: Draft = { type: "property", ...place, children: [key, adopted(value)] };
  (key as Draft).parent = property;
  return property;
}

/** The list alone stays as it is. */
function copyOf(node: Node, parent: Node): Draft {
  const copy = copiedNode(node, parent);
  if (node.children !== undefined) copy.children = node.children.map((it) => copyOf(it, copy));
  return copy;
}

function adopted(node: Node): Node {
  for (const it of node.children ?? []) {
    (it as Draft).parent = node;
    adopted(it);
  }
  return node;
}

/** A path or URI with one kind of separators, without what URIs encode. */
function comparable(file: string): string {
  const path = file.replace(/\\/g, "/");
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function joined(file: string, relative: string): string {
  const parts = file.split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
