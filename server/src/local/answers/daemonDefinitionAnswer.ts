// A daemon task definition as DescribeDaemonTaskDefinition answers it.

import { account } from "../arns";
import { type Call, definedOnly, seconds } from "../operation";
import type { JsonObject } from "../request/input";
import type { DaemonDefinitionRecord } from "../state/records";
import { taskDefinitionKey, type World } from "../state/world";

/** No daemon of the endpoint uses a definition, so that one is gone as soon as a task would be. */
export function daemonDefinitionStatus(
  world: World,
  { status, deleteRequestedAt }: DaemonDefinitionRecord,
): "ACTIVE" | "DELETE_IN_PROGRESS" | "DELETED" {
  if (deleteRequestedAt === undefined) return status;
  return world.now() >= deleteRequestedAt + world.delays.stop ? "DELETED" : "DELETE_IN_PROGRESS";
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
