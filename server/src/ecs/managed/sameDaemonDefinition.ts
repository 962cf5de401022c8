// Whether ECS already has exactly this daemon task definition, so that deploying the same file twice registers
// nothing.

import { canonicalDefinition } from "../deploy/sameDefinition";
import type { JsonObject } from "../port";

/** Both sides without what ECS writes, defaults and computes; what is not answered (tags) is not compared. */
export function comparableDefinitions(
  input: JsonObject,
  described: JsonObject,
): { readonly before: JsonObject; readonly after: JsonObject } {
  const withUser = new Set(
    containersOf(input).flatMap((it) => (it.user === undefined ? [] : [String(it.name)])),
  );
  // ECS answers the user that it computed from the image.
  const before = containersOf(described).map(({ user, ...rest }) =>
    withUser.has(String(rest.name)) ? { ...rest, user } : rest,
  );
  const { daemonTaskDefinitionArn: _arn, ...answered } = described;
  return {
    before: comparable({ ...answered, containerDefinitions: before }),
    after: comparable(input),
  };
}

/** Whether registering `input` would only repeat what `described` says. */
export function sameDaemonDefinition(input: JsonObject, described: JsonObject): boolean {
  const { before, after } = comparableDefinitions(input, described);
  return JSON.stringify(before) === JSON.stringify(after);
}

function comparable(definition: JsonObject): JsonObject {
  const { networkMode: _mode, tags: _tags, ...rest } = canonicalDefinition(definition);
  return rest;
}

function containersOf({ containerDefinitions }: JsonObject): readonly JsonObject[] {
  return Array.isArray(containerDefinitions) ? (containerDefinitions as readonly JsonObject[]) : [];
}
