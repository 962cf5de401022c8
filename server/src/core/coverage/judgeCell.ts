// How one daemon service stands on one container instance: the state, and every reason for it that is known.

import type { ContainerInstance } from "../cluster/containerInstance";
import type { KnownSubnets } from "../cluster/knownSubnets";
import type { Truth } from "../query/target";
import { fitsLaunchType } from "../scheduler/launchTypes";
import { prepareDaemon, wantsInstance } from "../scheduler/preparedDaemon";
import { counted, durationText } from "../text/counts";
import {
  crashLoopReason,
  deploymentReasons,
  failureReasons,
  isCrashLoop,
  recentFailures,
  stoppingReason,
} from "./causes";
import type { CellReason, CellRemedy, CellState, CoverageCell } from "./coverage";
import type { DaemonFacts, DaemonTask } from "./daemonFacts";
import type { InstanceKind } from "./instanceKinds";
import { constraintReasons, type Refusals, refusalReasons, refusalsOf, verdictOf } from "./refusals";

export interface CellInput {
  readonly facts: DaemonFacts;
  /** With all its tasks, or where `isCrowdUnknown` at least with those of the service. */
  readonly instance: ContainerInstance;
  /** Tasks of the service on the instance, stopping and stopped ones included. */
  readonly tasks: readonly DaemonTask[];
  /** What ECS's own evaluator says of the constraints, where it was asked. */
  readonly ecsWants?: boolean | undefined;
  /** Seconds that the tasks of a task definition may take to stop, where that is known. */
  readonly stopTimeoutOf?: ((definitionArn: string) => number | undefined) | undefined;
  /** The tasks of others on the instance were not read. */
  readonly isCrowdUnknown?: boolean | undefined;
  readonly known?: KnownSubnets | undefined;
  /** What the instance has in common with others, where any is known. */
  readonly kind?: InstanceKind | undefined;
  /** What keeps a task of this daemon off instances of a kind: filled while cells with the same facts and subnets are judged. */
  readonly refusals?: Map<InstanceKind, Refusals> | undefined;
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
  const live = tasks.length === 0 ? tasks : tasks.filter(isLive);
  const runs = live.some((it) => it.lastStatus === "RUNNING");
  const cell: MakeCell = (state, reasons = [], remedy) => {
    const hasRunning = tasks.some(isCounted);
    const hasOlder = hasRunning && tasks.some((it) => isCounted(it) && isOlder(it, facts));
    return { state, hasRunning, hasOlder, reasons, ...(remedy === undefined ? {} : { remedy }) };
  };
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
  if (wants === "unknown") return cell("unknown", constraintReasons(verdictOf(input)));
  if (live.length > 1) return cell("unexpected", [severalTasks(live.length)]);
  if (instance.agentConnected === false) return disconnected(input, runs, cell);
  const [task] = live;
  return task === undefined ? absent(input, cell) : ofLiveTask(input, task, cell);
}

function isLive({ lastStatus, desiredStatus }: DaemonTask): boolean {
  return lastStatus !== "STOPPED" && desiredStatus !== "STOPPED";
}

/** A task that is being stopped still counts as running for ECS. */
const isCounted = ({ lastStatus }: DaemonTask): boolean => lastStatus === "RUNNING";

const isOlder = ({ definitionArn }: DaemonTask, facts: DaemonFacts): boolean =>
  definitionArn !== facts.definitionArn;

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
  // What we cannot know is no reason where ECS does.
  const known = constraintReasons(verdictOf(input)).filter((it) => it.code === constraintFalse.code);
  return cell("unexpected", known.length > 0 ? known : [constraintFalse]);
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
  return cell("missing", [reason, ...refusalReasons(verdictOf(input), "agent")], "repair-agent");
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
  if (isOlder(task, facts))
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
  const stopping = tasks.find((it) => it.lastStatus !== "STOPPED");
  if (stopping !== undefined) {
    const stopTimeout = input.stopTimeoutOf?.(stopping.definitionArn);
    return cell("replacing", [stoppingReason(stopping, stopTimeout, now)], "wait");
  }
  const refusals = refusalsOf(input);
  const { verdict, blocking } = refusals;
  const failures = recentFailures(tasks, now);
  if (isCrashLoop(facts, failures, now))
    return cell(
      "crash-looping",
      [crashLoopReason(failures), ...failureReasons(failures), ...blocking],
      "repair-definition",
    );
  const deployment = deploymentReasons(facts, now);
  if (verdict === "unknown") return cell("unknown", [...blocking, ...failureReasons(failures)]);
  if (blocking.length > 0) {
    const others = [...failureReasons(failures), ...deployment];
    return cell("missing", others.length === 0 ? blocking : [...blocking, ...others], refusals.remedy);
  }
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

function isYoung({ instance, now, grace }: CellInput): boolean {
  return instance.registeredAt !== undefined && now - instance.registeredAt < grace;
}

function youngReason({ instance, now }: CellInput): CellReason {
  const age = durationText(now - (instance.registeredAt ?? now));
  return { code: "just-registered", message: `The instance registered ${age} ago.` };
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** How cells name their instance. */
export type CellPlace = Pick<CoverageCell, "instance" | "ec2InstanceId" | "zone" | "type">;

/** The id of the instance, and where and what it is as far as that is known. */
export function placeOfInstance({ id, ec2InstanceId, attributes }: ContainerInstance): CellPlace {
  const zone = attributes.get("ecs.availability-zone");
  const type = attributes.get("ecs.instance-type");
  return {
    instance: id,
    ...(ec2InstanceId === undefined ? {} : { ec2InstanceId }),
    ...(zone === undefined ? {} : { zone }),
    ...(type === undefined ? {} : { type }),
  };
}

/** The cell as it is kept; `undefined` where the counts are enough. */
export function keptCell(place: CellPlace, { state, reasons, remedy }: JudgedCell): CoverageCell | undefined {
  if (state === "running" || state === "not-wanted") return undefined;
  const { instance, ec2InstanceId, zone, type } = place;
  // Member by member: a copy of the place is many times slower, and a cluster may have a hundred thousand cells.
  return {
    instance,
    ...(ec2InstanceId === undefined ? {} : { ec2InstanceId }),
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
