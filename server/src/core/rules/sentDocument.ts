// A document as its sender sends it: what the sender leaves out is not there for the rules.

import { inputShape, shapeNamed } from "../api/apiModel";
import type { Resource } from "../resources/resource";
import { type Sender, type SenderHabits, senderHabits } from "../resources/senders";
import { copiedNode, type Node } from "../source/node";
import { type JsonNode, type Member, members } from "../source/tree";
import { outputOnlyMembers } from "./outputOnly";

export interface SentDocument {
  readonly document: Resource;
  /** What the sender leaves out and others refuse, in the order of the text. */
  readonly dropped: readonly Member[];
}

/** The same document where the sender leaves out nothing of it. */
export function sentDocument(document: Resource, sender: Sender): SentDocument {
  const habits = senderHabits[sender];
  const { input, operation } = document;
  if (!input || !operation || document.source.root !== input || sender === "awsCli")
    return { document, dropped: [] };
  const copy = copyOf(input, undefined);
  const dropped: Member[] = [];
  drop(copy, inputShape(operation), habits, dropped);
  const answers = outputOnlyMembers(operation);
  const known = shapeNamed(inputShape(operation)).members ?? {};
  for (const it of members(copy)) {
    if (habits.outputOnly === "refused" || !answers.has(it.name) || Object.hasOwn(known, it.name)) continue;
    it.property.dropped = true;
    if (habits.outputOnly === "dropped") dropped.push(it);
  }
  dropped.sort((left, right) => left.key.offset - right.key.offset);
  return { document: { ...document, source: { ...document.source, root: copy }, input: copy }, dropped };
}

function copyOf(node: Node, parent: Node | undefined): Node {
  const copy = copiedNode(node, parent);
  if (node.children !== undefined) copy.children = node.children.map((it) => copyOf(it, copy));
  return copy;
}

function drop(node: JsonNode, shapeName: string, habits: SenderHabits, dropped: Member[]): void {
  const shape = shapeNamed(shapeName);
  if (node.type === "array") {
    for (const it of node.children ?? []) drop(it, shape.item ?? "String", habits, dropped);
    return;
  }
  for (const it of members(node)) {
    const own = shape.members ?? {};
    const valueShape = Object.hasOwn(own, it.name) ? own[it.name] : shape.value;
    if (valueShape === undefined) continue;
    if (isDropped(it.value, valueShape, habits)) {
      it.property.dropped = true;
      dropped.push(it);
    } else drop(it.value, valueShape, habits, dropped);
  }
}

function isDropped(node: JsonNode, shapeName: string, habits: SenderHabits): boolean {
  if (node.unknown || node.open) return false;
  if (node.type === "null") return habits.dropsNulls;
  if (node.type === "string" && node.value === "") {
    if (habits.dropsEmptyTexts === "enumerations") return shapeNamed(shapeName).enum !== undefined;
    return habits.dropsEmptyTexts === "everywhere";
  }
  return habits.dropsEmptyLists && isHollow(node);
}

/** Whether a list or object has nothing in it but empty values. */
function isHollow(node: JsonNode): boolean {
  if (node.unknown || node.open) return false;
  if (node.type === "null" || (node.type === "string" && node.value === "")) return true;
  if (node.type === "property") return node.children?.[1] !== undefined && isHollow(node.children[1]);
  return (node.type === "array" || node.type === "object") && (node.children ?? []).every(isHollow);
}
