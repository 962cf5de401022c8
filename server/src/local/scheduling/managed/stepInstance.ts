// The life of a Managed Instance: it registers, starts its daemons, takes tasks, and drains when a daemon fails, when a
// deployment replaces it, when it is idle, or when it is fourteen days old.

import { isObject, member } from "../../request/input";
import type { CapacityProviderRecord } from "../../state/managedRecords";
import { oldestInstance } from "../../state/managedWatch";
import type { TaskRecord } from "../../state/records";
import { tasksOn, type World } from "../../state/world";
import { additionalTask } from "../placementNeed";
import { stopTask } from "../taskLife";
import { startDaemonTask } from "./daemonTasks";
import { replaceInstance } from "./launchInstance";
import {
  applicationTasksOn,
  daemonTaskOn,
  hasCriticalDaemons,
  isLive,
  isManaged,
  isRunning,
  type ManagedInstance,
} from "./managedInstances";
import { placeOnProvider } from "./managedPlacement";

/** Does what can be done now for the instance. */
export function stepInstance(world: World, id: string): void {
  const instance = world.instances.get(id);
  if (!isManaged(instance)) return;
  if (instance.status === "REGISTERING") register(world, instance);
  else if (instance.status === "ACTIVE") keep(world, instance);
  else if (instance.status === "DRAINING") drain(world, instance);
}

/** The daemons start first; the instance is ACTIVE when those that are critical run. */
function register(world: World, instance: ManagedInstance): void {
  const waits = instance.managed.daemons.map((it) => startsFirst(world, instance, it.daemon));
  const current = world.instances.get(instance.id);
  if (!isManaged(current)) return;
  const { isPinned, isReplacement } = current.managed;
  if (waits.some((it) => it)) {
    // The tasks that it was launched for are gone.
    const isNeeded = isPinned || isReplacement || applicationTasksOn(world, current.id).length > 0;
    if (!isNeeded) replaceInstance(world, current, { withReplacement: false });
    return;
  }
  world.instances.put(current.id, {
    ...current,
    status: "ACTIVE",
    version: current.version + 1,
    managed: {
      ...current.managed,
      isReplacement: false,
      daemons: current.managed.daemons.map(({ retryAt: _, ...it }) => it),
    },
  });
  startWaiting(world, instance.id);
}

/** Brings the daemon's task up; answers whether the instance has to wait for it. */
function startsFirst(world: World, instance: ManagedInstance, daemon: string): boolean {
  const known = instance.managed.daemons.find((it) => it.daemon === daemon);
  const revision = known === undefined ? undefined : world.daemonRevisions.get(known.revision);
  if (known === undefined || revision === undefined) return false;
  const task = daemonTaskOn(world, instance.id, daemon);
  if (task?.isUnhealthy === true && revision.critical)
    stopTask(world, task, "ServiceSchedulerInitiated", "Task failed container health checks");
  if (task !== undefined) return !isRunning(task) && (revision.critical || task.isUnhealthy !== true);
  if (!revision.critical && (known.failures ?? 0) > 0) return false;
  if (!instance.agentConnected || (known.retryAt ?? 0) > world.now()) return true;
  startDaemonTask(world, instance, revision);
  if (revision.critical) return true;
  return daemonTaskOn(world, instance.id, daemon) !== undefined;
}

/** Tasks that waited for the instance start on it. */
function startWaiting(world: World, id: string): void {
  for (const it of tasksOn(world, id)) {
    if (it.lastStatus !== "PROVISIONING" || it.desiredStatus !== "RUNNING") continue;
    world.tasks.put(it.id, {
      ...it,
      lastStatus: "PENDING",
      version: it.version + 1,
      dueAt: world.now() + world.delays.start,
    });
  }
}

function keep(world: World, instance: ManagedInstance): void {
  const provider = world.capacityProviders.get(instance.managed.capacityProvider)?.provider ?? {};
  const isIdle = !instance.managed.isPinned && applicationTasksOn(world, instance.id).length === 0;
  const fate = fateOf(world, instance, provider, isIdle);
  if (fate === "stay") {
    startWaiting(world, instance.id);
    noteIdle(world, instance, isIdle ? idleTime(provider) : undefined);
  } else replaceInstance(world, instance, { withReplacement: fate === "replace" });
}

