// What if: changes of the cluster that touch nothing real. The forms make changes, the server says what comes of them.

import { counted, countText, instanceCount } from "../../../server/src/core/text/counts";
import type { ClusterChange, PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import { createDisclosure } from "../dom/disclosure";
import { button, element, setChildren, setText } from "../dom/dom";
import type { Row } from "../model/instanceRecords";
import { fittingChanges, unfitCount } from "./fittingChanges";
import { createWhatIfForms } from "./whatIfForms";

export interface WhatIfActions {
  /** The whole list as it is from now on. */
  change(changes: readonly ClusterChange[]): void;
  save(as: "fleet" | "snapshot"): void;
  applyToLocal(): void;
  /** The expression that is tried out counts no more. */
  clearTrial(): void;
  toggled(isOpen: boolean): void;
}

export interface WhatIf {
  readonly element: HTMLElement;
  /** Says at the top that the panel shows nothing real; hidden where it does. */
  readonly note: HTMLElement;
  open(isOpen: boolean): void;
  update(result: PreviewResult, visible: readonly Row[], chosen: ReadonlySet<string>): void;
}

/** What the user has tried so far, asked for as it is. */
export interface Tried {
  changes(): readonly ClusterChange[];
  /** The label of the cluster that the changes were made on. */
  madeOn(): string | undefined;
}

export function createWhatIf({ changes, madeOn }: Tried, actions: WhatIfActions): WhatIf {
  const add = (change: ClusterChange) => actions.change([...changes(), change]);
  const undo = () => actions.change(changes().slice(0, -1));
  const clear = () => actions.change([]);
  const forms = createWhatIfForms(add);
  const list = createChangeList((index) => actions.change(changes().filter((_, at) => at !== index)));
  const undoing = element("div", { class: "form-actions" }, [
    button("Undo", undo, "secondary"),
    button("Clear", clear, "secondary"),
  ]);
  const apply = button("Apply to Local Cluster", actions.applyToLocal, "secondary");
  const actionsRow = element("div", { class: "form-actions" }, [
    undoing,
    button("Save as Fleet File…", () => actions.save("fleet"), "secondary"),
    button("Save as Snapshot…", () => actions.save("snapshot"), "secondary"),
    apply,
  ]);
  const section = createDisclosure(
    {
      id: "what-if",
      class: "what-if",
      title: "What if",
      hint: element("span", { class: "muted" }, [
        element("span", { class: "wide-hint", text: "Try changes to the cluster. " }),
        "Nothing real changes.",
      ]),
    },
    [list.element, forms.element, actionsRow],
    actions.toggled,
  );
  const note = createNote(madeOn, {
    undo,
    change: actions.change,
    clear: () => {
      clear();
      actions.clearTrial();
    },
  });
  return {
    element: section.element,
    note: note.element,
    open: section.open,
    update: (result, visible, chosen) => {
      note.update(result);
      if (!section.isOpen) return;
      forms.update(result, visible, chosen);
      list.update(result);
      const isChanged = hasChanges(result);
      undoing.hidden = !isChanged;
      apply.hidden = result.cluster.kind !== "local" || !isChanged;
    },
  };
}

function createNote(
  madeOn: Tried["madeOn"],
  actions: { undo(): void; clear(): void; change: WhatIfActions["change"] },
) {
  const count = element("strong");
  const before = element("span", { class: "muted" });
  const elsewhere = element("span");
  const undoing = button("Undo last", actions.undo, "link");
  let fitting: readonly ClusterChange[] = [];
  const dropping = button("Remove what cannot be done", () => actions.change(fitting), "link");
  const whole = element("div", { class: "note simulated-note", attributes: { role: "status" } }, [
    element("span", { class: "note-text" }, [count, before, elsewhere]),
    undoing,
    dropping,
    button("Clear changes", actions.clear, "link"),
  ]);
  return {
    element: whole,
    update: (result: PreviewResult) => {
      const { whatIf } = result;
      // A trial alone has a note of its own.
      whole.hidden = !hasChanges(result);
      if (whatIf === undefined) return;
      undoing.hidden = !hasChanges(result);
      setText(count, `What if: ${whatIsTried(whatIf)}. `);
      const unfit = unfitCount(whatIf);
      dropping.hidden = unfit === 0;
      fitting = unfit === 0 ? [] : fittingChanges(result);
      setText(elsewhere, `${sayElsewhere(result, madeOn())}${sayUnfit(unfit)}`);
      setText(before, "Nothing real changes. ");
    },
  };
}

/** Instances of another cluster have other names: whoever made the changes must know what they are tried on. */
function sayElsewhere(result: PreviewResult, madeOn: string | undefined): string {
  const { label } = result.cluster;
  if (!hasChanges(result) || madeOn === undefined || madeOn === label) return "";
  return `The changes were made on ${madeOn}, and are tried on ${label} now. `;
}

function sayUnfit(unfit: number): string {
  if (unfit === 0) return "";
  return `${unfit === 1 ? "1 change" : `${unfit} changes`} cannot be done as written; What if shows why. `;
}

function hasChanges({ whatIf }: PreviewResult): boolean {
  return whatIf !== undefined && whatIf.changes.length + whatIf.problems.length > 0;
}

/** "2 changes and an expression" */
function whatIsTried({ changes, trial }: NonNullable<PreviewResult["whatIf"]>): string {
  return `${counted(changes.length, "change")}${trial === undefined ? "" : " and an expression"}`;
}

function createChangeList(remove: (index: number) => void) {
  const problems = element("ul", { class: "change-problems" });
  const items = element("ol", { class: "changes-made", attributes: { "aria-label": "Changes" } });
  const outcome = element("p", { class: "muted", attributes: { role: "status" } });
  const whole = element("div", { class: "change-list" }, [items, problems, outcome]);
  return {
    element: whole,
    update: (result: PreviewResult) => {
      const { whatIf } = result;
      whole.hidden = !hasChanges(result);
      if (whatIf === undefined) return;
      setChildren(
        items,
        whatIf.changes.map((it, index) =>
          element("li", {}, [
            element("span", { class: "change-text", text: it.text }),
            removeButton(it.text, () => remove(index)),
            ...it.problems.map((problem) => element("div", { class: "change-problem", text: problem })),
          ]),
        ),
      );
      setChildren(
        problems,
        whatIf.problems.map((it) => element("li", { class: "change-problem", text: it })),
      );
      setText(outcome, sayOutcome(whatIf));
    },
  };
}

function removeButton(text: string, onClick: () => void): HTMLButtonElement {
  const made = button("×", onClick, "link");
  made.classList.add("remove");
  made.setAttribute("aria-label", `Remove: ${text}`);
  made.title = "Remove this change";
  return made;
}

/** How many container instances are added, are removed or get another verdict: `2 instances added, 1 changed.` */
function sayOutcome({ verdicts, added }: NonNullable<PreviewResult["whatIf"]>): string {
  const others = verdicts.filter((it) => it.before !== undefined && it.now !== undefined).length;
  const gone = verdicts.filter((it) => it.now === undefined).length;
  const [first, ...more] = (
    [
      [added.length, "added"],
      [gone, "removed"],
      [others, "changed"],
    ] as const
  ).filter(([count]) => count > 0);
  if (first === undefined) return "No container instance changes its state.";
  const rest = more.map(([count, what]) => `, ${countText(count)} ${what}`).join("");
  return `${instanceCount(first[0])} ${first[1]}${rest}.`;
}
