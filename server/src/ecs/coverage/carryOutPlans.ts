// Carries out plans for room, one after the other: what became of one is kept, whatever happens to the next.

import { isRefusal } from "../calls/answers";
import { EcsError, type EcsPort, isCancellation } from "../port";
import { drainInstance } from "./drainInstance";
import { makeRoom } from "./makeRoom";
import { type InstancePlan, instanceName } from "./planInstances";
import type { TiedService } from "./tieServices";
import type { RoomResult, RoomWatch } from "./watchRoom";

export interface RoomWork {
  readonly way: "stop" | "drain" | "tie";
  readonly plans: readonly InstancePlan[];
  /** For the way `tie`: the services that change. */
  readonly ties: readonly TiedService[];
  /** What helps after a tie, which frees no room, in the words of the door. */
  readonly afterTie: string;
}

/**
 * Answers what became of each instance, as far as the plan was followed. Rejects with an EcsError where ECS does not answer
 * before anything was done, and with a cancellation, after it said what was done.
 */
export async function carryOutPlans(
  ecs: EcsPort,
  cluster: string,
  work: RoomWork,
  watch: RoomWatch,
  signal?: AbortSignal,
): Promise<readonly RoomResult[]> {
  if (work.way === "tie") return tie(ecs, work, watch, signal);
  const results: RoomResult[] = [];
  for (const plan of work.plans) {
    const run = work.way === "drain" ? drainInstance : makeRoom;
    try {
      results.push(await run(ecs, cluster, plan, watch, signal));
    } catch (error) {
      if (isCancellation(error)) for (const it of results) watch.say(it.detail);
      if (isCancellation(error) || !(error instanceof EcsError) || results.length === 0) throw error;
      results.push(notBegun(plan, error));
    }
    if (results.some(endsPlan)) break;
  }
  return results;
}

/** Whether the rest of a plan is left: a race that was lost once is not tried on the next instance. */
const endsPlan = ({ outcome }: RoomResult): boolean =>
  ["lost-race", "changed", "cut-off", "not-begun"].includes(outcome);

function notBegun(plan: InstancePlan, error: EcsError): RoomResult {
  const detail = `Nothing was done on ${instanceName(plan)}: ${error.message}`;
  return { instance: plan.instance, outcome: "not-begun", detail, stopped: [] };
}

async function tie(
  ecs: EcsPort,
  { plans, ties, afterTie }: RoomWork,
  watch: RoomWatch,
  signal: AbortSignal | undefined,
): Promise<readonly RoomResult[]> {
  const done: string[] = [];
  for (const { service, update } of ties) {
    try {
      await ecs.updateService(update, signal);
      done.push(service);
      watch.say(`${service} has the placement constraint now.`);
    } catch (error) {
      if (isCancellation(error) || !(error instanceof EcsError)) throw error;
      if (done.length === 0 && isRefusal(error)) throw error;
      const open = isRefusal(error) ? "was not changed" : "may have been changed";
      const before = done.length === 0 ? "" : `${waiting(done)}. `;
      const detail = `${before}${service} ${open}: ${error.message}`;
      return plans.map((it) => ({ instance: it.instance, outcome: "cut-off", detail, stopped: [] }));
    }
  }
  return plans.map((it) => ({
    instance: it.instance,
    outcome: "tied",
    detail: `${waiting(done)}. This frees no room on ${instanceName(it)}: ${afterTie}`,
    stopped: [],
  }));
}

function waiting(services: readonly string[]): string {
  return `${services.join(", ")} now ${services.length === 1 ? "waits" : "wait"} for the daemon`;
}