type Settings = CapacityProviderRecord["provider"];

/** What becomes of an ACTIVE instance. With automatic repair off, one without a critical daemon goes on as any other. */
function fateOf(
  world: World,
  instance: ManagedInstance,
  provider: Settings,
  isIdle: boolean,
): "stay" | "replace" | "remove" {
  const { capacityProvider, scaleInAt } = instance.managed;
  if (world.capacityProviders.get(capacityProvider)?.status !== "ACTIVE") return "remove";
  if (!hasCriticalDaemons(world, instance) && repairs(provider)) return "replace";
  if (isIdle && scaleInAt !== undefined && scaleInAt <= world.now()) return "remove";
  if (world.now() < instance.registeredAt + oldestInstance) return "stay";
  return isIdle ? "remove" : "replace";
}

/** Automatic repair is on unless it is switched off. */
function repairs(provider: Settings): boolean {
  const repair = member(provider, "autoRepairConfiguration");
  return !isObject(repair) || member(repair, "actionsStatus") !== "DISABLED";
}

/** Milliseconds until an idle instance is scaled in; `undefined`: never. Without a setting five minutes, a number of ours. */
function idleTime(provider: Settings): number | undefined {
  const optimization = member(provider, "infrastructureOptimization");
  const seconds = isObject(optimization) ? member(optimization, "scaleInAfter") : undefined;
  if (typeof seconds !== "number") return 5 * 60_000;
  return seconds < 0 ? undefined : seconds * 1000;
}

function noteIdle(world: World, instance: ManagedInstance, after: number | undefined): void {
  const { scaleInAt, ...managed } = instance.managed;
  if ((scaleInAt === undefined) === (after === undefined)) return;
  world.instances.put(instance.id, {
    ...instance,
    managed: after === undefined ? managed : { ...managed, scaleInAt: world.now() + after },
  });
}

/** How long an instance that is gone can be described, in milliseconds. */
const shownInactive = 60 * 60 * 1000;

/** Services move their tasks themselves; other tasks are stopped; the daemons go last. */
function drain(world: World, instance: ManagedInstance): void {
  for (const it of applicationTasksOn(world, instance.id)) {
    if (it.lastStatus === "PROVISIONING" && it.desiredStatus === "RUNNING") move(world, it);
    else if (it.service === undefined) stopTask(world, it, "TerminationNotice", drainingReason);
  }
  if (applicationTasksOn(world, instance.id).length > 0) return;
  const left = tasksOn(world, instance.id).filter(isLive);
  for (const it of left) stopTask(world, it, "ServiceSchedulerInitiated", drainingReason);
  if (left.length > 0) return;
  world.instances.put(instance.id, {
    ...instance,
    status: "INACTIVE",
    agentConnected: false,
    version: instance.version + 1,
    forgetAt: world.now() + shownInactive,
  });
}

const drainingReason = "Task stopped during instance draining";

/** A task whose instance never came waits for another one. */
function move(world: World, task: TaskRecord): void {
  const provider = world.capacityProviders.get(task.capacityProvider ?? "");
  const definition = world.taskDefinitions.get(task.taskDefinition);
  const service = task.service === undefined ? undefined : world.services.get(task.service);
  if (provider === undefined || definition === undefined) return;
  const need = additionalTask(definition, service?.placementConstraints ?? noConstraints, undefined);
  const { instance } = placeOnProvider(world, provider, need);
  if (instance === undefined) {
    stopTask(world, task, "TaskFailedToStart", "The capacity provider has no instance for the task.");
    return;
  }
  world.tasks.put(task.id, { ...task, instance: instance.id, version: task.version + 1 });
  if (instance.status === "ACTIVE") startWaiting(world, instance.id);
}

const noConstraints = [] as const;
