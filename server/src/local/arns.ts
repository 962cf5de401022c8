// Writes and reads ARNs. The account is one that AWS uses in its examples; the region is the request's.

import { invalidParameter } from "./errors";

export const account = "123456789012";

export interface Arns {
  readonly region: string;
  cluster(name: string): string;
  instance(cluster: string, id: string): string;
  task(cluster: string, id: string): string;
  container(cluster: string, task: string, id: string): string;
  /** `key` is `cluster/name`, as services are keyed. */
  service(key: string): string;
  serviceDeployment(service: string, id: string): string;
  serviceRevision(service: string, id: string): string;
  capacityProvider(name: string): string;
  /** `key` is `family:revision`. */
  taskDefinition(key: string): string;
  /** `key` is `family:revision`. */
  daemonTaskDefinition(key: string): string;
  /** `key` is `cluster/name`, as daemons are keyed. */
  daemon(key: string): string;
  daemonRevision(daemon: string, id: string): string;
  daemonDeployment(daemon: string, id: string): string;
}

/** The partition that a region belongs to. */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

export function arnsOf(region: string): Arns {
  const prefix = `arn:${partitionOf(region)}:ecs:${region}:${account}:`;
  return {
    region,
    cluster: (name) => `${prefix}cluster/${name}`,
    instance: (cluster, id) => `${prefix}container-instance/${cluster}/${id}`,
    task: (cluster, id) => `${prefix}task/${cluster}/${id}`,
    container: (cluster, task, id) => `${prefix}container/${cluster}/${task}/${id}`,
    service: (key) => `${prefix}service/${key}`,
    serviceDeployment: (service, id) => `${prefix}service-deployment/${service}/${id}`,
    serviceRevision: (service, id) => `${prefix}service-revision/${service}/${id}`,
    capacityProvider: (name) => `${prefix}capacity-provider/${name}`,
    daemonTaskDefinition: (key) => `${prefix}daemon-task-definition/${key}`,
    taskDefinition: (key) => `${prefix}task-definition/${key}`,
    daemon: (key) => `${prefix}daemon/${key}`,
    daemonRevision: (daemon, id) => `${prefix}daemon-revision/${daemon}/${id}`,
    daemonDeployment: (daemon, id) => `${prefix}daemon-deployment/${daemon}/${id}`,
  };
}

/** Whether the text is an ARN of ECS in another account than the endpoint's. */
export function isForeignAccount(reference: string): boolean {
  const owner = /^arn:[^:]*:ecs:[^:]*:([^:]*):/.exec(reference)?.[1];
  return owner !== undefined && owner !== account;
}

/** What an ARN names: `{ type: "service", path: ["default", "agent"] }`. `undefined` for text that is no ARN of ECS. */
export function parseArn(text: string): { type: string; path: readonly string[] } | undefined {
  const match = /^arn:[^:]+:ecs:[^:]*:[^:]*:([a-z-]+)\/(.+)$/.exec(text);
  if (match === null) return undefined;
  const [, type = "", rest = ""] = match;
  return { type, path: rest.split("/") };
}

/**
 * The last part of a short id or an ARN of the given type. The old form of an ARN has no cluster in it; the new one
 * must name the cluster of the request.
 */
export function idOf(reference: string, type: string, cluster: string): string {
  if (!reference.startsWith("arn:")) {
    // The console and older tools write `cluster/id`.
    const parts = reference.split("/");
    return parts.length === 2 && parts[0] === cluster ? (parts[1] ?? reference) : reference;
  }
  const arn = parseArn(reference);
  if (arn === undefined || arn.type !== type) {
    throw invalidParameter(`Invalid identifier: Unexpected identifier for ${type} - ${reference}`);
  }
  const [first = "", second] = arn.path;
  if (second === undefined) return first;
  if (first !== cluster) {
    throw invalidParameter(
      `Invalid identifier: Identifier is for cluster ${first}. Your cluster is ${cluster}`,
    );
  }
  return second;
}

/** The cluster's name from a name, an ARN, or nothing. */
export function clusterNameOf(reference: string | undefined): string {
  if (reference === undefined || reference === "") return "default";
  if (!reference.startsWith("arn:")) return reference;
  const arn = parseArn(reference);
  if (arn === undefined || arn.type !== "cluster") {
    throw invalidParameter(`Invalid identifier: Unexpected identifier for cluster - ${reference}`);
  }
  return arn.path[0] ?? "";
}
