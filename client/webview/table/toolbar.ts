// The user's filters: one toggle for each verdict that occurs, a text, and copies of what is shown.

import type { Verdict } from "../../../server/src/core/scheduler/placement";
import { countText, instanceCount } from "../../../server/src/core/text/counts";
import type { Against } from "../../src/preview/messages";
import { button, element, setChildren, setText } from "../dom/dom";
import { verdictShape } from "../fleetMap/shapes";
import { type Changes, changesOf, countVerdicts, type Row } from "../model/instanceRecords";
import { isNarrowed, type ViewOptions } from "../model/visibleRows";
import { verdictMeanings, verdictOrder } from "../model/words";

export interface ToolbarActions {
  change(view: Partial<ViewOptions>): void;
  compare(against: Against): void;
  clear(): void;
  copy(format: "markdown" | "csv" | "json"): void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  update(rows: readonly Row[], visible: number, view: ViewOptions, more: ToolbarState): void;
}

export interface ToolbarState {
  /** What if is compared with the cluster as it is, whatever else was chosen. */
  readonly isSimulated: boolean;
  /** Why there is nothing to compare with. */
  readonly problem: string | undefined;
  /** The clause selected in the editor, and how many instances it matches. */
  readonly selection: { readonly clause: string; readonly matched: number } | undefined;
}

const comparisons: Readonly<Record<Against, { readonly name: string; readonly phrase: string }>> = {
  saved: { name: "last save", phrase: "since the last save" },
  head: { name: "git HEAD", phrase: "against git HEAD" },
  deployed: { name: "deployed", phrase: "against what is deployed" },
  nothing: { name: "nothing", phrase: "" },
};

export function createToolbar(actions: ToolbarActions): Toolbar {
  const toggles = element("div", {
    class: "toggles",
    attributes: { role: "group", "aria-label": "Verdicts" },
  });
  const made = new Map<Verdict, Toggle>();
  const text = createTextFilter(actions);
  const changes = createChanges(actions);
  const against = createAgainst(actions);
  const selected = createSelected(actions);
  const byReason = createByReason(actions);
  const shown = element("span", { class: "shown muted", attributes: { role: "status" } });
  const clear = button("Clear filters", actions.clear, "link");
  const copies = element("span", { class: "copies", attributes: { role: "group", "aria-label": "Copy" } }, [
    element("span", { class: "muted", text: "Copy as" }),
    button("Markdown", () => actions.copy("markdown"), "link"),
    button("CSV", () => actions.copy("csv"), "link"),
    button("JSON", () => actions.copy("json"), "link"),
  ]);
  const filters = element("div", { class: "filters" }, [
    text,
    byReason.element,
    selected.element,
    against.element,
    changes.element,
    shown,
    clear,
    copies,
  ]);
  return {
    element: element("section", { class: "toolbar", attributes: { "aria-label": "Filters" } }, [
      toggles,
      filters,
    ]),
    update: (rows, visible, view, { isSimulated, problem, selection }) => {
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
      const phrase = isSimulated ? "by what if" : comparisons[view.against].phrase;
      changes.update(changesOf(rows), view.onlyChanged, problem === undefined || isSimulated ? phrase : "");
      against.update(view.against, isSimulated, problem);
      selected.update(selection, view.onlyMatching);
      byReason.update(view.byReason);
      if (text.value !== view.text) text.value = view.text;
      setText(
        shown,
        visible === rows.length
          ? instanceCount(visible)
          : `${countText(visible)} of ${countText(rows.length)} shown`,
      );
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
      setText(count, countText(now));
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
    /** Without a phrase nothing is compared. */
    update: ({ gained, lost, other }: Changes, pressed: boolean, phrase: string) => {
      whole.hidden = (gained + lost + other === 0 && !pressed) || phrase === "";
      const parts = [
        ...(gained > 0 ? [`+${countText(gained)} gained`] : []),
        ...(lost > 0 ? [`−${countText(lost)} lost`] : []),
        ...(other > 0 ? [`${countText(other)} other`] : []),
      ];
      setText(whole, `${parts.join(", ") || "No change"} ${phrase}`);
      whole.setAttribute("aria-pressed", String(pressed));
      toggle = () => actions.change({ onlyChanged: !pressed });
    },
  };
}

const baselines = Object.keys(comparisons) as readonly Against[];

/** What verdicts are compared with. Beside a choice other than the last save only what changes is shown. */
function createAgainst(actions: ToolbarActions) {
  const select = element("select", { attributes: { "aria-label": "Compared with" } });
  for (const it of baselines)
    select.append(element("option", { text: comparisons[it].name, attributes: { value: it } }));
  select.addEventListener("change", () => {
    const chosen = baselines.find((it) => it === select.value) ?? "saved";
    actions.compare(chosen);
  });
  const label = element("label", { class: "muted" }, ["Compared with ", select]);
  const why = element("span", { class: "muted", attributes: { role: "status" } });
  return {
    element: element("span", { class: "against" }, [label, why]),
    update: (chosen: Against, isSimulated: boolean, problem: string | undefined) => {
      label.hidden = isSimulated;
      why.hidden = isSimulated || problem === undefined;
      setText(why, problem ?? "");
      if (select.value !== chosen) select.value = chosen;
    },
  };
}

/** The clause selected in the editor; pressed, only the instances that it matches are shown. */
function createSelected(actions: ToolbarActions) {
  let toggle: () => void = () => {};
  const clause = element("code");
  const count = element("span");
  const whole = element(
    "button",
    {
      class: "chip selected-clause",
      title: "Show only container instances that the clause selected in the editor matches",
      attributes: { type: "button" },
      onClick: () => toggle(),
    },
    [clause, count],
  );
  return {
    element: whole,
    update: (selection: ToolbarState["selection"], pressed: boolean) => {
      whole.hidden = selection === undefined;
      setText(clause, selection?.clause ?? "");
      setText(count, `matches ${countText(selection?.matched ?? 0)}`);
      whole.setAttribute("aria-pressed", String(pressed));
      toggle = () => actions.change({ onlyMatching: !pressed });
    },
  };
}

function createByReason(actions: ToolbarActions) {
  let toggle: () => void = () => {};
  const whole = element("button", {
    class: "chip by-reason",
    text: "Group by reason",
    attributes: { type: "button" },
    onClick: () => toggle(),
  });
  return {
    element: whole,
    update: (pressed: boolean) => {
      whole.setAttribute("aria-pressed", String(pressed));
      toggle = () => actions.change({ byReason: !pressed });
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
