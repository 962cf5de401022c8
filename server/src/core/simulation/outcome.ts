// What came of a timeline, in a sentence or two.

import { counted, countText } from "../text/counts";
import type { Coverage, Step } from "./steps";

export function outcomeOf(
  steps: readonly Step[],
  coverage: ReadonlyMap<string, Coverage>,
  {
    waves,
    secondsPerStep,
    cut,
    nameOf,
  }: {
    readonly waves: number;
    readonly secondsPerStep: number;
    readonly cut: boolean;
    /** What a container instance is called, by its id. */
    readonly nameOf: (id: string) => string;
  },
): string {
  const last = steps.at(-1);
  if (last === undefined) return "";
  return [
    `At the end ${countText(last.tasks)} of ${countText(last.wanted)} expected tasks run.`,
    waves === 0 ? "" : `The update took ${counted(waves, "wave")}.`,
    sayGaps(coverage, secondsPerStep),
    sayBlocked(last, nameOf),
    sayOutdated(last),
    cut ? `The simulation continues: only its first ${steps.length} steps are shown.` : "",
  ]
    .filter((it) => it !== "")
    .join(" ");
}

function sayGaps(coverage: ReadonlyMap<string, Coverage>, secondsPerStep: number): string {
  const gaps = [...coverage.values()].map((it) => it.gapSteps).filter((it) => it > 0);
  if (gaps.length === 0) return "";
  const longest = gaps.reduce((most, it) => Math.max(most, it), 0);
  const where = counted(gaps.length, "container instance was", "container instances were");
  const steps = counted(longest, "step");
  return `${where} without the daemon for a while, at most ${steps} (${counted(longest * secondsPerStep, "second")}).`;
}

function sayBlocked({ instances }: Step, nameOf: (id: string) => string): string {
  const blocked = [...instances].filter(([, it]) => it.verdict === "blocked");
  const [first] = blocked;
  if (first === undefined) return "";
  const more = blocked.length > 1 ? ` and ${countText(blocked.length - 1)} more` : "";
  return `It cannot run on ${nameOf(first[0])}${more}. ${first[1].obstacle ?? ""}`;
}

function sayOutdated({ instances }: Step): string {
  const outdated = [...instances.values()].filter((it) => it.outdated).length;
  if (outdated === 0) return "";
  const tasks = counted(outdated, "task is", "tasks are");
  return `${tasks} still of an old revision.`;
}
