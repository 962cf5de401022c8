// Believes no count: a daemon service is verified where the container instances that run its task are exactly the
// instances that should. (`services-stable` is true of 0 of 0 tasks, right after creation.)

import type { InstanceVerdict } from "../core/scheduler/placement";
import { counted, countText } from "../core/text/counts";
import { missingReasons } from "./missingReasons";
import { EcsError, type EcsPort } from "./port";
import {
  type DaemonServiceReading,
  isAsWanted,
  readDaemonService,
  type ServiceName,
} from "./readDaemonService";
import type { VerifyReport } from "./report";
import { wait } from "./wait";

export interface VerifyRequest extends ServiceName {
  /** How long to wait for the running set to become the wanted one. 0 looks once. */
  readonly timeoutSeconds: number;
  /** Time between two looks; without it it grows from a tenth of a second to three seconds. */
  readonly pollMilliseconds?: number;
  /** ARN of the task definition that a deployment has just given the service: reads right after it may be older. */
  readonly taskDefinition?: string | undefined;
}

/** How long after a change ECS may still answer with what was before. Milliseconds. */
const mostStale = { least: 5_000, most: 30_000 } as const;

/**
 * Waits until the running set equals the wanted one, or the time is over, and reports every instance of both. Yields after
 * every look how far it is. Rejects with an EcsError where there is no such daemon service, or ECS does not answer.
 */
export async function* watchService(
  ecs: EcsPort,
  request: VerifyRequest,
  signal?: AbortSignal,
): AsyncGenerator<string, VerifyReport> {
  const begun = performance.now();
  const timeout = request.timeoutSeconds * 1000;
  const deadline = begun + timeout;
  const staleUntil = begun + Math.min(mostStale.most, Math.max(mostStale.least, timeout));
  let pause = request.pollMilliseconds ?? 100;
  let lastMessage = "";
  for (;;) {
    const started = performance.now();
    const reading = await readDaemonService(ecs, request, signal).catch((error: unknown) =>
      notYet(error, request),
    );
    const isCurrent = !(reading instanceof EcsError) && changedService(reading, request) === undefined;
    if (isCurrent && (isSettled(reading) || performance.now() >= deadline))
      return report(ecs, request, reading, signal);
    if (!isCurrent && performance.now() >= staleUntil)
      throw reading instanceof EcsError ? reading : changedService(reading, request);
    const message = isCurrent ? progressOf(reading) : "ECS does not show the change yet.";
    if (message !== lastMessage) yield message;
    lastMessage = message;
    // A cluster of thousands of instances takes a while to read: it is left alone for as long.
    const rest = Math.max(pause, request.pollMilliseconds ?? performance.now() - started);
    const end = isCurrent ? deadline : staleUntil;
    await wait(Math.min(rest, Math.max(0, end - performance.now())), signal);
    if (request.pollMilliseconds === undefined) pause = Math.min(pause * 1.5, 3000);
  }
}

/** Right after a change, a service that is not there or not active yet. Any other error is thrown again. */
function notYet(error: unknown, { taskDefinition }: VerifyRequest): EcsError {
  const isYoung = taskDefinition !== undefined && error instanceof EcsError;
  if (isYoung && /^ServiceNot(Found|Active)Exception$/.test(error.name)) return error;
  throw error;
}

/** The service runs another task definition than the deployment gave it. */
function changedService(
  { service }: DaemonServiceReading,
  { taskDefinition }: VerifyRequest,
): EcsError | undefined {
  if (taskDefinition === undefined || service.taskDefinitionArn === taskDefinition) return undefined;
  const [now, then] = [service.taskDefinitionArn, taskDefinition].map((it) =>
    it.slice(it.lastIndexOf("/") + 1),
  );
  return new EcsError(
    "ServiceChanged",
    `Not verified: the service ${service.name} has the task definition ${now} now, not ${then}: ECS rolled the deployment back, or another user changed the service.`,
  );
}

/** Waiting helps only where something can still change: a task can start, or one that must go can stop. */
function isSettled({ missing, unexpected, unlisted }: DaemonServiceReading): boolean {
  return unexpected.length === 0 && unlisted === 0 && missing.every(isBlockedForGood);
}

/** Attributes and platform are what an instance is; cpu, memory and ports may become free. */
function isBlockedForGood({ verdict, reasons }: InstanceVerdict): boolean {
  return (
    verdict === "blocked" && reasons.some((it) => it.filter === "attributes" || it.filter === "platform")
  );
}

function progressOf({ wanted, running, unexpected }: DaemonServiceReading): string {
  const rest = unexpected.length === 0 ? "" : `, ${countText(unexpected.length)} still to stop elsewhere`;
  return `${countText(running.length)} of ${counted(wanted.length, "container instance runs", "container instances run")} the task${rest}.`;
}

async function report(
  ecs: EcsPort,
  request: VerifyRequest,
  seen: DaemonServiceReading,
  signal?: AbortSignal,
): Promise<VerifyReport> {
  const reading = seen.needsNeighbors ? await readDaemonService(ecs, request, signal, true) : seen;
  const missing = await missingReasons(ecs, request, reading, signal);
  const { running, unexpected } = reading;
  const verified = isAsWanted(reading);
  return {
    verified,
    running,
    missing,
    unexpected,
    detail: detailOf(reading, verified),
    service: reading.service.arn,
  };
}

function detailOf(
  { service, cluster, wanted, running, missing, unexpected, unlisted }: DaemonServiceReading,
  verified: boolean,
): string {
  if (wanted.length === 0) {
    const total = cluster.instances.length;
    return total === 0
      ? "The cluster has no container instances, so no task runs."
      : `No container instance is ACTIVE and matches the placement constraints (0 of ${countText(total)}), so no task runs.`;
  }
  const tasks = counted(running.length, "task");
  const places =
    wanted.length === 1
      ? "the only matching container instance"
      : counted(wanted.length, "matching container instance");
  if (verified) return `Verified: ${tasks} of ${service.name} on ${places}.`;
  const parts = [
    `${countText(running.length)} of ${counted(wanted.length, "matching container instance runs", "matching container instances run")} ${service.name}`,
  ];
  if (missing.length > 0) parts.push(`${countText(missing.length)} missing`);
  if (unexpected.length > 0) parts.push(`${countText(unexpected.length)} unexpected`);
  if (unlisted > 0)
    parts.push(
      `ECS desires ${counted(service.desiredCount, "task")}, ${countText(unlisted)} more than container instances were found for`,
    );
  return `Not verified: ${parts.join(", ")}.`;
}
