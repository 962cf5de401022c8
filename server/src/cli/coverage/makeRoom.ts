// `ecs-daemon make-room`: frees room for the daemons that are missing on a container instance. The plan comes first, then
// the question, then one stop at a time, watched.

import { counted } from "../../core/text/counts";
import { printable } from "../../core/text/printable";
import { carryOutPlans } from "../../ecs/coverage/carryOutPlans";
import { drainLine, stopLines } from "../../ecs/coverage/describeRoom";
import { mostPlans, restOf } from "../../ecs/coverage/planAgain";
import { type InstancePlan, planInstances } from "../../ecs/coverage/planInstances";
import { roomTargets } from "../../ecs/coverage/roomTargets";
import { type TiedService, tieServices } from "../../ecs/coverage/tieServices";
import { activateCommand, untieCommand } from "../../ecs/coverage/undoCommands";
import type { RoomResult, RoomWatch } from "../../ecs/coverage/watchRoom";
import { EcsError, type EcsPort, type EcsTarget, isCancellation } from "../../ecs/port";
import { type Command, type CommandCall, exitCodes, UsageError } from "../command";
import { targetHelp } from "../help";
import {
  choiceOption,
  integerOption,
  onlyPositional,
  requiredOption,
  secondsOption,
} from "../input/arguments";
import {
  describeTarget,
  needsConsent,
  requireConsent,
  targetOf,
  targetOptions,
  targetSynopsis,
  withEcs,
} from "../input/target";
import type { Terminal } from "../output/terminal";
import { json, paragraph } from "../output/textLayout";
import { listOf } from "./options";

export const makeRoomCommand: Command = {
  name: "make-room",
  synopsis: `DAEMON --cluster NAME (--instance ID… | --all-missing) [--way stop|drain|tie] [--max-stops N] [--dry-run] [--yes] [--timeout SECONDS] ${targetSynopsis} [--format text|json]`,
  summary: "Frees room for the daemons that are missing on an instance.",
  help: `
  DAEMON              the daemon service that is missing
  --cluster NAME      its cluster${targetHelp}
  --instance ID       a container instance or EC2 instance; may be repeated
  --all-missing       every instance where the daemon lacks room
  --way WAY           stop (default): stops the fewest tasks of replica services
                      that can spare them; drain: moves all replicas away and
                      lets the instance take tasks again; tie: replica services
                      there wait for the daemon from now on
  --max-stops N       how many tasks may be stopped altogether (1)
  --dry-run           only the plan
  --yes               do not ask
  --timeout SECONDS   how long to watch; without it as long as tasks may take
                      to stop, and a minute
  --format FORMAT     text (default) or json

Room is made for every daemon that is missing there. A stopped task cannot be
brought back: ECS replaces it where it fits. Exit code 0: the daemons run and
every service is whole. 1: not. Needs the actions of "coverage" and
ecs:GetTaskProtection, and ecs:StopTask, ecs:UpdateContainerInstancesState or
ecs:UpdateService, by the way.`,
  options: {
    ...targetOptions,
    cluster: { type: "string" },
    instance: { type: "string", multiple: true },
    "all-missing": { type: "boolean" },
    way: { type: "string" },
    "max-stops": { type: "string" },
    "dry-run": { type: "boolean" },
    yes: { type: "boolean" },
    timeout: { type: "string" },
    format: { type: "string" },
  },
  run: async (call, terminal) => {
    const request = requestOf(call, terminal);
    const { target } = request;
    if (!request.isDryRun) requireConsent(target, call.values, terminal);
    const signal = terminal.interruption();
    return withEcs(target, terminal, (ecs) => run(ecs, request, call, terminal, signal));
  },
};

interface Request {
  readonly daemon: string;
  readonly cluster: string;
  readonly instances: readonly string[] | "all";
  readonly way: "stop" | "drain" | "tie";
  readonly maxStops: number;
  readonly isDryRun: boolean;
  readonly timeoutSeconds: number | undefined;
  readonly format: "text" | "json";
  readonly target: EcsTarget;
}

