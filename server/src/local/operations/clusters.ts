// Clusters: create, describe, list, change settings, delete.

import { clusterAnswer, managedProvidersOf } from "../answers/clusterAnswer";
import { clusterNameOf, isForeignAccount } from "../arns";
import { clusterNotFound, EcsException, invalidParameter } from "../errors";
import type { Operation } from "../operation";
import { canonicalJson } from "../request/canonicalJson";
import { clusterOf, includeOf, tagsOf } from "../request/findRecords";
import {
  type JsonObject,
  member,
  objectList,
  optionalObject,
  optionalText,
  optionalWord,
  requiredText,
  textList,
} from "../request/input";
import { knownPart } from "../request/knownMembers";
import { pageOf, pageSize } from "../request/paging";
import type { ClusterRecord } from "../state/records";
import { rowsOf, type World } from "../state/world";
import { capacityProvidersOf, refuseRemovalInUse } from "./clusterCapacity";

export const createCluster: Operation = (world, input, call) => {
  const name = optionalText(input, "clusterName") || "default";
  checkName(name);
  const known = world.clusters.get(name);
  const cluster: ClusterRecord = {
    name,
    status: "ACTIVE",
    settings: settingsOf(input, [{ name: "containerInsights", value: "disabled" }]),
    tags: tagsOf(input),
    ...capacityProvidersOf(world, name, input),
    ...optionalDetails(input),
  };
  if (known?.status === "ACTIVE") {
    refuseOtherArguments(input, cluster, known);
    return { cluster: clusterAnswer(world, known, call, everything) };
  }
  world.clusters.put(name, cluster);
  return { cluster: clusterAnswer(world, cluster, call, everything) };
};

/**
 * Creating a cluster twice is no error: the second call answers the first one's cluster, unless an argument of it differs.
 * Seen in hashicorp/waypoint#513 (capacity providers) and with a configuration; other tags are no reason
 * (hashicorp/terraform-provider-aws#38875).
 */
function refuseOtherArguments(input: JsonObject, asked: ClusterRecord, known: ClusterRecord): void {
  const compared = [
    "settings",
    "configuration",
    "serviceConnectDefaults",
    "capacityProviders",
    "defaultCapacityProviderStrategy",
  ] as const;
  const isSame = (it: (typeof compared)[number]) =>
    canonicalJson({ value: inOrder(asked[it]) }) === canonicalJson({ value: inOrder(known[it]) });
  if (compared.some((it) => member(input, it) !== undefined && !isSame(it)))
    throw invalidParameter(
      "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).",
    );
}

/** The order of a list of settings or capacity providers means nothing. */
const inOrder = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((it) => canonicalJson({ it })).sort() : value;

const everything: ReadonlySet<string> = new Set(["TAGS", "SETTINGS", "CONFIGURATIONS"]);

function checkName(name: string): void {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
    throw invalidParameter(
      `Cluster name '${name}' is not valid: up to 255 letters, digits, hyphens and underscores.`,
    );
  }
}

function settingsOf(input: JsonObject, otherwise: ClusterRecord["settings"]): ClusterRecord["settings"] {
  const given = objectList(input, "settings").map((it) => ({
    name: requiredText(it, "name", "Setting name"),
    value: requiredText(it, "value", "Setting value"),
  }));
  for (const it of given) checkSetting(it);
  return [...otherwise.filter((it) => !given.some((other) => other.name === it.name)), ...given];
}

function checkSetting({ name, value }: { readonly name: string; readonly value: string }): void {
  if (name !== "containerInsights") throw invalidParameter("Invalid setting 'name'");
  // Seen in terraform-aws-modules/terraform-aws-ecs#264.
  if (!["enabled", "disabled", "enhanced"].includes(value)) throw invalidParameter("Invalid setting 'value'");
}

function optionalDetails(input: JsonObject): Pick<ClusterRecord, "configuration" | "serviceConnectDefaults"> {
  const configuration = optionalObject(input, "configuration");
  checkExecuteCommand(optionalObject(configuration ?? {}, "executeCommandConfiguration") ?? {});
  const defaults = optionalObject(input, "serviceConnectDefaults");
  return {
    ...(configuration === undefined
      ? {}
      : { configuration: knownPart("ClusterConfiguration", configuration) }),
    ...(defaults === undefined
      ? {}
      : { serviceConnectDefaults: knownPart("ClusterServiceConnectDefaultsRequest", defaults) }),
  };
}

