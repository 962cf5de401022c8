// What ECS answers where a value has another JSON type than the member. For a text in place of a number people have
// seen "STRING_VALUE cannot be converted to Integer" (aws-actions/amazon-ecs-deploy-task-definition#587,
// aws/aws-cdk-cli#973); ECS does not say which member it means, we do.

import { type EcsException, serializationException } from "../errors";

export type MemberType =
  | "structure"
  | "list"
  | "map"
  | "string"
  | "integer"
  | "long"
  | "double"
  | "boolean"
  | "timestamp";

const targets: Readonly<Record<MemberType, string>> = {
  structure: "Structure",
  list: "List",
  map: "Map",
  string: "String",
  integer: "Integer",
  long: "Long",
  double: "Double",
  boolean: "Boolean",
  timestamp: "milliseconds since epoch",
};

const largestInteger = 2 ** 31 - 1;

/** The exception for a value that does not convert to the member's type; `undefined` for one that does. */
export function conversionFault(value: unknown, type: MemberType, path: string): EcsException | undefined {
  if (type === "integer" && Number.isInteger(value) && Math.abs(value as number) > largestInteger) {
    const name = path.slice(path.lastIndexOf(".") + 1);
    return serializationException(`'${name}' is ${value}, which is not a 32-bit integer (in ${path}).`);
  }
  if (fits(value, type)) return undefined;
  return serializationException(`${words(value, type)} (in ${path}).`);
}

function fits(value: unknown, type: MemberType): boolean {
  switch (type) {
    case "structure":
    case "map":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "list":
      return Array.isArray(value);
    case "integer":
    case "long":
      return Number.isInteger(value);
    case "double":
    case "timestamp":
      return typeof value === "number";
    default:
      return typeof value === type;
  }
}

function words(value: unknown, type: MemberType): string {
  if (value === null) return "A null is where a value is expected";
  if (Array.isArray(value)) return "Start of list found where not expected";
  if (typeof value === "object") return "Start of structure or map found where not expected";
  return `${token(value)} cannot be converted to ${targets[type]}`;
}

function token(value: unknown): string {
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return typeof value === "number" ? "NUMBER_VALUE" : "STRING_VALUE";
}
