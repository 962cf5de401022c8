// The requests that make room for missing daemons: first a plan, which changes nothing, then the plan as it was shown.

import { carryOutPlans } from "../../ecs/coverage/carryOutPlans";
import { drainLine, stopLines } from "../../ecs/coverage/describeRoom";
import { restOf } from "../../ecs/coverage/planAgain";
import { type InstancePlan, planInstances } from "../../ecs/coverage/planInstances";
import { type RoomTargets, roomTargets } from "../../ecs/coverage/roomTargets";
import { type TiedService, tieServices } from "../../ecs/coverage/tieServices";
import { activateCommand, untieCommand } from "../../ecs/coverage/undoCommands";
import type { RoomWatch } from "../../ecs/coverage/watchRoom";
import type { EcsTarget } from "../../ecs/port";
import { onAsk, signalOf } from "../base/answerRequest";
import { failure } from "../base/failure";
import { beginProgress } from "../base/progress";
import { ecsChanged, withEcs } from "../clusters/ecsTarget";
import { requests } from "../protocol/customRequests";
import type {
  ClusterChoice,
  MakeRoomAnswer,
  MakeRoomParams,
  PlannedInstance,
  RoomPlanAnswer,
  RoomPlanParams,
} from "../protocol/protocol";
import type { ViewNeeds } from "../views/viewNeeds";

/** What was planned, and is carried out if somebody agrees. */
interface Planned {
  readonly choice: ClusterChoice | undefined;
  readonly way: RoomPlanParams["way"];
  readonly maxStops: number;
  readonly plans: readonly InstancePlan[];
  readonly ties: readonly TiedService[];
}

/** Each row of the panel is planned when it is selected; older plans than these are forgotten. */
const mostPlans = 50;
/** As the command line: one task, unless somebody says more. */
const usualStops = 1;

export function registerRoomRequests(needs: ViewNeeds): void {
  const planned = new Map<string, Planned>();
  let count = 0;
  const keep = (it: Planned): string => {
    count += 1;
    const id = String(count);
    planned.set(id, it);
    const [oldest] = planned.keys();
    if (planned.size > mostPlans && oldest !== undefined) planned.delete(oldest);
    return id;
  };
  onAsk(needs.context, requests.roomPlan, (params, token) => planRoom(needs, params, keep, signalOf(token)));
  onAsk(needs.context, requests.makeRoom, async (params, token) => {
    const found = planned.get(params.plan);
    planned.delete(params.plan);
    return found === undefined ? outdated : carryOut(needs, found, params, signalOf(token));
  });
}

const outdated = failure("outdated-plan", "The plan no longer holds.", "Plan again.");

async function planRoom(
  { context }: ViewNeeds,
  { cluster: choice, daemon, instances, way, maxStops: given }: RoomPlanParams,
  keep: (planned: Planned) => string,
  signal: AbortSignal,
): Promise<RoomPlanAnswer> {
  return withEcs(context, choice, async (ecs, { cluster, target }) => {
    const found = await roomTargets(ecs, { cluster, daemon, instances, target }, signal);
    const { targets } = found;
    const maxStops = given ?? usualStops * targets.length;
    const plans = await planInstances(ecs, cluster, targets, maxStops, signal);
    const ties = way === "tie" ? await tieServices(ecs, cluster, targets, signal) : [];
    const stops = way === "stop" ? plans.reduce((sum, it) => sum + stopsOf(it), 0) : 0;
    const possible = plans.filter((it) => it.plan.kind === "stops").length;
    return {
      plan: keep({ choice: choice ?? context.clusters.chosen(), way, maxStops, plans, ties }),
      way,
      instances: plans.map((it) => plannedInstance(it, way)),
      lines: commonLines(way, ties, found, { daemon, cluster, target }),
      stops,
      canAct: way === "tie" ? ties.length > 0 : way === "drain" ? plans.length > 0 : possible > 0,
    };
  });
}

const stopsOf = ({ plan }: InstancePlan): number => (plan.kind === "stops" ? plan.stops.length : 0);

function plannedInstance(plan: InstancePlan, way: RoomPlanParams["way"]): PlannedInstance {
  const { instance, ec2InstanceId, missing } = plan;
  return {
    instance,
    ...(ec2InstanceId !== undefined && { ec2InstanceId }),
    missing,
    lines: way === "stop" ? stopLines(plan, Date.now()) : way === "drain" ? [drainLine(plan)] : [],
    stops: way === "stop" ? stopsOf(plan) : 0,
    isImpossible: way === "stop" && plan.plan.kind === "impossible",
  };
}

function commonLines(
  way: RoomPlanParams["way"],
  ties: readonly TiedService[],
  { targets, notes }: RoomTargets,
  {
    daemon,
    cluster,
    target,
  }: { readonly daemon: string; readonly cluster: string; readonly target: EcsTarget },
): readonly string[] {
  if (targets.length === 0) return [`No instance lacks room for ${daemon}.`, ...notes];
  if (way === "tie")
    return ties.length === 0
      ? ["Every replica service there already waits for the daemon."]
      : ties.flatMap((it) => [
          `${it.service}: adds the placement constraint ${it.expression}. Where the daemon is broken, ${it.service} does not start either.`,
          `To undo it, run: ${untieCommand(cluster, it.before, target)}`,
        ]);
  if (way === "drain")
    return targets.map(
      (it) => `If VS Code is closed in between, run: ${activateCommand(cluster, it.instance, target)}`,
    );
  return ["A stopped task can't be brought back: ECS replaces it."];
}

// Carried out -----------------------------------------------------------------------------------------------------

/** Milliseconds between two looks, and seconds that a daemon has to run. */
const pace = { pollMilliseconds: 2_000, stableSeconds: 30 };

async function carryOut(
  { context, store }: ViewNeeds,
  planned: Planned,
  { timeoutSeconds, workDoneToken }: MakeRoomParams,
  signal: AbortSignal,
): Promise<MakeRoomAnswer> {
  return withEcs(context, planned.choice, async (ecs, { cluster, target, isLoopback }) => {
    const progress = beginProgress(context, workDoneToken, "Making room");
    const watch: RoomWatch = {
      target,
      timeoutSeconds,
      stableSeconds: isLoopback ? 2 : Math.min(pace.stableSeconds, (timeoutSeconds ?? 120) / 4),
      pollMilliseconds: isLoopback ? 100 : pace.pollMilliseconds,
      say: (line) => {
        context.log.info(line);
        progress.report(line);
      },
      afterShort: "Add an instance for them.",
    };
    try {
      const plans = planned.plans.filter((it) => planned.way !== "stop" || it.plan.kind !== "impossible");
      const work = { ...planned, plans, afterTie: "stop a task or drain it." };
      const results = await carryOutPlans(ecs, cluster, work, watch, signal);
      const rest = planned.way === "stop" ? restOf(results, planned.maxStops) : undefined;
      const isHealed = results.length > 0 && results.every((it) => it.outcome === "healed");
      return { results, isHealed, ...(rest !== undefined && { rest }) };
    } finally {
      progress.done();
      store.forget();
      ecsChanged(context);
    }
  });
}
