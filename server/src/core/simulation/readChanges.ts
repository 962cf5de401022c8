// Changes of a cluster as a client sends them: JSON that anybody can have written.

import { asFilledText, asList, asObject, member, type PlainObject, quoteValue } from "../text/plainValue";
import type { AddInstances, ClusterChange } from "./clusterChanges";

export interface ReadChanges {
  readonly changes: readonly ClusterChange[];
  /** Why the list, or one of its changes, cannot be used. A change that cannot be used is left out. */
  readonly problems: readonly string[];
}

/** More changes than this is no experiment any more. */
const mostChanges = 1000;

/** Reads a list of changes; nothing at all is an empty list. Never throws. */
export function readChanges(value: unknown): ReadChanges {
  if (value === undefined || value === null) return { changes: [], problems: [] };
  const list = asList(value);
  if (list === undefined) return { changes: [], problems: ["The changes of a cluster are a list."] };
  const problems: string[] = [];
  if (list.length > mostChanges)
    problems.push(`At most ${mostChanges} changes are applied; there are ${list.length}.`);
  const changes = list.slice(0, mostChanges).flatMap((it, index): ClusterChange[] => {
    try {
      return [readChange(asObject(it))];
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      problems.push(`Change ${index + 1} cannot be used: ${error.message}`);
      return [];
    }
  });
  return { changes, problems };
}

/** Ends the reading of one change; never leaves this file. */
class Unusable extends Error {}

function readChange(change: PlainObject | undefined): ClusterChange {
  const kind = member(change, "kind");
  switch (kind) {
    case "addInstances":
      return readAddition(change);
    case "drain":
    case "activate":
    case "disconnect":
    case "reconnect":
    case "remove":
      return { kind, instances: idsOf(change) };
    case "setAttribute": {
      const value = member(change, "value");
      if (value !== undefined && typeof value !== "string")
        throw new Unusable(`an attribute's "value" is text; ${quoteValue(value)} is not.`);
      return {
        kind,
        instances: idsOf(change),
        name: nameOf(change),
        ...(value === undefined ? {} : { value }),
      };
    }
    case "removeAttribute":
      return { kind, instances: idsOf(change), name: nameOf(change) };
    case "occupyPort": {
      const protocol = member(change, "protocol") ?? "tcp";
      if (protocol !== "tcp" && protocol !== "udp")
        throw new Unusable(`"protocol" is tcp or udp; ${quoteValue(protocol)} is neither.`);
      return { kind, instances: idsOf(change), port: numberOf(change, "port", 1, 65_535), protocol };
    }
    case "occupyMemory":
      return { kind, instances: idsOf(change), memory: numberOf(change, "memory", 1, mostUnits) };
    case "occupyCpu":
      return { kind, instances: idsOf(change), cpu: numberOf(change, "cpu", 1, mostUnits) };
    case "daemonSize":
      return { kind, ...sizeOf(change, 0) };
    default:
      throw new Unusable(`${quoteValue(kind ?? null)} is not a kind of change.`);
  }
}

/** CPU units or MiB; a thousand times what the largest machine has. */
const mostUnits = 1_000_000_000;

function readAddition(change: PlainObject | undefined): AddInstances {
  const instanceType = member(change, "instanceType");
  if (instanceType !== undefined && asFilledText(instanceType) === undefined)
    throw new Unusable(`"instanceType" is text; ${quoteValue(instanceType)} is not.`);
  const zones = textsOf(change, "zones");
  const attributes = member(change, "attributes");
  return {
    kind: "addInstances",
    count: numberOf(change, "count", 1, Number.MAX_SAFE_INTEGER),
    ...(typeof instanceType === "string" ? { instanceType } : {}),
    ...(zones === undefined ? {} : { zones }),
    ...(attributes === undefined ? {} : { attributes: attributesOf(attributes) }),
    ...sizeOf(change, 1),
  };
}

function attributesOf(value: unknown): Readonly<Record<string, string | null>> {
  const entries = Object.entries(asObject(value) ?? {});
  const texts = entries.filter(
    (it): it is [string, string | null] => it[1] === null || typeof it[1] === "string",
  );
  if (asObject(value) === undefined || texts.length < entries.length)
    throw new Unusable('"attributes" is an object of names and text values: { "env": "prod" }.');
  return Object.fromEntries(texts);
}

function sizeOf(
  change: PlainObject | undefined,
  lowest: number,
): { readonly cpu?: number; readonly memory?: number } {
  return {
    ...(member(change, "cpu") === undefined ? {} : { cpu: numberOf(change, "cpu", lowest, mostUnits) }),
    ...(member(change, "memory") === undefined
      ? {}
      : { memory: numberOf(change, "memory", lowest, mostUnits) }),
  };
}

function idsOf(change: PlainObject | undefined): readonly string[] {
  const ids = textsOf(change, "instances");
  if (ids === undefined) throw new Unusable('it needs "instances", a list of ids.');
  return ids;
}

function nameOf(change: PlainObject | undefined): string {
  const name = asFilledText(member(change, "name"));
  if (name === undefined) throw new Unusable('it needs the "name" of an attribute.');
  return name;
}

function textsOf(change: PlainObject | undefined, name: string): readonly string[] | undefined {
  const value = member(change, name);
  if (value === undefined) return undefined;
  const list = asList(value);
  if (list === undefined || !list.every((it): it is string => asFilledText(it) !== undefined))
    throw new Unusable(`"${name}" is a list of texts; ${quoteValue(value)} is not.`);
  return list;
}

function numberOf(change: PlainObject | undefined, name: string, lowest: number, highest: number): number {
  const value = member(change, name);
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= lowest && value <= highest)
    return value;
  throw new Unusable(
    `"${name}" is a whole number between ${lowest} and ${highest}; ${quoteValue(value ?? null)} is not.`,
  );
}
