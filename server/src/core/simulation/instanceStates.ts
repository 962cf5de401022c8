// What a step of a timeline shows of each container instance, and how long instances stay without their daemon task.

import type { ContainerInstance, InstanceTask } from "../cluster/containerInstance";
import { type KnownSubnets, knownSubnets } from "../cluster/knownSubnets";
import { judgePrepared } from "../scheduler/placeDaemon";
import type { InstanceVerdict, Verdict } from "../scheduler/placement";
import { ownTasks, type PreparedDaemon, wantsInstance } from "../scheduler/preparedDaemon";
import type { Coverage, InstanceState } from "./steps";

export interface Look {
  readonly states: ReadonlyMap<string, InstanceState>;
  readonly nodes: number;
  readonly tasks: number;
  readonly wanted: number;
  /** Wanted instances without a running task. */
  readonly uncovered: readonly string[];
}

/** Looks at the instances after each step; what did not change is looked at once. */
export function instanceObserver(daemon: PreparedDaemon) {
  let known = new WeakMap<ContainerInstance, Seen>();
  let knownFor: string | undefined;
  return (instances: readonly ContainerInstance[], current: string): Look => {
    if (current !== knownFor) known = new WeakMap();
    knownFor = current;
    const subnets = daemon.service.subnets === undefined ? undefined : knownSubnets(instances);
    const states = new Map<string, InstanceState>();
    const uncovered: string[] = [];
    const counts = { nodes: 0, tasks: 0, wanted: 0 };
    for (const instance of instances) {
      if (instance.status === "INACTIVE") continue;
      const seen =
        (subnets === undefined ? known.get(instance) : undefined) ?? see(instance, daemon, current, subnets);
      known.set(instance, seen);
      states.set(instance.id, seen.state);
      counts.nodes += 1;
      if (seen.covered) counts.tasks += 1;
      if (!seen.wanted) continue;
      counts.wanted += 1;
      if (!seen.covered) uncovered.push(instance.id);
    }
    return { states, uncovered, ...counts };
  };
}

interface Seen {
  readonly state: InstanceState;
  readonly covered: boolean;
  readonly wanted: boolean;
}

function see(
  instance: ContainerInstance,
  daemon: PreparedDaemon,
  current: string,
  subnets: KnownSubnets | undefined,
): Seen {
  return {
    state: stateOf(instance, daemon, current, subnets),
    covered: ownTasks(daemon, instance).some(isCovering),
    wanted: wantsInstance(daemon, instance) === true,
  };
}

/** A task that is being stopped no longer counts, although it may still answer for a while. */
function isCovering(task: InstanceTask): boolean {
  return task.lastStatus === "RUNNING" && task.desiredStatus === "RUNNING";
}

function stateOf(
  instance: ContainerInstance,
  daemon: PreparedDaemon,
  current: string,
  subnets: KnownSubnets | undefined,
): InstanceState {
  const own = ownTasks(daemon, instance);
  const [task] = [...own].sort((left, right) => rank(right) - rank(left));
  const said =
    task === undefined ? sayIdle(judgePrepared(daemon, instance, subnets)) : sayTask(task, current, instance);
  return {
    ...said,
    status: instance.status,
    agentConnected: instance.agentConnected !== false,
    others: (instance.tasks ?? []).length - own.length,
  };
}

function rank(task: InstanceTask): number {
  return (task.desiredStatus === "RUNNING" ? 2 : 0) + (task.lastStatus === "RUNNING" ? 1 : 0);
}

type Said = Pick<InstanceState, "verdict" | "text" | "obstacle" | "outdated">;

function sayTask(task: InstanceTask, current: string, instance: ContainerInstance): Said {
  const name = revisionOf(task.taskDefinitionArn ?? current);
  const outdated = (task.taskDefinitionArn ?? current) !== current;
  const away = instance.agentConnected !== false ? "" : " Its agent is disconnected: nothing can be changed.";
  if (task.desiredStatus === "STOPPED")
    return { verdict: "stop", text: `${name} is being stopped.${away}`, outdated };
  if (task.lastStatus !== "RUNNING")
    return { verdict: "place", text: `${name} is starting.${away}`, outdated };
  const text = outdated ? `${name} runs; ${revisionOf(current)} is to replace it.` : `${name} runs.`;
  return { verdict: "keep", text: `${text}${away}`, outdated };
}

function sayIdle({ verdict, reasons }: InstanceVerdict): Said {
  const why = whyOf(reasons);
  const texts: Partial<Readonly<Record<Verdict, string>>> = {
    place: "No task yet.",
    unknown: `${doubt(reasons)} ${why}`,
  };
  return {
    verdict,
    text: texts[verdict] ?? why,
    ...(verdict === "blocked" && { obstacle: why }),
    outdated: false,
  };
}

/** The first reason: the state is named next to it. The fact comes first, then the clause. */
function whyOf([first]: InstanceVerdict["reasons"]): string {
  const { decided, message = "No reason is known." } = first ?? {};
  const text = decided === undefined ? message : `${decided.because}: ${decided.clause} is false.`;
  return text.replaceAll("`", "");
}

function doubt(reasons: InstanceVerdict["reasons"]): string {
  const aboutConstraint = reasons.some((it) => it.filter === "constraints" && it.unknown === true);
  return aboutConstraint ? "Whether a task is desired is not known." : "Whether a task can run is not known.";
}

/** `agent:7` of the ARN of a task definition. */
function revisionOf(taskDefinitionArn: string): string {
  return taskDefinitionArn.slice(taskDefinitionArn.lastIndexOf("/") + 1);
}

/** Counts the steps in which instances are wanted and have no running task. */
export function coverageCounter() {
  const counts = new Map<string, { gapSteps: number; waitSteps: number }>();
  let covered = new Set<string>();
  return {
    count: ({ states, uncovered }: Look) => {
      for (const id of uncovered) {
        const count = counts.get(id) ?? { gapSteps: 0, waitSteps: 0 };
        counts.set(id, count);
        if (covered.has(id)) count.gapSteps += 1;
        else count.waitSteps += 1;
      }
      const missing = new Set(uncovered);
      // An instance that no task is wanted on begins anew when one is.
      covered = new Set(
        [...states]
          .filter(([id, { verdict }]) => (missing.has(id) ? covered.has(id) : verdict === "keep"))
          .map(([id]) => id),
      );
    },
    all: (): ReadonlyMap<string, Coverage> => counts,
  };
}
