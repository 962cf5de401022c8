// Makes room on a container instance by draining it: its replicas move away, and it takes tasks again.

import type { ContainerInstance, InstanceTask } from "../../core/cluster/containerInstance";
import { counted } from "../../core/text/counts";
import { instanceRefused, isRefusal } from "../calls/answers";
import { EcsError, type EcsPort, isCancellation } from "../port";
import { wait } from "../wait";
import { type InstancePlan, instanceName } from "./planInstances";
import { daemonsNamed, seeTasks } from "./readRoom";
import { activateCommand } from "./undoCommands";
import { type Conclusion, type RoomResult, type RoomWatch, stoppedThere, watchInstance } from "./watchRoom";

/** Replicas move one after the other, each within its own stop timeout. */
const usualDrainSeconds = 600;

/**
 * Drains the instance until no task of a replica service is left on it, and lets it take tasks again, whatever happens in
 * between: no replica waits for its room then. Rejects with an EcsError where ECS does not answer before anything was
 * done, and with a cancellation; the instance is ACTIVE again then.
 */
export async function drainInstance(
  ecs: EcsPort,
  cluster: string,
  planned: InstancePlan,
  watch: RoomWatch,
  signal?: AbortSignal,
): Promise<RoomResult> {
  const drain = { ecs, cluster, planned, watch };
  const { instance, replicas } = await seeReplicas(drain, signal);
  const obstacle = obstacleOf(planned, instance, replicas);
  const ended = obstacle ?? (await drained(drain, replicas.length, signal));
  const done = ended ?? (await watchDrained(drain, replicas, signal));
  return { instance: planned.instance, ...done, stopped: [] };
}

/** Why the instance is not drained, although the plan says so. */
function obstacleOf(
  planned: InstancePlan,
  { status, tasks = [] }: ContainerInstance,
  replicas: readonly InstanceTask[],
): Conclusion | undefined {
  const name = instanceName(planned);
  if (status !== "ACTIVE")
    return { outcome: "changed", detail: `Nothing was done: ${name} is ${status} now.` };
  const here = new Set(tasks.filter((it) => it.desiredStatus === "RUNNING").map((it) => it.group));
  const daemon = planned.missing.find((it) => here.has(`service:${it}`));
  if (daemon !== undefined)
    return { outcome: "changed", detail: `Nothing was done: a task of ${daemon} is on ${name} now.` };
  if (replicas.length > 0) return undefined;
  return {
    outcome: "impossible",
    detail: `Nothing was done: no task of a replica service is on ${name}, and draining moves no other.`,
  };
}

async function watchDrained(
  { ecs, cluster, planned, watch }: Drain,
  replicas: readonly InstanceTask[],
  signal: AbortSignal | undefined,
): Promise<Conclusion> {
  const { instance, missing } = planned;
  try {
    const daemons = (await daemonsNamed(ecs, cluster, missing, signal)).services;
    const { tasks = [] } = await seeTasks(ecs, cluster, instance, signal);
    // What stopped before it could start here, or by the drain, is no failure of now.
    const ended = await stoppedThere(ecs, cluster, instance, signal);
    const before = new Set([...ended, ...tasks.map((it) => it.arn)]);
    const services = [...new Set(replicas.map((it) => serviceOf(it)))];
    const leaving = replicas.map((it) => it.arn);
    const watched = { ecs, cluster, planned, daemons, services, leaving, stopTimeout: 0, before, watch };
    return await watchInstance(watched, signal);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof EcsError)) throw error;
    const detail = `${instanceName(planned)} was drained and is ACTIVE again; what runs there now is not known: ${error.message}`;
    return { outcome: "cut-off", detail };
  }
}

interface Drain {
  readonly ecs: EcsPort;
  readonly cluster: string;
  readonly planned: InstancePlan;
  readonly watch: RoomWatch;
}

