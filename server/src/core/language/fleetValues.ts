// What may stand in a fleet file: the instance types whose size is known, and what other groups of the file say.

import { instanceTypes } from "../cluster/instanceTypes";
import { get, items, type JsonNode, members, stringOf } from "../source/tree";
import type { InputLocation } from "./inputLocation";
import type { KnownValue } from "./knownValue";

/** Values for a place in a fleet file; `undefined` where the place's shape says more. */
export function fleetValues(
  { source: { root } }: Fleet,
  place: InputLocation,
): readonly KnownValue[] | undefined {
  if (place.owner === "FleetAttributes") {
    const same = groupsOf(root).map((it) => stringOf(get(get(it, "attributes"), place.member)));
    return distinct(same).map((value) => ({ value }));
  }
  if (place.owner !== "FleetGroup") return undefined;
  if (place.member === "instanceType") return types;
  if (place.member === "zones" && typeof place.path.at(-1) === "number")
    return distinct(groupsOf(root).flatMap((it) => items(get(it, "zones")).map(stringOf))).map((value) => ({
      value,
    }));
  return undefined;
}

/** Names of the attributes that groups of the file have. */
export function fleetAttributeNames({ source: { root } }: Fleet): readonly KnownValue[] {
  const names = groupsOf(root).flatMap((it) => members(get(it, "attributes")).map((one) => one.name));
  return distinct(names).map((value) => ({ value }));
}

interface Fleet {
  readonly source: { readonly root: JsonNode | undefined };
}

const types: readonly KnownValue[] = [...instanceTypes.values()].map((it) => ({
  value: it.name,
  detail: [
    `${it.vcpus} vCPU`,
    `${it.memoryGiB} GiB`,
    ...(it.gpus === 0 ? [] : [`${it.gpus} GPU`]),
    it.cpuArchitecture,
  ].join(", "),
}));

function groupsOf(root: JsonNode | undefined): readonly JsonNode[] {
  return items(get(root, "groups")).slice(0, 1000);
}

function distinct(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.flatMap((it) => it || []))].slice(0, 200);
}
