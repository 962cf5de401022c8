// How one daemon service stands on one container instance: the state, and every reason for it that is known.

import type { ContainerInstance } from "../cluster/containerInstance";
import type { KnownSubnets } from "../cluster/knownSubnets";
import type { Truth } from "../query/target";
import { fitsLaunchType } from "../scheduler/launchTypes";
import { judgePrepared } from "../scheduler/placeDaemon";
import type { FilterName, InstanceVerdict, Reason } from "../scheduler/placement";
import { prepareDaemon, wantsInstance } from "../scheduler/preparedDaemon";
import { counted } from "../text/counts";
import { crashLoopReason, deploymentReasons, failureReasons, isCrashLoop, recentFailures } from "./causes";
import type { CellReason, CellRemedy, CellState, CoverageCell } from "./coverage";
import type { DaemonFacts, DaemonTask } from "./daemonFacts";
import { emptied } from "./emptyInstance";

export interface CellInput {
  readonly facts: DaemonFacts;
  /** With all its tasks, or where `isCrowdUnknown` at least with those of the service. */
  readonly instance: ContainerInstance;
  /** Tasks of the service on the instance, stopping and stopped ones included. */
  readonly tasks: readonly DaemonTask[];
  /** What ECS's own evaluator says of the constraints, where it was asked. */
  readonly ecsWants?: boolean | undefined;
  /** The tasks of others on the instance were not read. */
  readonly isCrowdUnknown?: boolean | undefined;
  readonly known?: KnownSubnets | undefined;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
  /** A container instance that registered within this time is still starting. Milliseconds. */
  readonly grace: number;
}

export interface JudgedCell {
  readonly state: CellState;
  /** Whether ECS counts a running task there. */
  readonly hasRunning: boolean;
  /** Whether ECS counts a running task of another revision there. */
  readonly hasOlder: boolean;
  readonly reasons: readonly CellReason[];
  readonly remedy?: CellRemedy;
}

/** Judges one cell. The same input always gives the same state. */
export function judgeCell(input: CellInput): JudgedCell {
  const { facts, instance, tasks } = input;
  const live = tasks.filter((it) => it.lastStatus !== "STOPPED" && it.desiredStatus !== "STOPPED");
  // A task that is being stopped still counts as running for ECS.
  const inCount = tasks.filter((it) => it.lastStatus === "RUNNING");
  const runs = live.some((it) => it.lastStatus === "RUNNING");
  const cell = (state: CellState, reasons: readonly CellReason[] = [], remedy?: CellRemedy): JudgedCell => ({
    state,
    hasRunning: inCount.length > 0,
    hasOlder: inCount.some((it) => it.definitionArn !== facts.definitionArn),
    reasons,
    ...(remedy === undefined ? {} : { remedy }),
  });
  if (instance.status !== "ACTIVE") return cell("not-wanted");
  // What ECS evaluates are the constraints: the launch type is not among them.
  if (fitsLaunchType(facts, instance) === false) return cell("not-wanted");
  if (facts.daemon === undefined) {
    // What should be there is not known without the definition; what is there is.
    if (live.length !== 1) return cell("unknown", [definitionReason]);
    if (instance.agentConnected === false) return disconnected(input, runs, cell);
    return ofLiveTask(input, live[0], cell);
  }
  const wants = input.ecsWants ?? wantsInstance(prepareDaemon(facts.daemon), instance);
  if (wants === false) return live.length === 0 ? cell("not-wanted") : unwanted(input, cell);
  if (wants === "unknown") return cell("unknown", constraintReasons(input));
  if (live.length > 1) return cell("unexpected", [severalTasks(live.length)]);
  if (instance.agentConnected === false) return disconnected(input, runs, cell);
  const [task] = live;
  return task === undefined ? absent(input, cell) : ofLiveTask(input, task, cell);
}

type MakeCell = (state: CellState, reasons?: readonly CellReason[], remedy?: CellRemedy) => JudgedCell;

const definitionReason: CellReason = {
  code: "definition-unknown",
  message: "The task definition of the service was not described, so its constraints are not known.",
};

