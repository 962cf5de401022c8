// Makes room for the missing daemons of a container instance. A stopped task cannot be brought back: ECS replaces it.

import type { PlannedStop, SpareService } from "../../core/coverage/roomPlan";
import type { DaemonService } from "../../core/scheduler/placement";
import type { EcsPort } from "../port";
import { wait } from "../wait";
import { type InstancePlan, tokenOf } from "./planInstances";
import { placements, type SeenInstance, seeInstance, spareServices } from "./readRoom";
import { type RoomOutcome, type RoomResult, type RoomWatch, watchInstance } from "./watchRoom";

/** Carries out the plan of one instance. Rejects with an EcsError where ECS does not answer. */
export async function makeRoom(
  ecs: EcsPort,
  cluster: string,
  planned: InstancePlan,
  watch: RoomWatch,
  signal?: AbortSignal,
): Promise<RoomResult> {
  const { instance, plan, missing } = planned;
  const result = (outcome: RoomOutcome, detail: string, stopped: readonly string[] = []): RoomResult => ({
    instance,
    outcome,
    detail,
    stopped,
  });
  if (plan.kind === "impossible") return result("impossible", plan.reasons.join(" "));
  const names = [...new Set(plan.stops.map((it) => it.service))];
  const ended = { containerInstance: instance, desiredStatus: "STOPPED" } as const;
  const before = new Set((await ecs.listTaskPages(cluster, ended, 1, signal)).arns);
  const stopped: string[] = [];
  for (const stop of plan.stops) {
    const [seen, replicas] = await Promise.all([
      seeInstance(ecs, cluster, instance, signal),
      ecs.listReplicaServices(cluster, signal),
    ]);
    const services = await spareServices(
      ecs,
      replicas.filter((it) => names.includes(it.name)),
      signal,
    );
    if (stopped.length === 0) {
      if (tokenOf(seen, plan, services) !== planned.token)
        return result("changed", `Nothing was stopped: what the plan for ${instance} rests on has changed.`);
      for (const it of seen.tasks) before.add(it.task.arn);
    } else if (!mayStillStop(seen, stop, services))
      return result(
        "changed",
        `${stop.service} can no longer spare a task: the rest of the plan is left.`,
        stopped,
      );
    await ecs.stopTask(
      cluster,
      stop.task,
      `ecs-daemon make-room: ${missing.join(", ")} on ${instance}`,
      signal,
    );
    stopped.push(stop.task);
    watch.say(`Stopping a task of ${stop.service} on ${instance}.`);
  }
  const daemons = await daemonsOf(ecs, cluster, missing, signal);
  const { outcome, detail } = await watchInstance(
    { ecs, cluster, planned, daemons, before, watch },
    plan.stops,
    signal,
  );
  return result(outcome, detail, stopped);
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

async function daemonsOf(
  ecs: EcsPort,
  cluster: string,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly DaemonService[]> {
  const services = (await ecs.listDaemonServices(cluster, signal)).filter((it) => names.includes(it.name));
  return [...(await placements(ecs, services, signal)).values()].map((it) => it.service);
}

/**
 * Drains the instance until no task of a replica service is left on it, and lets it take tasks again, whatever happens in
 * between: no replica waits for its room then. Rejects with an EcsError where ECS does not answer.
 */
export async function drainInstance(
  ecs: EcsPort,
  cluster: string,
  planned: InstancePlan,
  watch: RoomWatch,
  signal?: AbortSignal,
): Promise<RoomResult> {
  const { instance, missing } = planned;
  const deadline = Date.now() + 1000 * (watch.timeoutSeconds ?? usualDrainSeconds);
  let left = await movable(ecs, cluster, instance, signal);
  await ecs.setInstanceStatus(cluster, instance, "DRAINING", signal);
  watch.say(`Draining ${instance}.`);
  try {
    while (left > 0 && Date.now() < deadline) {
      await wait(watch.pollMilliseconds, signal);
      left = await movable(ecs, cluster, instance, signal);
    }
  } finally {
    // Without the signal: what was cancelled is put back all the same.
    await ecs.setInstanceStatus(cluster, instance, "ACTIVE");
    watch.say(`${instance} is ACTIVE again.`);
  }
  if (left > 0) {
    const detail = `${left} tasks of replica services did not move from ${instance}: no other instance has room, or their minimumHealthyPercent keeps them. It is ACTIVE again.`;
    return { instance, outcome: "timeout", detail, stopped: [] };
  }
  const daemons = await daemonsOf(ecs, cluster, missing, signal);
  const { tasks } = await seeInstance(ecs, cluster, instance, signal);
  const before = new Set(tasks.map((it) => it.task.arn));
  return {
    instance,
    ...(await watchInstance({ ecs, cluster, planned, daemons, before, watch }, [], signal)),
    stopped: [],
  };
}

/** Replicas move one after the other, each within its own stop timeout. */
const usualDrainSeconds = 600;

/** Tasks of replica services that are still there. */
async function movable(
  ecs: EcsPort,
  cluster: string,
  instance: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  const daemons = new Set((await ecs.listDaemonServices(cluster, signal)).map((it) => `service:${it.name}`));
  const { tasks } = await seeInstance(ecs, cluster, instance, signal);
  return tasks.filter(({ task }) => task.group?.startsWith("service:") && !daemons.has(task.group)).length;
}
