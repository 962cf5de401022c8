// A task definition as RegisterTaskDefinition and DescribeTaskDefinition answer it.

import { account } from "../arns";
import { type Call, definedOnly, seconds } from "../operation";
import type { JsonObject } from "../request/input";
import type { TaskDefinitionRecord } from "../state/records";
import { taskDefinitionKey } from "../state/world";

export function taskDefinitionAnswer(record: TaskDefinitionRecord, call: Call): JsonObject {
  const { deregisteredAt, deleteRequestedAt } = record;
  return definedOnly({
    taskDefinitionArn: call.arns.taskDefinition(taskDefinitionKey(record.family, record.revision)),
    ...record.definition,
    revision: record.revision,
    status: record.status,
    requiresAttributes: record.requiresAttributes.map((name) => ({ name })),
    compatibilities: record.compatibilities,
    registeredAt: seconds(record.registeredAt),
    deregisteredAt: deregisteredAt === undefined ? undefined : seconds(deregisteredAt),
    deleteRequestedAt: deleteRequestedAt === undefined ? undefined : seconds(deleteRequestedAt),
    registeredBy: `arn:aws:iam::${account}:root`,
  });
}
