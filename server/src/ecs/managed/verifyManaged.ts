// Does a managed daemon run on every active instance of its capacity providers? That a daemon is ACTIVE, or that a
// deployment was successful, proves nothing where there are no instances.

import {
  type ManagedCluster,
  type ManagedInstance,
  readManagedCluster,
} from "../../core/managed/managedCluster";
import { withoutSecretParts } from "../../core/secrets/secretText";
import { counted, countText } from "../../core/text/counts";
import { asNumber, asText, objectsOf } from "../../core/text/plainValue";
import { type DaemonState, EcsError, type EcsPort, type JsonObject, type TaskState } from "../port";
import { wait } from "../wait";
import { nameOfArn, runningProviders } from "./findProviders";
import type { ManagedVerification } from "./managedReport";
import { findCluster } from "./planManaged";

export interface DaemonName {
  readonly cluster: string;
  readonly daemon: string;
}

const firstPause = 1000;
const longestPause = 10_000;

/** Looks until it is verified or the time is over. Yields what is not there yet. Rejects where there is no daemon. */
export async function* watchManaged(
  ecs: EcsPort,
  name: DaemonName,
  timeoutSeconds: number,
  signal?: AbortSignal,
): AsyncGenerator<string, ManagedVerification> {
  const end = performance.now() + timeoutSeconds * 1000;
  let pause = firstPause;
  for (;;) {
    const found = await verifyManaged(ecs, name, signal);
    const left = end - performance.now();
    // Without instances there is nothing that could come.
    const isFinal = found.verified || found.providers.every((it) => it.instances === 0);
    if (isFinal || left <= 0) return found;
    yield found.detail;
    await wait(Math.min(pause, left), signal);
    pause = Math.min(longestPause, pause * 1.5);
  }
}

/** One look. */
async function verifyManaged(
  ecs: EcsPort,
  { cluster, daemon: name }: DaemonName,
  signal?: AbortSignal,
): Promise<ManagedVerification> {
  const clusterArn = await findCluster(ecs, cluster, signal);
  const daemon = await ecs.findDaemon(clusterArn, name, signal);
  if (daemon === undefined) throw noDaemon(cluster, name);
  const [snapshot, tasks] = await Promise.all([
    ecs.captureManagedCluster(cluster, signal),
    ecs.listDaemonTasks(cluster, name, "RUNNING", signal),
  ]);
  const found = compare(daemon, readManagedCluster(snapshot), tasks);
  if (found.missing.length === 0) return found;
  const stopped = await ecs.listDaemonTasks(cluster, name, "STOPPED", signal);
  const health = healthReasons(snapshot);
  const missing = found.missing.map((it) => ({
    ...it,
    reason: stoppedReason(stopped, it.id) ?? health.get(it.id) ?? it.reason,
  }));
  return { ...found, missing };
}

export function noDaemon(cluster: string, name: string): EcsError {
  return new EcsError("DaemonNotFound", `There is no managed daemon "${name}" in the cluster "${cluster}".`);
}

/** The capacity providers that the daemon covers: those of its revisions, else those of its deployment. */
export function providersOf({ described, deployment }: DaemonState): readonly string[] {
  const running = runningProviders(described);
  if (running.length > 0) return running.map(nameOfArn);
  const target = deployment?.targetDaemonRevision;
  return runningProviders({ currentRevisions: [target] }).map(nameOfArn);
}

