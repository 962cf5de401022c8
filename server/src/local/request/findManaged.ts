// Finds what requests about managed daemons and Managed Instances name; throws ECS's exception where there is none.

import { isForeignAccount, parseArn } from "../arns";
import { clientException, daemonNotFound, type EcsException, invalidParameter } from "../errors";
import type { CapacityProviderRecord, DaemonRecord } from "../state/managedRecords";
import type { ClusterRecord, DaemonDefinitionRecord } from "../state/records";
import { serviceKey, taskDefinitionKey, type World } from "../state/world";
import { clusterOf, clusterToUse } from "./findRecords";
import { type JsonObject, optionalText, requiredText, textList } from "./input";

/** Families of daemons count their revisions apart from ordinary ones; no family has a slash in its name. */
export const daemonFamilyKey = (family: string): string => `daemon/${family}`;

/** `family` (its newest ACTIVE revision), `family:revision`, or an ARN. */
export function findDaemonDefinition(world: World, reference: string): DaemonDefinitionRecord | undefined {
  if (isForeignAccount(reference)) return undefined;
  const arn = parseArn(reference);
  if (reference.startsWith("arn:") && arn?.type !== "daemon-task-definition")
    throw invalidParameter(
      `Invalid identifier: Unexpected identifier for daemon-task-definition - ${reference}`,
    );
  const name = arn?.path.join("/") ?? reference;
  if (name.includes(":")) return world.daemonDefinitions.get(name);
  const latest = world.families.get(daemonFamilyKey(name))?.latestRevision ?? 0;
  for (let revision = latest; revision > 0; revision -= 1) {
    const record = world.daemonDefinitions.get(taskDefinitionKey(name, revision));
    if (record?.status === "ACTIVE") return record;
  }
  return undefined;
}

/** A daemon task definition that a daemon may be made of. */
export function usableDaemonDefinition(world: World, input: JsonObject): DaemonDefinitionRecord {
  const reference = requiredText(input, "daemonTaskDefinitionArn", "DaemonTaskDefinitionArn");
  const found = findDaemonDefinition(world, reference);
  if (found === undefined) throw clientException(`The daemon task definition ${reference} was not found.`);
  if (found.status !== "ACTIVE")
    throw clientException(`The daemon task definition ${reference} is being deleted.`);
  return found;
}

/** The cluster of `clusterArn`, an ARN or a name; the default cluster without one. */
export function clusterOfArn(world: World, input: JsonObject): ClusterRecord {
  return clusterOf(world, { cluster: optionalText(input, "clusterArn") });
}

/** The same for what starts something there. */
export function clusterOfArnToUse(world: World, input: JsonObject): ClusterRecord {
  return clusterToUse(world, { cluster: optionalText(input, "clusterArn") });
}

/** The daemon of `daemonArn`. Throws `missing` where there is none. */
export function daemonOf(
  world: World,
  input: JsonObject,
  missing: EcsException = daemonNotFound(),
): DaemonRecord {
  const reference = requiredText(input, "daemonArn", "DaemonArn");
  const arn = parseArn(reference);
  if (arn?.type !== "daemon")
    throw invalidParameter(`Invalid identifier: Unexpected identifier for daemon - ${reference}`);
  const [cluster = "", name = ""] = arn.path;
  const daemon = world.daemons.get(serviceKey(cluster, name));
  if (daemon === undefined) throw missing;
  return daemon;
}

/** A Managed Instances capacity provider by name or ARN; an INACTIVE one is found, too. */
export function findCapacityProvider(world: World, reference: string): CapacityProviderRecord | undefined {
  return world.capacityProviders.get(capacityProviderName(reference));
}

export const capacityProviderName = (reference: string): string =>
  reference.slice(reference.lastIndexOf("/") + 1);

/** The capacity providers of a daemon of the cluster, by name, each once. */
export function providersOfDaemon(world: World, cluster: string, input: JsonObject): readonly string[] {
  const references = textList(input, "capacityProviderArns");
  if (references.length === 0) throw invalidParameter("CapacityProviderArns can not be empty.");
  const names = references.map((reference) => {
    const arn = parseArn(reference);
    if (reference.startsWith("arn:") && arn?.type !== "capacity-provider")
      throw invalidParameter(
        `Invalid identifier: Unexpected identifier for capacity-provider - ${reference}`,
      );
    const provider = findCapacityProvider(world, reference);
    if (provider === undefined || provider.status === "INACTIVE")
      throw invalidParameter(`The specified capacity provider '${reference}' was not found.`);
    if (provider.status !== "ACTIVE")
      throw invalidParameter(`The capacity provider '${provider.name}' is being deleted.`);
    if (provider.cluster !== cluster)
      throw invalidParameter(
        `The capacity provider '${provider.name}' belongs to the cluster '${provider.cluster}', and the daemon to '${cluster}'.`,
      );
    return provider.name;
  });
  return [...new Set(names)];
}
