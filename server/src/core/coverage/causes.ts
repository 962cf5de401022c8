// Causes of an absence that no filter of the scheduler knows: tasks that stop again, deployments, and what the events of ECS report.

import { counted, countText, durationText } from "../text/counts";
import { largestOf } from "../text/lists";
import type { CellReason } from "./coverage";
import type { DaemonFacts, DaemonTask } from "./daemonFacts";

/** Tasks that stopped within this time before the look count. Milliseconds. */
const stopWindow = 30 * 60_000;

/** So many stopped tasks of one daemon on one instance are a crash loop. */
const loopStops = 3;

/** The task ended by itself or could not start; whoever stopped it on purpose is not counted. */
const failedStops = new Set(["EssentialContainerExited", "TaskFailedToStart"]);

/** Tasks that failed on one instance within the last half an hour, newest first. */
export function recentFailures(stopped: readonly DaemonTask[], now: number): readonly DaemonTask[] {
  if (stopped.length === 0) return stopped;
  return stopped
    .filter((it) => failedStops.has(it.stopCode ?? "") && (it.stoppedAt ?? 0) > now - stopWindow)
    .sort((left, right) => (right.stoppedAt ?? 0) - (left.stoppedAt ?? 0));
}

/** Whether the failures of one instance are a crash loop: three of them, or one where ECS reports it of the service. */
export function isCrashLoop(facts: DaemonFacts, failures: readonly DaemonTask[], now: number): boolean {
  if (failures.length >= loopStops) return true;
  return failures.length > 0 && eventTimes(facts).unstable >= now - eventAge;
}

/** Why the newest of the failures happened, classified by its words. */
export function failureReasons(failures: readonly DaemonTask[]): readonly CellReason[] {
  const [newest] = failures;
  if (newest === undefined) return [];
  const reason = newest.stoppedReason ?? "ECS gives no reason";
  return [{ code: failureCode(reason), message: `The last task there stopped: ${withPeriod(reason)}` }];
}

function failureCode(reason: string): string {
  if (/CannotPull(?:Image|Container)?/i.test(reason)) return "cannot-pull";
  if (/ResourceInitializationError|unable to (?:pull|retrieve) secrets/i.test(reason))
    return "cannot-initialize";
  if (/CannotCreate|CannotStart|CannotInspect/i.test(reason)) return "cannot-start";
  if (/OutOfMemory|exited with 137/i.test(reason)) return "out-of-memory";
  return "task-stopped";
}

/** A task on its way out; `stopTimeout`: seconds that its containers may take for it, where that is known. */
export function stoppingReason(
  { stoppingAt }: DaemonTask,
  stopTimeout: number | undefined,
  now: number,
): CellReason {
  const message = "A task of the service is still being stopped there.";
  if (stoppingAt === undefined || stopTimeout === undefined) return { code: "task-stopping", message };
  const left = stoppingAt + 1000 * stopTimeout - now;
  const end =
    left >= 0 ? `ends in ${countText(Math.ceil(left / 1000))} s` : `ended ${durationText(-left)} ago`;
  return { code: "task-stopping", message: `${message} Its stopTimeout of ${stopTimeout} s ${end}.` };
}

/** The loop itself, before the reason of its newest task. */
export function crashLoopReason(failures: readonly DaemonTask[]): CellReason {
  return {
    code: "crash-loop",
    message: `${counted(failures.length, "task")} of the service stopped there within 30 minutes.`,
  };
}

/** What the service's deployment and events say of all its instances. */
export function deploymentReasons(facts: DaemonFacts, now: number): readonly CellReason[] {
  const { rollout } = facts;
  const reasons: CellReason[] = [];
  if (facts.status !== "ACTIVE")
    reasons.push({
      code: "service-inactive",
      message: `The service is ${facts.status}: it starts no tasks.`,
    });
  if (rollout.failure !== undefined)
    reasons.push({
      code: "deployment-failed",
      message: `The deployment failed: ${withPeriod(rollout.failure)}`,
    });
  const { heldByPercent, throttled } = eventTimes(facts);
  if (heldByPercent >= now - eventAge)
    reasons.push({
      code: "held-by-percent",
      message:
        "The deployment configuration lets ECS neither stop nor start a task: lower minimumHealthyPercent.",
    });
  if (throttled >= now - eventAge)
    reasons.push({ code: "scheduler-throttled", message: "ECS throttles the operations of the service." });
  if (rollout.isInProgress && rollout.failure === undefined)
    reasons.push({
      code: "deployment-in-progress",
      message: `A deployment is in progress${rollout.failedTasks > 0 ? `, ${countText(rollout.failedTasks)} of its tasks failed` : ""}.`,
    });
  return reasons;
}

/** Events older than this describe another time: ECS repeats an event every six hours. Milliseconds. */
const eventAge = 7 * 60 * 60_000;

const never = Number.NEGATIVE_INFINITY;

interface EventTimes {
  readonly heldByPercent: number;
  readonly throttled: number;
  readonly unstable: number;
}

/** A service has a hundred events, and as many cells as it lacks instances: the events are read once. */
const timesOf = new WeakMap<DaemonFacts["events"], EventTimes>();

/** When ECS last reported each of them since the service was steady: what it reported before is over. */
function eventTimes({ events }: DaemonFacts): EventTimes {
  const known = timesOf.get(events);
  if (known !== undefined) return known;
  const fresh = readTimes(events);
  timesOf.set(events, fresh);
  return fresh;
}

const steady = /reached a steady state/;
const held = /unable to stop or start tasks during a deployment/;
const throttledOperations = /operations are being throttled/;
const unstableTasks = /unable to consistently start tasks/;
const telling = new RegExp(
  [steady, held, throttledOperations, unstableTasks].map((it) => it.source).join("|"),
);

/** Whether an event decides about a cell at the time `now`. A service has a hundred, and most are about one instance. */
export function isTelling(now: number): (event: DaemonFacts["events"][number]) => boolean {
  return ({ createdAt, message }) => createdAt >= now - eventAge && telling.test(message);
}

/** Milliseconds between the events of one pass of the scheduler, which it writes in no certain order. */
const passLength = 1000;

/** Whether the newest events of a service say that no instance takes a task: an older one is of another time. */
export function isUnplaced(events: DaemonFacts["events"]): boolean {
  const newest = largestOf(events.map((it) => it.createdAt));
  return events.some(
    (it) => it.createdAt >= newest - passLength && /unable to place a task/.test(it.message),
  );
}

function readTimes(events: DaemonFacts["events"]): EventTimes {
  const last = (pattern: RegExp) =>
    events.reduce((last, it) => (pattern.test(it.message) ? Math.max(last, it.createdAt) : last), never);
  const lastSteady = last(steady);
  const since = (pattern: RegExp) => {
    const at = last(pattern);
    return at >= lastSteady ? at : never;
  };
  return {
    heldByPercent: since(held),
    throttled: since(throttledOperations),
    unstable: since(unstableTasks),
  };
}

function withPeriod(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
