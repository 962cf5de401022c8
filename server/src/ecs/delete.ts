// Removes a daemon service and says what that stops.

import { counted, countText, instanceCount } from "../core/text/counts";
import { EcsError, type EcsPort, type ServiceState, type TaskState } from "./port";
import type { ServiceName } from "./readDaemonService";
import { describeForAnyDoor } from "./remedy";

export interface DeleteReport {
  readonly service: string;
  /** DRAINING while its tasks stop, then INACTIVE. */
  readonly status: string;
  /** Tasks that ran when it was deleted. */
  readonly stopping: number;
}

/** What deleting a service stops, and where. */
export interface DeletePlan {
  readonly service: ServiceState;
  /** The container instances that run a task of it, in order; a task that is nowhere yet is only counted. */
  readonly stops: readonly string[];
  /** Tasks, those that are starting included. */
  readonly tasks: number;
  /** Why nobody knows where. */
  readonly problem?: string;
}

/** Looks, without changing anything. Rejects where there is no such service. */
export async function planDelete(ecs: EcsPort, name: ServiceName, signal?: AbortSignal): Promise<DeletePlan> {
  const service = await findDeletable(ecs, name, signal);
  let tasks: readonly TaskState[];
  try {
    tasks = await ecs.listServiceTasks(name.cluster, service.name, "RUNNING", signal);
  } catch (error) {
    // Whoever may delete a service but not list its tasks is not kept from deleting it.
    if (!(error instanceof EcsError) || !/^AccessDenied/.test(error.name)) throw error;
    return { service, stops: [], tasks: service.runningCount, problem: describeForAnyDoor(error) };
  }
  const places = new Set(tasks.flatMap((it) => it.instanceId ?? []));
  return { service, stops: [...places].sort(), tasks: tasks.length };
}

/** Lines for a confirmation. */
export function deletePlanLines({ service, stops, tasks, problem }: DeletePlan): readonly string[] {
  if (service.status === "DRAINING")
    return [`The service ${service.name} is being deleted already; ${counted(tasks, "task")} left.`];
  if (tasks === 0) return [`The service ${service.name} runs no task: nothing is stopped.`];
  if (problem !== undefined) return [`Stops ${counted(tasks, "task")}; where is not known: ${problem}`];
  const most = 10;
  const more = stops.length > most ? `, and ${countText(stops.length - most)} more` : "";
  const places = instanceCount(stops.length);
  return [`Stops ${counted(tasks, "task")} on ${places}: ${stops.slice(0, most).join(", ")}${more}.`];
}

/** The service as it is before it is deleted. Rejects where there is none that could be. */
async function findDeletable(
  ecs: EcsPort,
  { cluster, service }: ServiceName,
  signal?: AbortSignal,
): Promise<ServiceState> {
  const found = await ecs.describeService(cluster, service, signal);
  if (found !== undefined && found.status !== "INACTIVE") return found;
  const gone = found === undefined ? "" : ": it was deleted before";
  throw new EcsError(
    "ServiceNotFoundException",
    `There is no service "${service}" in the cluster "${cluster}"${gone}.`,
  );
}

/** Deletes the service; ECS stops its tasks. One that is already being deleted is only reported. */
export async function deleteService(
  ecs: EcsPort,
  name: ServiceName,
  signal?: AbortSignal,
): Promise<DeleteReport> {
  const found = await findDeletable(ecs, name, signal);
  const after =
    found.status === "DRAINING" ? found : await ecs.deleteService(name.cluster, name.service, signal);
  return { service: found.name, status: after.status, stopping: found.runningCount };
}
