// Reads members of a request. The wrong JSON type is a SerializationException, as it is in ECS's own JSON layer; a
// `null` counts as absent, as it does there.

import { invalidParameter } from "../errors";
import { conversionFault, type MemberType } from "./conversionFault";

export type JsonObject = Readonly<Record<string, unknown>>;

/** The member itself, own properties only; `undefined` for absent and `null`. */
export function member(input: JsonObject, name: string): unknown {
  return Object.hasOwn(input, name) ? (input[name] ?? undefined) : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member's value if it has the JSON type; `undefined` for an absent one. */
function typed(input: JsonObject, name: string, type: MemberType): unknown {
  const value = member(input, name);
  const fault = value === undefined ? undefined : conversionFault(value, type, name);
  if (fault !== undefined) throw fault;
  return value;
}

export function optionalText(input: JsonObject, name: string): string | undefined {
  return typed(input, name, "string") as string | undefined;
}

/** `label` is the member's name in ECS's words: "Family" makes "Family can not be blank." */
export function requiredText(input: JsonObject, name: string, label: string): string {
  const value = optionalText(input, name);
  if (value === undefined || value.trim() === "") throw invalidParameter(`${label} can not be blank.`);
  return value;
}

export function optionalInteger(input: JsonObject, name: string): number | undefined {
  return typed(input, name, "integer") as number | undefined;
}

export function optionalBoolean(input: JsonObject, name: string): boolean | undefined {
  return typed(input, name, "boolean") as boolean | undefined;
}

export function optionalObject(input: JsonObject, name: string): JsonObject | undefined {
  return typed(input, name, "structure") as JsonObject | undefined;
}

/** An absent list is an empty one. */
export function textList(input: JsonObject, name: string): readonly string[] {
  return typedList(input, name, "string") as readonly string[];
}

/** An absent list is an empty one. */
export function objectList(input: JsonObject, name: string): readonly JsonObject[] {
  return typedList(input, name, "structure") as readonly JsonObject[];
}

function typedList(input: JsonObject, name: string, type: MemberType): readonly unknown[] {
  const list = (typed(input, name, "list") ?? []) as readonly unknown[];
  for (const [index, item] of list.entries()) {
    const fault = conversionFault(item, type, `${name}[${index}]`);
    if (fault !== undefined) throw fault;
  }
  return list;
}

/** One of a few words; an empty text counts as absent. `refusal` makes ECS's answer to another word, where it is known. */
export function optionalWord<const W extends string>(
  input: JsonObject,
  name: string,
  words: readonly W[],
  refusal = () => invalidParameter(`${name} should be one of [${words.join(",")}]`),
): W | undefined {
  const value = optionalText(input, name);
  if (value === undefined || value === "") return undefined;
  const word = words.find((it) => it === value);
  if (word === undefined) throw refusal();
  return word;
}

/** A list of such words; an absent list is an empty one. */
export function wordList<const W extends string>(
  input: JsonObject,
  name: string,
  words: readonly W[],
): readonly W[] {
  return textList(input, name).map((value) => {
    const word = words.find((it) => it === value);
    if (word === undefined) throw invalidParameter(`${name} should be one of [${words.join(",")}]`);
    return word;
  });
}

/** The launch type of a service, a task, or a filter. */
export const launchTypeWord = (input: JsonObject) =>
  optionalWord(input, "launchType", ["EC2", "FARGATE", "EXTERNAL", "FMI", "MANAGED_INSTANCES"], () =>
    invalidParameter("launch type should be one of [EC2,FARGATE,EXTERNAL,FMI,MANAGED_INSTANCES]"),
  );

/** The scheduling strategy of a service or a filter. */
export const schedulingStrategyWord = (input: JsonObject) =>
  optionalWord(input, "schedulingStrategy", ["REPLICA", "DAEMON"], () =>
    invalidParameter("Scheduling strategy should be one of [REPLICA,DAEMON]"),
  );

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
