// Watches a container instance after tasks there were asked to stop: who takes the room, and what becomes of the services.

import type { InstanceTask } from "../../core/cluster/containerInstance";
import { isUnplaced } from "../../core/coverage/causes";
import { takeRoom } from "../../core/coverage/roomLeft";
import type { DaemonService } from "../../core/scheduler/placement";
import { counted, countText } from "../../core/text/counts";
import type { EcsPort, EcsTarget } from "../port";
import { wait } from "../wait";
import { taskReader } from "./facts";
import { type InstancePlan, instanceName } from "./planInstances";
import { seeTasks } from "./readRoom";

export type RoomOutcome =
  /** Every missing daemon runs, and every service that lost a task is whole again. */
  | "healed"
  /** The daemons run; a service stays below its desired count. */
  | "healed-short"
  /** Another task took the room; nothing is stopped again. */
  | "lost-race"
  /** A daemon started there and stopped again: room is not what it lacks. */
  | "daemon-stops"
  /** What the plan rests on has changed: nothing was stopped, or nothing more. */
  | "changed"
  /** ECS was asked to stop or to drain something, and then did not answer what became of it. */
  | "cut-off"
  /** Replica services wait for the daemons from now on; the room is still taken. */
  | "tied"
  /** ECS did not answer, or refused, before anything was done on this instance. */
  | "not-begun"
  | "timeout"
  | "impossible";

export interface RoomResult {
  readonly instance: string;
  readonly outcome: RoomOutcome;
  /** In one sentence. */
  readonly detail: string;
  /** ARNs of the tasks that ECS was asked to stop. */
  readonly stopped: readonly string[];
}

export interface RoomWatch {
  /** Whom the port talks to: for the command that undoes what could not be undone. */
  readonly target: EcsTarget;
  /** Seconds to wait for the end; without it as long as the tasks may take to stop, and a minute. */
  readonly timeoutSeconds: number | undefined;
  /** Seconds that a daemon has to run to count. */
  readonly stableSeconds: number;
  readonly pollMilliseconds: number;
  readonly say: (line: string) => void;
  /** What helps where ECS finds no instance for a replica, in the words of the door. */
  readonly afterShort: string;
}

/** What is watched after tasks were asked to stop. */
export interface Watched {
  readonly ecs: EcsPort;
  readonly cluster: string;
  readonly planned: InstancePlan;
  readonly daemons: readonly DaemonService[];
  /** Names of the replica services that lose a task. */
  readonly services: readonly string[];
  /** Seconds that the slowest of those tasks may take to stop. */
  readonly stopTimeout: number;
  /** ARNs of the tasks of those services that leave the instance. */
  readonly leaving: readonly string[];
  /** ARNs of the tasks that were there, stopped ones included. */
  readonly before: ReadonlySet<string>;
  readonly watch: RoomWatch;
}

export type Conclusion = Pick<RoomResult, "outcome" | "detail">;

/** Waits until the daemons run and every service is whole, or it is clear that they will not. */
export async function watchInstance(watched: Watched, signal: AbortSignal | undefined): Promise<Conclusion> {
  const { planned, watch, services, stopTimeout } = watched;
  const seconds = watch.timeoutSeconds ?? stopTimeout + 60;
  const deadline = performance.now() + 1000 * seconds;
  let runsSince: number | undefined;
  let lastTasks = "";
  let lastMessage = "";
  let lastTaker: string | undefined;
  for (;;) {
    const look = await lookOnce(watched, signal);
    if (look.conclusion !== undefined) return look.conclusion;
    // What ECS says of the room and of the tasks may be of two moments: two looks show it, or it is not so.
    if (look.taker !== undefined && look.taker.arn === lastTaker) return lostRace(look.taker, planned);
    lastTaker = look.taker?.arn;
    // Another task than before has not run for that long yet.
    if (look.running !== planned.missing.length) runsSince = undefined;
    else if (look.tasks !== lastTasks) runsSince = performance.now();
    lastTasks = look.tasks;
    const isStable = runsSince !== undefined && performance.now() - runsSince >= watch.stableSeconds * 1000;
    const short = isStable ? await shortServices(watched, signal) : [];
    const where = `on ${instanceName(planned)}`;
    const running = `${isStable ? allRun(planned.missing) : someRun(look.running, planned.missing)} ${where}`;
    if (isStable && short.length === 0)
      return {
        outcome: "healed",
        detail: services.length === 0 ? `${running}.` : `${running}, and every service is whole.`,
      };
    const message = isStable ? `${running}; ${textOf(short)}.` : `${running}.`;
    if (message !== lastMessage) watch.say(message);
    lastMessage = message;
    if (performance.now() >= deadline)
      return isStable
        ? {
            outcome: "healed-short",
            detail: `${running}, but ${textOf(short)}. ${afterShort(short, watch)}`.trim(),
          }
        : { outcome: "timeout", detail: `After the time to wait, ${running}${notStable(runsSince, watch)}.` };
    await wait(watch.pollMilliseconds, signal);
  }
}

function allRun(daemons: readonly string[]): string {
  return `${daemons.join(", ")} ${daemons.length === 1 ? "runs" : "run"}`;
}

