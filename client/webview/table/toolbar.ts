// The user's filters: one toggle for each state that occurs, a text, what changed, and how the list is grouped.

import type { Verdict } from "../../../server/src/core/scheduler/placement";
import { countText } from "../../../server/src/core/text/counts";
import type { Against } from "../../src/preview/messages";
import { element, setChildren, setText } from "../dom/dom";
import { verdictShape } from "../fleetMap/shapes";
import { type Changes, changesOf, countVerdicts, type Row } from "../model/instanceRecords";
import { isByReason, type ViewOptions } from "../model/visibleRows";
import { type VerdictWords, verdictMeanings, verdictNames, verdictOrder } from "../model/words";

export interface ToolbarActions {
  change(view: Partial<ViewOptions>): void;
  clear(): void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  update(rows: readonly Row[], visible: number, view: ViewOptions, more: ToolbarState): void;
  focus(): void;
}

export interface ToolbarState {
  /** What the states are called, where that is not as always. */
  readonly words: VerdictWords;
  /** What if is compared with the cluster as it is, whatever else was chosen. */
  readonly isSimulated: boolean;
  /** Why there is nothing to compare with. */
  readonly problem: string | undefined;
  /** The clause selected in the editor, and how many instances it matches. */
  readonly selection: { readonly clause: string; readonly matched: number } | undefined;
}

const phrases: Readonly<Record<Against, string>> = {
  saved: "since the last save",
  head: "against git HEAD",
  deployed: "against what is deployed",
  nothing: "",
};

export function createToolbar(actions: ToolbarActions): Toolbar {
  const states = createStateToggles(actions);
  const text = createTextFilter(actions);
  const changes = createChanges(actions);
  const selected = createSelected(actions);
  const grouping = createGrouping(actions);
  const shown = element("span", { class: "shown muted", attributes: { role: "status" } });
  const why = element("span", { class: "muted", attributes: { role: "status" } });
  return {
    element: element("section", { class: "tools", attributes: { "aria-label": "Filters" } }, [
      states.element,
      changes.element,
      selected.element,
      why,
      // Where the states leave no room they go to the next line together.
      element("div", { class: "finders" }, [text, shown, grouping.element]),
    ]),
    focus: () => text.focus(),
    update: (rows, visible, view, { isSimulated, problem, selection, words }) => {
      states.update(rows, view, words);
      const phrase = isSimulated ? "by what if" : phrases[view.against];
      changes.update(changesOf(rows), view.onlyChanged, problem === undefined || isSimulated ? phrase : "");
      selected.update(selection, view.onlyMatching);
      grouping.element.hidden = rows.length < fewRows;
      grouping.update(isByReason(view, rows));
      if (text.value !== view.text) text.value = view.text;
      why.hidden = isSimulated || problem === undefined;
      setText(why, problem ?? "");
      shown.hidden = visible === rows.length;
      setText(shown, `${countText(visible)} of ${countText(rows.length)} shown`);
    },
  };
}

/** All, and one for each state that occurs. */
function createStateToggles(actions: ToolbarActions) {
  const whole = element("div", { class: "toggles", attributes: { role: "group", "aria-label": "States" } });
  const all = createToggle("all");
  const made = new Map<Verdict, Toggle>();
  const toggleOf = (verdict: Verdict) => {
    const toggle = made.get(verdict) ?? createToggle(verdict);
    made.set(verdict, toggle);
    return toggle;
  };
  return {
    element: whole,
    update: (rows: readonly Row[], view: ViewOptions, words: VerdictWords) => {
      const counts = countVerdicts(rows);
      const present = verdictOrder.filter((it) => counts[it] > 0);
      const hidden = view.hiddenVerdicts.filter((it) => counts[it] > 0);
      all.update(rows.length, hidden.length === 0, () => actions.change({ hiddenVerdicts: [] }));
      for (const verdict of present) {
        const isStarting = verdict === "place" && words.place !== undefined;
        toggleOf(verdict).rename(words[verdict] ?? verdictNames[verdict], isStarting);
        const isShown = hidden.length > 0 && !hidden.includes(verdict);
        toggleOf(verdict).update(counts[verdict], isShown, (adds) =>
          actions.change({ hiddenVerdicts: afterClick(verdict, present, hidden, adds) }),
        );
      }
      setChildren(whole, [all.element, ...present.map((it) => toggleOf(it).element)]);
    },
  };
}

/** A click shows this state alone, or all again; with Ctrl it adds the state or takes it away. */
function afterClick(
  verdict: Verdict,
  present: readonly Verdict[],
  hidden: readonly Verdict[],
  adds: boolean,
): readonly Verdict[] {
  const shown = hidden.length === 0 ? [] : present.filter((it) => !hidden.includes(it));
  const isAlone = shown.length === 1 && shown[0] === verdict;
  const others = shown.filter((it) => it !== verdict);
  const wanted = adds ? (shown.includes(verdict) ? others : [...shown, verdict]) : isAlone ? [] : [verdict];
  return wanted.length === 0 ? [] : present.filter((it) => !wanted.includes(it));
}

interface Toggle {
  readonly element: HTMLElement;
  /** `isStarting`: the mark is that of a task that starts in a simulated step. */
  rename(name: string, isStarting: boolean): void;
  update(count: number, pressed: boolean, onToggle: (adds: boolean) => void): void;
}

/** A filter, and the legend of the marks. */
function createToggle(verdict: Verdict | "all"): Toggle {
  let toggle: (adds: boolean) => void = () => {};
  const count = element("span", { class: "count" });
  const name = element("span", { text: verdict === "all" ? "All" : verdictNames[verdict] });
  const shape = verdict === "all" ? undefined : verdictShape(verdict);
  const whole = element(
    "button",
    {
      class: "chip toggle",
      attributes: { type: "button", "data-verdict": verdict },
      ...(verdict !== "all" && { title: `${verdictMeanings[verdict]} Ctrl+click adds it to those shown.` }),
    },
    shape === undefined ? [name, count] : [shape, count, name],
  );
  whole.addEventListener("click", ({ ctrlKey, metaKey }) => toggle(ctrlKey || metaKey));
  return {
    element: whole,
    rename: (now, isStarting) => {
      setText(name, now);
      shape?.classList.toggle("starting", isStarting);
    },
    update: (now, pressed, onToggle) => {
      setText(count, countText(now));
      whole.setAttribute("aria-pressed", String(pressed));
      toggle = onToggle;
    },
  };
}

/** What the text on screen changes against the saved one; pressed, only these instances are shown. */
function createChanges(actions: ToolbarActions) {
  let toggle: () => void = () => {};
  const whole = element("button", {
    class: "chip changes",
    title: "Show only container instances whose state changes",
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

/** Container instances that need no groups. */
const fewRows = 7;

function createGrouping(actions: ToolbarActions) {
  const select = element("select", { class: "grouping", attributes: { "aria-label": "Group the list by" } }, [
    element("option", { text: "Group: none", attributes: { value: "none" } }),
    element("option", { text: "Group: reason", attributes: { value: "reason" } }),
  ]);
  select.addEventListener("change", () => actions.change({ byReason: select.value === "reason" }));
  return {
    element: select,
    update: (byReason: boolean) => {
      select.value = byReason ? "reason" : "none";
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
