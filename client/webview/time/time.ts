// Time: the daemon's life acted out by the server, and stepped through here with buttons, a slider or the arrow keys.

import { countText, instanceCount } from "../../../server/src/core/text/counts";
import type {
  Failure,
  ScenarioName,
  TimelineAnswer,
  TimelineResult,
} from "../../../server/src/lsp/protocol/protocol";
import { createDisclosure } from "../dom/disclosure";
import { button, element, richText, setChildren, setText } from "../dom/dom";
import { numberField, numberIn, selectField } from "../dom/fields";
import { verdictShape } from "../fleetMap/shapes";
import type { Row } from "../model/instanceRecords";
import { createChart } from "./chart";
import { changedAt, longestGap, rowsAt } from "./timelineModel";
import { coverageTable, stepTable } from "./timeTables";

export interface TimeActions {
  ask(scenario: ScenarioName, minimumHealthyPercent: number | undefined): void;
  /** The map shows these rows; `undefined`: what is real. */
  show(shown: { readonly rows: readonly Row[]; readonly caption: string } | undefined): void;
  toggled(isOpen: boolean): void;
  /** There is something else to be kept through a reload. */
  changed(): void;
}

/** What is kept through a reload. */
export interface KeptTime {
  readonly scenario: ScenarioName;
  readonly percent?: number;
  readonly step: number;
}

export interface Time {
  readonly element: HTMLElement;
  readonly kept: KeptTime;
  /** Goes on with what was kept, once the section is open. */
  restore(kept: KeptTime | undefined): void;
  readonly isOpen: boolean;
  open(isOpen: boolean): void;
  take(answer: TimelineAnswer): void;
  /** The cluster or the texts changed: what is on view is of before. */
  changed(): void;
}

const scenarios: readonly { readonly value: ScenarioName; readonly text: string }[] = [
  { value: "joinAndLeave", text: "Container instances join and leave" },
  { value: "update", text: "A rolling update to the next revision" },
  { value: "drain", text: "A container instance is drained" },
  { value: "race", text: "The race with replicas on a new instance" },
  { value: "raceTied", text: "The race, with the replicas tied to the daemon" },
  { value: "attributes", text: "Attributes change" },
];

/** What the map calls the states of a step, which have the marks of verdicts. */
export const timeWords = {
  keep: "running",
  place: "starting",
  stop: "stopping",
  blocked: "blocked",
  excluded: "not wanted",
  unknown: "undecided",
} as const;

export function createTime(actions: TimeActions): Time {
  const scenario = selectField("Scenario", scenarios);
  const percent = numberField({
    label: "minimumHealthyPercent, instead of the service's",
    placeholder: "of the service",
    lowest: 0,
    highest: 100,
    class: "percent",
  });
  const percentLabel = element("label", { class: "percent-label" }, ["minimumHealthyPercent ", percent]);
  const status = element("p", { class: "time-status muted", attributes: { role: "status" } });
  let timeline: TimelineResult | undefined;
  let step = 0;
  /** Where the first story goes on after a reload. */
  let resumed = 0;

  const chosen = () => scenarios.find((it) => it.value === scenario.value)?.value ?? "joinAndLeave";
  const ask = () => {
    setText(status, "Simulating…");
    actions.ask(chosen(), percent.validity.valid ? numberIn(percent) : undefined);
  };
  const stage = createStage((wanted) => go(wanted));
  const go = (wanted: number) => {
    if (timeline === undefined) return;
    step = Math.min(timeline.steps.length - 1, Math.max(0, wanted));
    stage.update(timeline, step);
    actions.show({
      rows: rowsAt(timeline, step),
      caption: `Simulated: step ${step + 1} of ${timeline.steps.length}, ${timeline.steps[step]?.title ?? ""}`,
    });
    actions.changed();
  };
  const leave = () => {
    timeline = undefined;
    stage.element.hidden = true;
    actions.show(undefined);
  };
  const askOther = () => {
    resumed = 0;
    actions.changed();
    ask();
  };
  scenario.addEventListener("change", askOther);
  percent.addEventListener("change", askOther);
  const section = createDisclosure(
    {
      id: "time",
      class: "time",
      title: "Time",
      hint: "Step through the daemon's life. Everything is simulated.",
    },
    [
      element("div", { class: "form-fields scenario" }, [
        scenario,
        percentLabel,
        button("Act it out again", ask, "secondary"),
      ]),
      status,
      stage.element,
    ],
    (isOpen) => {
      if (isOpen) ask();
      else leave();
      actions.toggled(isOpen);
    },
  );
  stage.element.hidden = true;
  return {
    element: section.element,
    get isOpen() {
      return section.isOpen;
    },
    get kept() {
      const number = numberIn(percent);
      return {
        scenario: chosen(),
        ...(number !== undefined && { percent: number }),
        step: timeline === undefined ? resumed : step,
      };
    },
    restore: (kept) => {
      if (kept === undefined) return;
      scenario.value = kept.scenario;
      percent.value = kept.percent === undefined ? "" : String(kept.percent);
      resumed = kept.step;
    },
    open: (isOpen) => {
      section.open(isOpen);
      if (isOpen) ask();
    },
    take: (answer) => {
      if (!section.isOpen) return;
      if ("error" in answer) {
        leave();
        setChildren(status, sayFailure(answer.error));
        return;
      }
      // Another one was asked for since.
      if (answer.scenario !== scenario.value) return;
      const isSame = timeline?.scenario === answer.scenario;
      timeline = answer;
      setText(status, "");
      stage.element.hidden = false;
      // The same story told anew goes on where it was.
      go(isSame ? step : resumed);
      resumed = 0;
    },
    changed: () => {
      if (!section.isOpen) return;
      // A large cluster takes its time: then the user says when.
      const isLarge = (timeline?.steps[0]?.nodes ?? 0) > 1000;
      if (isLarge) setText(status, "The text or the cluster changed since this was acted out.");
      else ask();
    },
  };
}

