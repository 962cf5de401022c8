// The input taken out of an answer of ECS: without nulls and without what only ECS writes.

import type { InputOperation } from "../../api/apiModel";
import { inputShape, shapeNamed } from "../../api/apiModel";
import { add, Copy, removeAll } from "../../source/change";
import { get, isOpen, type JsonNode, members, stringOf } from "../../source/tree";

/** `tags` is a list that the answer has beside the input, and that belongs into it. */
export function cleanedInput(input: JsonNode, operation: InputOperation, tags: JsonNode | undefined): Copy {
  const changes = [removeAll(doomedIn(input, operation))];
  if (tags) changes.push(add(input, "tags", new Copy(tags)));
  return new Copy(input, ...changes);
}

function doomedIn(input: JsonNode, operation: InputOperation): readonly JsonNode[] {
  const known = shapeNamed(inputShape(operation)).members ?? {};
  const doomed = members(input)
    // An answer may have what no version of ours knows.
    .filter((it) => !Object.hasOwn(known, it.name))
    .map((it) => it.value);
  const tags = get(input, "tags");
  if (tags?.children?.length === 0 && !isOpen(tags)) doomed.push(tags);
  // ECS computes the count of a daemon, prints it, and refuses it as input.
  const count = get(input, "desiredCount");
  if (count && stringOf(get(input, "schedulingStrategy")) === "DAEMON") doomed.push(count);
  return [...doomed, ...nullsIn(input, new Set(doomed))];
}

/** Every null, in the order of the text, that is not inside one of the nodes left out. */
export function nullsIn(input: JsonNode, except: ReadonlySet<JsonNode> = new Set()): readonly JsonNode[] {
  const nulls: JsonNode[] = [];
  const open = [input];
  for (let node = open.pop(); node; node = open.pop()) {
    if (except.has(node)) continue;
    if (node.type === "null") nulls.push(node);
    // No spread: a list may have millions of items.
    for (const child of node.children ?? []) if (child.dropped !== true) open.push(child);
  }
  return nulls.sort((left, right) => left.offset - right.offset);
}
