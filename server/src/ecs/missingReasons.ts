// Why a wanted container instance runs no task of the service: what our filters say, what the last task there died of,
// and what ECS wrote into the service's events. ECS's event names only the closest instance; this is asked of each.

import type { ContainerInstance, InstanceTask } from "../core/cluster/containerInstance";
import type { InstanceVerdict } from "../core/scheduler/placement";
import type { EcsPort, TaskState } from "./port";
import { type DaemonServiceReading, type ServiceName, tasksOf } from "./readDaemonService";
import type { MissingInstance } from "./report";

/** Every missing instance of the reading with all that is known. Asks ECS for stopped tasks, only where one is missing. */
export async function missingReasons(
  ecs: EcsPort,
  request: ServiceName,
  reading: DaemonServiceReading,
  signal?: AbortSignal,
): Promise<readonly MissingInstance[]> {
  if (reading.missing.length === 0) return [];
  const stopped = await ecs.listServiceTasks(request.cluster, reading.service.name, "STOPPED", signal);
  const { taskDefinitionArn } = reading.service;
  const last = lastStopped(
    stopped.filter((it) => it.lastStatus === "STOPPED" && it.taskDefinitionArn === taskDefinitionArn),
  );
  // A task that is being stopped is on no list of running ones.
  const leaving = new Set(stopped.filter((it) => it.lastStatus !== "STOPPED").map((it) => it.instanceId));
  const instances = new Map(reading.cluster.instances.map((it) => [it.id, it]));
  return reading.missing.map((verdict) => {
    const { id } = verdict;
    const present = presentOn(instances.get(id), reading);
    return describeMissing({ verdict, present, leaving: leaving.has(id), reading }, last.get(id));
  });
}

interface Missing {
  readonly verdict: InstanceVerdict;
  /** A task of the service that is there all the same. */
  readonly present: InstanceTask | undefined;
  /** A task of the service is being stopped there. */
  readonly leaving: boolean;
  readonly reading: DaemonServiceReading;
}

function presentOn(
  instance: ContainerInstance | undefined,
  reading: DaemonServiceReading,
): InstanceTask | undefined {
  return instance === undefined ? undefined : tasksOf(instance, reading.service)[0];
}

function describeMissing(missing: Missing, stopped: TaskState | undefined): MissingInstance {
  const { verdict, reading } = missing;
  const isRefused = verdict.verdict === "blocked" || verdict.verdict === "unknown";
  const reasons = isRefused ? verdict.reasons.map((it) => it.message) : [];
  const { state, reason } = presence(missing);
  if (reason !== undefined) reasons.push(reason);
  if (stopped?.stoppedReason !== undefined) reasons.push(lastTask(stopped.stoppedReason));
  const event = eventAbout(verdict.id, reading, reasons.length === 0);
  if (event !== undefined) reasons.push(`ECS reports: ${event}`);
  return { id: verdict.id, state, reason: reasons.join(" ") || "No task was started there yet." };
}

interface Presence {
  readonly state: "missing" | "starting" | "updating";
  readonly reason?: string;
}

function presence({ present, leaving, reading }: Missing): Presence {
  if (leaving || (present !== undefined && present.desiredStatus !== "RUNNING"))
    return { state: "updating", reason: "A task of the service is still being stopped there." };
  if (present === undefined) return { state: "missing" };
  const { taskDefinitionArn } = reading.service;
  if (present.taskDefinitionArn !== taskDefinitionArn)
    return {
      state: "updating",
      reason: `A task of ${lastPart(present.taskDefinitionArn ?? "another task definition")} is there, not yet one of ${lastPart(taskDefinitionArn)}.`,
    };
  return { state: "starting", reason: `The task there is ${present.lastStatus}, not RUNNING yet.` };
}

function lastTask(stoppedReason: string): string {
  return `The last task there stopped: ${stoppedReason}${/[.!?]$/.test(stoppedReason) ? "" : "."}`;
}

/** The newest event that names the instance; where nothing else is known, the newest that names none. */
function eventAbout(id: string, { service }: DaemonServiceReading, alsoGeneral: boolean): string | undefined {
  const events = service.events.filter((it) => /unable to|is missing|impaired|throttled/.test(it.message));
  const named = events.find((it) => it.message.includes(id));
  if (named !== undefined || !alsoGeneral) return named?.message;
  return events.find((it) => !/container-instance [0-9a-f-]{8,}/.test(it.message))?.message;
}

function lastStopped(tasks: readonly TaskState[]): ReadonlyMap<string, TaskState> {
  const last = new Map<string, TaskState>();
  for (const task of tasks) {
    if (task.instanceId === undefined) continue;
    const known = last.get(task.instanceId);
    if (known === undefined || (task.stoppedAt ?? 0) > (known.stoppedAt ?? 0))
      last.set(task.instanceId, task);
  }
  return last;
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
