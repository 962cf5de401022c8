// A managed daemon as DescribeDaemon and ListDaemons answer it.

import { type Call, definedOnly, seconds } from "../operation";
import type { JsonObject } from "../request/input";
import { keyOfDaemon } from "../scheduling/managed/daemonDeployments";
import type { DaemonRecord, DaemonRevisionRecord } from "../state/managedRecords";
import type { World } from "../state/world";
import { countsOf, revisionsPresent, sumOf } from "./daemonCounts";

export function daemonAnswer(world: World, daemon: DaemonRecord, call: Call): JsonObject {
  const key = keyOfDaemon(daemon);
  const current = daemon.revision === undefined ? undefined : world.daemonRevisions.get(daemon.revision);
  const others = revisionsPresent(world, key).filter((it) => it.id !== current?.id);
  return {
    ...daemonSummary(daemon, call),
    clusterArn: call.arns.cluster(daemon.cluster),
    currentRevisions: [...(current === undefined ? [] : [current]), ...others].map((it) =>
      revisionDetail(world, it, call),
    ),
    deploymentArn: call.arns.daemonDeployment(key, daemon.deployment),
  };
}

export function daemonSummary(daemon: DaemonRecord, call: Call): JsonObject {
  return definedOnly({
    daemonArn: call.arns.daemon(keyOfDaemon(daemon)),
    status: daemon.status,
    createdAt: seconds(daemon.createdAt),
    updatedAt: seconds(daemon.updatedAt),
  });
}

function revisionDetail(world: World, revision: DaemonRevisionRecord, call: Call): JsonObject {
  const counts = countsOf(world, revision);
  return {
    arn: call.arns.daemonRevision(revision.daemon, revision.id),
    capacityProviders: counts.map((it) => ({
      arn: call.arns.capacityProvider(it.provider),
      runningCount: it.running,
      withoutDaemonCount: it.without,
    })),
    totalRunningCount: sumOf(counts, "running"),
    totalWithoutDaemonCount: sumOf(counts, "without"),
  };
}
