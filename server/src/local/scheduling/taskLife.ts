// The life of a task: PENDING, RUNNING, STOPPED, forgotten. Nothing runs, of course; what counts is that it holds its
// instance's resources until it is asked to stop, as in ECS, and that what takes its place waits until it is gone.

import { isLeaving } from "../../core/cluster/taskRoom";
import { waitsForRoom } from "../../core/scheduler/waitsForRoom";
import { newId } from "../ids";
import { viewTask } from "../state/instanceView";
import type { TaskFailure, TaskRecord } from "../state/records";
import { taskDefinitionKey, tasksOn, type World } from "../state/world";
import { definitionOfTask } from "./definitionOfTask";
import { noteFailedStart, noteHealthyTask } from "./failedStarts";
import { takeTaskFault } from "./faults";
import { noteFailedDaemonTask } from "./managed/daemonFailures";
import { networkModeFailure } from "./managed/networkModes";
import { newNetworkInterface } from "./networkInterface";
import type { NewTask } from "./newTask";
import { timeToUnhealthy } from "./taskHealth";
import { newContainers, newGpus, newPorts, requirementsOfDefinition } from "./taskParts";

/** ECS shows a stopped task for about an hour. */
const shownStopped = 60 * 60 * 1000;

/** Starts a task on an instance that was found fit for it; it is PENDING for the world's start delay. */
export function startTask(world: World, wanted: NewTask): TaskRecord {
  const { definition, instance, enableExecuteCommand = false, tags = [], subnets = [], ...rest } = wanted;
  const { waitsForInstance = false, ...names } = rest;
  const requirements = requirementsOfDefinition(definition);
  const now = world.now();
  const failure = takeTaskFault(world, wanted) ?? networkModeFailure(wanted);
  const network = newNetworkInterface(definition, subnets);
  const task: TaskRecord = {
    ...names,
    id: newId(),
    instance,
    taskDefinition: taskDefinitionKey(definition.family, definition.revision),
    lastStatus: waitsForInstance ? "PROVISIONING" : "PENDING",
    desiredStatus: "RUNNING",
    createdAt: now,
    cpu: requirements.cpu,
    memory: requirements.memory,
    enis: requirements.enis,
    gpus: newGpus(world, requirements.gpus, instance),
    ports: newPorts(world, definition, instance),
    ...(network === undefined ? {} : { network }),
    containers: newContainers(definition),
    enableExecuteCommand,
    version: 1,
    tags,
    ...(waitsForInstance ? {} : { dueAt: now + world.delays.start }),
    ...(failure === undefined ? {} : { failure }),
  };
  world.tasks.put(task.id, task);
  return task;
}

/** Asks a task to stop; it is STOPPED after the world's stop delay, and stays what it was until then. */
export function stopTask(world: World, task: TaskRecord, stopCode: string, reason: string): TaskRecord {
  if (task.desiredStatus === "STOPPED") return task;
  const now = world.now();
  const stopping: TaskRecord = {
    ...task,
    desiredStatus: "STOPPED",
    stopCode,
    stoppedReason: reason,
    stoppingAt: now,
    version: task.version + 1,
    dueAt: now + world.delays.stop,
  };
  world.tasks.put(task.id, stopping);
  return stopping;
}

/** Ends a task at once, because what it ran on is gone. */
export function endTask(world: World, task: TaskRecord, reason: string): void {
  if (task.lastStatus === "STOPPED") return;
  const stopping = stopTask(world, task, "TerminationNotice", reason);
  putStopped(world, stopping);
}

function putStopped(world: World, task: TaskRecord): void {
  const now = world.now();
  world.tasks.put(task.id, {
    ...task,
    lastStatus: "STOPPED",
    desiredStatus: "STOPPED",
    stoppingAt: task.stoppingAt ?? now,
    stoppedAt: now,
    version: task.version + 1,
    containers: task.containers.map((it) =>
      task.startedAt === undefined || it.exitCode !== undefined ? it : { ...it, exitCode: 0 },
    ),
    dueAt: now + shownStopped,
  });
  wakeWaiting(world, task.instance);
}

