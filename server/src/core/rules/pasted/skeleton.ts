// The output of --generate-cli-skeleton, filled in only a little: one diagnostic, and a fix that leaves an input.

import type { InputOperation } from "../../api/apiModel";
import { inputShape, shapeNamed } from "../../api/apiModel";
import type { Shape } from "../../api/apiShape";
import type { Resource } from "../../resources/resource";
import { type NewValue, set } from "../../source/change";
import { type JsonNode, members, numberOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import type { Rule } from "../rule";
import { stemOf } from "../shape/missingValues";

/** Reported alone: what is wrong with a skeleton is that it is one. */
export const skeleton: Rule = {
  codes: ["cli-skeleton"],
  check({ document, input, operation }, report) {
    // Templates and modules are written by hand, and what is empty in them is mostly not sent.
    if (document.hosted !== undefined || !looksLikeSkeleton(document)) return;
    const cleaned = complete(prune(input, inputShape(operation)).value, operation, document.source.file);
    const brace = { start: input.offset, end: input.offset + 1 };
    report(
      "cli-skeleton",
      brace,
      {},
      {
        fixes: [
          fix("Keep what is filled in and add what is needed", false, set(input, cleaned as NewValue, true)),
        ],
      },
    );
  },
};

/** Whether empty texts, zeros, `[""]` and `KeyName` are what the document mostly consists of. */
function looksLikeSkeleton({ input, source: { placeholders: templates, text } }: Resource): boolean {
  if (!input || templates.length > 0 || !text.includes('""')) return false;
  let empty = 0;
  let real = 0;
  let emptyLists = 0;
  const open = [input];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.dropped) continue;
    const [first, second] = node.children ?? [];
    if (node.type === "property") {
      if (first?.value === "KeyName" && second?.value === "") return true;
      if (second) open.push(second);
    } else if (node.children) {
      if (node.type === "array" && node.children.length === 1 && first?.value === "") emptyLists += 1;
      for (const child of node.children) open.push(child);
    } else if (isEmpty(node)) empty += 1;
    else if (node.type === "string" || node.type === "number") real += 1;
  }
  return emptyLists >= 2 || (empty >= 8 && empty > real);
}

const isEmpty = (node: JsonNode) => stringOf(node) === "" || numberOf(node) === 0;

/** What is left of a value: `isFilled` where a text or number in it was written by somebody. */
interface Pruned {
  readonly value: unknown;
  readonly isFilled: boolean;
}
const nothing: Pruned = { value: undefined, isFilled: false };

/**
 * The value without what is empty. Booleans and enums of a skeleton are picked at random, so they stay only in
 * objects that are filled in for the greater part, or where the object needs them.
 */
function prune(node: JsonNode, shapeName: string): Pruned {
  const shape = shapeNamed(shapeName);
  if (node.type === "null" || isEmpty(node)) return nothing;
  if (node.type === "array") {
    const kept = (node.children ?? [])
      .map((it) => prune(it, shape.item ?? "String"))
      .filter((it) => it.isFilled);
    return { value: kept.map((it) => it.value), isFilled: kept.length > 0 };
  }
  if (node.type === "object") return pruneObject(node, shape);
  return { value: node.value, isFilled: node.type !== "boolean" && shape.enum === undefined };
}

function pruneObject(node: JsonNode, shape: Shape): Pruned {
  const parts = members(node).map(({ name, value }) => {
    const pruned = prune(value, shape.members?.[name] ?? shape.value ?? "document");
    return { name, ...pruned, isEmpty: pruned.value === undefined };
  });
  const filled = parts.filter((it) => it.isFilled).length;
  const isMostlyFilled = filled > parts.filter((it) => it.isEmpty).length;
  const required = new Set(shape.required);
  const kept = parts.filter(
    (it) =>
      it.isFilled || (!it.isEmpty && !Array.isArray(it.value) && (isMostlyFilled || required.has(it.name))),
  );
  // Without a member that it needs, an object is of no use.
  const isWhole = [...required].every((name) => kept.some((it) => it.name === name) || name === "family");
  return {
    value: Object.fromEntries(kept.map((it) => [it.name, it.value])),
    isFilled: filled > 0 && isWhole,
  };
}

function complete(value: unknown, operation: InputOperation, fileName: string): unknown {
  const input = value as Record<string, unknown>;
  const stem = stemOf(fileName);
  const isDefinition = operation === "registerTaskDefinition" || operation === "registerDaemonTaskDefinition";
  if (operation === "createCapacityProvider") return { name: stem, ...input };
  if (operation === "createDaemon") return { daemonName: stem, ...input };
  if (!isDefinition && operation !== "createService" && operation !== "updateService") return input;
  if (!isDefinition) {
    const name = operation === "updateService" ? "service" : "serviceName";
    const strategy = operation === "createService" ? { schedulingStrategy: "DAEMON" } : {};
    return { [name]: stem, taskDefinition: stem, ...strategy, ...input };
  }
  const family = input.family ?? stem;
  const listed: readonly unknown[] = Array.isArray(input.containerDefinitions)
    ? input.containerDefinitions
    : [];
  const containers = listed.filter((it) => typeof it === "object" && it !== null);
  return {
    family,
    ...input,
    containerDefinitions: (containers.length > 0 ? containers : [{}]).map(completeContainer),
  };
}

function completeContainer(given: object): unknown {
  const hasMemory = "memory" in given || "memoryReservation" in given;
  return {
    name: "main",
    image: "public.ecr.aws/docker/library/busybox:stable",
    ...(hasMemory ? {} : { memory: 128 }),
    ...given,
  };
}
