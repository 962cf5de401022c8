// What happens in a step, in words, and what the marks of its map mean.

import { countText, instanceCount } from "../../../server/src/core/text/counts";
import type { TimelineResult } from "../../../server/src/lsp/protocol/protocol";
import { element, richText, setChildren, setText } from "../dom/dom";
import { verdictShape } from "../fleetMap/shapes";
import { changedAt, longestGap } from "./timelineModel";
import { timeWords } from "./timeWords";

/** More instances than these are only counted. */
const mostChanged = 6;

export function createStepWords() {
  const title = element("h3", { class: "step-title" });
  const explanation = element("p", { class: "step-explanation" });
  const numbers = element("p", { class: "step-numbers" });
  const changed = element("ul", { class: "step-changes" });
  const outcome = element("p", { class: "outcome" });
  return {
    element: element("div", { class: "step-words" }, [
      element("div", { attributes: { "aria-live": "polite" } }, [title, explanation, numbers]),
      changed,
      outcome,
    ]),
    update: (timeline: TimelineResult, index: number) => {
      const step = timeline.steps[index];
      if (step === undefined) return;
      setText(title, step.title);
      setChildren(explanation, richText(step.explanation));
      setText(
        numbers,
        `${countText(step.tasks)} of ${countText(step.wanted)} expected tasks run, on ${instanceCount(step.nodes)}. ${countText(step.seconds)} s since the beginning.`,
      );
      const list = changedAt(timeline, index);
      setChildren(changed, [
        ...list
          .slice(0, mostChanged)
          .map(({ id, text }) => element("li", {}, [element("code", { text: id }), ` ${text}`])),
        ...(list.length > mostChanged
          ? [element("li", { class: "muted", text: `${countText(list.length - mostChanged)} more` })]
          : []),
      ]);
      const gap = longestGap(timeline);
      const isLast = index === timeline.steps.length - 1;
      outcome.hidden = !isLast;
      setText(outcome, `${timeline.outcome}${gap === 0 ? " No gap in coverage." : ""}`);
    },
  };
}

export function timeLegend(): HTMLElement {
  const entries = (["keep", "place", "stop", "blocked", "excluded"] as const).map(
    (it) => [it, timeWords[it]] as const,
  );
  const old = verdictShape("keep");
  old.classList.add("outdated");
  return element("div", { class: "time-legend muted" }, [
    "The daemon's task:",
    ...entries.map(([verdict, text]) => element("span", {}, [verdictShape(verdict), ` ${text}`])),
    element("span", {}, [old, " running an old revision"]),
  ]);
}
