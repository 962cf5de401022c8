// The identity document of an EC2 instance, which its container agent sends when it registers: from it ECS knows the
// instance's built-in attributes.

import { cpuArchitectureOf } from "../../core/cluster/instanceTypes";
import { invalidParameter } from "../errors";
import { isObject, type JsonObject, optionalText } from "../request/input";
import type { AttributeRecord } from "../state/records";

/**
 * The document in RegisterContainerInstance's input; `undefined` without one. EC2 signs it, the endpoint does not check
 * the signature. Throws InvalidParameterException for a document that is not a JSON object.
 */
export function identityDocumentIn(input: JsonObject): JsonObject | undefined {
  const text = optionalText(input, "instanceIdentityDocument");
  if (text === undefined || text === "") return undefined;
  const document = parsed(text);
  if (!isObject(document)) throw invalidParameter("The instance identity document is not JSON.");
  return document;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The attributes that ECS adds to what the agent sends (developer guide, "Amazon ECS container instance attributes"):
 * zone, instance type, AMI and CPU architecture from the document; the operating system is Linux where the agent sends
 * none. The VPC and the subnet are not in the document.
 */
export function builtInAttributes(document: JsonObject | undefined): readonly AttributeRecord[] {
  if (document === undefined) return [];
  const instanceType = textIn(document, "instanceType");
  const architecture =
    textIn(document, "architecture") ??
    (instanceType === undefined ? undefined : cpuArchitectureOf(instanceType));
  const values: readonly (readonly [string, string | undefined])[] = [
    ["ecs.ami-id", textIn(document, "imageId")],
    ["ecs.availability-zone", textIn(document, "availabilityZone")],
    ["ecs.instance-type", instanceType],
    ["ecs.cpu-architecture", architecture],
    ["ecs.os-type", "linux"],
  ];
  return values.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

/** A text member of the document; `undefined` for an absent, empty or other value. */
export function textIn(document: JsonObject | undefined, name: string): string | undefined {
  const value = document !== undefined && Object.hasOwn(document, name) ? document[name] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}
