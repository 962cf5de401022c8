// The user's filters: one toggle for each verdict that occurs, a text, and copies of what is shown.

import type { Verdict } from "../../server/src/core/scheduler/placement";
import { button, element, setChildren, setText } from "./dom";
import type { Row, ViewOptions } from "./model";
import { type Changes, changesOf, countVerdicts, isNarrowed } from "./model";
import { verdictShape } from "./shapes";
import { instanceCount, verdictMeanings, verdictOrder } from "./words";

export interface ToolbarActions {
  change(view: Partial<ViewOptions>): void;
  clear(): void;
  copy(format: "markdown" | "csv" | "json"): void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  /** `compared` says what the former verdicts are of. */
  update(rows: readonly Row[], visible: number, view: ViewOptions, compared: Compared): void;
}

export type Compared = "since the last save" | "by what if";

export function createToolbar(actions: ToolbarActions): Toolbar {
  const toggles = element("div", {
    class: "toggles",
    attributes: { role: "group", "aria-label": "Verdicts" },
  });
  const made = new Map<Verdict, Toggle>();
  const text = createTextFilter(actions);
  const changes = createChanges(actions);
  const shown = element("span", { class: "shown muted", attributes: { role: "status" } });
  const clear = button("Clear filters", actions.clear, "link");
  const copies = element("span", { class: "copies", attributes: { role: "group", "aria-label": "Copy" } }, [
    element("span", { class: "muted", text: "Copy as" }),
    button("Markdown", () => actions.copy("markdown"), "link"),
    button("CSV", () => actions.copy("csv"), "link"),
    button("JSON", () => actions.copy("json"), "link"),
  ]);
  const filters = element("div", { class: "filters" }, [text, changes.element, shown, clear, copies]);
  return {
    element: element("section", { class: "toolbar", attributes: { "aria-label": "Filters" } }, [
      toggles,
      filters,
    ]),
    update: (rows, visible, view, compared) => {
      const counts = countVerdicts(rows);
      const present = verdictOrder.filter((it) => counts[it] > 0 || (it === "place" && counts.keep === 0));
      const shownToggles = present.map((verdict) => {
        const toggle = made.get(verdict) ?? createToggle(verdict);
        made.set(verdict, toggle);
        toggle.update(counts[verdict], !view.hiddenVerdicts.includes(verdict), (pressed) =>
          actions.change({ hiddenVerdicts: withVerdict(view.hiddenVerdicts, verdict, !pressed) }),
        );
        return toggle.element;
      });
      setChildren(toggles, shownToggles);
      changes.update(changesOf(rows), view.onlyChanged, compared);
      if (text.value !== view.text) text.value = view.text;
      setText(shown, visible === rows.length ? instanceCount(visible) : `${visible} of ${rows.length} shown`);
      clear.hidden = !isNarrowed(view);
    },
  };
}

interface Toggle {
  readonly element: HTMLElement;
  update(count: number, pressed: boolean, onToggle: (pressed: boolean) => void): void;
}

function createToggle(verdict: Verdict): Toggle {
  let toggle: () => void = () => {};
  const count = element("span", { class: "count" });
  const whole = element(
    "button",
    {
      class: "chip toggle",
      title: verdictMeanings[verdict],
      attributes: { type: "button", "data-verdict": verdict },
      onClick: () => toggle(),
    },
    [verdictShape(verdict), count, element("span", { text: verdict })],
  );
  return {
    element: whole,
    update: (now, pressed, onToggle) => {
      setText(count, String(now));
      whole.setAttribute("aria-pressed", String(pressed));
      toggle = () => onToggle(!pressed);
    },
  };
}

/** What the text on screen changes against the saved one; pressed, only these instances are shown. */
function createChanges(actions: ToolbarActions) {
  let toggle: () => void = () => {};
  const whole = element("button", {
    class: "chip changes",
    title: "Show only container instances with another verdict than before",
    attributes: { type: "button" },
    onClick: () => toggle(),
  });
  return {
    element: whole,
    update: ({ gained, lost, other }: Changes, pressed: boolean, compared: Compared) => {
      whole.hidden = gained + lost + other === 0 && !pressed;
      const parts = [
        ...(gained > 0 ? [`+${gained} gained`] : []),
        ...(lost > 0 ? [`−${lost} lost`] : []),
        ...(other > 0 ? [`${other} other`] : []),
      ];
      setText(whole, `${parts.join(", ") || "No change"} ${compared}`);
      whole.setAttribute("aria-pressed", String(pressed));
      toggle = () => actions.change({ onlyChanged: !pressed });
    },
  };
}

function createTextFilter(actions: ToolbarActions): HTMLInputElement {
  const input = element("input", {
    class: "text-filter",
    attributes: {
      type: "search",
      placeholder: "Filter by id, zone, type or reason",
      "aria-label": "Filter container instances",
      spellcheck: "false",
    },
  });
  input.addEventListener("input", () => actions.change({ text: input.value }));
  return input;
}

function withVerdict(hidden: readonly Verdict[], verdict: Verdict, isHidden: boolean): readonly Verdict[] {
  const others = hidden.filter((it) => it !== verdict);
  return isHidden ? [...others, verdict] : others;
}
