// Makes room on a container instance by draining it: its replicas move away, and it takes tasks again.

import { counted } from "../../core/text/counts";
import { instanceRefused, isRefusal } from "../calls/answers";
import { EcsError, type EcsPort, isCancellation } from "../port";
import { wait } from "../wait";
import { type InstancePlan, instanceName } from "./planInstances";
import { daemonsNamed, seeTasks } from "./readRoom";
import { activateCommand } from "./undoCommands";
import { type RoomResult, type RoomWatch, stoppedThere, watchInstance } from "./watchRoom";

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
  const { instance } = planned;
  const name = instanceName(planned);
  const result = (outcome: RoomResult["outcome"], detail: string): RoomResult => ({
    instance,
    outcome,
    detail,
    stopped: [],
  });
  const seen = await seeTasks(ecs, cluster, instance, signal);
  if (seen.status !== "ACTIVE") return result("changed", `Nothing was done: ${name} is ${seen.status} now.`);
  const groups = await movable(ecs, cluster, instance, signal);
  const left = await drained({ ecs, cluster, planned, watch }, groups.length, signal);
  if (left instanceof EcsError) return result("cut-off", left.message);
  if (left > 0)
    return result(
      "timeout",
      `${counted(left, "task")} of replica services did not move from ${name} in time: no other instance has room, their minimumHealthyPercent keeps them, or they take longer. It is ACTIVE again.`,
    );
  try {
    const daemons = await daemonsNamed(ecs, cluster, planned.missing, signal);
    const { tasks = [] } = await seeTasks(ecs, cluster, instance, signal);
    // What stopped before it could start here, or by the drain, is no failure of now.
    const ended = await stoppedThere(ecs, cluster, instance, signal);
    const before = new Set([...ended, ...tasks.map((it) => it.arn)]);
    const services = [...new Set(groups)].map((it) => it.slice("service:".length));
    const watched = { ecs, cluster, planned, daemons, services, stopTimeout: 0, before, watch };
    return { instance, ...(await watchInstance(watched, signal)), stopped: [] };
  } catch (error) {
    if (isCancellation(error) || !(error instanceof EcsError)) throw error;
    return result(
      "cut-off",
      `${name} was drained and is ACTIVE again; what runs there now is not known: ${error.message}`,
    );
  }
}

interface Drain {
  readonly ecs: EcsPort;
  readonly cluster: string;
  readonly planned: InstancePlan;
  readonly watch: RoomWatch;
}

/** How many replicas are left when the time is over; an error where ECS stopped answering after it was asked to drain. */
async function drained(
  { ecs, cluster, planned, watch }: Drain,
  before: number,
  signal: AbortSignal | undefined,
): Promise<number | EcsError> {
  const { instance } = planned;
  const deadline = performance.now() + 1000 * (watch.timeoutSeconds ?? usualDrainSeconds);
  let left = before;
  let failure: EcsError | undefined;
  let isCancelled = false;
  let isAsked = false;
  try {
    // Where this answer is lost, the instance may be draining all the same.
    await ecs.setInstanceStatus(cluster, instance, "DRAINING", signal);
    isAsked = true;
    watch.say(`Draining ${instanceName(planned)}.`);
    while (left > 0 && performance.now() < deadline) {
      await wait(watch.pollMilliseconds, signal);
      left = (await movable(ecs, cluster, instance, signal)).length;
    }
  } catch (error) {
    if (!isAsked && isRefusal(error)) throw error;
    isCancelled = isCancellation(error);
    if (!isCancelled && !(error instanceof EcsError)) throw error;
    failure = error as EcsError;
  }
  const stuck = await putBack(ecs, cluster, planned, watch);
  if (stuck !== undefined) return stuck;
  if (failure === undefined) return left;
  if (isCancelled) throw failure;
  return new EcsError(
    failure.name,
    `${failure.message} ${instanceName(planned)} is ACTIVE again.`,
    failure.remedy,
  );
}

/** Without the signal: what was cancelled is put back all the same. */
async function putBack(
  ecs: EcsPort,
  cluster: string,
  planned: InstancePlan,
  watch: RoomWatch,
): Promise<EcsError | undefined> {
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
    return new EcsError(error.name, detail, error.remedy);
  }
}

/** Groups of the tasks of replica services that are still there, one for each task. */
async function movable(
  ecs: EcsPort,
  cluster: string,
  instance: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const daemons = new Set((await ecs.listDaemonServices(cluster, signal)).map((it) => `service:${it.name}`));
  const { tasks = [] } = await seeTasks(ecs, cluster, instance, signal);
  const groups = tasks.flatMap((it) => it.group ?? []);
  return groups.filter((it) => it.startsWith("service:") && !daemons.has(it));
}
