// Makes room for a daemon that is missing: the plan with what happens to each replica, a yes, one stop at a time, watched.

import { CancellationError } from "vscode";
import { counted, instanceCount } from "../../../server/src/core/text/counts";
import type {
  ClusterChoice,
  MakeRoomAnswer,
  RoomPlanAnswer,
  RoomPlanParams,
} from "../../../server/src/lsp/protocol/protocol";
import { askCluster } from "../commands/ask";
import { type CallArguments, numberOption, textOption } from "../commands/callArguments";
import { describe, describeTarget, type Target } from "../commands/confirm";
import { dialogLines, lineText } from "../commands/planText";
import { namedInstances } from "../commands/putAttributes";
import { runWizard, type WizardPage } from "../commands/wizard";
import { isFailure, shown, showWithLog } from "../failures";
import { notify, succeed } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { daemonItems } from "./daemonItems";

type Way = "stop" | "drain" | "tie";
type Plan = Exclude<RoomPlanAnswer, { readonly error: unknown }>;

interface Answers {
  readonly daemon: string;
  readonly instances: readonly string[] | "all";
  readonly way: Way | undefined;
}

/**
 * Options: `cluster`, `daemon`, `instances` (ids; without them every instance where the daemon is missing for want of
 * room), `way` (stop, drain or tie), `maxStops`, `timeoutSeconds`, `agreed` (on this machine alone: the plan needs no
 * yes). Returns the result for each instance.
 */
export async function makeRoom(session: Session, call: CallArguments): Promise<MakeRoomAnswer | undefined> {
  const cluster = await askCluster(session, call);
  const target = await describeTarget(session, cluster);
  if (isFailure(target)) return target;
  const { daemon, instances, way = "stop" } = await askRoom(session, call, cluster);
  const maxStops = numberOption(call, "maxStops");
  const isAgreed = target.loopback && call.options.agreed === true;
  let params: RoomPlanParams = {
    cluster,
    daemon,
    instances,
    way,
    ...(maxStops !== undefined && { maxStops }),
  };
  for (;;) {
    const plan = await showPlan(session, target, params, isAgreed);
    if (plan === undefined || isFailure(plan)) return plan;
    const answer = await carryOut(session, daemon, plan, numberOption(call, "timeoutSeconds"));
    // Where a plan no longer held, the next one needs its own yes.
    if (isFailure(answer) || answer.rest === undefined || isAgreed) return answer;
    params = { ...params, ...answer.rest };
  }
}

/** The plan that was agreed to; `undefined` where nothing can be done. */
async function showPlan(
  session: Session,
  target: Target,
  params: RoomPlanParams,
  isAgreed: boolean,
): Promise<RoomPlanAnswer | undefined> {
  const { daemon } = params;
  const plan = await withProgress(`Planning room for ${daemon}`, (step) =>
    session.server.request("roomPlan", params, step),
  );
  if (isFailure(plan)) return shown(plan);
  const lines = [...plan.instances.flatMap((it) => it.lines), ...plan.lines];
  for (const it of lines) session.log.info(it);
  if (!plan.canAct) {
    showWithLog("warning", lines.join(" "));
    return undefined;
  }
  if (!isAgreed) await confirm(target, daemon, plan, lines);
  return plan;
}

/** A stopped task does not come back: on this machine, too, the plan is shown first. */
async function confirm(target: Target, daemon: string, plan: Plan, lines: readonly string[]): Promise<void> {
  const verb = verbOf(plan);
  const where = target.loopback ? `Cluster: ${target.cluster}, on this machine\n` : describe(target);
  const detail = [where, ...dialogLines(lines).map((it) => lineText(it))].join("\n");
  const picked = await notify.warning(`Make room for ${daemon}?`, { modal: true, detail }, verb);
  if (picked !== verb) throw new CancellationError();
}

function verbOf({ way, stops, instances }: Plan): string {
  if (way === "drain") return `Drain ${counted(instances.length, "Instance")}`;
  return way === "tie" ? "Change Constraints" : `Stop ${counted(stops, "Task")}`;
}

async function carryOut(
  session: Session,
  daemon: string,
  { plan }: Plan,
  timeoutSeconds: number | undefined,
): Promise<MakeRoomAnswer> {
  const answer = await withProgress(`Making room for ${daemon}`, (step) =>
    session.server.request(
      "makeRoom",
      { plan, ...(timeoutSeconds !== undefined && { timeoutSeconds }) },
      step.options,
    ),
  );
  session.views.refresh();
  if (isFailure(answer)) return shown(answer);
  for (const it of answer.results) session.log.info(`${it.outcome}: ${it.detail}`);
  const healed = answer.results.filter((it) => it.outcome === "healed").length;
  const first = answer.results.find((it) => it.outcome !== "healed");
  if (first === undefined) succeed(session.log, `${daemon} runs on ${instanceCount(healed)} more`);
  else showWithLog("warning", `${healed} of ${answer.results.length} healed. ${first.detail}`);
  return answer;
}

// Questions -------------------------------------------------------------------------------------------------------

async function askRoom(session: Session, call: CallArguments, cluster: ClusterChoice): Promise<Answers> {
  const first: Answers = {
    daemon: textOption(call, "daemon") ?? "",
    instances: namedInstances(call) ?? "all",
    way: ways.find((it) => it.way === textOption(call, "way"))?.way,
  };
  const isAnswered = call.options.agreed === true || first.way !== undefined;
  return runWizard<Answers>("Make Room", first, [
    {
      isAsked: () => first.daemon === "",
      ask: async (page, answers) => ({ ...answers, daemon: await askDaemon(session, page, cluster) }),
    },
    {
      isAsked: () => !isAnswered,
      ask: async (page, answers) => {
        await requireTargets(session, cluster, answers);
        const { way } = await page.pick({ prompt: "How?", items: ways });
        return { ...answers, way };
      },
    },
  ]);
}

/** Where no instance lacks room there is nothing to ask: says so, and the command ends. */
async function requireTargets(
  session: Session,
  cluster: ClusterChoice,
  { daemon, instances }: Answers,
): Promise<void> {
  const params = { cluster, daemon, instances, way: "stop" } as const;
  const plan = await withProgress(`Planning room for ${daemon}`, (step) =>
    session.server.request("roomPlan", params, step),
  );
  if (isFailure(plan)) shown(plan);
  else if (plan.instances.length > 0) return;
  else showWithLog("warning", plan.lines.join(" "));
  throw new CancellationError();
}

const ways = [
  {
    way: "stop" as const,
    label: "Stop replica tasks",
    description: "the fewest that their services can spare; ECS replaces them",
  },
  {
    way: "drain" as const,
    label: "Drain the instance",
    description: "moves all replicas away, then lets it take tasks again",
  },
  {
    way: "tie" as const,
    label: "Tie replica services to the daemon",
    description: "from now on they start only where it runs; frees no room",
  },
];

async function askDaemon(session: Session, page: WizardPage, cluster: ClusterChoice): Promise<string> {
  const listed = await session.server.request("listServices", { cluster });
  if (isFailure(listed)) {
    shown(listed);
    throw new CancellationError();
  }
  const items = daemonItems(listed.services);
  if (items.length > 0) return (await page.pick({ prompt: "For which daemon service?", items })).label;
  void notify.information("The cluster has no daemon services.");
  throw new CancellationError();
}
