// Why a wanted container instance runs no task of the service: what our filters say, what the last task there died of,
// and what ECS wrote into the service's events. ECS's event names only the closest instance; this is asked of each.

import type { ContainerInstance } from "../core/cluster/containerInstance";
import type { InstanceVerdict } from "../core/scheduler/placement";
import { type Look, type ServiceName, tasksOf } from "./look";
import type { EcsPort, TaskState } from "./port";
import type { InstanceReason } from "./report";

/** One reason for each missing instance of the look. Asks ECS for stopped tasks, only where an instance is missing. */
export async function missingReasons(
  ecs: EcsPort,
  request: ServiceName,
  look: Look,
  signal?: AbortSignal,
): Promise<readonly InstanceReason[]> {
  if (look.missing.length === 0) return [];
  const stopped = await ecs.listServiceTasks(request.cluster, look.service.name, "STOPPED", signal);
  const last = lastStopped(stopped);
  const instances = new Map(look.cluster.instances.map((it) => [it.id, it]));
  return look.missing.map((verdict) => ({
    id: verdict.id,
    reason: reasonOf(verdict, instances.get(verdict.id), last.get(verdict.id), look),
  }));
}

function reasonOf(
  verdict: InstanceVerdict,
  instance: ContainerInstance | undefined,
  stopped: TaskState | undefined,
  look: Look,
): string {
  const refusals = verdict.reasons.map((it) => it.message);
  if (verdict.verdict === "blocked" || verdict.verdict === "unknown") return refusals.join(" ");
  const present = instance === undefined ? undefined : tasksOf(instance, look.service)[0];
  if (present !== undefined && present.desiredStatus !== "RUNNING") return "The task there is being stopped.";
  if (present !== undefined && present.taskDefinitionArn !== look.service.taskDefinitionArn)
    return `A task of ${lastPart(present.taskDefinitionArn ?? "another task definition")} is there, not yet one of ${lastPart(look.service.taskDefinitionArn)}.`;
  if (stopped?.stoppedReason !== undefined) return `The last task there stopped: ${stopped.stoppedReason}`;
  if (present !== undefined) return `The task there is ${present.lastStatus}, not RUNNING yet.`;
  return eventAbout(verdict.id, look) ?? "No task was started there yet.";
}

/** The newest event that names the instance, else the newest complaint that names none. */
function eventAbout(id: string, { service }: Look): string | undefined {
  const complaints = service.events.filter((it) =>
    /unable to|is missing|impaired|throttled/.test(it.message),
  );
  const named = complaints.find((it) => it.message.includes(id));
  const general = complaints.find((it) => !/container-instance [0-9a-f-]{8,}/.test(it.message));
  return (named ?? general)?.message;
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
