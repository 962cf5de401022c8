// Deployments of managed daemons. A daemon is never added to an instance that runs, nor changed or removed there:
// instances are drained and replaced, so many percent at a time.

import { newDeploymentId } from "../../ids";
import type { InstanceDaemonRecord } from "../../state/managedInstanceRecord";
import type { DaemonDeploymentRecord, DaemonRecord } from "../../state/managedRecords";
import { rowsOf, serviceKey, type World } from "../../state/world";
import { alarmsInAlarm } from "../faults";
import { addDeploymentEvent } from "./daemonEvents";
import { isGoingOn } from "./daemonFailures";
import { replaceInstance } from "./launchInstance";
import {
  daemonTaskOn,
  isCritical,
  isRunning,
  type ManagedInstance,
  managedInstancesOf,
  revisionOn,
} from "./managedInstances";

/** The number of failed daemon tasks that ends a deployment: of AWS's sample answer, the only one known. */
export const breakerThreshold = 10;

export type DeploymentSettings = Pick<
  DaemonDeploymentRecord,
  "drainPercent" | "bakeTimeInMinutes" | "alarmNames" | "alarmsEnabled"
>;

export const keyOfDaemon = (daemon: DaemonRecord): string => serviceKey(daemon.cluster, daemon.name);

/** Begins a deployment to the revision that the daemon has now; answers the daemon with it. */
export function beginDaemonDeployment(
  world: World,
  daemon: DaemonRecord,
  before: DaemonRecord | undefined,
  settings: DeploymentSettings,
): DaemonRecord {
  const key = keyOfDaemon(daemon);
  const now = world.now();
  const running = before === undefined ? undefined : world.daemonDeployments.get(before.deployment);
  if (running !== undefined && isGoingOn(running))
    changeStatus(world, running, {
      status: "STOPPED",
      statusReason: "A newer deployment replaced it.",
      stoppedAt: now,
      finishedAt: now,
    });
  const present = managedInstancesOf(world, daemon.cluster).map((it) => revisionOn(it, key));
  const sources = new Set([before?.revision, ...present].filter((it) => it !== undefined));
  const deployment: DaemonDeploymentRecord = {
    id: newDeploymentId(),
    daemon: key,
    ...(daemon.revision === undefined ? {} : { target: daemon.revision }),
    sources: [...sources],
    status: "PENDING",
    createdAt: now,
    ...settings,
    ignoredAlarms: settings.alarmNames.filter((it) => alarmsInAlarm(world).has(it)),
    triggeredAlarms: [],
    failureCount: 0,
    isBreakerTriggered: false,
  };
  changeStatus(world, deployment, {});
  const changed = { ...daemon, deployment: deployment.id };
  world.daemons.put(key, changed);
  return changed;
}

function changeStatus(
  world: World,
  deployment: DaemonDeploymentRecord,
  change: Partial<DaemonDeploymentRecord>,
): DaemonDeploymentRecord {
  const changed = { ...deployment, ...change };
  world.daemonDeployments.put(changed.id, changed);
  addDeploymentEvent(world, changed);
  return changed;
}

/** Goes on with the daemon's deployment as far as possible; answers whether instances were replaced. */
export function stepDeployment(world: World, key: string): boolean {
  const daemon = world.daemons.get(key);
  const found = daemon === undefined ? undefined : world.daemonDeployments.get(daemon.deployment);
  if (daemon === undefined || found === undefined || !isGoingOn(found)) return false;
  if (found.status === "PENDING") {
    changeStatus(world, found, { status: "IN_PROGRESS", startedAt: world.now() });
    return false;
  }
  const problem = problemOf(world, found);
  if (problem !== undefined) {
    giveUp(world, daemon, problem.deployment, problem.reason);
    return false;
  }
  const { outdated, moving, heldOut, all } = instancesFor(world, daemon, found);
  if (moving > 0) return false;
  if (outdated.length > 0) {
    // No more capacity is taken away while what was launched for it is not there.
    const next = heldOut > 0 ? outdated.filter((it) => it.status === "REGISTERING") : outdated;
    const batch = Math.max(1, Math.floor((all * found.drainPercent) / 100));
    for (const it of next.slice(0, batch)) replaceInstance(world, it);
    return next.length > 0;
  }
  finish(world, daemon, found);
  return false;
}

interface Instances {
  readonly outdated: readonly ManagedInstance[];
  /** How many are draining or starting because of the deployment. */
  readonly moving: number;
  /** How many are up to date for this daemon, but are kept out by the failure of another one. */
  readonly heldOut: number;
  readonly all: number;
}

