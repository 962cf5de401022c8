// ECS reads a request into typed objects: members that it does not know are dropped, at every depth.

import { inputShape } from "../../core/api/apiModel";
import { invalidParameter } from "../errors";
import { isObject, type JsonObject, member } from "./input";
import { type RequestShape, requestShape } from "./requestModel";

/** The input of an operation without members that the API model does not know, and without nulls. */
export function knownInput(operation: Parameters<typeof inputShape>[0], input: JsonObject): JsonObject {
  return known(input, requestShape(inputShape(operation))) as JsonObject;
}

/** The same for one member of another operation's input. */
export function knownPart(
  shape:
    | "AutoScalingGroupProvider"
    | "CapacityProviderStrategyItem"
    | "ClusterConfiguration"
    | "ClusterServiceConnectDefaultsRequest"
    | "CreateManagedInstancesProviderConfiguration"
    | "TaskOverride",
  value: JsonObject,
): JsonObject {
  return known(value, requestShape(shape)) as JsonObject;
}

/** Values of another type than their shape's stay what they are: they are refused elsewhere. */
function known(value: unknown, shape: RequestShape): unknown {
  if (Array.isArray(value)) {
    const item = requestShape(shape.item ?? "");
    return shape.type === "list" ? value.map((it) => known(it, item)) : value;
  }
  if (!isObject(value)) return value;
  const given = Object.entries(value).filter(([, it]) => it !== null && it !== undefined);
  if (shape.type === "map") {
    const item = requestShape(shape.value ?? "");
    return Object.fromEntries(given.map(([name, it]) => [name, known(it, item)]));
  }
  const { members } = shape;
  if (shape.type !== "structure" || members === undefined) return value;
  return Object.fromEntries(
    given.flatMap(([name, it]) =>
      Object.hasOwn(members, name) ? [[name, known(it, requestShape(members[name] ?? ""))]] : [],
    ),
  );
}

/** Throws for the first object of a value that lacks what it needs: no rule looks at such a part of a request. */
export function refuseIncomplete(shape: "TaskOverride", value: JsonObject, path: string): void {
  checkRequired(value, requestShape(shape), path);
}

function checkRequired(value: unknown, shape: RequestShape, path: string): void {
  if (Array.isArray(value))
    for (const [index, it] of value.entries())
      checkRequired(it, requestShape(shape.item ?? ""), `${path}[${index}]`);
  if (!isObject(value)) return;
  const missing = shape.required?.find((it) => member(value, it) === undefined);
  if (missing !== undefined) throw invalidParameter(`${path} needs '${missing}'.`);
  for (const [name, type] of Object.entries(shape.members ?? {}))
    checkRequired(member(value, name), requestShape(type), `${path}.${name}`);
}