function compare(
  daemon: DaemonState,
  cluster: ManagedCluster,
  tasks: readonly TaskState[],
): ManagedVerification {
  const target = nameOfArn(asText(daemon.revision?.daemonTaskDefinitionArn) ?? "");
  const names = providersOf(daemon);
  const isWanted = (it: ManagedInstance) => it.provider !== undefined && names.includes(it.provider);
  const wanted = cluster.instances.filter((it) => it.status === "ACTIVE" && isWanted(it));
  const runs = (id: string) =>
    tasks.find((it) => it.instanceId === id && it.lastStatus === "RUNNING" && isOf(it, target));
  const running = wanted.filter((it) => runs(it.id)).map((it) => it.id);
  const missing = wanted
    .filter((it) => !runs(it.id))
    .map((it) => ({ id: it.id, reason: whyMissing(it, tasks, target) }));
  const others = cluster.instances.filter((it) => it.status === "ACTIVE" && !isWanted(it));
  const unexpected = others
    .filter((it) => tasks.some((task) => task.instanceId === it.id))
    .map((it) => ({ id: it.id, reason: "The daemon does not name its capacity provider." }));
  const providers = names.map((name) => {
    const own = wanted.filter((it) => it.provider === name);
    const count = own.filter((it) => running.includes(it.id)).length;
    return { name, instances: own.length, running: count, without: own.length - count };
  });
  const without = withoutCount(daemon.described);
  const status = asText(daemon.deployment?.status) ?? "";
  const isDeployed = status === "" || status === "SUCCESSFUL";
  const verified =
    isDeployed && wanted.length > 0 && missing.length === 0 && unexpected.length === 0 && without === 0;
  const detail = detailOf(daemon, {
    wanted: wanted.length,
    running: running.length,
    without,
    status,
    verified,
  });
  return { verified, running, missing, unexpected, providers, detail };
}

/** `undefined` target: nobody knows which revision it should be. */
function isOf({ taskDefinitionArn }: TaskState, target: string): boolean {
  return target === "" || nameOfArn(taskDefinitionArn) === target;
}

function whyMissing({ id }: ManagedInstance, tasks: readonly TaskState[], target: string): string {
  const own = tasks.find((it) => it.instanceId === id);
  if (own === undefined) return "It runs no task of the daemon.";
  if (!isOf(own, target)) return `It runs ${nameOfArn(own.taskDefinitionArn)}, not ${target}.`;
  return `Its task is ${own.lastStatus}.`;
}

function stoppedReason(stopped: readonly TaskState[], id: string): string | undefined {
  const own = stopped
    .filter((it) => it.instanceId === id && it.stoppedReason !== undefined)
    .sort((left, right) => (right.stoppedAt ?? 0) - (left.stoppedAt ?? 0));
  return own[0]?.stoppedReason;
}

/** What ECS says of an instance whose daemons are not well. */
function healthReasons(snapshot: JsonObject): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const it of objectsOf(snapshot.containerInstances)) {
    const details = objectsOf((it.healthStatus as JsonObject | undefined)?.details);
    const daemon = details.find((one) => one.type === "DAEMON" && one.status === "IMPAIRED");
    const reason = asText(daemon?.statusReason);
    if (reason !== undefined)
      found.set(nameOfArn(asText(it.containerInstanceArn) ?? ""), withoutSecretParts(reason));
  }
  return found;
}

function withoutCount(described: JsonObject): number {
  return objectsOf(described.currentRevisions).reduce(
    (sum, it) => sum + (asNumber(it.totalWithoutDaemonCount) ?? 0),
    0,
  );
}

interface Facts {
  readonly wanted: number;
  readonly running: number;
  readonly without: number;
  readonly status: string;
  readonly verified: boolean;
}

function detailOf({ name }: DaemonState, { wanted, running, without, status, verified }: Facts): string {
  if (verified) return `Verified: ${name} runs on ${counted(wanted, "active instance")}, none is without it.`;
  if (wanted === 0)
    return `Not verified: ${name} exists and its capacity providers have no active instance. A daemon starts no instances: start an application task.`;
  const parts = [`${countText(running)} of ${counted(wanted, "active instance")} run ${name}`];
  if (without > 0) parts.push(`ECS counts ${counted(without, "instance")} without it`);
  if (status !== "" && status !== "SUCCESSFUL") parts.push(`its deployment is ${status}`);
  return `Not verified: ${parts.join(", ")}.`;
}
