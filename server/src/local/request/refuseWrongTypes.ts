// ECS reads a request's JSON into typed objects before it looks at anything else.

import { conversionFault } from "./conversionFault";
import { isObject, type JsonObject, member } from "./input";
import { type RequestShape, requestShape } from "./requestModel";

/**
 * Throws a SerializationException for the first member of another JSON type than the API model says. A `null` member
 * counts as absent, and what the model does not know is nobody's business. `operation` is a name such as `CreateService`;
 * the input of an operation that ECS does not have is left to the operation.
 */
export function refuseWrongTypes(operation: string, input: JsonObject): void {
  check(input, requestShape(`${operation}Request`), "");
}

/** Requests are at most 64 levels deep here, so that this recursion is too. */
function check(value: unknown, shape: RequestShape, path: string): void {
  if (value === null || value === undefined || shape.type === "document") return;
  const fault = conversionFault(value, shape.type, path);
  if (fault !== undefined) throw fault;
  if (Array.isArray(value)) {
    const item = requestShape(shape.item ?? "String");
    for (const [index, it] of value.entries()) checkItem(it, item, `${path}[${index}]`);
  } else if (isObject(value)) checkMembers(value, shape, path);
}

/** A member may be absent, an item of a list or map may not. */
function checkItem(value: unknown, shape: RequestShape, path: string): void {
  const fault =
    value === null && shape.type !== "document" ? conversionFault(value, shape.type, path) : undefined;
  if (fault !== undefined) throw fault;
  check(value, shape, path);
}

function checkMembers(value: JsonObject, shape: RequestShape, path: string): void {
  const inside = (name: string) => (path === "" ? name : `${path}.${name}`);
  if (shape.type === "map") {
    const item = requestShape(shape.value ?? "String");
    for (const [name, it] of Object.entries(value)) checkItem(it, item, inside(name));
    return;
  }
  for (const [name, type] of Object.entries(shape.members ?? {}))
    check(member(value, name), requestShape(type), inside(name));
}
