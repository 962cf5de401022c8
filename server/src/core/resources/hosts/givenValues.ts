// Values that somebody gives for the names of a host: parameters of a template, variables of Terraform.

import { movedMap, placeMap } from "../../source/contentMap";
import type { Need, Node } from "../../source/node";

/** By name, as the host refers to it: `AgentMemory`, `AWS::Region`, `Role.Arn`, `var.memory`, `aws_iam_role.a.arn`. */
export type GivenValues = ReadonlyMap<string, Node>;

/** A given text, as it comes from a command line or a form. */
export function givenText(text: string): Node {
  return { type: "string", offset: 0, length: 0, value: text };
}

/** Given texts by their names, as a client sends them. */
export function givenTexts(values: Readonly<Record<string, unknown>>): GivenValues {
  return new Map(Object.entries(values).map(([name, value]) => [name, givenText(String(value))]));
}

/** A value that is written elsewhere, at the place of what refers to it. */
export function placedAt(value: Node, place: Pick<Node, "offset" | "length">): Node {
  const { offset, length } = place;
  return {
    type: value.type,
    offset,
    length,
    value: value.value,
    locked: true,
    ...(value.open && { open: value.open }),
    ...(value.unknown && { unknown: value.unknown }),
    ...(value.when !== undefined && { when: value.when }),
    ...(value.needs && { needs: value.needs }),
    ...(value.tag !== undefined && { tag: value.tag }),
    ...(value.type === "string" && { content: () => placeMap(offset, length) }),
    ...(value.children && { children: value.children.map((it) => placedAt(it, place)) }),
  };
}

/** A tree with other offsets: that of another part of the same text. */
export function movedBy(node: Node, by: number): Node {
  if (by === 0) return node;
  const { content, children, branches, colonOffset } = node;
  return {
    ...node,
    ...(branches && { branches: branches.map((it) => movedBy(it, by)) }),
    offset: node.offset + by,
    ...(colonOffset !== undefined && { colonOffset: colonOffset + by }),
    ...(content && { content: () => movedMap(content(), by) }),
    ...(children && { children: children.map((it) => movedBy(it, by)) }),
  };
}

/** The value of a default as a message shows it. */
export function shownDefault(value: Node): string {
  if (value.type === "null") return "null";
  if (value.children !== undefined) return value.type === "array" ? "a list" : "an object";
  return value.value === "" ? '""' : String(value.value);
}

/** The needs of several parts, each name once. */
export function joinedNeeds(lists: readonly (readonly Need[] | undefined)[]): readonly Need[] {
  const byName = new Map(lists.flatMap((it) => it ?? []).map((it) => [it.name, it]));
  return [...byName.values()];
}

/** What stands in the braces of `${X}`, where they are all of the text and have no others inside. */
export function insideOf(text: string): string | undefined {
  return /^\$\{[^{}]*\}$/.test(text) ? text.slice(2, -1).trim() : undefined;
}
