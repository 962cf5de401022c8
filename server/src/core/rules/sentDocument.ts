// A document as its sender sends it: what the sender leaves out is not there for the rules.

import { type InputOperation, inputShape, shapeNamed } from "../api/apiModel";
import { isTaskDefinition } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import { type Sender, type SenderHabits, senderHabits } from "../resources/senders";
import { copiedNode, type Draft, type Node } from "../source/node";
import { get, type JsonNode, type Member, members } from "../source/tree";
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
  const isWrapped = document.source.root !== input;
  const isUnwrapped = habits.unwraps && isTaskDefinition(document);
  if (!input || !operation || sender === "awsCli" || (isWrapped && !isUnwrapped))
    return { document, dropped: [] };
  const copy = copyOf(input, undefined);
  const dropped: Member[] = [];
  drop({ habits, operation, dropped }, copy, inputShape(operation));
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

/** The same document without the properties whose names begin at these offsets. */
export function withoutProperties(document: Resource, starts: ReadonlySet<number>): Resource {
  const { input, source } = document;
  if (input === undefined) return document;
  const copy = copyOf(input, input.parent);
  const open = [copy];
  for (let node = open.pop(); node; node = open.pop()) {
    const [key] = node.children ?? [];
    if (node.type === "property" && key && starts.has(key.offset)) (node as Draft).dropped = true;
    for (const it of node.children ?? []) open.push(it);
  }
  return { ...document, input: copy, ...(source.root === input && { source: { ...source, root: copy } }) };
}

function copyOf(node: Node, parent: Node | undefined): Node {
  const copy = copiedNode(node, parent);
  if (node.children !== undefined) copy.children = node.children.map((it) => copyOf(it, copy));
  return copy;
}

interface Sending {
  readonly habits: SenderHabits;
  readonly operation: InputOperation;
  readonly dropped: Member[];
}

function drop(sending: Sending, node: JsonNode, shapeName: string): void {
  const shape = shapeNamed(shapeName);
  if (shapeName === "LogConfiguration" && sending.habits.fillsLogs) leaveOpen(node);
  if (node.type === "array") {
    for (const it of node.children ?? []) drop(sending, it, shape.item ?? "String");
    return;
  }
  const own = shape.members ?? {};
  if (sending.habits.takesAnyCase) nameAsApi(node, Object.keys(own));
  for (const it of members(node)) {
    const valueShape = Object.hasOwn(own, it.name) ? own[it.name] : shape.value;
    if (valueShape === undefined) continue;
    const isMissed = it.value.type !== "null" && shape.required?.includes(it.name) === true;
    if (!isMissed && isDropped(sending, it.value, valueShape)) {
      it.property.dropped = true;
      if (isRefused(it, valueShape) && sending.habits.dropsNulls !== "unsaid") sending.dropped.push(it);
    } else drop(sending, it.value, valueShape);
  }
}

/** Gives properties the names of the API where only their case is another one. */
function nameAsApi(node: JsonNode, names: readonly string[]): void {
  const found = members(node);
  for (const { name, key } of found) {
    if (names.includes(name)) continue;
    const meant = names.find((it) => it.toLowerCase() === name.toLowerCase());
    if (meant !== undefined && !found.some((it) => it.name === meant)) (key as Draft).value = meant;
  }
}

/** Of a log configuration that is filled in later nobody knows the driver and all options. */
function leaveOpen(configuration: Draft): void {
  configuration.open = true;
  const options: Draft | undefined = get(configuration, "options");
  const driver: Draft | undefined = get(configuration, "logDriver");
  if (options !== undefined) options.open = true;
  if (driver !== undefined) driver.unknown = true;
}

function isDropped({ habits, operation }: Sending, node: JsonNode, shapeName: string): boolean {
  if (node.unknown || node.open) return false;
  if (node.type === "null") return habits.dropsNulls !== false;
  if (node.type === "string" && node.value === "") {
    if (habits.dropsEmptyTexts === "enumerations") return shapeNamed(shapeName).enum !== undefined;
    return habits.dropsEmptyTexts === "everywhere";
  }
  if (habits.dropsEmptyLists === "everywhere") return isHollow(node);
  const isEmptyList = node.type === "array" && node.children?.length === 0;
  return (
    isEmptyList && habits.dropsEmptyLists === "inTaskDefinitions" && operation === "registerTaskDefinition"
  );
}

/** Whether the AWS CLI or ECS would refuse what is left out; of most that is empty nobody knows, or both take it. */
function isRefused({ name, value }: Member, shapeName: string): boolean {
  return value.type === "null" || name === "tags" || shapeNamed(shapeName).enum !== undefined;
}

/** Whether a list or object has nothing in it but empty values. */
function isHollow(node: JsonNode): boolean {
  if (node.unknown || node.open) return false;
  if (node.type === "null" || (node.type === "string" && node.value === "")) return true;
  if (node.type === "property") return node.children?.[1] !== undefined && isHollow(node.children[1]);
  return (node.type === "array" || node.type === "object") && (node.children ?? []).every(isHollow);
}
