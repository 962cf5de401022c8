// A task definition as the requirements see it: plain values, each of the type it should have or absent.

import {
  asFilledText,
  asList,
  asNumber,
  asObject,
  asText,
  member,
  objectsOf,
  type PlainObject,
} from "../text/plainValue";
import { openingOf, UnknownValue, unknownAt } from "../text/unknownValue";

/** A task definition and its containers; both may lack anything. */
export interface DefinitionView {
  readonly task: PlainObject;
  readonly containers: readonly PlainObject[];
  readonly volumes: readonly PlainObject[];
  readonly networkMode: string;
  /** `LINUX` where the definition does not say. */
  readonly osFamily: string;
  /** Surely; see `unknownOs`. */
  readonly windows: boolean;
  /** Placeholders that leave the operating system, the network mode or the list of containers open. */
  readonly unknownOs: readonly string[];
  readonly unknownMode: readonly string[];
  readonly unknownContainers: readonly string[];
}

/**
 * Wraps a RegisterTaskDefinition input. A describe-task-definition answer is read through its `taskDefinition`
 * wrapper; anything that is no object is an empty definition.
 */
export function viewDefinition(definition: unknown): DefinitionView {
  const outer = asObject(definition);
  const inner = asObject(member(outer, "taskDefinition"));
  const task = (asList(member(outer, "containerDefinitions")) === undefined ? inner : outer) ?? outer ?? {};
  const osFamily = asFilledText(at(task, "runtimePlatform", "operatingSystemFamily")) ?? "LINUX";
  const windows = osFamily.startsWith("WINDOWS");
  return {
    task,
    containers: objectsOf(member(task, "containerDefinitions")),
    volumes: objectsOf(member(task, "volumes")),
    // Windows has a mode of its own, `default`, which is written by leaving the member out.
    networkMode: asFilledText(member(task, "networkMode")) ?? (windows ? "default" : "bridge"),
    osFamily,
    windows,
    unknownOs: unknownAt(task, "runtimePlatform", "operatingSystemFamily"),
    unknownMode: unknownAt(task, "networkMode"),
    unknownContainers: unknownAt(task, "containerDefinitions"),
  };
}

/** The value at a path of member names, `undefined` as soon as something is no object. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => member(asObject(inner), name), value);
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  return asFilledText(at(value, ...path));
}

export function objectsAt(value: unknown, ...path: readonly string[]): readonly PlainObject[] {
  return objectsOf(at(value, ...path));
}

/** Whether a list surely has entries; one that may get more from a placeholder needs an entry that can be seen. */
export function hasEntries(value: unknown): boolean {
  const list = asList(value) ?? [];
  return openingOf(value) === undefined ? list.length > 0 : list.some((it) => !(it instanceof UnknownValue));
}

/** What messages call a container: its name, else its position. */
export function containerName(container: PlainObject, index: number): string {
  return asFilledText(member(container, "name")) ?? `number ${index + 1}`;
}

/**
 * A task-level size: CPU units from `256`, `"256"`, `"1 vCPU"`, `".5 vcpu"`; MiB from `512`, `"512"`, `"1GB"`,
 * `"0.5 GB"`. `undefined` for anything else.
 */
export function taskSize(value: unknown, unit: "vCPU" | "GB"): number | undefined {
  const number = asNumber(value);
  if (number !== undefined) return number >= 0 ? number : undefined;
  const found = /^(\d{1,9}(?:\.\d{1,6})?|\.\d{1,6})\s*([a-z]*)$/i.exec((asText(value) ?? "").trim());
  if (found === null) return undefined;
  const written = (found[2] ?? "").toLowerCase();
  if (written === "") return Math.floor(Number(found[1]));
  return written === unit.toLowerCase() ? Math.round(Number(found[1]) * 1024) : undefined;
}

/** A container's size: a whole number of units or MiB, 0 upwards. */
export function containerSize(value: unknown): number | undefined {
  const number = asNumber(value);
  return number !== undefined && number >= 0 ? number : undefined;
}
