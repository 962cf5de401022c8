// Starts and stops tasks for a service, and remembers them for its events.

import type { LaunchType } from "../state/capacityRecords";
import type { DeploymentRecord, ServiceRecord, TaskDefinitionRecord, TaskRecord } from "../state/records";
import { keyOfService, type World } from "../state/world";
import { managedTags, mergedTags } from "./managedTags";
import { subnetsIn } from "./networkInterface";
import { announceTasks } from "./serviceEvents";
import { startTask, stopTask } from "./taskLife";

/** What one pass of the reconciler did, by service. */
export interface Changes {
  readonly started: Map<string, string[]>;
  readonly stopped: Map<string, string[]>;
}

export const noChanges = (): Changes => ({ started: new Map(), stopped: new Map() });

function note(list: Map<string, string[]>, key: string, task: string): void {
  const tasks = list.get(key);
  if (tasks === undefined) list.set(key, [task]);
  else tasks.push(task);
}

export function startServiceTask(
  world: World,
  where: {
    readonly service: ServiceRecord;
    readonly deployment: DeploymentRecord;
    readonly definition: TaskDefinitionRecord;
    readonly instance: string;
    /** Of a task on a capacity provider. */
    readonly capacityProvider?: string;
    readonly launchType?: LaunchType;
    readonly waitsForInstance?: boolean;
  },
  changes: Changes,
): void {
  const { service, deployment, definition, instance, ...capacity } = where;
  const { propagateTags, enableECSManagedTags, networkConfiguration } = service.details;
  const propagated =
    propagateTags === "SERVICE" ? service.tags : propagateTags === "TASK_DEFINITION" ? definition.tags : [];
  const managed = enableECSManagedTags === true ? managedTags(service.cluster, service.name) : [];
  const task = startTask(world, {
    cluster: service.cluster,
    instance,
    definition,
    group: `service:${service.name}`,
    service: keyOfService(service),
    startedBy: deployment.id,
    launchType: service.launchType,
    enableExecuteCommand: service.details.enableExecuteCommand === true,
    tags: mergedTags(managed, propagated),
    subnets: subnetsIn(networkConfiguration),
    ...capacity,
  });
  note(changes.started, keyOfService(service), task.id);
}

export function stopServiceTask(
  world: World,
  service: ServiceRecord,
  task: TaskRecord,
  changes: Changes,
): void {
  const [primary] = service.deployments;
  const reason = `Scaling activity initiated by (deployment ${primary?.id ?? task.startedBy ?? ""})`;
  stopTask(world, task, "ServiceSchedulerInitiated", reason);
  note(changes.stopped, keyOfService(service), task.id);
}

/** Writes the events of a pass: what was stopped comes before what was started in its place. */
export function announceChanges(world: World, changes: Changes): void {
  for (const [key, tasks] of changes.stopped) announceTasks(world, key, "stopped", tasks);
  for (const [key, tasks] of changes.started) announceTasks(world, key, "started", tasks);
}
