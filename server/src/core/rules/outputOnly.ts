// Members that describe calls print beside the input's own, and that no input takes.

import type { InputOperation } from "../api/apiModel";

const taskDefinition: ReadonlySet<string> = new Set([
  "taskDefinitionArn",
  "revision",
  "status",
  "requiresAttributes",
  "compatibilities",
  "registeredAt",
  "registeredBy",
  "deregisteredAt",
  "deleteRequestedAt",
]);

const service: ReadonlySet<string> = new Set([
  "serviceArn",
  "clusterArn",
  "status",
  "runningCount",
  "pendingCount",
  "platformFamily",
  "taskSets",
  "deployments",
  "currentServiceDeployment",
  "currentServiceRevisions",
  "roleArn",
  "events",
  "createdAt",
  "createdBy",
  "resourceManagementType",
]);

/** The members of an answer of ECS that the operation's input does not have. */
export function outputOnlyMembers(operation: InputOperation): ReadonlySet<string> {
  return operation === "registerTaskDefinition" ? taskDefinition : service;
}
