// What a row of the tables of Managed Instances and managed daemons must have; see rowChecks.ts.

import { type Check, flag, json, list, number, optional, row, tags, text, word } from "./check";

/** Of a container instance. */
export const managedInstance = row({
  capacityProvider: text,
  daemons: list(
    row({
      daemon: text,
      revision: text,
      failures: optional(number),
      retryAt: optional(number),
      reason: optional(text),
    }),
  ),
  isPinned: flag,
  isReplacement: flag,
  scaleInAt: optional(number),
});

const deployment = row({
  id: text,
  daemon: text,
  target: optional(text),
  sources: list(text),
  status: word(
    "PENDING",
    "IN_PROGRESS",
    "SUCCESSFUL",
    "STOP_REQUESTED",
    "STOPPED",
    "ROLLBACK_IN_PROGRESS",
    "ROLLBACK_SUCCESSFUL",
    "ROLLBACK_FAILED",
  ),
  statusReason: optional(text),
  createdAt: number,
  startedAt: optional(number),
  stoppedAt: optional(number),
  finishedAt: optional(number),
  drainPercent: number,
  bakeTimeInMinutes: number,
  alarmNames: list(text),
  alarmsEnabled: flag,
  ignoredAlarms: list(text),
  triggeredAlarms: list(text),
  failureCount: number,
  isBreakerTriggered: flag,
  bakedAt: optional(number),
  rollback: optional(row({ reason: text, startedAt: number, revision: text, failureCount: number })),
});

export const managedChecks = {
  capacityProviders: row({
    name: text,
    cluster: text,
    region: text,
    status: word("ACTIVE", "DEPROVISIONING", "INACTIVE"),
    updateStatus: word("CREATE_COMPLETE", "UPDATE_COMPLETE", "DELETE_IN_PROGRESS", "DELETE_COMPLETE"),
    provider: json,
    tags,
  }),
  daemons: row({
    cluster: text,
    name: text,
    status: word("ACTIVE", "DELETE_IN_PROGRESS"),
    revision: optional(text),
    deployment: text,
    createdAt: number,
    updatedAt: number,
    tags,
    clientToken: optional(text),
    requestKey: text,
  }),
  daemonRevisions: row({
    id: text,
    daemon: text,
    taskDefinition: text,
    capacityProviders: list(text),
    propagateTags: word("DAEMON", "NONE"),
    enableECSManagedTags: flag,
    enableExecuteCommand: flag,
    critical: flag,
    createdAt: number,
  }),
  daemonDeployments: deployment,
  daemonEvents: row({
    number,
    id: text,
    detailType: word("ECS Daemon Service Action", "ECS Daemon Deployment State Change"),
    time: number,
    daemon: text,
    eventType: word("INFO", "WARNING", "ERROR"),
    eventName: text,
    revision: optional(text),
    deployment: optional(text),
    instance: optional(text),
    capacityProvider: optional(text),
    task: optional(text),
    failureType: optional(word("TASK_FAILED_TO_RUN", "TASK_CREATION_FAILED")),
    reason: optional(text),
  }),
} as const satisfies Readonly<Record<string, Check>>;
