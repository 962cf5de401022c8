// What an operation of the API is to the endpoint: it reads and changes the world and answers.

import type { Arns } from "./arns";
import type { JsonObject } from "./request/input";
import type { World } from "./state/world";

export interface Call {
  /** ARNs in the region that the request was signed for. */
  readonly arns: Arns;
}

/** `input` is the JSON body; throws EcsException. Everything it changed is undone if it throws. */
export type Operation = (world: World, input: JsonObject, call: Call) => JsonObject;

/** Times in the JSON protocol are seconds since 1970-01-01 UTC with a fraction. */
export const seconds = (milliseconds: number): number => milliseconds / 1000;

/** Leaves out what is undefined, so that it costs nothing to spell optional members. */
export function definedOnly(object: JsonObject): JsonObject {
  const defined: Record<string, unknown> = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value !== undefined) defined[key] = value;
  }
  return defined;
}
