// What ECS does next for a daemon service: which tasks it starts and which it stops. The preview steps through it and
// the embedded endpoint applies it, so that they cannot disagree.

import type { ContainerInstance, InstanceTask } from "../cluster/containerInstance";
import type { KnownSubnets } from "../cluster/knownSubnets";
import type { Truth } from "../query/target";
import { append } from "../text/lists";
import { judgePrepared } from "./placeDaemon";
import type { DaemonService } from "./placement";
import { type PreparedDaemon, prepareDaemon, wantsInstance } from "./preparedDaemon";

/** A task of the service, running or on its way. */
export interface DaemonTask {
  readonly arn: string;
  readonly instanceId: string;
  readonly taskDefinitionArn: string | undefined;
  /** The deployment that started it, where known. */
  readonly deploymentId?: string | undefined;
  readonly lastStatus: string;
  readonly desiredStatus: string;
}

export interface ReconcileRequest {
  readonly daemon: DaemonService;
  /** All instances of the cluster, whatever their status; or some, see `elsewhere`. */
  readonly instances: readonly ContainerInstance[];
  /** What the instances have that are not in `instances`, where only some of a large cluster are looked at. */
  readonly elsewhere?: Population | undefined;
  /** The service's tasks, those of `elsewhere` left out; stopped ones are ignored. */
  readonly tasks: readonly DaemonTask[];
  readonly currentTaskDefinitionArn: string;
  /** With it, a task of another deployment is out of date even with the same task definition (force new deployment). */
  readonly deploymentId?: string | undefined;
  /** Percent of the wanted tasks that an update leaves running, rounded up. */
  readonly minimumHealthyPercent: number;
  /**
   * 100 for a daemon service, and never more: one task per instance makes an update stop before it starts.
   * A lower value limits how many tasks run at once, rounded down.
   */
  readonly maximumPercent?: number | undefined;
  /** Groups (`service:NAME`) of the daemon services of the cluster: their tasks do not hold back a draining instance. */
  readonly daemonGroups?: ReadonlySet<string> | undefined;
  /**
   * The subnets of the cluster's instances, without which only an instance's own is known; and whether a task starts where the zone of a
   * subnet is not known, as ECS, which knows it, may do.
   */
  readonly subnets?: { readonly known: KnownSubnets; readonly placesUnknown: boolean } | undefined;
}

/** Of a service: instances that it wants, and those among them that have a healthy task, or any. */
export interface Population {
  readonly wanted: number;
  readonly healthy: number;
  /** With a task that is not STOPPED. */
  readonly live: number;
}

export type StopCause = "constraint" | "draining" | "update" | "deregistered" | "duplicate";

export type DaemonAction =
  | { readonly kind: "start"; readonly instanceId: string }
  | {
      readonly kind: "stop";
      readonly taskArn: string;
      readonly instanceId: string;
      readonly reason: StopCause;
    };

/**
 * The next actions, in the order of instance ids: what can be done now, given what already runs. Doing them and asking
 * again converges; while a task is still stopping, nothing starts in its place. An instance whose constraint nobody
 * can judge is left as it is, and so is the task of a disconnected agent.
 */
export function reconcileDaemon(request: ReconcileRequest): readonly DaemonAction[] {
  const daemon = prepareDaemon(request.daemon);
  const tasks = tasksByInstance(request.tasks);
  const places = request.instances.map((instance) => ({
    instance,
    wanted: wantsInstance(daemon, instance),
    tasks: tasks.get(instance.id) ?? [],
  }));
  const budget = updateBudget(request, places);
  const actions: DaemonAction[] = orphans(request, tasks);
  for (const place of places.sort(byId)) append(actions, actionsFor(place, daemon, request, budget));
  return actions;
}

interface Place {
  readonly instance: ContainerInstance;
  readonly wanted: Truth;
  /** The service's tasks there that are not STOPPED. */
  readonly tasks: readonly DaemonTask[];
}

/** How many tasks the rest of this round may still stop for an update, and start. */
interface Budget {
  stops: number;
  starts: number;
}

function byId(left: Place, right: Place): number {
  return left.instance.id < right.instance.id ? -1 : left.instance.id > right.instance.id ? 1 : 0;
}

function tasksByInstance(tasks: readonly DaemonTask[]): ReadonlyMap<string, readonly DaemonTask[]> {
  const groups = new Map<string, DaemonTask[]>();
  for (const task of tasks) {
    if (task.lastStatus === "STOPPED") continue;
    const group = groups.get(task.instanceId);
    if (group === undefined) groups.set(task.instanceId, [task]);
    else group.push(task);
  }
  return groups;
}

/** Tasks on instances that are gone. */
function orphans(
  { instances }: ReconcileRequest,
  tasks: ReadonlyMap<string, readonly DaemonTask[]>,
): DaemonAction[] {
  const known = new Set(instances.map((it) => it.id));
  return [...tasks]
    .filter(([id]) => !known.has(id))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, onInstance]) => onInstance.filter(isMeantToRun).map((it) => stop(it, "deregistered")));
}

