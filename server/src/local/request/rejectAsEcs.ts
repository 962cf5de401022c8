// The endpoint rejects what the editor underlines: the same rules, in ECS's words.

import { openResource, type Resource } from "../../core/resources/resource";
import { serverRejection } from "../../core/rules/serverRejection";
import { EcsException } from "../errors";
import type { World } from "../state/world";
import { findTaskDefinition } from "./findRecords";
import type { JsonObject } from "./input";

/** Throws what ECS would answer to an input that it does not take. */
export function rejectAsEcs(
  world: World,
  operation: Parameters<typeof serverRejection>[0],
  input: JsonObject,
): void {
  const rejection = serverRejection(operation, input, {
    findTaskDefinition: (reference) => (reference === undefined ? undefined : documentOf(world, reference)),
  });
  if (rejection !== undefined) throw new EcsException(rejection.exception, rejection.message);
}

function documentOf(world: World, reference: string): Resource | undefined {
  try {
    const record = findTaskDefinition(world, reference);
    if (record === undefined) return undefined;
    return openResource(`${record.family}.taskdef.json`, JSON.stringify(record.definition), {
      templates: false,
    });
  } catch {
    // A reference that is none is the operation's own to refuse.
    return undefined;
  }
}
