// From every registered instance to those that get the task, in one line: how many are left after each stage. A stage
// that lost instances shows them.

import { countText } from "../../../server/src/core/text/counts";
import { element, setChildren, setText } from "../dom/dom";
import type { Row } from "../model/instanceRecords";
import type { ViewOptions } from "../model/visibleRows";
import { funnelOf, type Stage, type StageName } from "./stages";

export interface Funnel {
  readonly element: HTMLElement;
  update(rows: readonly Row[], view: ViewOptions): void;
}

const titles: Readonly<Record<Stage["name"], string>> = {
  registered: "registered",
  active: "active",
  constraints: "match constraints",
  connected: "connected",
  capable: "capable",
  fits: "fit",
};

export function createFunnel(change: (view: Partial<ViewOptions>) => void): Funnel {
  const list = element("ol", { class: "funnel", attributes: { "aria-label": "From registered to placed" } });
  const made = new Map<Stage["name"], FunnelStage>();
  return {
    element: list,
    update: (rows, view) => {
      const items = funnelOf(rows).map((stage) => {
        const item = made.get(stage.name) ?? createStage(stage.name);
        made.set(stage.name, item);
        item.update(stage, view.stage, (name) => change({ stage: name }));
        return item.element;
      });
      setChildren(list, items);
    },
  };
}

interface FunnelStage {
  readonly element: HTMLElement;
  update(stage: Stage, selected: StageName | undefined, select: (stage: StageName | undefined) => void): void;
}

function createStage(name: Stage["name"]): FunnelStage {
  let toggle: () => void = () => {};
  const left = element("span", { class: "left" });
  const lost = element("span", { class: "lost" });
  const step = element("button", { attributes: { type: "button" }, onClick: () => toggle() }, [
    left,
    ` ${titles[name]} `,
    lost,
  ]);
  const whole = element("li", { class: "stage" }, [step]);
  return {
    element: whole,
    update: (stage, selected, select) => {
      const isLossy = stage.lost > 0;
      setText(left, countText(stage.left));
      setText(lost, isLossy ? `(−${countText(stage.lost)})` : "");
      whole.classList.toggle("lossy", isLossy);
      const isSelected = stage.name === selected;
      // A stage that lost none has nothing to show.
      step.disabled = !isLossy && !isSelected;
      step.setAttribute("aria-pressed", String(isSelected));
      step.title = isLossy
        ? `${isSelected ? "Show all again" : `Show the ${countText(stage.lost)} that do not: ${titles[stage.name]}`}`
        : "";
      toggle = () => {
        if (stage.name !== "registered") select(isSelected ? undefined : stage.name);
      };
    },
  };
}
