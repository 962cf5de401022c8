// Why something happens in a step, in words, and what the mark of an old revision means.

import { countText, instanceCount } from "../../../server/src/core/text/counts";
import type { TimelineResult } from "../../../server/src/lsp/protocol/protocol";
import { element, richText, setChildren, setText } from "../dom/dom";
import { verdictShape } from "../fleetMap/shapes";
import { longestGap } from "./timelineModel";

/** The title is the panel's first line, the states are in the list and the map: here is why, and how many tasks run. */
export function createStepWords() {
  const explanation = element("p", { class: "step-explanation" });
  const numbers = element("p", { class: "step-numbers" });
  const outcome = element("p", { class: "outcome" });
  return {
    element: element("div", { class: "step-words" }, [
      element("div", { attributes: { "aria-live": "polite" } }, [explanation, numbers]),
      outcome,
    ]),
    update: (timeline: TimelineResult, index: number) => {
      const step = timeline.steps[index];
      if (step === undefined) return;
      setChildren(explanation, richText(step.explanation));
      setText(
        numbers,
        `${countText(step.tasks)} of ${countText(step.wanted)} expected tasks run, on ${instanceCount(step.nodes)}.`,
      );
      const gap = longestGap(timeline);
      const isLast = index === timeline.steps.length - 1;
      outcome.hidden = !isLast;
      setText(outcome, `${timeline.outcome}${gap === 0 ? " No gap in coverage." : ""}`);
    },
  };
}

/** The filters above the list name the other marks. */
export function createTimeLegend() {
  const old = verdictShape("keep", "outdated");
  const whole = element("p", { class: "time-legend muted" }, [old, " running an old revision"]);
  return {
    element: whole,
    update: ({ steps }: TimelineResult) => {
      whole.hidden = !steps.some((it) =>
        Object.values(it.instances).some((state) => state?.outdated === true && state.verdict === "keep"),
      );
    },
  };
}
