// A timeline on its way to the client: thousands of instances over hundreds of steps, most of which stay what they were.

import type { ScenarioName } from "../../core/simulation/scenarios";
import type { Step, Timeline } from "../../core/simulation/steps";
import type { TimelineResult, TimelineStep } from "./protocol";

/** Each step with only what differs from the step before. */
export function timelineResult(
  timeline: Timeline,
  scenario: ScenarioName,
  minimumHealthyPercent: number,
): TimelineResult {
  const { steps } = timeline;
  return {
    ...timeline,
    scenario,
    minimumHealthyPercent,
    steps: steps.map((it, index) => differences(it, steps[index - 1])),
    coverage: Object.fromEntries(timeline.coverage),
    facts: Object.fromEntries(timeline.facts),
  };
}

function differences(step: Step, before: Step | undefined): TimelineStep {
  const gone = [...(before?.instances.keys() ?? [])].filter((id) => !step.instances.has(id));
  const changed = [...step.instances].filter(([id, state]) => before?.instances.get(id) !== state);
  return { ...step, instances: Object.fromEntries([...changed, ...gone.map((id) => [id, null] as const)]) };
}
