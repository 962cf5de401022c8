// A timeline as the panel steps through it: every step whole again, and as rows of the map. No DOM here.

import type { TimelineResult, TimelineStep } from "../../../server/src/lsp/protocol/protocol";
import type { Row } from "../model/instanceRecords";
import type { ChartPoint } from "./chart";
import { timeWords } from "./timeWords";

type State = NonNullable<TimelineStep["instances"][string]>;

/** The states of all container instances after a step; the answer has only what differs from the step before. */
function statesAt({ steps }: TimelineResult, index: number): ReadonlyMap<string, State> {
  const states = new Map<string, State>();
  for (const step of steps.slice(0, index + 1))
    for (const [id, state] of Object.entries(step.instances)) {
      if (state === null) states.delete(id);
      else states.set(id, state);
    }
  return states;
}

/** What the chart draws of each step. */
export function chartPoints({ steps }: TimelineResult): readonly ChartPoint[] {
  const old = new Set<string>();
  return steps.map(({ nodes, wanted, tasks, instances, seconds }) => {
    for (const [id, state] of Object.entries(instances)) {
      if (state?.outdated === true && state.verdict === "keep") old.add(id);
      else old.delete(id);
    }
    return { nodes, wanted, tasks, old: old.size, seconds };
  });
}

/** A step in the form that list and map draw. The text of a state is in the place of a reason. */
export function rowsAt(timeline: TimelineResult, index: number): readonly Row[] {
  const before = index === 0 ? undefined : statesAt(timeline, index - 1);
  return [...statesAt(timeline, index)]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([id, state]) => {
      const facts = Object.hasOwn(timeline.facts, id) ? timeline.facts[id] : undefined;
      return {
        id,
        verdict: state.verdict,
        reasons: [{ filter: "status" as const, code: "simulated", message: state.text }],
        facts: {
          status: state.status,
          instanceType: facts?.instanceType,
          zone: facts?.zone,
          remainingCpu: 0,
          remainingMemory: 0,
        },
        before: undefined,
        moment: {
          state: timeWords[state.verdict],
          ...(state.verdict === "place" && { isStarting: true as const }),
          isChanged: before !== undefined && isOther(before.get(id), state),
        },
        ...(state.outdated && { outdated: true as const }),
      };
    });
}

/** Whether another mark is drawn. */
function isOther(before: State | undefined, now: State): boolean {
  return before?.verdict !== now.verdict || before.outdated !== now.outdated;
}

/** The longest time that an instance was without its task, in seconds; 0: none ever was. */
export function longestGap({ coverage, secondsPerStep }: TimelineResult): number {
  const steps = Object.values(coverage).map((it) => it.gapSteps);
  return steps.reduce((most, it) => Math.max(most, it), 0) * secondsPerStep;
}
