// A story with its steps: buttons, slider, chart, what happens in the step, and tables.

import type { TimelineResult } from "../../../server/src/lsp/protocol/protocol";
import { createDisclosure } from "../dom/disclosure";
import { button, element, richText, setChildren, setText } from "../dom/dom";
import { type ChartPoint, createChart } from "./chart";
import { createPlay } from "./play";
import { createStepWords, createTimeLegend } from "./stepWords";
import { chartPoints } from "./timelineModel";
import { coverageTable, stepTable } from "./timeTables";

export class TimeStage {
  readonly element: HTMLElement;
  private readonly controls: StepControls;
  private readonly words = createStepWords();
  private readonly legend = createTimeLegend();
  private readonly chart: ReturnType<typeof createChart>;
  private readonly table: ReturnType<typeof stepTable>;
  private readonly coverage: ReturnType<typeof coverageTable>;
  private drawn: { readonly of: TimelineResult; readonly points: readonly ChartPoint[] } | undefined;
  private readonly assumed = element("ul");

  /** `nameOf`: what the list calls an instance. */
  constructor(go: (step: number) => void, nameOf: (id: string) => string) {
    this.coverage = coverageTable(nameOf);
    this.controls = createStepControls(go);
    this.chart = createChart(go);
    this.table = stepTable(go);
    const steps = createDisclosure(
      { id: "steps", class: "steps", title: "All steps", hint: "" },
      [this.table.element],
      () => {},
    );
    this.element = element("div", { class: "stage-of-time" }, [
      this.controls.element,
      element("div", { class: "time-picture" }, [this.words.element, this.chart.element]),
      this.legend.element,
      element("div", { class: "assumed" }, [element("h3", { text: "What is assumed" }), this.assumed]),
      steps.element,
      this.coverage.element,
    ]);
    listenToSteps(this.element, {
      move: (by) => {
        this.controls.stop();
        go(this.controls.step + by);
      },
      play: () => this.controls.play(),
    });
  }

  update(timeline: TimelineResult, step: number): void {
    this.controls.update(timeline, step);
    this.words.update(timeline, step);
    this.legend.update(timeline);
    if (this.drawn?.of !== timeline) this.drawn = { of: timeline, points: chartPoints(timeline) };
    this.chart.update(this.drawn.points, step);
    this.table.update(timeline.steps, step);
    this.coverage.update(timeline);
    setChildren(
      this.assumed,
      timeline.assumptions.map((it) => element("li", {}, richText(it))),
    );
  }
}

/** The arrow keys step from anywhere in the story but a field or the slider, which has its own; Space plays. */
function listenToSteps(
  stage: HTMLElement,
  { move, play }: { readonly move: (by: number) => void; readonly play: () => void },
): void {
  const moves: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
  stage.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.key === " " && !(target instanceof HTMLButtonElement)) {
      play();
      return event.preventDefault();
    }
    const by = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (by === undefined || target instanceof HTMLInputElement) return;
    move(by);
    event.preventDefault();
  });
}

interface StepControls {
  readonly element: HTMLElement;
  readonly step: number;
  /** Goes on by itself, or stops that. */
  play(): void;
  stop(): void;
  update(timeline: TimelineResult, step: number): void;
}

function createStepControls(goTo: (step: number) => void): StepControls {
  const slider = element("input", {
    class: "slider",
    attributes: { type: "range", min: "0", step: "1", "aria-label": "Step" },
  });
  const play = createPlay(() => ({ step: slider.valueAsNumber, last: Number(slider.max) }), goTo);
  const go = (step: number) => {
    play.stop();
    goTo(step);
  };
  slider.addEventListener("input", () => go(slider.valueAsNumber));
  const back = button("Back", () => go(slider.valueAsNumber - 1), "secondary");
  const next = button("Next", () => go(slider.valueAsNumber + 1), "primary");
  const place = element("span", { class: "place-in-time" });
  return {
    element: element(
      "div",
      { class: "time-controls", attributes: { role: "group", "aria-label": "Steps" } },
      [back, play.element, next, slider, place],
    ),
    play: play.toggle,
    stop: play.stop,
    get step() {
      return slider.valueAsNumber;
    },
    update: ({ steps }, step) => {
      const { length } = steps;
      slider.max = String(length - 1);
      slider.value = String(step);
      slider.setAttribute("aria-valuetext", `Step ${step + 1} of ${length}: ${steps[step]?.title ?? ""}`);
      // A button that is disabled while it has the focus would lose it.
      back.setAttribute("aria-disabled", String(step === 0));
      next.setAttribute("aria-disabled", String(step === length - 1));
      setText(place, `${step + 1} of ${length}`);
    },
  };
}