function requestOf({ values, positionals }: CommandCall, terminal: Terminal): Request {
  const daemon = onlyPositional(positionals, "DAEMON");
  const named = listOf(values, "instance");
  const isAll = values["all-missing"] === true;
  if (isAll === named.length > 0)
    throw new UsageError(
      isAll
        ? "--instance and --all-missing exclude each other."
        : "Missing option: --instance ID, or --all-missing.",
    );
  return {
    daemon,
    cluster: requiredOption(values, "cluster", "NAME"),
    instances: isAll ? "all" : named,
    way: choiceOption(values, "way", ["stop", "drain", "tie"]),
    maxStops: integerOption(values, "max-stops", { least: 1, most: 1000 }) ?? 1,
    isDryRun: values["dry-run"] === true,
    timeoutSeconds: secondsOption(values, "timeout"),
    format: choiceOption(values, "format", ["text", "json"]),
    target: targetOf(values, terminal),
  };
}

/** The plans that were shown last for each instance, and what became of them. */
interface Round {
  readonly plans: readonly InstancePlan[];
  readonly results: readonly RoomResult[];
}

interface Planned {
  readonly plans: readonly InstancePlan[];
  readonly ties: readonly TiedService[];
  /** Whether anything can be done. */
  readonly canAct: boolean;
}

async function run(
  ecs: EcsPort,
  request: Request,
  call: CommandCall,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const planned = await plan(ecs, request, terminal, signal);
  if (planned === undefined) {
    const detail = `No instance lacks room for ${request.daemon}.`;
    terminal.write(
      request.format === "json" ? json({ plans: [], results: [], detail }) : paragraph(terminal, detail),
    );
    return exitCodes.good;
  }
  if (request.isDryRun || !planned.canAct) {
    print(request, { plans: planned.plans, results: [] }, terminal);
    return request.isDryRun && planned.canAct ? exitCodes.good : exitCodes.bad;
  }
  if (!(await isAgreed(ecs, request, planned, call, terminal))) {
    terminal.say("Nothing was done.");
    return exitCodes.unusable;
  }
  let round: Round = {
    plans: planned.plans,
    results: await act(ecs, request, planned, terminal, signal),
  };
  for (let plans = 1; plans < mostPlans; plans += 1) {
    const rest = request.way === "stop" ? restOf(round.results, request.maxStops) : undefined;
    const next = rest && (await actAgain(ecs, { ...request, ...rest }, round, call, terminal, signal));
    if (rest === undefined || next === undefined) break;
    const isOther = ({ instance }: { readonly instance: string }) => !rest.instances.includes(instance);
    round = {
      plans: [...round.plans.filter(isOther), ...next.plans],
      results: [...round.results.filter(isOther), ...next.results],
    };
  }
  print(request, round, terminal);
  return round.results.length > 0 && round.results.every((it) => it.outcome === "healed")
    ? exitCodes.good
    : exitCodes.bad;
}

