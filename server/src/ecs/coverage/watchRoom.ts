// Watches a container instance after tasks there were asked to stop: who takes the room, and what becomes of the services.

import type { PlannedStop } from "../../core/coverage/roomPlan";
import { judgePrepared } from "../../core/scheduler/placeDaemon";
import type { DaemonService } from "../../core/scheduler/placement";
import { prepareDaemon } from "../../core/scheduler/preparedDaemon";
import { counted, countText } from "../../core/text/counts";
import { largestOf } from "../../core/text/lists";
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
  /** What the plan rests on has changed; nothing was stopped. */
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
}

/** What is watched after tasks were asked to stop. */
export interface Watched {
  readonly ecs: EcsPort;
  readonly cluster: string;
  readonly planned: InstancePlan;
  readonly daemons: readonly DaemonService[];
  /** ARNs of the tasks that were there. */
  readonly before: ReadonlySet<string>;
  readonly watch: RoomWatch;
}

export type Conclusion = Pick<RoomResult, "outcome" | "detail">;

/** Waits until the daemons run and every service is whole, or it is clear that they will not. */
export async function watchInstance(
  watched: Watched,
  stops: readonly PlannedStop[],
  signal: AbortSignal | undefined,
): Promise<Conclusion> {
  const { planned, watch } = watched;
  const longest = largestOf([0, ...stops.map((it) => it.stopTimeout)]);
  const deadline = performance.now() + 1000 * (watch.timeoutSeconds ?? longest + 60 + watch.stableSeconds);
  let runsSince: number | undefined;
  let lastMessage = "";
  for (;;) {
    const look = await lookOnce(watched, signal);
    if (look.conclusion !== undefined) return look.conclusion;
    if (look.running === planned.missing.length) runsSince ??= performance.now();
    else runsSince = undefined;
    const isStable = runsSince !== undefined && performance.now() - runsSince >= watch.stableSeconds * 1000;
    const short = isStable ? await shortServices(watched, stops, signal) : [];
    const running = isStable ? allRun(planned.missing) : someRun(look.running, planned.missing);
    if (isStable && short.length === 0)
      return {
        outcome: "healed",
        detail: `${running} on ${instanceName(planned)}, and every service is whole.`,
      };
    const message = isStable
      ? `${running} on ${instanceName(planned)}; ${short.join(", ")}.`
      : `${running} on ${instanceName(planned)}.`;
    if (message !== lastMessage) watch.say(message);
    lastMessage = message;
    if (performance.now() >= deadline)
      return isStable
        ? {
            outcome: "healed-short",
            detail: `${running} on ${instanceName(planned)}, but ${short.join(", ")}: no instance has room. See "ecs-daemon forecast".`,
          }
        : {
            outcome: "timeout",
            detail: `After the time to wait, ${running} on ${instanceName(planned)}.`,
          };
    await wait(watch.pollMilliseconds, signal);
  }
}

function allRun(daemons: readonly string[]): string {
  return `${daemons.join(", ")} ${daemons.length === 1 ? "runs" : "run"}`;
}

function someRun(running: number, { length }: readonly string[]): string {
  return `${countText(running)} of ${counted(length, "missing daemon runs", "missing daemons run")}`;
}

async function lookOnce(
  watched: Watched,
  signal: AbortSignal | undefined,
): Promise<{ readonly running: number; readonly conclusion?: Conclusion }> {
  const { ecs, cluster, planned, daemons, before } = watched;
  const instance = await seeTasks(ecs, cluster, planned.instance, signal);
  const tasks = (instance.tasks ?? []).filter((it) => it.desiredStatus === "RUNNING");
  const groups = new Set(planned.missing.map((it) => `service:${it}`));
  const running = tasks.filter((it) => groups.has(it.group ?? "") && it.lastStatus === "RUNNING").length;
  const here = new Set(tasks.map((it) => it.group));
  const absent = daemons.filter((it) => !here.has(`service:${it.name}`));
  const failed = await failedDaemon(watched, signal);
  if (failed !== undefined) return { running, conclusion: failed };
  const blocked = absent.some((it) => judgePrepared(prepareDaemon(it), instance).verdict === "blocked");
  const taker = tasks.find((it) => !before.has(it.arn) && !groups.has(it.group ?? ""));
  if (!blocked || taker === undefined) return { running };
  const detail = `A task of ${taker.group ?? "no group"} took the room on ${instanceName(planned)}. Nothing more was stopped: tie that service to the daemon, or drain the instance.`;
  return { running, conclusion: { outcome: "lost-race", detail } };
}

/** A daemon that started and stopped again does not lack room. */
async function failedDaemon(
  { ecs, cluster, planned, before }: Watched,
  signal: AbortSignal | undefined,
): Promise<Conclusion | undefined> {
  const { arns } = await ecs.listTaskPages(
    cluster,
    { containerInstance: planned.instance, desiredStatus: "STOPPED" },
    1,
    signal,
  );
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

async function shortServices(
  { ecs, cluster }: Watched,
  stops: readonly PlannedStop[],
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const names = [...new Set(stops.map((it) => it.service))];
  const states = await Promise.all(names.map((it) => ecs.describeService(cluster, it, signal)));
  return states.flatMap((it, index) => {
    if (it === undefined) return [`${names[index]} is not described`];
    const counts = `${countText(it.runningCount)} of ${countText(it.desiredCount)}`;
    return it.runningCount >= it.desiredCount ? [] : [`${it.name} runs ${counts}`];
  });
}
