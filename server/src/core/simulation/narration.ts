// A step of a timeline in words: who did what, and why the daemon service did it now.

import type { StopCause } from "../scheduler/daemonReconciliation";
import { counted, countText } from "../text/counts";
import type { Act, StepAction } from "./steps";

export interface Scene {
  readonly act: Act;
  /** Whether the act begins with this step. */
  readonly begins: boolean;
  readonly actions: readonly StepAction[];
  /** `service:NAME`. */
  readonly daemonGroup: string;
  readonly minimumHealthyPercent: number;
  readonly wanted: number;
  /** The number of the update's wave, where this step is one. */
  readonly wave: number;
  /** Instances on which the daemon cannot run since this step, each with why. */
  readonly blocked: ReadonlyMap<string, string>;
  /** Whether tasks of an older revision are left. */
  readonly outdated: boolean;
  /** What a container instance is called, by its id. */
  readonly nameOf: (id: string) => string;
}

export interface Narration {
  readonly title: string;
  readonly explanation: string;
}

/** The act speaks first, in the step that begins it; what happened follows. */
export function narrate(scene: Scene): Narration {
  const { act, begins } = scene;
  const happened = sentencesOf(scene);
  return {
    title: begins ? act.title : titleOf(scene),
    explanation: [...(begins ? [act.explanation] : []), ...happened].join(" "),
  };
}

type Kind = StepAction["kind"];

function of(scene: Scene, isOwn: boolean, kind: Kind, reason?: string): readonly string[] {
  return scene.actions
    .filter(
      (it) =>
        (it.group === scene.daemonGroup) === isOwn &&
        it.kind === kind &&
        (reason === undefined || (it.kind === "stop" && it.reason === reason)),
    )
    .map((it) => it.instanceId);
}

function titleOf(scene: Scene): string {
  const updated = of(scene, true, "stop", "update").length;
  if (updated > 0) return `Wave ${scene.wave}: ${tasks(updated)} ${updated === 1 ? "stops" : "stop"}`;
  if (of(scene, true, "stop", "draining").length > 0) return "The daemon's task stops last";
  const found = ([true, false] as const).flatMap((isOwn) =>
    (["stop", "start", "running", "stopped"] as const).map((kind) => ({
      isOwn,
      kind,
      count: of(scene, isOwn, kind).length,
    })),
  );
  const first = found.find((it) => it.count > 0);
  if (first === undefined) return "Nothing moves";
  const { isOwn, kind, count } = first;
  const whose = isOwn ? tasks(count) : tasks(count).replace(" ", " other ");
  return `${whose} ${verbs[kind][count === 1 ? 0 : 1]}`;
}

const verbs: Readonly<Record<Kind, readonly [string, string]>> = {
  start: ["starts", "start"],
  stop: ["stops", "stop"],
  running: ["runs", "run"],
  stopped: ["is stopped", "are stopped"],
};

function tasks(count: number): string {
  return counted(count, "task");
}

function sentencesOf(scene: Scene): readonly string[] {
  const own = (kind: Kind, reason?: string) => of(scene, true, kind, reason);
  const others = (kind: Kind, reason?: string) => of(scene, false, kind, reason);
  return [
    about(scene, own("stopped"), (on) => `The task on ${on} is stopped.`),
    about(scene, own("running"), (on) => `The daemon's task runs on ${on}.`),
    ...stopCauses.map((it) => about(scene, own("stop", it), (on) => sayStop(it, on, scene))),
    about(scene, own("start"), (on) => `The daemon service starts its task on ${on}.`),
    about(scene, others("stopped"), (on) => `A neighbor's task is stopped on ${on}.`),
    about(scene, others("running"), (on) => `A neighbor's task runs on ${on}.`),
    about(scene, others("stop", "replaced"), (on) => `The replica service stops its task on ${on}.`),
    about(scene, others("stop", "ended"), (on) => `A neighbor's task on ${on} gets the signal to stop.`),
    about(scene, others("start"), (on) => `The replica service starts a task on ${on}.`),
    about(scene, [...scene.blocked.keys()], (on) => `The daemon cannot run on ${on}.`),
    [...scene.blocked.values()][0] ?? "",
    sayStuck(scene),
  ].filter((it) => it !== "");
}

/** An update that may stop nothing does not even begin. */
function sayStuck(scene: Scene): string {
  const { act, begins, outdated } = scene;
  if (!act.update || !begins || !outdated || of(scene, true, "stop").length > 0) return "";
  return `Nothing can be stopped: ${sayMinimum(scene)}, and no more than that run. The update does not continue.`;
}

function sayMinimum({ minimumHealthyPercent, wanted }: Scene): string {
  const minimum = Math.ceil((minimumHealthyPercent * wanted) / 100);
  return `${countText(minimum)} of ${countText(wanted)} have to stay up (minimumHealthyPercent ${minimumHealthyPercent}, rounded up)`;
}

function about({ nameOf }: Scene, ids: readonly string[], say: (on: string) => string): string {
  return ids.length === 0 ? "" : say(listed(ids, nameOf));
}

const stopCauses: readonly StopCause[] = ["update", "constraint", "draining", "deregistered", "duplicate"];

function sayStop(cause: StopCause, on: string, scene: Scene): string {
  switch (cause) {
    case "update": {
      const why =
        scene.wave > 1
          ? ""
          : " One task per instance is the most, so the old one stops before the new one starts: until then nothing covers the instance.";
      return `The daemon service stops the old task on ${on}: ${sayMinimum(scene)}.${why}`;
    }
    case "constraint":
      return `The daemon service stops its task on ${on}: the placement constraints are no longer true there.`;
    case "draining":
      return `Nothing else holds ${on} any longer: now the daemon's task stops too.`;
    case "deregistered":
      return `The task on ${on} goes with its instance.`;
    case "duplicate":
      return `The daemon service stops the second task on ${on}.`;
  }
}

/** More ids than these are only counted. */
const mostIds = 3;

/** Each instance once, with how many times it occurs: `i-1 (2 times), i-2 and 4 more`. */
function listed(ids: readonly string[], nameOf: Scene["nameOf"]): string {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const names = [...counts].map(([id, count]) =>
    count === 1 ? nameOf(id) : `${nameOf(id)} (${count} times)`,
  );
  if (names.length <= mostIds) return names.join(", ");
  return `${names.slice(0, mostIds - 1).join(", ")} and ${countText(names.length - mostIds + 1)} more`;
}