function someRun(running: number, { length }: readonly string[]): string {
  return `${countText(running)} of ${counted(length, "missing daemon runs", "missing daemons run")}`;
}

function notStable(runsSince: number | undefined, { stableSeconds }: RoomWatch): string {
  return runsSince === undefined ? "" : `, but not yet for ${stableSeconds} s`;
}

function lostRace({ group = "no group" }: InstanceTask, planned: InstancePlan): Conclusion {
  const detail = `A task of ${group} took the room on ${instanceName(planned)}. Nothing more was stopped: tie that service to the daemon, or drain the instance.`;
  return { outcome: "lost-race", detail };
}

interface Seen {
  /** How many of the missing daemons run. */
  readonly running: number;
  /** The tasks by which they run. */
  readonly tasks: string;
  /** A task that came, where those that came keep the daemons out. */
  readonly taker?: InstanceTask | undefined;
  readonly conclusion?: Conclusion;
}

async function lookOnce(watched: Watched, signal: AbortSignal | undefined): Promise<Seen> {
  const { ecs, cluster, planned, daemons, before } = watched;
  const instance = await seeTasks(ecs, cluster, planned.instance, signal);
  const tasks = (instance.tasks ?? []).filter((it) => it.desiredStatus === "RUNNING");
  const groups = new Set(planned.missing.map((it) => `service:${it}`));
  const own = tasks.filter((it) => groups.has(it.group ?? "") && it.lastStatus === "RUNNING");
  const running = {
    running: new Set(own.map((it) => it.group)).size,
    tasks: own
      .map((it) => it.arn)
      .sort()
      .join(),
  };
  const here = new Set(tasks.map((it) => it.group));
  const absent = daemons.filter((it) => !here.has(`service:${it.name}`));
  const failed = await failedDaemon(watched, signal);
  if (failed !== undefined) return { ...running, conclusion: failed };
  const came = tasks.filter((it) => !before.has(it.arn) && !groups.has(it.group ?? ""));
  return { ...running, taker: takeRoom(instance, came, absent) ? came[0] : undefined };
}

/** ARNs of the tasks that stopped on the instance, as long as ECS shows them. */
export async function stoppedThere(
  ecs: EcsPort,
  cluster: string,
  containerInstance: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const choice = { containerInstance, desiredStatus: "STOPPED" } as const;
  return (await ecs.listTaskPages(cluster, choice, 100, signal)).arns;
}

/** A daemon that started and stopped again does not lack room. */
async function failedDaemon(
  { ecs, cluster, planned, before }: Watched,
  signal: AbortSignal | undefined,
): Promise<Conclusion | undefined> {
  const arns = await stoppedThere(ecs, cluster, planned.instance, signal);
  const fresh = arns.filter((it) => !before.has(it));
  const { tasks } = await ecs.describeTasksNamed(cluster, fresh, taskReader(), signal);
  const failures = tasks
    .map((it) => it?.daemonTask)
    .filter((it) => it !== undefined && planned.missing.includes(it.service) && it.lastStatus === "STOPPED");
  const [first] = failures;
  if (failures.length < 3 || first === undefined) return undefined;
  return {
    outcome: "daemon-stops",
    detail: `${first.service} starts on ${instanceName(planned)} and stops again: ${first.stoppedReason ?? "ECS gives no reason"}.`,
  };
}

interface ShortService {
  readonly text: string;
  /** ECS reports that it finds no instance for a task. */
  readonly isUnplaced: boolean;
}

async function shortServices(
  watched: Watched,
  signal: AbortSignal | undefined,
): Promise<readonly ShortService[]> {
  const { ecs, cluster, services } = watched;
  const [states, stopping] = await Promise.all([
    Promise.all(services.map((it) => ecs.describeService(cluster, it, signal))),
    stoppingOf(watched, signal),
  ]);
  return states.flatMap((it, index) => {
    if (it === undefined) return [{ text: `${services[index]} is not described`, isUnplaced: false }];
    // ECS counts a task as running until it has stopped.
    const leaving = stopping.filter((name) => name === it.name).length;
    if (it.runningCount - leaving >= it.desiredCount) return [];
    const parts = [
      ...(it.pendingCount === 0 ? [] : [`${countText(it.pendingCount)} starting`]),
      ...(leaving === 0 ? [] : [`${countText(leaving)} stopping`]),
    ];
    const text = [`${it.name} runs ${countText(it.runningCount)} of ${countText(it.desiredCount)}`, ...parts];
    return [{ text: text.join(", "), isUnplaced: it.pendingCount === 0 && isUnplaced(it.events) }];
  });
}

/** The service of each task that leaves and has not stopped yet. */
async function stoppingOf(
  { ecs, cluster, leaving }: Watched,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const { tasks } = await ecs.describeTasksNamed(cluster, leaving, taskReader(), signal);
  return tasks.flatMap((it) => (it?.daemonTask?.lastStatus === "RUNNING" ? it.daemonTask.service : []));
}

const textOf = (short: readonly ShortService[]): string => short.map((it) => it.text).join("; ");

function afterShort(short: readonly ShortService[], { afterShort }: RoomWatch): string {
  return short.some((it) => it.isUnplaced) ? `ECS finds no instance for the rest. ${afterShort}` : "";
}
