// Finds the records that a request names by id, name or ARN; throws ECS's exception where there is none.

import { clusterNameOf, idOf, isForeignAccount, parseArn } from "../arns";
import {
  clientException,
  clusterInactive,
  clusterNotFound,
  invalidParameter,
  serviceNotFound,
} from "../errors";
import type {
  ClusterRecord,
  InstanceRecord,
  ServiceRecord,
  Tag,
  TaskDefinitionRecord,
  TaskRecord,
} from "../state/records";
import { serviceKey, taskDefinitionKey, type World } from "../state/world";
import { type JsonObject, objectList, optionalText, wordList } from "./input";

/** The cluster of a request: its name or ARN, `default` without one. */
export function clusterOf(world: World, input: JsonObject): ClusterRecord {
  const cluster = world.clusters.get(clusterNameOf(optionalText(input, "cluster")));
  if (cluster?.status !== "ACTIVE") throw clusterNotFound();
  return cluster;
}

/** The same for what starts something: of a cluster that was deleted ECS says there that it is. */
export function clusterToUse(world: World, input: JsonObject): ClusterRecord {
  const cluster = world.clusters.get(clusterNameOf(optionalText(input, "cluster")));
  if (cluster?.status === "INACTIVE") throw clusterInactive();
  return clusterOf(world, input);
}

/** An instance of the cluster by id or ARN. */
export function findInstance(world: World, cluster: string, reference: string): InstanceRecord | undefined {
  const instance = world.instances.get(idOf(reference, "container-instance", cluster));
  return instance?.cluster === cluster ? instance : undefined;
}

/** A task of the cluster by id or ARN. */
export function findTask(world: World, cluster: string, reference: string): TaskRecord | undefined {
  const task = world.tasks.get(idOf(reference, "task", cluster));
  return task?.cluster === cluster ? task : undefined;
}

/** A service of the cluster by name or ARN, whatever its status. */
export function findService(world: World, cluster: string, reference: string): ServiceRecord | undefined {
  return world.services.get(serviceKey(cluster, idOf(reference, "service", cluster)));
}

export function serviceOf(world: World, cluster: string, reference: string): ServiceRecord {
  const service = findService(world, cluster, reference);
  if (service === undefined) throw serviceNotFound();
  return service;
}

/** The newest ACTIVE revision of a family. */
function latestActive(world: World, family: string): TaskDefinitionRecord | undefined {
  let latest: TaskDefinitionRecord | undefined;
  for (const key of world.revisionsOfFamily.members(family)) {
    const record = world.taskDefinitions.get(key);
    if (record?.status === "ACTIVE" && record.revision > (latest?.revision ?? 0)) latest = record;
  }
  return latest;
}

/** `family` (its newest ACTIVE revision), `family:revision`, or the ARN of a revision. */
export function findTaskDefinition(world: World, reference: string): TaskDefinitionRecord | undefined {
  if (isForeignAccount(reference)) return undefined;
  const name = reference.startsWith("arn:") ? taskDefinitionName(reference) : reference;
  const colon = name.lastIndexOf(":");
  if (colon < 0) return latestActive(world, name);
  const revision = Number(name.slice(colon + 1));
  if (!Number.isInteger(revision) || revision < 1) {
    throw invalidParameter(`Invalid revision number. Number: ${name.slice(colon + 1)}`);
  }
  return world.taskDefinitions.get(taskDefinitionKey(name.slice(0, colon), revision));
}

function taskDefinitionName(reference: string): string {
  const arn = parseArn(reference);
  if (arn?.type !== "task-definition") {
    throw invalidParameter(`Invalid identifier: Unexpected identifier for task-definition - ${reference}`);
  }
  return arn.path.join("/");
}

/** A task definition that new tasks may be started from. */
export function usableTaskDefinition(world: World, reference: string): TaskDefinitionRecord {
  const definition = findTaskDefinition(world, reference);
  if (definition === undefined) throw clientException("TaskDefinition not found.");
  if (definition.status !== "ACTIVE") throw clientException("TaskDefinition is inactive");
  return definition;
}

/** The family that a filter names; a revision of it is a mistake that ECS does not forgive either. */
export function familyOf(reference: string): string {
  if (reference.includes(":")) throw invalidParameter("Invalid family name.");
  return reference;
}

const allowedInTags = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** `tags` of a request: at most 50 with different keys. */
export function tagsOf(input: JsonObject): readonly Tag[] {
  const tags = objectList(input, "tags").map((it): Tag => {
    const key = optionalText(it, "key") ?? "";
    if (key === "") throw invalidParameter("Tag key can not be blank.");
    if (key.length > 128) throw invalidParameter("Tag keys can have at most 128 characters.");
    if (!allowedInTags.test(`${key}${optionalText(it, "value") ?? ""}`))
      throw invalidParameter(
        "Tags can have letters, numbers, spaces and the characters _ . : / = + - @ in their keys and values.",
      );
    if (/^aws:/i.test(key))
      throw invalidParameter("Tag keys can not start with aws:, which AWS keeps for itself.");
    const value = optionalText(it, "value");
    if ((value ?? "").length > 256) throw invalidParameter("Tag values can have at most 256 characters.");
    return value === undefined ? { key } : { key, value };
  });
  if (tags.length > 50) throw invalidParameter("Tags can have a maximum size of 50.");
  if (new Set(tags.map((it) => it.key)).size < tags.length)
    throw invalidParameter("Tag keys must be unique.");
  return tags;
}

/** The words in `include`, each one of those that the operation knows. */
export function includeOf(input: JsonObject, known: readonly string[] = ["TAGS"]): ReadonlySet<string> {
  return new Set(wordList(input, "include", known));
}