/** The instances of all capacity providers that the daemon has or had. */
function instancesFor(
  world: World,
  daemon: DaemonRecord,
  { target, sources }: DaemonDeploymentRecord,
): Instances {
  const key = keyOfDaemon(daemon);
  const revision = daemon.revision === undefined ? undefined : world.daemonRevisions.get(daemon.revision);
  const wanted = (it: ManagedInstance) =>
    revision?.capacityProviders.includes(it.managed.capacityProvider) === true ? revision.id : undefined;
  const revisions = [...sources, ...(target === undefined ? [] : [target])];
  const providers = new Set(rowsOf(world.daemonRevisions, revisions).flatMap((it) => it.capacityProviders));
  const concerned = managedInstancesOf(world, daemon.cluster).filter((it) =>
    providers.has(it.managed.capacityProvider),
  );
  const isCurrent = (it: ManagedInstance) => revisionOn(it, key) === wanted(it);
  const staying = concerned.filter((it) => it.status === "ACTIVE" || it.status === "REGISTERING");
  const leaving = concerned.filter((it) => it.status === "DRAINING" && !isCurrent(it));
  const coming = concerned.filter(
    (it) => it.status === "REGISTERING" && it.managed.isReplacement && isCurrent(it),
  );
  const heldOut = coming.filter((it) => isKeptOutByAnother(world, it, key)).length;
  return {
    outdated: staying.filter((it) => !isCurrent(it)),
    moving: leaving.length + coming.length - heldOut,
    heldOut,
    all: staying.length,
  };
}

/** Whether the daemon is up on the instance, or given up there, and another one that is critical fails there. */
function isKeptOutByAnother(world: World, instance: ManagedInstance, key: string): boolean {
  const isFailing = (it: InstanceDaemonRecord) => (it.failures ?? 0) > 0 && !isUp(it);
  const isUp = (it: InstanceDaemonRecord) => isRunning(daemonTaskOn(world, instance.id, it.daemon));
  const { daemons } = instance.managed;
  const own = daemons.find((it) => it.daemon === key);
  const isSettled = own === undefined || isUp(own) || (isFailing(own) && !isCritical(world, own));
  return isSettled && daemons.some((it) => it !== own && isCritical(world, it) && isFailing(it));
}

/** What ends the deployment before its time: too many failures, or an alarm. */
function problemOf(
  world: World,
  deployment: DaemonDeploymentRecord,
): { readonly deployment: DaemonDeploymentRecord; readonly reason: string } | undefined {
  const failures = deployment.rollback?.failureCount ?? deployment.failureCount;
  if (failures >= breakerThreshold)
    return {
      deployment: { ...deployment, isBreakerTriggered: true },
      reason: "Daemon deployment circuit breaker: tasks failed to start.",
    };
  if (!deployment.alarmsEnabled || deployment.rollback !== undefined) return undefined;
  const now = alarmsInAlarm(world);
  const triggered = deployment.alarmNames.filter(
    (it) => now.has(it) && !deployment.ignoredAlarms.includes(it),
  );
  if (triggered.length === 0) return undefined;
  return {
    deployment: { ...deployment, triggeredAlarms: triggered },
    reason: `Alarm detected: ${triggered.join(", ")}.`,
  };
}

function giveUp(
  world: World,
  daemon: DaemonRecord,
  deployment: DaemonDeploymentRecord,
  reason: string,
): void {
  const now = world.now();
  const [previous] = deployment.sources;
  const known = previous === undefined ? undefined : world.daemonRevisions.get(previous);
  if (deployment.rollback !== undefined) {
    changeStatus(world, deployment, { status: "ROLLBACK_FAILED", statusReason: reason, finishedAt: now });
    return;
  }
  const stopping = changeStatus(world, deployment, { status: "STOP_REQUESTED", statusReason: reason });
  if (known === undefined || deployment.target === undefined || known.id === deployment.target) {
    const statusReason = `${reason} No earlier revision to roll back to.`;
    changeStatus(world, stopping, { status: "STOPPED", statusReason, stoppedAt: now, finishedAt: now });
    return;
  }
  const { bakedAt: _, ...rest } = stopping;
  changeStatus(world, rest, {
    status: "ROLLBACK_IN_PROGRESS",
    stoppedAt: now,
    rollback: { reason, startedAt: now, revision: known.id, failureCount: 0 },
  });
  world.daemons.put(keyOfDaemon(daemon), { ...daemon, revision: known.id, updatedAt: now });
}

/** Every instance is up to date: the deployment bakes, and then is done. */
function finish(world: World, daemon: DaemonRecord, deployment: DaemonDeploymentRecord): void {
  const now = world.now();
  if (deployment.rollback !== undefined) {
    const statusReason = `${deployment.rollback.reason} Rolled back successfully.`;
    changeStatus(world, deployment, { status: "ROLLBACK_SUCCESSFUL", statusReason, finishedAt: now });
    return;
  }
  const { bakedAt, bakeTimeInMinutes } = deployment;
  if (bakedAt === undefined && bakeTimeInMinutes > 0) {
    world.daemonDeployments.put(deployment.id, { ...deployment, bakedAt: now + bakeTimeInMinutes * 60_000 });
    return;
  }
  if (bakedAt !== undefined && bakedAt > now) return;
  changeStatus(world, deployment, {
    status: "SUCCESSFUL",
    statusReason: "Deployment completed successfully.",
    finishedAt: now,
  });
  if (daemon.status === "DELETE_IN_PROGRESS") world.daemons.delete(keyOfDaemon(daemon));
}

/** The daemons of a cluster, oldest first. */
export const daemonsOfCluster = (world: World, cluster: string): readonly DaemonRecord[] =>
  rowsOf(world.daemons, world.daemonsOfCluster.members(cluster));