function isMeantToRun(task: DaemonTask): boolean {
  return task.desiredStatus === "RUNNING";
}

function isHealthy(task: DaemonTask): boolean {
  return isMeantToRun(task) && task.lastStatus === "RUNNING";
}

function updateBudget(request: ReconcileRequest, places: readonly Place[]): Budget {
  const here = places.filter((it) => it.wanted === true);
  const { elsewhere } = request;
  const wanted = here.length + (elsewhere?.wanted ?? 0);
  const healthy = here.filter((it) => it.tasks.some(isHealthy)).length + (elsewhere?.healthy ?? 0);
  const live = here.filter((it) => it.tasks.length > 0).length + (elsewhere?.live ?? 0);
  const minimum = Math.ceil((request.minimumHealthyPercent * wanted) / 100);
  const maximum = Math.floor((Math.min(100, request.maximumPercent ?? 100) * wanted) / 100);
  return { stops: Math.max(0, healthy - minimum), starts: Math.max(0, maximum - live) };
}

function actionsFor(
  place: Place,
  daemon: PreparedDaemon,
  request: ReconcileRequest,
  budget: Budget,
): readonly DaemonAction[] {
  const running = place.tasks.filter(isMeantToRun);
  if (place.wanted === false) return leave(place, running, daemon, request);
  if (place.wanted === "unknown" || !place.instance.agentConnected) return [];
  if (place.tasks.length === 0) return startOn(place, daemon, request, budget);
  return update(running, request, budget);
}

/** Tasks that may not stay. On a draining instance the daemon's task goes last: it often watches the others. */
function leave(
  { instance }: Place,
  running: readonly DaemonTask[],
  daemon: PreparedDaemon,
  request: ReconcileRequest,
): readonly DaemonAction[] {
  if (instance.status === "ACTIVE") {
    return instance.agentConnected ? running.map((it) => stop(it, "constraint")) : [];
  }
  if (instance.status !== "DRAINING") return running.map((it) => stop(it, "deregistered"));
  const others = (instance.tasks ?? []).some((it) => holdsBack(it, daemon, request));
  return others || !instance.agentConnected ? [] : running.map((it) => stop(it, "draining"));
}

/**
 * The developer guide calls the daemon's task the last one to stop, "after all replica tasks are stopped". Of standalone
 * tasks it does not speak; draining does not stop them (API reference), and the daemon stays with them, too.
 */
function holdsBack(task: InstanceTask, daemon: PreparedDaemon, request: ReconcileRequest): boolean {
  if (task.lastStatus === "STOPPED" || task.group === daemon.group) return false;
  return task.group === undefined || request.daemonGroups?.has(task.group) !== true;
}

function startOn(
  { instance }: Place,
  daemon: PreparedDaemon,
  request: ReconcileRequest,
  budget: Budget,
): readonly DaemonAction[] {
  if (budget.starts === 0) return [];
  const { verdict, reasons } = judgePrepared(daemon, instance, request.subnets?.known);
  const onlySubnets = verdict === "unknown" && reasons.every((it) => it.filter === "subnets");
  if (verdict !== "place" && !(onlySubnets && request.subnets?.placesUnknown === true)) return [];
  budget.starts -= 1;
  return [{ kind: "start", instanceId: instance.id }];
}

/**
 * Stops what is out of date as far as the healthy minimum allows, and every task beside the best one: a current task
 * before an outdated one, a healthy one before one that is still starting.
 */
function update(
  running: readonly DaemonTask[],
  request: ReconcileRequest,
  budget: Budget,
): readonly DaemonAction[] {
  const rank = (it: DaemonTask) => (isCurrent(it, request) ? 2 : 0) + (isHealthy(it) ? 1 : 0);
  const [kept, ...surplus] = [...running].sort((left, right) => rank(right) - rank(left));
  if (kept === undefined) return [];
  const outdated = !isCurrent(kept, request);
  // Among several, the one that stays decides whether the instance stays healthy; a task that does not run yet is not.
  const stopping = outdated && takeStop(kept, budget);
  const actions = surplus
    .filter((it) => isHealthy(kept) || takeStop(it, budget))
    .map((it) => stop(it, isCurrent(it, request) ? "duplicate" : "update"));
  return stopping ? [...actions, stop(kept, "update")] : actions;
}

/** Whether a task may be stopped now: an unhealthy one always, a healthy one while the minimum is not reached. */
function takeStop(task: DaemonTask, budget: Budget): boolean {
  if (!isHealthy(task)) return true;
  if (budget.stops === 0) return false;
  budget.stops -= 1;
  return true;
}

function isCurrent(task: DaemonTask, request: ReconcileRequest): boolean {
  if (task.taskDefinitionArn !== request.currentTaskDefinitionArn) return false;
  if (request.deploymentId === undefined || task.deploymentId === undefined) return true;
  return task.deploymentId === request.deploymentId;
}

function stop(task: DaemonTask, reason: StopCause): DaemonAction {
  return { kind: "stop", taskArn: task.arn, instanceId: task.instanceId, reason };
}
