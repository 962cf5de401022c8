// Makes room for the missing daemons of a container instance. A stopped task cannot be brought back: ECS replaces it.

import { hasRoom } from "../../core/coverage/roomLeft";
import { leastOf, type PlannedStop, type SpareService } from "../../core/coverage/roomPlan";
import type { DaemonService } from "../../core/scheduler/placement";
import { counted } from "../../core/text/counts";
import { largestOf } from "../../core/text/lists";
import { isRefusal } from "../calls/answers";
import { EcsError, type EcsPort, isCancellation } from "../port";
import { type InstancePlan, instanceName, stillHolds } from "./planInstances";
import { daemonsNamed, type SeenInstance, seeInstance, spareServices } from "./readRoom";
import { type RoomOutcome, type RoomResult, type RoomWatch, stoppedThere, watchInstance } from "./watchRoom";

/**
 * Carries out the plan of one instance. Rejects with an EcsError where ECS does not answer before anything was stopped,
 * and with a cancellation, after it said what was stopped.
 */
export async function makeRoom(
  ecs: EcsPort,
  cluster: string,
  planned: InstancePlan,
  watch: RoomWatch,
  signal?: AbortSignal,
): Promise<RoomResult> {
  const stopped: string[] = [];
  try {
    return await carryOut({ ecs, cluster, planned, watch }, stopped, signal);
  } catch (error) {
    if (!(error instanceof EcsError) || stopped.length === 0) throw error;
    const { instance } = planned;
    const tasks = stopped.length === 1 ? "A task" : `${stopped.length} tasks`;
    const detail = `${tasks} on ${instanceName(planned)} ${stopped.length === 1 ? "was" : "were"} requested to stop; the outcome is not known: ${error.message}`;
    if (isCancellation(error)) watch.say(detail);
    if (isCancellation(error)) throw error;
    return { instance, outcome: "cut-off", detail, stopped };
  }
}

interface Work {
  readonly ecs: EcsPort;
  readonly cluster: string;
  readonly planned: InstancePlan;
  readonly watch: RoomWatch;
}

/** Adds to `stopped` what ECS was asked to stop. */
async function carryOut(
  { ecs, cluster, planned, watch }: Work,
  stopped: string[],
  signal: AbortSignal | undefined,
): Promise<RoomResult> {
  const { instance, plan, missing } = planned;
  const result = (outcome: RoomOutcome, detail: string): RoomResult => ({
    instance,
    outcome,
    detail,
    stopped,
  });
  if (plan.kind === "impossible") return result("impossible", plan.reasons.join(" "));
  const before = new Set(await stoppedThere(ecs, cluster, instance, signal));
  const lacking = await daemonsNamed(ecs, cluster, missing, signal);
  for (const stop of plan.stops) {
    const [seen, services] = await lookBefore(ecs, cluster, planned, signal);
    if (stopped.length > 0 && isEnough(seen, lacking.services)) break;
    if (stopped.length === 0) {
      if (!stillHolds(planned, seen, services, lacking.states))
        return result(
          "changed",
          `Nothing was stopped: what the plan for ${instanceName(planned)} rests on has changed.`,
        );
      for (const it of seen.tasks) before.add(it.task.arn);
    } else {
      const obstacle = obstacleOf(seen, stop, services, { missing, before });
      if (obstacle !== undefined) return obstacleResult(planned, obstacle, stopped);
    }
    const reason = `ecs-daemon make-room: ${missing.join(", ")} on ${instance}`;
    try {
      await ecs.stopTask(cluster, stop.task, reason, signal);
    } catch (error) {
      if (!isRefusal(error)) stopped.push(stop.task);
      throw error;
    }
    stopped.push(stop.task);
    watch.say(`Stopping a task of ${stop.service} on ${instanceName(planned)}.`);
  }
  const stops = plan.stops.slice(0, stopped.length);
  const watched = {
    ...{ ecs, cluster, planned, before, watch },
    daemons: lacking.services,
    services: [...new Set(stops.map((it) => it.service))],
    leaving: stopped,
    stopTimeout: largestOf([0, ...stops.map((it) => it.stopTimeout)]),
  };
  const { outcome, detail } = await watchInstance(watched, signal);
  return result(outcome, detail);
}

/** Whether the daemons are there or have room, so that nothing more has to stop for them. */
function isEnough({ instance, tasks }: SeenInstance, lacking: readonly DaemonService[]): boolean {
  const here = new Set(
    tasks.filter(({ task }) => task.desiredStatus === "RUNNING").map(({ task }) => task.group),
  );
  return hasRoom(
    instance,
    lacking.filter((it) => !here.has(`service:${it.name}`)),
  );
}

/** What decides right before a stop: the instance as it is now, and the services of the plan. */
function lookBefore(ecs: EcsPort, cluster: string, { instance, plan }: InstancePlan, signal?: AbortSignal) {
  const names = plan.kind === "stops" ? new Set(plan.stops.map((it) => it.service)) : new Set();
  const services = async () => {
    const replicas = await ecs.listReplicaServices(cluster, signal);
    return spareServices(
      ecs,
      replicas.filter((it) => names.has(it.name)),
      signal,
    );
  };
  return Promise.all([seeInstance(ecs, cluster, instance, signal), services()]);
}

/** Why the rest of a plan is left. */
interface Obstacle {
  readonly outcome: "lost-race" | "changed";
  readonly text: string;
}

/** After the first stop the counts differ from the plan; what protects a task and its service still holds. */
function obstacleOf(
  { instance, tasks }: SeenInstance,
  stop: PlannedStop,
  services: ReadonlyMap<string, SpareService>,
  { missing, before }: { readonly missing: readonly string[]; readonly before: ReadonlySet<string> },
): Obstacle | undefined {
  const daemons = new Set(missing.map((it) => `service:${it}`));
  const taker = tasks.find(
    ({ task }) => !before.has(task.arn) && task.desiredStatus === "RUNNING" && !daemons.has(task.group ?? ""),
  );
  if (taker !== undefined)
    return {
      outcome: "lost-race",
      text: `A task of ${taker.task.group ?? "no group"} came there in between`,
    };
  const found = tasks.find((it) => it.task.arn === stop.task);
  const isThere = found?.task.lastStatus === "RUNNING" && found.task.desiredStatus === "RUNNING";
  const isReady = instance.status === "ACTIVE" && instance.agentConnected === true;
  if (!isReady || !isThere || found.isProtected !== false)
    return { outcome: "changed", text: `The next task of ${stop.service} can no longer be stopped` };
  const service = services.get(stop.service);
  if (service === undefined || service.obstacle !== undefined || service.running - 1 < leastOf(service))
    return { outcome: "changed", text: `${stop.service} can no longer spare a task` };
  return undefined;
}

function obstacleResult(
  planned: InstancePlan,
  { outcome, text }: Obstacle,
  stopped: readonly string[],
): RoomResult {
  const done = `${counted(stopped.length, "task was", "tasks were")} stopped on ${instanceName(planned)}`;
  const detail = `${done}. ${text}: the rest of the plan is left.`;
  return { instance: planned.instance, outcome, detail, stopped };
}
