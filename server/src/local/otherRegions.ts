// ECS refuses ARNs of another region than the one that it is asked in. The endpoint has all regions, so that only the
// request tells.

import { invalidParameter } from "./errors";
import { isObject, type JsonObject, member } from "./input";

/** Members that name something of ECS, alone or in a list. */
const identifiers = [
  "cluster",
  "clusters",
  "containerInstance",
  "containerInstances",
  "resourceArn",
  "service",
  "serviceDeploymentArn",
  "serviceDeploymentArns",
  "serviceName",
  "serviceRevisionArns",
  "services",
  "targetId",
  "task",
  "taskDefinition",
  "taskDefinitions",
  "tasks",
] as const;

/** Throws an InvalidParameterException with ECS's words, seen in aws/aws-cli#3175, for an ARN of another region. */
export function refuseOtherRegions(input: JsonObject, region: string): void {
  const attributes = member(input, "attributes");
  const objects = [input, ...(Array.isArray(attributes) ? attributes.filter(isObject) : [])];
  for (const object of objects) for (const name of identifiers) refuse(member(object, name), region);
}

function refuse(value: unknown, region: string): void {
  for (const it of Array.isArray(value) ? value : [value]) {
    const own = typeof it === "string" ? /^arn:[^:]*:ecs:([^:]*):/.exec(it)?.[1] : undefined;
    if (own !== undefined && own !== region) throw invalidParameter("Invalid Region in ARN");
  }
}
