// Task definitions of managed daemons: register, describe, list, delete. They have revisions and families of their own.

import { daemonDefinitionAnswer, daemonDefinitionStatus } from "../answers/daemonDefinitionAnswer";
import { clientException } from "../errors";
import { definedOnly, type Operation } from "../operation";
import { daemonFamilyKey, findDaemonDefinition } from "../request/findManaged";
import { tagsOf } from "../request/findRecords";
import { isObject, type JsonObject, optionalText, optionalWord, requiredText } from "../request/input";
import { knownInput } from "../request/knownMembers";
import { pageOf, pageSize } from "../request/paging";
import { rejectAsEcs } from "../request/rejectAsEcs";
import type { DaemonDefinitionRecord } from "../state/records";
import { taskDefinitionKey, type World } from "../state/world";
import { compareDefinitionKeys } from "./listTaskDefinitions";

export const registerDaemonTaskDefinition: Operation = (world, input, call) => {
  const family = requiredText(input, "family", "Family");
  rejectAsEcs(world, "registerDaemonTaskDefinition", input);
  const { tags: _, ...definition } = knownInput("registerDaemonTaskDefinition", input);
  const revision = (world.families.get(daemonFamilyKey(family))?.latestRevision ?? 0) + 1;
  const record: DaemonDefinitionRecord = {
    family,
    revision,
    status: "ACTIVE",
    definition: withDefaults(definition),
    registeredAt: world.now(),
    tags: tagsOf(input),
  };
  world.families.put(daemonFamilyKey(family), { latestRevision: revision });
  const key = taskDefinitionKey(family, revision);
  world.daemonDefinitions.put(key, record);
  return { daemonTaskDefinitionArn: call.arns.daemonTaskDefinition(key) };
};

/** What the answers of ECS have and an input need not have. */
function withDefaults(definition: JsonObject): JsonObject {
  const containers = Array.isArray(definition.containerDefinitions) ? definition.containerDefinitions : [];
  return {
    volumes: [],
    ...definition,
    containerDefinitions: containers
      .filter(isObject)
      .map((it) => ({ cpu: 0, essential: true, environment: [], mountPoints: [], secrets: [], ...it })),
  };
}

export const describeDaemonTaskDefinition: Operation = (world, input, call) => {
  const record = definitionOf(world, input);
  return { daemonTaskDefinition: daemonDefinitionAnswer(world, record, call) };
};

export const deleteDaemonTaskDefinition: Operation = (world, input, call) => {
  const record = definitionOf(world, input);
  if (record.status === "DELETE_IN_PROGRESS")
    throw clientException("The daemon task definition is already being deleted.");
  const key = taskDefinitionKey(record.family, record.revision);
  world.daemonDefinitions.put(key, {
    ...record,
    status: "DELETE_IN_PROGRESS",
    deleteRequestedAt: world.now(),
  });
  return { daemonTaskDefinitionArn: call.arns.daemonTaskDefinition(key) };
};

/** `family` (its newest ACTIVE revision), `family:revision`, or an ARN. */
function definitionOf(world: World, input: JsonObject): DaemonDefinitionRecord {
  const reference = requiredText(input, "daemonTaskDefinition", "Daemon task definition");
  const found = findDaemonDefinition(world, reference);
  if (found === undefined) throw clientException(`The daemon task definition ${reference} was not found.`);
  return found;
}

const statuses = ["ACTIVE", "DELETE_IN_PROGRESS", "ALL"] as const;

export const listDaemonTaskDefinitions: Operation = (world, input, call) => {
  const prefix = optionalText(input, "familyPrefix") ?? "";
  const family = optionalText(input, "family") ?? "";
  const status = optionalWord(input, "status", statuses) ?? "ACTIVE";
  const onlyLatest = optionalWord(input, "revision", ["LAST_REGISTERED"]) !== undefined;
  const isDescending = optionalWord(input, "sort", ["ASC", "DESC"]) === "DESC";
  const compare = isDescending
    ? (left: string, right: string) => compareDefinitionKeys(right, left)
    : compareDefinitionKeys;
  const found = [...world.daemonDefinitions.values()]
    .filter((it) => it.family.startsWith(prefix) && (family === "" || it.family === family))
    .filter((it) => status === "ALL" || daemonDefinitionStatus(world, it) === status)
    .filter(
      (it) => !onlyLatest || it.revision === world.families.get(daemonFamilyKey(it.family))?.latestRevision,
    )
    .sort((left, right) => compare(keyOf(left), keyOf(right)));
  const page = pageOf(
    found,
    keyOf,
    { operation: "ListDaemonTaskDefinitions", input },
    pageSize(input, 100),
    compare,
  );
  return {
    daemonTaskDefinitions: page.items.map((it) => {
      const {
        registeredAt,
        registeredBy,
        deleteRequestedAt,
        status: shown,
      } = daemonDefinitionAnswer(world, it, call);
      return definedOnly({
        arn: call.arns.daemonTaskDefinition(keyOf(it)),
        registeredAt,
        registeredBy,
        deleteRequestedAt,
        status: shown,
      });
    }),
    nextToken: page.nextToken,
  };
};

const keyOf = (it: DaemonDefinitionRecord): string => taskDefinitionKey(it.family, it.revision);