function sayFailure({ message, remedy }: Failure["error"]): readonly Node[] {
  return richText(remedy === undefined ? message : `${message} ${remedy}`);
}

/** A story with its steps. */
function createStage(go: (step: number) => void) {
  const slider = element("input", {
    class: "slider",
    attributes: { type: "range", min: "0", step: "1", "aria-label": "Step" },
  });
  slider.addEventListener("input", () => go(slider.valueAsNumber));
  const back = button("Back", () => go(slider.valueAsNumber - 1), "secondary");
  const next = button("Next", () => go(slider.valueAsNumber + 1), "primary");
  const place = element("span", { class: "place-in-time" });
  const said = createSaid();
  const chart = createChart(go);
  const table = stepTable(go);
  const steps = createDisclosure(
    { id: "steps", class: "steps", title: "All steps", hint: "" },
    [table.element],
    () => {},
  );
  const assumed = element("ul");
  const coverage = coverageTable();
  const whole = element("div", { class: "stage-of-time" }, [
    element("div", { class: "time-controls", attributes: { role: "group", "aria-label": "Steps" } }, [
      back,
      next,
      slider,
      place,
    ]),
    element("div", { class: "time-picture" }, [said.element, chart.element]),
    legend(),
    element("div", { class: "assumed" }, [element("h3", { text: "What is assumed" }), assumed]),
    steps.element,
    coverage.element,
  ]);
  // The arrow keys step from anywhere in the story but a field or the slider, which has its own.
  whole.addEventListener("keydown", (event) => {
    const moves: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (move === undefined || event.target instanceof HTMLInputElement) return;
    go(slider.valueAsNumber + move);
    event.preventDefault();
  });
  return {
    element: whole,
    update: (timeline: TimelineResult, step: number) => {
      const { length } = timeline.steps;
      slider.max = String(length - 1);
      slider.value = String(step);
      const now = timeline.steps[step];
      slider.setAttribute("aria-valuetext", `Step ${step + 1} of ${length}: ${now?.title ?? ""}`);
      // A button that is disabled while it has the focus would lose it.
      back.setAttribute("aria-disabled", String(step === 0));
      next.setAttribute("aria-disabled", String(step === length - 1));
      setText(place, `Step ${step + 1} of ${length}`);
      said.update(timeline, step);
      chart.update(timeline.steps, step);
      table.update(timeline.steps, step);
      coverage.update(timeline);
      setChildren(
        assumed,
        timeline.assumptions.map((it) => element("li", {}, richText(it))),
      );
    },
  };
}

/** More instances than these are only counted. */
const mostChanged = 6;

function createSaid() {
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
        `${countText(step.tasks)} of ${countText(step.wanted)} wanted tasks run, on ${instanceCount(step.nodes)}. ${countText(step.seconds)} s since the beginning.`,
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

function legend(): HTMLElement {
  const entries = (["keep", "place", "stop", "blocked", "excluded"] as const).map(
    (it) => [it, timeWords[it]] as const,
  );
  const old = verdictShape("keep");
  old.classList.add("outdated");
  return element("div", { class: "time-legend muted" }, [
    "In the map, the daemon's task:",
    ...entries.map(([verdict, text]) => element("span", {}, [verdictShape(verdict), ` ${text}`])),
    element("span", {}, [old, " running an old revision"]),
  ]);
}
