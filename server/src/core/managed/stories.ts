// Time: what becomes of the instances of a managed daemon, step by step. Steps have an order and no length: how long ECS
// takes for one is not documented.

import { counted, countText } from "../text/counts";
import type { ManagedPreview } from "./preview";

type StoryName =
  | "deploy"
  | "empty"
  | "failsCritical"
  | "failsNonCritical"
  | "tooSmall"
  | "dayFourteen"
  | "repairOff";

/** Instances of the daemon's capacity providers after a step. */
export interface StoryCounts {
  readonly running: number;
  readonly without: number;
  readonly registering: number;
  readonly draining: number;
}

export interface StoryStep extends StoryCounts {
  readonly text: string;
}

export interface Story {
  readonly name: StoryName;
  readonly title: string;
  readonly steps: readonly StoryStep[];
  /** The cluster has no instance: the story is of one. */
  readonly isExample: boolean;
}

/** What the stories are about. */
interface Setting {
  readonly preview: ManagedPreview;
  /** Active instances; one where the cluster has none. */
  readonly count: number;
  readonly running: number;
  readonly bakeTimeInMinutes: number;
}

/** Batches that are described one by one. */
const mostBatches = 6;

/** Every story that the daemon and the cluster have; one that needs what is not there is left out. */
export function managedStories(preview: ManagedPreview, bakeTimeInMinutes = 0): readonly Story[] {
  const active = preview.providers.reduce((sum, it) => sum + it.instances, 0);
  const running = preview.providers.reduce((sum, it) => sum + it.running, 0);
  const setting: Setting = { preview, count: Math.max(1, active), running, bakeTimeInMinutes };
  const isExample = active === 0;
  const stories: readonly (Omit<Story, "isExample"> | undefined)[] = [
    isExample ? undefined : deploy(setting),
    empty(setting),
    fails(setting, true),
    fails(setting, false),
    tooSmall(setting),
    dayFourteen(setting),
    repairOff(setting),
  ];
  return stories.flatMap((it) =>
    it === undefined ? [] : [{ ...it, isExample: isExample && it.name !== "empty" }],
  );
}

const step = (text: string, counts: Partial<StoryCounts> = {}): StoryStep => ({
  running: 0,
  without: 0,
  registering: 0,
  draining: 0,
  ...counts,
  text,
});

function deploy({ preview, count, running, bakeTimeInMinutes }: Setting): Omit<Story, "isExample"> {
  const { rollout, daemon } = preview;
  const title = "Deploying it on the instances that there are";
  const before = { running, without: count - running };
  if (rollout.replaced === 0)
    return {
      name: "deploy",
      title,
      steps: [step("Every instance is up to date: nothing is replaced.", before)],
    };
  const size = Math.max(1, rollout.atOnce.floor);
  const batches = Math.ceil(rollout.replaced / size);
  const kept = count - rollout.replaced;
  const steps: StoryStep[] = [step("Before the deployment.", before)];
  for (let number = 1; number <= Math.min(batches, mostBatches); number += 1) {
    const done = Math.min(rollout.replaced, (number - 1) * size);
    const batch = Math.min(size, rollout.replaced - done);
    const waiting = count - kept - done - batch;
    const old = Math.min(waiting, running);
    const now = { running: kept + done + old, without: waiting - old };
    steps.push(
      step(
        `Batch ${countText(number)} of ${countText(batches)}: ${counted(batch, "instance")} ${batch === 1 ? "drains" : "drain"}, and ${batch === 1 ? "a new one registers" : `${countText(batch)} new ones register`}. The daemon starts there before anything else.`,
        { ...now, registering: batch, draining: batch },
      ),
      step(
        `${batch === 1 ? "The new instance is" : "The new instances are"} active. Tasks of services move there; standalone tasks are stopped.`,
        { ...now, running: now.running + batch },
      ),
    );
  }
  if (batches > mostBatches)
    steps.push(
      step(`… and ${counted(batches - mostBatches, "more batch", "more batches")}.`, { running: count }),
    );
  if (bakeTimeInMinutes > 0)
    steps.push(
      step(
        `ECS waits ${counted(bakeTimeInMinutes, "minute")} (bakeTimeInMinutes) and watches the alarms; one in ALARM rolls back.`,
        { running: count },
      ),
    );
  steps.push(step(`The deployment of ${daemon.name} is SUCCESSFUL.`, { running: count }));
  return { name: "deploy", title, steps };
}

function empty({ preview: { daemon } }: Setting): Omit<Story, "isExample"> {
  const waits = daemon.critical
    ? "The daemon's task starts first. Until it runs, the instance is not active and the application's task waits in PROVISIONING."
    : "The daemon's task starts first. It is not critical: if it fails, the application's task starts all the same.";
  return {
    name: "empty",
    title: "Creating it where there are no instances",
    steps: [
      step("The deployment is SUCCESSFUL at once, and nothing runs: a daemon starts no instances."),
      step("An application's task is started on the capacity provider: ECS launches an instance.", {
        registering: 1,
      }),
      step(waits, { registering: 1 }),
      step("The instance is active, and the application's task starts.", { running: 1 }),
    ],
  };
}

