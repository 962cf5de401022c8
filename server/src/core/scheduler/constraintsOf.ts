// The placement constraints of a task definition and of a service, ready to be asked.

import { parseQuery } from "../query/parse/parser";
import { asFilledText, asObject, asText, member, objectsOf } from "../text/plainValue";
import type { PlacementConstraint } from "./placement";

/**
 * Reads `placementConstraints` of a task definition and a service input (plain values, as a request or a cluster has
 * them: `$X` is text there; either may be undefined). ECS joins all of them by and. Entries of no known type are left out, the rules report them. Never throws.
 */
export function constraintsOf(taskDefinition: unknown, service: unknown): readonly PlacementConstraint[] {
  return [...read(taskDefinition, "taskDefinition"), ...read(service, "service")];
}

function read(value: unknown, from: PlacementConstraint["from"]): readonly PlacementConstraint[] {
  const list = member(asObject(value), "placementConstraints");
  return objectsOf(list).flatMap((it, index): PlacementConstraint[] => {
    const type = asText(member(it, "type"));
    if (type === "distinctInstance") return [{ type, from, index, query: undefined }];
    if (type !== "memberOf") return [];
    const expression = asFilledText(member(it, "expression"));
    if (expression === undefined) return [{ type, from, index, query: undefined }];
    return [{ type, from, index, query: parseQuery(expression, { placeholders: false }) }];
  });
}
