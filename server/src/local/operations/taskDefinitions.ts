// Task definitions: register, describe, deregister, delete.

import { compatibilitiesOf } from "../../core/requirements/compatibilitiesOf";
import { requiresAttributesOf } from "../../core/requirements/requirementsOf";
import { taskDefinitionAnswer } from "../answers/taskDefinitionAnswer";
import { clientException } from "../errors";
import type { Operation } from "../operation";
import { findTaskDefinition, includeOf, tagsOf } from "../request/findRecords";
import { identifierList, type JsonObject, requiredText } from "../request/input";
import { knownInput } from "../request/knownMembers";
import { registeredDefinition } from "../request/registeredDefinition";
import { rejectAsEcs } from "../request/rejectAsEcs";
import type { TaskDefinitionRecord } from "../state/records";
import { taskDefinitionKey, type World } from "../state/world";

export const registerTaskDefinition: Operation = (world, input, call) => {
  const family = requiredText(input, "family", "Family");
  rejectAsEcs(world, "registerTaskDefinition", input);
  const tags = tagsOf(input);
  const revision = (world.families.get(family)?.latestRevision ?? 0) + 1;
  const definition = registeredDefinition(knownInput("registerTaskDefinition", input));
  const record: TaskDefinitionRecord = {
    family,
    revision,
    status: "ACTIVE",
    definition,
    requiresAttributes: requiresAttributesOf(definition).map((it) => it.name),
    compatibilities: compatibilitiesOf(definition),
    registeredAt: world.now(),
    tags,
  };
  world.families.put(family, { latestRevision: revision });
  world.taskDefinitions.put(taskDefinitionKey(family, revision), record);
  return { taskDefinition: taskDefinitionAnswer(record, call), tags };
};

export const describeTaskDefinition: Operation = (world, input, call) => {
  const reference = requiredText(input, "taskDefinition", "Task definition");
  const record = findTaskDefinition(world, reference);
  if (record === undefined) throw clientException("Unable to describe task definition.");
  return {
    taskDefinition: taskDefinitionAnswer(record, call),
    ...(includeOf(input).has("TAGS") ? { tags: record.tags } : {}),
  };
};

export const deregisterTaskDefinition: Operation = (world, input, call) => {
  const reference = requiredText(input, "taskDefinition", "Task definition");
  if (!hasRevision(reference)) throw clientException("Revision is missing.");
  const record = findTaskDefinition(world, reference);
  if (record === undefined) throw clientException("The specified task definition does not exist.");
  if (record.status === "DELETE_IN_PROGRESS") {
    throw clientException(
      "The task definition could not be deregistered because it is in the process of being deleted.",
    );
  }
  const changed: TaskDefinitionRecord =
    record.status === "INACTIVE" ? record : { ...record, status: "INACTIVE", deregisteredAt: world.now() };
  world.taskDefinitions.put(taskDefinitionKey(record.family, record.revision), changed);
  return { taskDefinition: taskDefinitionAnswer(changed, call) };
};

export const deleteTaskDefinitions: Operation = (world, input, call) => {
  const references = identifierList(input, "taskDefinitions", "Task definitions", 10);
  const taskDefinitions: JsonObject[] = [];
  const failures: JsonObject[] = [];
  for (const reference of references) {
    const record = revisionToDelete(world, reference);
    if (typeof record === "string") {
      failures.push({ arn: reference, reason: record });
      continue;
    }
    const changed: TaskDefinitionRecord = {
      ...record,
      status: "DELETE_IN_PROGRESS",
      deleteRequestedAt: record.deleteRequestedAt ?? world.now(),
    };
    taskDefinitions.push(taskDefinitionAnswer(changed, call));
    // It can be described for a while, and is gone once no task and no service uses it any more.
    world.taskDefinitions.put(taskDefinitionKey(record.family, record.revision), changed);
  }
  return { taskDefinitions, failures };
};

/** Whether the reference names a revision, valid or not. */
const hasRevision = (reference: string): boolean =>
  reference.slice(reference.lastIndexOf("/") + 1).includes(":");

/** The revision, or the reason in `failures` why it cannot be deleted (getmoto/moto, tests/test_ecs). */
function revisionToDelete(world: World, reference: string): TaskDefinitionRecord | string {
  const record = hasRevision(reference) ? referencedRevision(world, reference) : "invalid";
  if (record === "invalid")
    return "The specified task definition identifier is invalid. Specify a valid name or ARN and try again.";
  if (record === undefined)
    return "The specified task definition does not exist. Specify a valid account, family, revision and try again.";
  return record.status === "ACTIVE"
    ? "The specified task definition is still in ACTIVE status. Please deregister the target and try again."
    : record;
}

function referencedRevision(world: World, reference: string): TaskDefinitionRecord | "invalid" | undefined {
  try {
    return findTaskDefinition(world, reference);
  } catch {
    return "invalid";
  }
}