/** Drains the instance and sets it to ACTIVE again; answers how that ended where it did not empty the instance. */
async function drained(
  drain: Drain,
  replicas: number,
  signal: AbortSignal | undefined,
): Promise<Conclusion | undefined> {
  const { ecs, cluster, planned, watch } = drain;
  const name = instanceName(planned);
  let [isAsked, failure, end]: [boolean, unknown, Conclusion | undefined] = [false, undefined, undefined];
  try {
    // Where this answer is lost, the instance may be draining all the same.
    await ecs.setInstanceStatus(cluster, planned.instance, "DRAINING", signal);
    isAsked = true;
    watch.say(`Draining ${name}.`);
    end = await emptied(drain, replicas, signal);
  } catch (error) {
    if (!isAsked && isRefusal(error)) throw error;
    failure = error;
  }
  const stuck = await putBack(drain);
  if (stuck !== undefined) return { outcome: "cut-off", detail: stuck };
  if (failure === undefined) return end;
  if (isCancellation(failure) || !(failure instanceof EcsError)) throw failure;
  return { outcome: "cut-off", detail: `${failure.message} ${name} is ACTIVE again.` };
}

/** Waits until the replicas have moved; answers why they have not. */
async function emptied(
  drain: Drain,
  replicas: number,
  signal: AbortSignal | undefined,
): Promise<Conclusion | undefined> {
  const { planned, watch } = drain;
  const name = instanceName(planned);
  const deadline = performance.now() + 1000 * (watch.timeoutSeconds ?? usualDrainSeconds);
  let left = replicas;
  let [wasDraining, others] = [false, 0];
  while (left > 0 && performance.now() < deadline) {
    await wait(watch.pollMilliseconds, signal);
    const seen = await seeReplicas(drain, signal);
    left = seen.replicas.length;
    // An answer may be older than the one before it: two that follow each other show it.
    others = wasDraining && seen.instance.status !== "DRAINING" ? others + 1 : 0;
    wasDraining ||= seen.instance.status === "DRAINING";
    if (left > 0 && others === 2)
      return {
        outcome: "changed",
        detail: `${name} was drained and became ${seen.instance.status} by another user before its replicas had moved.`,
      };
  }
  if (left === 0) return undefined;
  return {
    outcome: "timeout",
    detail: `${counted(left, "task")} of replica services did not move from ${name} in time: no other instance has room, their minimumHealthyPercent keeps them, or they take longer. It is ACTIVE again.`,
  };
}

/** Without the signal: what was cancelled is put back all the same. Answers what to do where it was not put back. */
async function putBack({ ecs, cluster, planned, watch }: Drain): Promise<string | undefined> {
  const name = instanceName(planned);
  try {
    await ecs.setInstanceStatus(cluster, planned.instance, "ACTIVE");
    watch.say(`${name} is ACTIVE again.`);
    return undefined;
  } catch (error) {
    if (!(error instanceof EcsError)) throw error;
    const detail =
      error.name === instanceRefused
        ? `${name} was drained and cannot become ACTIVE again: ${error.message}`
        : `${name} may still be DRAINING, because it could not be set to ACTIVE: ${error.message} Run: ${activateCommand(cluster, planned.instance, watch.target)}`;
    watch.say(detail);
    return detail;
  }
}

/** The instance with the tasks of replica services that are on it. */
async function seeReplicas(
  { ecs, cluster, planned }: Drain,
  signal: AbortSignal | undefined,
): Promise<{ readonly instance: ContainerInstance; readonly replicas: readonly InstanceTask[] }> {
  const daemons = new Set((await ecs.listDaemonServices(cluster, signal)).map((it) => it.name));
  const instance = await seeTasks(ecs, cluster, planned.instance, signal);
  const ofServices = (instance.tasks ?? []).filter((it) => it.group?.startsWith("service:"));
  return { instance, replicas: ofServices.filter((it) => !daemons.has(serviceOf(it))) };
}

const serviceOf = ({ group = "" }: InstanceTask): string => group.slice("service:".length);