/** Where ECS Exec writes what was said in a session. */
function checkExecuteCommand(configuration: JsonObject): void {
  const logs = optionalObject(configuration, "logConfiguration");
  const isOverride = optionalWord(configuration, "logging", ["NONE", "DEFAULT", "OVERRIDE"]) === "OVERRIDE";
  if (logs !== undefined && !isOverride)
    throw invalidParameter("You must set logging to 'OVERRIDE' when you supply a log configuration");
  const isNamed = ["cloudWatchLogGroupName", "s3BucketName"].some((it) => optionalText(logs ?? {}, it));
  if (isOverride && !isNamed)
    throw invalidParameter(
      "A CloudWatch log group name or S3 bucket name must be specified when overriding the default log configuration",
    );
}

export const putClusterCapacityProviders: Operation = (world, input, call) => {
  requiredText(input, "cluster", "Cluster");
  const cluster = clusterOf(world, input);
  const capacity = capacityProvidersOf(world, cluster.name, input);
  refuseRemovalInUse(world, cluster, capacity.capacityProviders);
  const changed = { ...cluster, ...capacity };
  world.clusters.put(cluster.name, changed);
  return { cluster: clusterAnswer(world, changed, call, everything) };
};

export const describeClusters: Operation = (world, input, call) => {
  const references = textList(input, "clusters");
  if (references.length > 100) throw invalidParameter("Clusters cannot have more than 100 elements.");
  const include = includeOf(input, ["ATTACHMENTS", "CONFIGURATIONS", "SETTINGS", "STATISTICS", "TAGS"]);
  const clusters: JsonObject[] = [];
  const failures: JsonObject[] = [];
  for (const reference of references.length === 0 ? ["default"] : references) {
    const name = clusterNameOf(reference);
    const cluster = isForeignAccount(reference) ? undefined : world.clusters.get(name);
    if (cluster !== undefined) clusters.push(clusterAnswer(world, cluster, call, include));
    else {
      const arn = reference.startsWith("arn:") ? reference : call.arns.cluster(name);
      failures.push({ arn, reason: "MISSING" });
    }
  }
  return { clusters, failures };
};

export const listClusters: Operation = (world, input, call) => {
  const names = [...world.clusters.values()].filter((it) => it.status === "ACTIVE").map((it) => it.name);
  const page = pageOf(names.sort(), (it) => it, { operation: "ListClusters", input }, pageSize(input, 100));
  return { clusterArns: page.items.map(call.arns.cluster), nextToken: page.nextToken };
};

/** UpdateCluster and UpdateClusterSettings differ in what they take, not in what they do. */
export const updateCluster: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const changed: ClusterRecord = {
    ...cluster,
    settings: settingsOf(input, cluster.settings),
    ...optionalDetails(input),
  };
  world.clusters.put(cluster.name, changed);
  return { cluster: clusterAnswer(world, changed, call, everything) };
};

export const deleteCluster: Operation = (world, input, call) => {
  requiredText(input, "cluster", "Cluster");
  const name = clusterNameOf(optionalText(input, "cluster"));
  const cluster = world.clusters.get(name);
  if (cluster?.status !== "ACTIVE") throw clusterNotFound();
  refuseWhileUsed(world, name);
  const deleted: ClusterRecord = {
    ...cluster,
    status: "INACTIVE",
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
  };
  world.clusters.put(name, deleted);
  return { cluster: clusterAnswer(world, deleted, call, everything) };
};

function refuseWhileUsed(world: World, name: string): void {
  const refuse = (what: string, message: string) => {
    throw new EcsException(`ClusterContains${what}Exception`, message);
  };
  const instances = rowsOf(world.instances, world.instancesOfCluster.members(name));
  if (instances.some((it) => it.status !== "INACTIVE")) {
    refuse(
      "ContainerInstances",
      "The Cluster cannot be deleted while Container Instances are active or draining.",
    );
  }
  const services = rowsOf(world.services, world.servicesOfCluster.members(name));
  if (services.some((it) => it.status === "ACTIVE")) {
    refuse("Services", "The Cluster cannot be deleted while Services are active.");
  }
  if (managedProvidersOf(world, name).length > 0)
    // Seen in ekristen/aws-nuke#990 and hashicorp/terraform-provider-aws, pull request 45794.
    refuse(
      "CapacityProvider",
      "The Cluster cannot be deleted while Cluster Scoped Capacity Providers are attached to the cluster.",
    );
  const tasks = rowsOf(world.tasks, world.tasksOfCluster.members(name));
  if (tasks.some((it) => it.lastStatus !== "STOPPED")) {
    refuse("Tasks", "The Cluster cannot be deleted while Tasks are active.");
  }
}