/** What was placed in room that was being given up starts once the room is there. */
function wakeWaiting(world: World, instance: string): void {
  const now = world.now();
  for (const { id, lastStatus, desiredStatus, dueAt } of tasksOn(world, instance))
    if (lastStatus === "PENDING" && desiredStatus === "RUNNING" && dueAt !== undefined && dueAt <= now)
      world.schedule.add({ at: now, kind: "task", key: id });
}

function mustWait(world: World, task: TaskRecord): boolean {
  // Hardly ever is one stopping there: the view of the instance is not made for nothing.
  if (!tasksOn(world, task.instance).some(isLeaving)) return false;
  const instance = world.view(task.instance);
  return instance !== undefined && waitsForRoom(instance, viewTask(task));
}

/**
 * Does what is due for a task, if anything still is. The agent does the work: while it is disconnected nothing
 * happens, and the instance's tasks are looked at again when it is back.
 */
export function taskIsDue(world: World, task: TaskRecord): void {
  if (task.dueAt === undefined || task.dueAt > world.now()) return;
  if (task.lastStatus === "STOPPED") {
    world.tasks.delete(task.id);
    return;
  }
  if (world.instances.get(task.instance)?.agentConnected !== true) return;
  if (task.desiredStatus === "STOPPED") putStopped(world, task);
  else if (task.lastStatus === "RUNNING") failLater(world, task);
  else if (mustWait(world, task)) return;
  else if (task.failure !== undefined && failsAtStart(task.failure)) failTask(world, task, task.failure);
  else run(world, task);
}

const failsAtStart = ({ stopCode, after }: TaskFailure): boolean =>
  stopCode !== "ServiceSchedulerInitiated" && after === undefined;

function run(world: World, task: TaskRecord): void {
  const { dueAt: _, failure, ...rest } = task;
  const untilFailure =
    failure === undefined ? undefined : (failure.after ?? timeToUnhealthy(definitionOfTask(world, task)));
  world.tasks.put(task.id, {
    ...rest,
    ...(failure === undefined ? {} : { failure }),
    lastStatus: "RUNNING",
    startedAt: world.now(),
    version: task.version + 1,
    ...(untilFailure === undefined ? {} : { dueAt: world.now() + untilFailure }),
  });
  if (untilFailure === undefined) noteHealthyTask(world, task);
}

/** How long the scheduler of a service takes to stop an unhealthy task; ECS publishes no number. */
const unhealthyFor = 30 * 1000;

/** What a fault has in store for a task that runs. */
function failLater(world: World, task: TaskRecord): void {
  if (task.failure?.after === undefined) failHealthChecks(world, task);
  else failTask(world, task, task.failure);
}

/** A task whose health checks fail runs on; the scheduler of its service stops it, and starts another one. */
function failHealthChecks(world: World, task: TaskRecord): void {
  if (task.isUnhealthy === true && task.service !== undefined && task.failure !== undefined) {
    noteFailedStart(world, task);
    stopTask(world, task, task.failure.stopCode, task.failure.stoppedReason);
    return;
  }
  const { dueAt: _, ...rest } = task;
  world.tasks.put(task.id, {
    ...rest,
    isUnhealthy: true,
    version: task.version + 1,
    ...(task.service === undefined ? {} : { dueAt: world.now() + unhealthyFor }),
  });
  noteFailedDaemonTask(world, task, "Task failed container health checks");
}

function failTask(world: World, task: TaskRecord, failure: TaskFailure): void {
  const { exitCode, containerReason } = failure;
  putStopped(world, {
    ...task,
    stopCode: failure.stopCode,
    stoppedReason: failure.stoppedReason,
    ...(exitCode === undefined ? {} : { startedAt: task.startedAt ?? world.now() }),
    containers: task.containers.map((it, index) => ({
      ...it,
      ...(index === 0 && exitCode !== undefined ? { exitCode } : {}),
      ...(index === 0 && containerReason !== undefined ? { reason: containerReason } : {}),
    })),
  });
  if (task.startedAt === undefined) noteFailedStart(world, task);
  noteFailedDaemonTask(world, task, containerReason ?? failure.stoppedReason);
}
