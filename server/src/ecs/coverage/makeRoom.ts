// Makes room for the missing daemons of a container instance. A stopped task cannot be brought back: ECS replaces it.

import type { PlannedStop, SpareService } from "../../core/coverage/roomPlan";
import { isRefusal } from "../calls/answers";
import { EcsError, type EcsPort, isCancellation } from "../port";
import { type InstancePlan, instanceName, stillHolds } from "./planInstances";
import { daemonsNamed, type SeenInstance, seeInstance, spareServices } from "./readRoom";
import { type RoomOutcome, type RoomResult, type RoomWatch, watchInstance } from "./watchRoom";

/**
 * Carries out the plan of one instance. Rejects with an EcsError where ECS does not answer before anything was stopped,
 * and with a cancellation.
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
    if (isCancellation(error) || !(error instanceof EcsError) || stopped.length === 0) throw error;
    const { instance } = planned;
    const tasks = stopped.length === 1 ? "A task" : `${stopped.length} tasks`;
    const detail = `${tasks} on ${instanceName(planned)} ${stopped.length === 1 ? "was" : "were"} requested to stop; the outcome is not known: ${error.message}`;
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
  const ended = { containerInstance: instance, desiredStatus: "STOPPED" } as const;
  const before = new Set((await ecs.listTaskPages(cluster, ended, 1, signal)).arns);
  for (const stop of plan.stops) {
    const [seen, services] = await lookBefore(ecs, cluster, planned, signal);
    if (stopped.length === 0) {
      if (!stillHolds(planned, seen, services))
        return result(
          "changed",
          `Nothing was stopped: what the plan for ${instanceName(planned)} rests on has changed.`,
        );
      for (const it of seen.tasks) before.add(it.task.arn);
    } else if (!mayStillStop(seen, stop, services))
      return result("changed", `${stop.service} can no longer spare a task: the rest of the plan is left.`);
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
  const daemons = await daemonsNamed(ecs, cluster, missing, signal);
  const watched = { ecs, cluster, planned, daemons, before, watch };
  const { outcome, detail } = await watchInstance(watched, plan.stops, signal);
  return result(outcome, detail);
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

/** After the first stop the counts differ from the plan; what protects a task and its service still holds. */
function mayStillStop(
  seen: SeenInstance,
  stop: PlannedStop,
  services: ReadonlyMap<string, SpareService>,
): boolean {
  const found = seen.tasks.find((it) => it.task.arn === stop.task);
  const service = services.get(stop.service);
  if (found === undefined || service === undefined || service.obstacle !== undefined) return false;
  const least = Math.max(1, Math.ceil((service.desired * service.minimumHealthyPercent) / 100));
  return found.isProtected === false && found.task.lastStatus === "RUNNING" && service.running - 1 >= least;
}
