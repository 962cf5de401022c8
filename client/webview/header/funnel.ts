// From every registered instance to those that get the task: how many are left after each stage. A stage that lost
// instances is a button that shows them.

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
  constraints: "match the constraints",
  connected: "have their agent connected",
  capable: "have every capability",
  fits: "have room for the task",
};

export function createFunnel(change: (view: Partial<ViewOptions>) => void): Funnel {
  const list = element("ol", { class: "funnel", attributes: { "aria-label": "From registered to placed" } });
  const made = new Map<Stage["name"], FunnelStage>();
  return {
    element: list,
    update: (rows, view) => {
      const stages = funnelOf(rows);
      const items = stages.map((stage) => {
        const item = made.get(stage.name) ?? createStage(stage.name);
        made.set(stage.name, item);
        item.update(stage, rows.length, view.stage, (name) => change({ stage: name }));
        return item.element;
      });
      setChildren(list, items);
    },
  };
}

interface FunnelStage {
  readonly element: HTMLElement;
  update(
    stage: Stage,
    total: number,
    selected: StageName | undefined,
    select: (stage: StageName | undefined) => void,
  ): void;
}

function createStage(name: Stage["name"]): FunnelStage {
  let toggle: () => void = () => {};
  const fill = element("span", { class: "fill" });
  const left = element("span", { class: "left" });
  const lost = element("button", { class: "lost", attributes: { type: "button" }, onClick: () => toggle() });
  const whole = element("li", { class: "stage" }, [
    element("span", { class: "track", attributes: { "aria-hidden": "true" } }, [fill]),
    element("span", { class: "words" }, [
      left,
      element("span", { class: "title", text: titles[name] }),
      lost,
    ]),
  ]);
  return {
    element: whole,
    update: (stage, total, selected, select) => {
      fill.style.width = `${total === 0 ? 0 : (100 * stage.left) / total}%`;
      setText(left, countText(stage.left));
      lost.hidden = stage.lost === 0;
      setText(lost, `−${countText(stage.lost)}`);
      const isSelected = stage.name === selected;
      lost.setAttribute("aria-pressed", String(isSelected));
      lost.setAttribute("aria-label", `Show the ${countText(stage.lost)} that do not: ${titles[stage.name]}`);
      lost.title = isSelected ? "Show all again" : "Show only these";
      toggle = () => {
        if (stage.name !== "registered") select(isSelected ? undefined : stage.name);
      };
    },
  };
}