/** Plans, and says the plan; `undefined` where no instance lacks room. */
async function plan(
  ecs: EcsPort,
  request: Request,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Planned | undefined> {
  const { cluster, daemon, way, target, instances } = request;
  const { targets, notes } = await roomTargets(ecs, { cluster, daemon, instances, target }, signal);
  for (const note of notes) terminal.say(printable(note));
  if (targets.length === 0) return undefined;
  const plans = await planInstances(ecs, cluster, targets, request.maxStops, signal);
  const ties = way === "tie" ? await tieServices(ecs, cluster, targets, signal) : [];
  for (const line of planLines(request, plans, ties)) terminal.say(printable(line));
  const canAct =
    way === "tie" ? ties.length > 0 : way === "drain" || plans.some((it) => it.plan.kind === "stops");
  return { plans, ties, canAct };
}

async function isAgreed(
  ecs: EcsPort,
  { target, cluster, way }: Request,
  { plans, ties }: Planned,
  { values }: CommandCall,
  terminal: Terminal,
): Promise<boolean> {
  if (!needsConsent(target, values)) return true;
  const where = await describeTarget(ecs, target, cluster);
  return terminal.confirm(printable(`${questionOf(way, plans, ties)} in ${where}?`));
}

/** Plans what is left of a plan that no longer held, and carries it out as the first; `undefined` where that ends it. */
async function actAgain(
  ecs: EcsPort,
  request: Request,
  { results }: Round,
  call: CommandCall,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Round | undefined> {
  terminal.say("What the plan rests on has changed. Planning again.");
  try {
    const planned = await plan(ecs, request, terminal, signal);
    if (planned?.canAct !== true) return undefined;
    if (await isAgreed(ecs, request, planned, call, terminal))
      return { plans: planned.plans, results: await act(ecs, request, planned, terminal, signal) };
    terminal.say("Nothing more was done.");
  } catch (error) {
    if (isCancellation(error)) for (const it of results) terminal.say(printable(it.detail));
    if (isCancellation(error) || !(error instanceof EcsError)) throw error;
    terminal.say(printable(error.message));
  }
  return undefined;
}

function questionOf(
  way: Request["way"],
  plans: readonly InstancePlan[],
  ties: readonly TiedService[],
): string {
  if (way === "drain") return `Drain ${counted(plans.length, "container instance")}`;
  if (way === "tie") return `Change the placement constraints of ${ties.map((it) => it.service).join(", ")}`;
  const stops = plans.reduce((sum, it) => sum + (it.plan.kind === "stops" ? it.plan.stops.length : 0), 0);
  return `Stop ${counted(stops, "task")}`;
}

async function act(
  ecs: EcsPort,
  request: Request,
  { plans, ties }: Planned,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<readonly RoomResult[]> {
  const { timeoutSeconds } = request;
  const watch: RoomWatch = {
    target: request.target,
    timeoutSeconds,
    stableSeconds: timeoutSeconds === undefined ? 30 : Math.min(30, timeoutSeconds / 4),
    pollMilliseconds:
      timeoutSeconds === undefined ? 2_000 : Math.min(2_000, Math.max(50, timeoutSeconds * 50)),
    say: (line) => terminal.say(printable(line)),
    afterShort: 'See "ecs-daemon forecast".',
  };
  const afterTie = "use --way stop or drain there.";
  return carryOutPlans(ecs, request.cluster, { way: request.way, plans, ties, afterTie }, watch, signal);
}

// Texts ---------------------------------------------------------------------------------------------------------

function planLines(
  request: Request,
  plans: readonly InstancePlan[],
  ties: readonly TiedService[],
): readonly string[] {
  if (request.way === "tie")
    return ties.length === 0
      ? ["Every replica service there already waits for the daemon."]
      : ties.flatMap((it) => [
          `${it.service}: adds the placement constraint ${it.expression}. Where the daemon is broken, ${it.service} does not start either.`,
          `To undo it, run: ${untieCommand(request.cluster, it.before, request.target)}`,
        ]);
  return plans.flatMap((it) =>
    request.way === "drain" ? drainLines(request, it) : stopLines(it, Date.now()),
  );
}

function drainLines({ cluster, target }: Request, plan: InstancePlan): readonly string[] {
  const back = activateCommand(cluster, plan.instance, target);
  return [drainLine(plan), `If this is killed in between, run: ${back}`];
}

function print({ format, way }: Request, { plans, results }: Round, terminal: Terminal): void {
  if (format === "json") {
    terminal.write(json({ way, plans: plans.map(({ basis: _, ...it }) => it), results }));
    return;
  }
  if (results.length === 0) terminal.write("Nothing was done.\n");
  for (const { detail } of results) terminal.write(paragraph(terminal, detail));
}
