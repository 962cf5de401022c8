// ECS refuses ARNs of another region than the one that it is asked in, and finds nothing of another account. The
// endpoint has all regions, so that only the request tells which one it is; its account is always the same.

import { account } from "../arns";
import { clusterNotFound, invalidParameter } from "../errors";
import { isObject, type JsonObject, member } from "./input";

/** Members that name something of ECS, alone or in a list. */
const identifiers = [
  "capacityProvider",
  "capacityProviderArns",
  "cluster",
  "clusterArn",
  "containerInstance",
  "containerInstanceArn",
  "containerInstances",
  "daemonArn",
  "daemonDeploymentArns",
  "daemonRevisionArns",
  "resourceArn",
  "service",
  "serviceDeploymentArn",
  "serviceDeploymentArns",
  "serviceName",
  "serviceRevisionArns",
  "services",
  "targetId",
  "task",
  "tasks",
] as const;

/** Those whose operations say themselves that they do not find what another account has. */
const lookedUp = [
  "capacityProviders",
  "clusters",
  "daemonTaskDefinition",
  "daemonTaskDefinitionArn",
  "taskDefinition",
  "taskDefinitions",
] as const;

/**
 * Throws an InvalidParameterException with ECS's words, seen in aws/aws-cli#3175, for an ARN of another region; a
 * ClusterNotFoundException for a cluster of another account, and an InvalidParameterException for what else it has.
 * `region` is `undefined` for a request that nobody signed: it is in no region of its own.
 */
export function refuseForeignArns(input: JsonObject, region: string | undefined): void {
  const attributes = member(input, "attributes");
  const objects = [input, ...(Array.isArray(attributes) ? attributes.filter(isObject) : [])];
  for (const object of objects) {
    for (const name of [...identifiers, ...lookedUp]) refuseRegion(member(object, name), region);
    for (const name of identifiers) refuseAccount(member(object, name), name);
  }
}

function refuseRegion(value: unknown, region: string | undefined): void {
  for (const arn of arnsIn(value))
    if (region !== undefined && arn.region !== region) throw invalidParameter("Invalid Region in ARN");
}

function refuseAccount(value: unknown, name: string): void {
  const foreign = arnsIn(value).find((it) => it.account !== account);
  if (foreign === undefined) return;
  if (name === "cluster" || name === "clusterArn") throw clusterNotFound();
  throw invalidParameter(
    `Invalid identifier: Identifier is for account ${foreign.account}. Your account is ${account}`,
  );
}

/** Region and account of the ARN of ECS that the value is, or of those in the list. */
function arnsIn(value: unknown): readonly { readonly region: string; readonly account: string }[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).flatMap((it: unknown) => {
    const found = typeof it === "string" ? /^arn:[^:]*:ecs:([^:]*):([^:]*):/.exec(it) : null;
    return found === null ? [] : [{ region: found[1] ?? "", account: found[2] ?? "" }];
  });
}