/** The number of failures of AWS's sample answer; in general it is not documented. */
const sampleThreshold = 10;

function fails({ preview, count, running }: Setting, critical: boolean): Omit<Story, "isExample"> {
  const { rollout } = preview;
  const batch = Math.min(count, Math.max(1, rollout.atOnce.floor));
  const left = { running: Math.min(running, count - batch), without: Math.max(0, count - batch - running) };
  const breaker = `After a number of failures (${sampleThreshold} in AWS's example, in general not documented) the circuit breaker stops the deployment.`;
  const back =
    running > 0
      ? `${breaker} ECS rolls back: the instances of the new revision are drained and replaced as well.`
      : `${breaker} There is no earlier revision to roll back to.`;
  const name = critical ? "failsCritical" : "failsNonCritical";
  const failure = step(
    `${counted(batch, "instance")} ${batch === 1 ? "drains" : "drain"}; the task of the daemon fails on the new ${batch === 1 ? "one" : "ones"}.`,
    { ...left, registering: batch, draining: batch },
  );
  if (critical)
    return {
      name,
      title: "If it is critical and fails to start",
      steps: [
        failure,
        step(
          "The new instances do not become active; applications' tasks wait in PROVISIONING. ECS tries again; how often is not documented.",
          { ...left, registering: batch },
        ),
        step(back, running > 0 ? { running: count } : { ...left, registering: batch }),
      ],
    };
  return {
    name,
    title: "If it is not critical and fails to start",
    steps: [
      failure,
      step(
        "The new instances become active without the daemon: applications' tasks start, and nothing is drained. ECS counts the instances as without the daemon.",
        { ...left, without: left.without + batch },
      ),
      step(`The failures count all the same. ${back}`, running > 0 ? { running: count } : { without: count }),
    ],
  };
}

function tooSmall({ preview, count, running }: Setting): Omit<Story, "isExample"> | undefined {
  const small = preview.types.find((it) => !it.fits);
  if (small === undefined) return undefined;
  const lacking = small.left.cpu < 0 ? "CPU" : "memory";
  const now = { running: Math.min(running, count), without: count - Math.min(running, count) };
  return {
    name: "tooSmall",
    title: `ECS launches a ${small.type}, which is too small`,
    steps: [
      step(
        "An application's task is started. Whether ECS counts daemons when it chooses an instance type is not documented.",
        now,
      ),
      step(
        `It launches a ${small.type}. The daemon's task is not created there: event DAEMON_TASK_START_IMPAIRED, insufficient ${lacking}.`,
        { ...now, registering: 1 },
      ),
      preview.daemon.critical
        ? step(
            "The daemon is critical: the instance does not become active, and the application's task waits in PROVISIONING.",
            { ...now, registering: 1 },
          )
        : step("The daemon is not critical: the instance becomes active without it.", {
            ...now,
            without: now.without + 1,
          }),
    ],
  };
}

function dayFourteen({ preview, count, running }: Setting): Omit<Story, "isExample"> {
  const up = running > 0 ? Math.min(running, count) : count;
  return {
    name: "dayFourteen",
    title: "An instance is fourteen days old",
    steps: [
      step("ECS drains every Managed Instance from day 14 on, with or without a deployment.", {
        running: up - 1,
        without: count - up,
        draining: 1,
        registering: 1,
      }),
      step(`A new instance starts ${preview.daemon.name} first. Tasks of services move there.`, {
        running: up - 1,
        without: count - up,
        draining: 1,
        registering: 1,
      }),
      step("The old instance is terminated; its daemons stop last. Standalone tasks on it were stopped.", {
        running: up,
        without: count - up,
      }),
    ],
  };
}

function repairOff({ preview, count, running }: Setting): Omit<Story, "isExample"> {
  const up = running > 0 ? Math.min(running, count) : count;
  const { daemon } = preview;
  return {
    name: "repairOff",
    title: "It stops while automatic repair is off",
    steps: [
      step(
        `The task of ${daemon.name} stops on one instance. With autoRepairConfiguration.actionsStatus DISABLED nothing is drained.`,
        { running: up - 1, without: count - up + 1 },
      ),
      step(
        `The instance's health reports DAEMON IMPAIRED, and applications run on without ${daemon.name}. Whether ECS starts its task again there is not documented.`,
        { running: up - 1, without: count - up + 1 },
      ),
      step(
        daemon.critical
          ? "With automatic repair on, ECS would drain the instance and replace it."
          : "With automatic repair on it would be the same: a daemon that is not critical drains nothing.",
        { running: up - 1, without: count - up + 1 },
      ),
    ],
  };
}
