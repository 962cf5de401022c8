// A daemon task definition as DescribeDaemonTaskDefinition answers it.

import { account } from "../arns";
import { type Call, definedOnly, seconds } from "../operation";
import type { JsonObject } from "../request/input";
import type { DaemonRevisionRecord } from "../state/managedRecords";
import type { DaemonDefinitionRecord } from "../state/records";
import { taskDefinitionKey, type World } from "../state/world";
import { revisionsPresent } from "./daemonCounts";

/** A definition is gone as soon as a task would be, but for one that a daemon uses. */
export function daemonDefinitionStatus(
  world: World,
  { family, revision, status, deleteRequestedAt }: DaemonDefinitionRecord,
): "ACTIVE" | "DELETE_IN_PROGRESS" | "DELETED" {
  if (deleteRequestedAt === undefined) return status;
  if (isUsed(world, taskDefinitionKey(family, revision))) return "DELETE_IN_PROGRESS";
  return world.now() >= deleteRequestedAt + world.delays.stop ? "DELETED" : "DELETE_IN_PROGRESS";
}

function isUsed(world: World, key: string): boolean {
  const isOf = (it: DaemonRevisionRecord | undefined) => it?.taskDefinition === key;
  return [...world.daemons.entries()].some(
    ([daemon, { revision }]) =>
      (revision !== undefined && isOf(world.daemonRevisions.get(revision))) ||
      revisionsPresent(world, daemon).some(isOf),
  );
}

export function daemonDefinitionAnswer(world: World, record: DaemonDefinitionRecord, call: Call): JsonObject {
  const { deleteRequestedAt } = record;
  return definedOnly({
    daemonTaskDefinitionArn: call.arns.daemonTaskDefinition(
      taskDefinitionKey(record.family, record.revision),
    ),
    ...record.definition,
    revision: record.revision,
    status: daemonDefinitionStatus(world, record),
    registeredAt: seconds(record.registeredAt),
    registeredBy: `arn:aws:iam::${account}:root`,
    deleteRequestedAt: deleteRequestedAt === undefined ? undefined : seconds(deleteRequestedAt),
  });
}
