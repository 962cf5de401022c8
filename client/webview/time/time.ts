// Time: the daemon's life acted out by the server, and stepped through here with buttons, a slider or the arrow keys.

import { countText } from "../../../server/src/core/text/counts";
import type {
  Failure,
  ScenarioName,
  TimelineAnswer,
  TimelineResult,
} from "../../../server/src/lsp/protocol/protocol";
import { createDisclosure, type Disclosure } from "../dom/disclosure";
import { button, element, richText, setChildren, setText } from "../dom/dom";
import { numberField, numberIn, selectField } from "../dom/fields";
import type { Row } from "../model/instanceRecords";
import { rowsAt } from "./timelineModel";
import { TimeStage } from "./timeStage";
import { scenarios } from "./timeWords";

export interface TimeActions {
  ask(scenario: ScenarioName, minimumHealthyPercent: number | undefined): void;
  /** The map shows these rows; `undefined`: what is real. */
  show(shown: { readonly rows: readonly Row[]; readonly caption: string } | undefined): void;
  /** What the list calls an instance, by its id. */
  nameOf(id: string): string;
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

/** Instances from which on a story is told anew only when the user asks for it. */
const large = 1000;

export class Time {
  private readonly actions: TimeActions;
  private readonly scenario = selectField("Scenario", scenarios);
  private readonly percent = numberField({
    label: "minimumHealthyPercent, instead of the service's",
    placeholder: "of the service",
    lowest: 0,
    highest: 100,
    class: "percent",
  });
  private readonly status = element("p", { class: "time-status muted", attributes: { role: "status" } });
  private readonly stage: TimeStage;
  /** Says that list and map show a simulated step, and ends that. */
  readonly note: HTMLElement;
  private readonly noteText = element("span", { class: "note-text" });
  private readonly section: Disclosure;
  private timeline: TimelineResult | undefined;
  private step = 0;
  /** Where the first story goes on after a reload. */
  private resumed = 0;

  constructor(actions: TimeActions) {
    this.actions = actions;
    this.stage = new TimeStage((step) => this.go(step), actions.nameOf);
    const { scenario, percent } = this;
    for (const it of [scenario, percent]) it.addEventListener("change", () => this.askOther());
    const percentLabel = element("label", { class: "percent-label" }, ["minimumHealthyPercent ", percent]);
    const again = button("Run Again", () => this.ask(), "secondary");
    this.stage.element.hidden = true;
    this.note = element("div", { class: "note moment-note", attributes: { role: "status" } }, [
      this.noteText,
      button("End Simulation", () => this.end(), "link"),
    ]);
    this.section = createDisclosure(
      {
        id: "time",
        class: "time",
        title: "Time",
        hint: "Step by step. Everything is simulated.",
      },
      [
        element("div", { class: "form-fields scenario" }, [scenario, percentLabel, again]),
        this.status,
        this.stage.element,
      ],
      (isOpen) => {
        if (isOpen) this.ask();
        else this.leave();
        actions.toggled(isOpen);
      },
    );
  }

  get element(): HTMLElement {
    return this.section.element;
  }

  get kept(): KeptTime {
    const number = numberIn(this.percent);
    return {
      scenario: this.chosen(),
      ...(number !== undefined && { percent: number }),
      step: this.timeline === undefined ? this.resumed : this.step,
    };
  }

  /** Goes on with what was kept, once the section is open. */
  restore(kept: KeptTime | undefined): void {
    if (kept === undefined) return;
    this.scenario.value = kept.scenario;
    this.percent.value = kept.percent === undefined ? "" : String(kept.percent);
    this.resumed = kept.step;
  }

  open(isOpen: boolean): void {
    this.section.open(isOpen);
    if (isOpen) this.ask();
  }

  take(answer: TimelineAnswer): void {
    if (!this.section.isOpen) return;
    if ("error" in answer) {
      this.leave();
      setChildren(this.status, sayFailure(answer.error));
      return;
    }
    // Another one was asked for since.
    if (answer.scenario !== this.scenario.value) return;
    const isSame = this.timeline?.scenario === answer.scenario;
    this.timeline = answer;
    setText(this.status, "");
    this.stage.element.hidden = false;
    // The same story told anew goes on where it was.
    this.go(isSame ? this.step : this.resumed);
    this.resumed = 0;
  }

  /** The cluster or the texts changed: what is on view is of before. */
  changed(): void {
    if (!this.section.isOpen) return;
    // A large cluster takes its time: then the user says when.
    const isLarge = (this.timeline?.steps[0]?.nodes ?? 0) > large;
    if (isLarge) setText(this.status, "Out of date: the file or cluster changed.");
    else this.ask();
  }

  private chosen(): ScenarioName {
    return scenarios.find((it) => it.value === this.scenario.value)?.value ?? "joinAndLeave";
  }

  private ask(): void {
    setText(this.status, "Simulating…");
    this.actions.ask(this.chosen(), this.percent.validity.valid ? numberIn(this.percent) : undefined);
  }

  private askOther(): void {
    this.resumed = 0;
    this.actions.changed();
    this.ask();
  }

  private go(to: number): void {
    const { timeline } = this;
    if (timeline === undefined) return;
    const { length } = timeline.steps;
    this.step = Math.min(length - 1, Math.max(0, to));
    this.stage.update(timeline, this.step);
    const now = timeline.steps[this.step];
    setText(
      this.noteText,
      `Simulated, ${countText(now?.seconds ?? 0)} s after the start. Nothing real changes.`,
    );
    this.actions.show({
      rows: rowsAt(timeline, this.step),
      caption: `Step ${this.step + 1} of ${length}: ${now?.title ?? ""}`,
    });
    this.actions.changed();
  }

  private end(): void {
    this.section.open(false);
    this.leave();
    this.actions.toggled(false);
  }

  private leave(): void {
    this.timeline = undefined;
    this.stage.element.hidden = true;
    this.actions.show(undefined);
  }
}

function sayFailure({ message, remedy }: Failure["error"]): readonly Node[] {
  return richText(remedy === undefined ? message : `${message} ${remedy}`);
}
