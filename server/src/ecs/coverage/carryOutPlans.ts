// Carries out plans for room, one after the other: what became of one is kept, whatever happens to the next.

import { isRefusal } from "../calls/answers";
import { EcsError, type EcsPort, isCancellation, type ServiceState } from "../port";
import { drainInstance } from "./drainInstance";
import { makeRoom } from "./makeRoom";
import { type InstancePlan, instanceName } from "./planInstances";
import type { TiedService } from "./tieServices";
import type { RoomOutcome, RoomResult, RoomWatch } from "./watchRoom";

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
  if (work.way === "tie") return tie(ecs, cluster, work, watch, signal);
  const results: RoomResult[] = [];
  for (const plan of work.plans) {
    const run = work.way === "drain" ? drainInstance : makeRoom;
    try {
      results.push(await run(ecs, cluster, plan, watch, signal));
    } catch (error) {
      if (isCancellation(error)) for (const it of results) watch.say(it.detail);
      if (isCancellation(error) || !(error instanceof EcsError) || results.length === 0) throw error;
      results.push(notBegun(plan, error.message));
    }
    if (results.some((it) => endsPlan(it, work.way))) {
      const why = `the plan ends with ${instanceName(plan)}.`;
      return [...results, ...work.plans.slice(results.length).map((it) => notBegun(it, why))];
    }
  }
  return results;
}

/**
 * Whether the rest of a plan is left: a race that was lost once is not tried on the next instance, and where room was made in
 * vain, nothing more is stopped for it.
 */
const endsPlan = ({ outcome }: RoomResult, way: RoomWork["way"]): boolean =>
  ["lost-race", "daemon-stops", "changed", "cut-off", "not-begun"].includes(outcome) ||
  (way === "stop" && outcome === "timeout");

function notBegun(plan: InstancePlan, why: string): RoomResult {
  const detail = `Nothing was done on ${instanceName(plan)}: ${why}`;
  return { instance: plan.instance, outcome: "not-begun", detail, stopped: [] };
}

async function tie(
  ecs: EcsPort,
  cluster: string,
  { plans, ties, afterTie }: RoomWork,
  watch: RoomWatch,
  signal: AbortSignal | undefined,
): Promise<readonly RoomResult[]> {
  const done: string[] = [];
  const all = (outcome: RoomOutcome, detailOf: (plan: InstancePlan) => string): readonly RoomResult[] =>
    plans.map((it) => ({ instance: it.instance, outcome, detail: detailOf(it), stopped: [] }));
  const soFar = () => (done.length === 0 ? "" : `${waiting(done)}. `);
  for (const { service, before, update } of ties) {
    let isSent = false;
    try {
      if (!(await isAsBefore(ecs, cluster, before, signal)))
        return all(
          "changed",
          () => `${soFar()}${service} was not changed: it is no longer as the plan shows it.`,
        );
      isSent = true;
      await ecs.updateService(update, signal);
      done.push(service);
      watch.say(`${service} has the placement constraint now.`);
    } catch (error) {
      const isUnchanged = !isSent || isRefusal(error);
      const open = isUnchanged ? "was not changed" : "may have been changed";
      if (isCancellation(error) && isSent) watch.say(`${service} ${open}.`);
      if (isCancellation(error) || !(error instanceof EcsError)) throw error;
      if (done.length === 0 && isUnchanged) throw error;
      return all("cut-off", () => `${soFar()}${service} ${open}: ${error.message}`);
    }
  }
  return all("tied", (it) => `${waiting(done)}. This frees no room on ${instanceName(it)}: ${afterTie}`);
}

/** An update replaces all placement constraints of a service: those that somebody else added since would be lost. */
async function isAsBefore(
  ecs: EcsPort,
  cluster: string,
  before: ServiceState,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const now = await ecs.describeService(cluster, before.name, signal);
  const text = (it: ServiceState | undefined) => JSON.stringify([it?.status, it?.placementConstraints]);
  return text(now) === text(before);
}

function waiting(services: readonly string[]): string {
  return `${services.join(", ")} now ${services.length === 1 ? "waits" : "wait"} for the daemon`;
}
