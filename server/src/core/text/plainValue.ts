// Reads values that came out of JSON (or an SDK) without trusting their types: each reader answers `undefined`
// for what is not there or is something else.

import { UnknownValue } from "./unknownValue";

export type PlainObject = Readonly<Record<string, unknown>>;

/** An object that is no list and no placeholder, or `undefined`. Only own members may be read from it: see `member`. */
export function asObject(value: unknown): PlainObject | undefined {
  return typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof UnknownValue)
    ? (value as PlainObject)
    : undefined;
}

/** The own member of that name; what an object inherits (`__proto__`, `constructor`) is never a member. */
export function member(object: PlainObject | undefined, name: string): unknown {
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

export function asList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** The objects of a list; anything else in it is left out. */
export function objectsOf(value: unknown): readonly PlainObject[] {
  return (asList(value) ?? []).map(asObject).filter((it) => it !== undefined);
}

export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Text with at least one character. */
export function asFilledText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A finite number; never NaN. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function asBoolean(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** A value as a message quotes it: JSON, cut to a length that fits a line. */
export function quoteValue(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
