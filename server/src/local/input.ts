// Reads members of a request. The wrong JSON type is a SerializationException, as it is in ECS's own JSON layer; a
// `null` counts as absent, as it does there.

import { invalidParameter, serializationException } from "./errors";

export type JsonObject = Readonly<Record<string, unknown>>;

/** The member itself, own properties only; `undefined` for absent and `null`. */
export function member(input: JsonObject, name: string): unknown {
  return Object.hasOwn(input, name) ? (input[name] ?? undefined) : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function wrongType(name: string, value: unknown, wanted: string): Error {
  return serializationException(`The member ${name} is ${describe(value)} where ${wanted} belongs.`);
}

export function optionalText(input: JsonObject, name: string): string | undefined {
  const value = member(input, name);
  if (value === undefined || typeof value === "string") return value;
  throw wrongType(name, value, "a string");
}

/** `label` is the member's name in ECS's words: "Family" makes "Family can not be blank." */
export function requiredText(input: JsonObject, name: string, label: string): string {
  const value = optionalText(input, name);
  if (value === undefined || value.trim() === "") throw invalidParameter(`${label} can not be blank.`);
  return value;
}

export function optionalInteger(input: JsonObject, name: string): number | undefined {
  const value = member(input, name);
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value)) {
    if (Math.abs(value) <= 2_147_483_647) return value;
    throw serializationException(`The member ${name} is ${value}, which is no 32-bit integer.`);
  }
  throw wrongType(name, value, "an integer");
}

export function optionalBoolean(input: JsonObject, name: string): boolean | undefined {
  const value = member(input, name);
  if (value === undefined || typeof value === "boolean") return value;
  throw wrongType(name, value, "a boolean");
}

export function optionalObject(input: JsonObject, name: string): JsonObject | undefined {
  const value = member(input, name);
  if (value === undefined) return undefined;
  if (isObject(value)) return value;
  throw wrongType(name, value, "an object");
}

/** An absent list is an empty one. */
export function textList(input: JsonObject, name: string): readonly string[] {
  const value = member(input, name) ?? [];
  if (!Array.isArray(value)) throw wrongType(name, value, "a list");
  return value.map((item: unknown, index) => {
    if (typeof item === "string") return item;
    throw wrongType(`${name}[${index}]`, item, "a string");
  });
}

/** An absent list is an empty one. */
export function objectList(input: JsonObject, name: string): readonly JsonObject[] {
  const value = member(input, name) ?? [];
  if (!Array.isArray(value)) throw wrongType(name, value, "a list");
  return value.map((item: unknown, index) => {
    if (isObject(item)) return item;
    throw wrongType(`${name}[${index}]`, item, "an object");
  });
}

/** Of services and tasks. */
export const launchTypes = ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"] as const;

/** One of a few words. */
export function optionalWord<const W extends string>(
  input: JsonObject,
  name: string,
  words: readonly W[],
): W | undefined {
  const value = optionalText(input, name);
  if (value === undefined) return undefined;
  const word = words.find((it) => it === value);
  if (word === undefined) {
    throw invalidParameter(`${name} ${value} should be one of [${words.join(",")}]`);
  }
  return word;
}

/** A list whose items are looked up one by one: not empty and not longer than ECS takes. */
export function identifierList(
  input: JsonObject,
  name: string,
  label: string,
  most: number,
): readonly string[] {
  const list = textList(input, name);
  if (list.length === 0) throw invalidParameter(`${label} cannot be empty.`);
  if (list.length > most) {
    throw invalidParameter(`${label} cannot have more than ${most} elements: there are ${list.length}.`);
  }
  return list;
}