function severalTasks(count: number): CellReason {
  return {
    code: "several-tasks",
    message: `${counted(count, "task")} of the service run there; a daemon service has one.`,
  };
}

/** A task where the constraints are false; one on a disconnected instance cannot be stopped by ECS. */
function unwanted(input: CellInput, cell: MakeCell): JudgedCell {
  if (input.instance.agentConnected === false) return cell("not-wanted");
  const reasons = constraintReasons(input);
  const said = reasons.length > 0 ? reasons : [constraintFalse];
  return cell("unexpected", said);
}

const constraintFalse: CellReason = {
  code: "constraint-false",
  filter: "constraints",
  message: "The instance does not satisfy the placement constraints, by the evaluation of ECS.",
};

function disconnected(input: CellInput, runs: boolean, cell: MakeCell): JudgedCell {
  const reason: CellReason = {
    code: "agent-disconnected",
    filter: "agent",
    message: "The container agent is disconnected, or the instance no longer exists.",
  };
  if (runs) return cell("stale", [reason], "repair-agent");
  if (isYoung(input)) return cell("starting", [youngReason(input)], "wait");
  return cell("missing", [reason, ...refusals(verdictOf(input), "agent")], "repair-agent");
}

function ofLiveTask(input: CellInput, task: DaemonTask | undefined, cell: MakeCell): JudgedCell {
  const { facts, tasks, now } = input;
  if (task === undefined) return cell("unknown");
  const failures = recentFailures(tasks, now);
  if (isCrashLoop(facts, failures, now))
    return cell(
      "crash-looping",
      [crashLoopReason(failures), ...failureReasons(failures)],
      "repair-definition",
    );
  if (task.definitionArn !== facts.definitionArn)
    return cell(
      "updating",
      [olderRevision(task, facts), ...deploymentReasons(facts, now)],
      updateRemedy(facts, now),
    );
  if (task.lastStatus !== "RUNNING") {
    const pending = {
      code: "task-starting",
      message: `The task there is ${task.lastStatus}, not RUNNING yet.`,
    };
    return cell("starting", [pending, ...failureReasons(failures)], "wait");
  }
  if (task.healthStatus === "UNHEALTHY")
    return cell(
      "unhealthy",
      [{ code: "unhealthy", message: "The health check of the task's containers fails." }],
      "repair-definition",
    );
  return cell("running");
}

function updateRemedy(facts: DaemonFacts, now: number): CellRemedy {
  const held = deploymentReasons(facts, now).some((it) => /held-by-percent|deployment-failed/.test(it.code));
  return held ? "change-deployment" : "wait";
}

function olderRevision(task: DaemonTask, facts: DaemonFacts): CellReason {
  return {
    code: "older-revision",
    message: `The task there is of ${nameOf(task.definitionArn)}, not yet of ${nameOf(facts.definitionArn)}.`,
  };
}

/** No task of the service that should stay: on its way, held up, or missing. */
function absent(input: CellInput, cell: MakeCell): JudgedCell {
  const { facts, tasks, now } = input;
  if (tasks.some((it) => it.lastStatus !== "STOPPED"))
    return cell(
      "replacing",
      [{ code: "task-stopping", message: "A task of the service is still being stopped there." }],
      "wait",
    );
  const verdict = verdictOf(input);
  const blocking = refusals(verdict);
  const failures = recentFailures(tasks, now);
  if (isCrashLoop(facts, failures, now))
    return cell(
      "crash-looping",
      [crashLoopReason(failures), ...failureReasons(failures), ...blocking],
      "repair-definition",
    );
  const deployment = deploymentReasons(facts, now);
  if (verdict.verdict === "unknown") return cell("unknown", [...blocking, ...failureReasons(failures)]);
  if (blocking.length > 0)
    return cell(
      "missing",
      [...blocking, ...failureReasons(failures), ...deployment],
      remedyOf(verdict.reasons, input),
    );
  if (failures.length > 0)
    return cell("missing", [...failureReasons(failures), ...deployment], "repair-definition");
  if (facts.rollout.failure !== undefined) return cell("missing", deployment, "change-deployment");
  if (facts.rollout.isInProgress) return cell("updating", deployment, updateRemedy(facts, now));
  if (isYoung(input)) return cell("starting", [youngReason(input), ...deployment], "wait");
  if (deployment.length > 0) return cell("missing", deployment, "wait");
  return cell("missing", [input.isCrowdUnknown ? crowdUnknown : unexplained], "force-deployment");
}

