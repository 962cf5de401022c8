// Deployments and revisions of managed daemons as ECS answers them.

import { type Call, definedOnly, seconds } from "../operation";
import type { JsonObject } from "../request/input";
import { breakerThreshold } from "../scheduling/managed/daemonDeployments";
import { isGoingOn } from "../scheduling/managed/daemonFailures";
import { imageDigest, newContainers } from "../scheduling/taskParts";
import type { DaemonDeploymentRecord, DaemonRevisionRecord } from "../state/managedRecords";
import { rowsOf, type World } from "../state/world";
import { countsOf, sumOf } from "./daemonCounts";

const optionalSeconds = (time: number | undefined) => (time === undefined ? undefined : seconds(time));
const clusterIn = (daemon: string): string => daemon.slice(0, daemon.indexOf("/"));

export function daemonDeploymentBrief(record: DaemonDeploymentRecord, call: Call): JsonObject {
  const { daemon, target } = record;
  return definedOnly({
    daemonDeploymentArn: call.arns.daemonDeployment(daemon, record.id),
    daemonArn: call.arns.daemon(daemon),
    clusterArn: call.arns.cluster(clusterIn(daemon)),
    status: record.status,
    statusReason: record.statusReason,
    targetDaemonRevisionArn: target === undefined ? undefined : call.arns.daemonRevision(daemon, target),
    createdAt: seconds(record.createdAt),
    startedAt: optionalSeconds(record.startedAt),
    stoppedAt: optionalSeconds(record.stoppedAt),
    finishedAt: optionalSeconds(record.finishedAt),
  });
}

export function daemonDeploymentAnswer(world: World, record: DaemonDeploymentRecord, call: Call): JsonObject {
  const { daemonArn: _, targetDaemonRevisionArn: __, ...brief } = daemonDeploymentBrief(record, call);
  const target = record.target === undefined ? undefined : world.daemonRevisions.get(record.target);
  return definedOnly({
    ...brief,
    targetDaemonRevision: target === undefined ? undefined : revisionDetail(world, target, call),
    sourceDaemonRevisions: rowsOf(world.daemonRevisions, record.sources).map((it) =>
      revisionDetail(world, it, call),
    ),
    circuitBreaker: {
      failureCount: record.failureCount,
      status: monitorStatus(record, record.isBreakerTriggered),
      threshold: breakerThreshold,
    },
    alarms: {
      status:
        record.alarmsEnabled && record.alarmNames.length > 0
          ? monitorStatus(record, record.triggeredAlarms.length > 0)
          : "DISABLED",
      alarmNames: record.alarmNames,
      triggeredAlarmNames: record.triggeredAlarms,
    },
    rollback: rollbackAnswer(world, record, call),
    deploymentConfiguration: {
      drainPercent: record.drainPercent,
      bakeTimeInMinutes: record.bakeTimeInMinutes,
      alarms: { alarmNames: record.alarmNames, enable: record.alarmsEnabled },
    },
  });
}

function monitorStatus(record: DaemonDeploymentRecord, isTriggered: boolean): string {
  if (isTriggered) return "TRIGGERED";
  return isGoingOn(record) ? "MONITORING" : "MONITORING_COMPLETE";
}

function rollbackAnswer(
  world: World,
  { rollback, daemon }: DaemonDeploymentRecord,
  call: Call,
): JsonObject | undefined {
  if (rollback === undefined) return undefined;
  return {
    reason: rollback.reason,
    startedAt: seconds(rollback.startedAt),
    rollbackTargetDaemonRevisionArn: call.arns.daemonRevision(daemon, rollback.revision),
    rollbackCapacityProviders: (world.daemonRevisions.get(rollback.revision)?.capacityProviders ?? []).map(
      call.arns.capacityProvider,
    ),
  };
}

function revisionDetail(world: World, revision: DaemonRevisionRecord, call: Call): JsonObject {
  const counts = countsOf(world, revision);
  return {
    arn: call.arns.daemonRevision(revision.daemon, revision.id),
    capacityProviders: counts.map((it) => ({
      arn: call.arns.capacityProvider(it.provider),
      runningInstanceCount: it.running,
      withoutDaemonInstanceCount: it.without,
      drainingInstanceCount: it.draining,
    })),
    totalRunningInstanceCount: sumOf(counts, "running"),
    totalWithoutDaemonInstanceCount: sumOf(counts, "without"),
    totalDrainingInstanceCount: sumOf(counts, "draining"),
  };
}

export function daemonRevisionAnswer(world: World, record: DaemonRevisionRecord, call: Call): JsonObject {
  const { daemon, taskDefinition } = record;
  const definition = world.daemonDefinitions.get(taskDefinition);
  return {
    daemonRevisionArn: call.arns.daemonRevision(daemon, record.id),
    clusterArn: call.arns.cluster(clusterIn(daemon)),
    daemonArn: call.arns.daemon(daemon),
    daemonTaskDefinitionArn: call.arns.daemonTaskDefinition(taskDefinition),
    createdAt: seconds(record.createdAt),
    containerImages:
      definition === undefined
        ? []
        : newContainers(definition).map(({ name, image }) => ({
            containerName: name,
            image,
            imageDigest: imageDigest(image),
          })),
    propagateTags: record.propagateTags,
    enableECSManagedTags: record.enableECSManagedTags,
    enableExecuteCommand: record.enableExecuteCommand,
    critical: record.critical,
  };
}
