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

const daemonTaskDefinition: ReadonlySet<string> = new Set([
  "daemonTaskDefinitionArn",
  "revision",
  "status",
  "registeredAt",
  "registeredBy",
  "deleteRequestedAt",
]);

const daemon: ReadonlySet<string> = new Set([
  "currentRevisions",
  "status",
  "deploymentArn",
  "createdAt",
  "updatedAt",
]);

const capacityProvider: ReadonlySet<string> = new Set([
  "capacityProviderArn",
  "status",
  "updateStatus",
  "updateStatusReason",
  "type",
]);

const byOperation: Readonly<Record<InputOperation, ReadonlySet<string>>> = {
  registerTaskDefinition: taskDefinition,
  createService: service,
  updateService: service,
  registerDaemonTaskDefinition: daemonTaskDefinition,
  createDaemon: daemon,
  updateDaemon: daemon,
  createCapacityProvider: capacityProvider,
};

/** The members of an answer of ECS that the operation's input does not have. */
export function outputOnlyMembers(operation: InputOperation): ReadonlySet<string> {
  return byOperation[operation];
}