const unexplained: CellReason = {
  code: "unexplained",
  message:
    "Nothing that ECS reports explains it: the instance matches, has room, and no deployment is in progress.",
};

const crowdUnknown: CellReason = {
  code: "not-examined",
  message: "Not explained: the other tasks on the instance were not read.",
};

function verdictOf({ facts, instance, known }: CellInput): InstanceVerdict {
  if (facts.daemon === undefined) return { id: instance.id, verdict: "unknown", reasons: [] };
  return judgePrepared(prepareDaemon(facts.daemon), instance, known);
}

/** The scheduler's reasons against a start, without those of `except`, and without constraints: ECS has the last word there. */
function refusals({ reasons }: InstanceVerdict, except?: string): readonly CellReason[] {
  return reasons
    .filter((it) => it.filter !== except && it.filter !== "constraints" && it.filter !== "status")
    .map(cellReason);
}

function constraintReasons(input: CellInput): readonly CellReason[] {
  return verdictOf(input)
    .reasons.filter((it) => it.filter === "constraints")
    .map(cellReason);
}

function cellReason({ filter, code, message, requested, available, remedy }: Reason): CellReason {
  return {
    code,
    message,
    filter,
    ...(requested === undefined ? {} : { requested }),
    ...(available === undefined ? {} : { available }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** Room is made only where room is all that is missing, and the instance has as much when nothing runs there. */
function remedyOf(reasons: readonly Reason[], { facts, instance, known }: CellInput): CellRemedy {
  const filters = new Set<string>(reasons.map((it) => it.filter));
  for (const it of ["attributes", "platform", "subnets"]) if (filters.has(it)) return "repair-instance";
  if (filters.has("agent")) return "repair-agent";
  if (filters.has("ports") && filters.size === 1) return "change-port";
  const empty = facts.daemon && judgePrepared(prepareDaemon(facts.daemon), emptied(instance), known).reasons;
  const isTooSmall = empty?.some((it) => it.unknown !== true && roomFilters.has(it.filter));
  return isTooSmall ? "resize" : "make-room";
}

const roomFilters: ReadonlySet<string> = new Set<FilterName>(["cpu", "memory", "gpu", "eni"]);

function isYoung({ instance, now, grace }: CellInput): boolean {
  return instance.registeredAt !== undefined && now - instance.registeredAt < grace;
}

function youngReason({ instance, now }: CellInput): CellReason {
  const seconds = Math.max(0, Math.round((now - (instance.registeredAt ?? now)) / 1000));
  const age = seconds < 90 ? counted(seconds, "second") : counted(Math.round(seconds / 60), "minute");
  return { code: "just-registered", message: `The instance registered ${age} ago.` };
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** The cell as it is kept; `undefined` where the counts are enough. */
export function keptCell(instance: ContainerInstance, judged: JudgedCell): CoverageCell | undefined {
  const { state, reasons, remedy } = judged;
  if (state === "running" || state === "not-wanted") return undefined;
  const zone = instance.attributes.get("ecs.availability-zone");
  const type = instance.attributes.get("ecs.instance-type");
  return {
    instance: instance.id,
    ...(instance.ec2InstanceId === undefined ? {} : { ec2InstanceId: instance.ec2InstanceId }),
    ...(zone === undefined ? {} : { zone }),
    ...(type === undefined ? {} : { type }),
    state,
    reasons,
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** Whether our reading of the constraints is sure; where it is not, ECS's own evaluation decides. */
export function isReadingSure(wants: Truth, expressions: readonly string[]): boolean {
  return wants !== "unknown" && !expressions.some((it) => /=~|!~|[<>]/.test(it) || mixesOperators(it));
}

function mixesOperators(expression: string): boolean {
  return /\band\b|&&/i.test(expression) && /\bor\b|\|\|/i.test(expression);
}
