// What a RunTask or StartTask changes of its task definition, for this one task.

import { invalidParameter } from "../errors";
import { isObject, type JsonObject, objectList, optionalObject, optionalText } from "../input";
import type { TaskDefinitionRecord } from "../records";

/** `overrides` of the input. Throws, in ECS's words, for a container that the definition does not have. */
export function overridesIn(input: JsonObject, { definition }: TaskDefinitionRecord): JsonObject | undefined {
  const overrides = optionalObject(input, "overrides");
  if (overrides === undefined) return undefined;
  const containers: unknown = definition.containerDefinitions;
  const names = Array.isArray(containers) ? containers.filter(isObject).map((it) => it.name) : [];
  for (const override of objectList(overrides, "containerOverrides")) {
    const name = optionalText(override, "name");
    if (name === undefined || !names.includes(name)) {
      throw invalidParameter(
        `Override for container named ${name ?? ""} is not a container in the TaskDefinition.`,
      );
    }
  }
  return overrides;
}
