// What if: changes of the cluster that touch nothing real. The forms make changes, the server says what comes of them.

import { countText } from "../../../server/src/core/text/counts";
import type { ClusterChange, PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import { createDisclosure } from "../dom/disclosure";
import { button, element, richText, setChildren, setText } from "../dom/dom";
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
  const list = createChangeList();
  const undoing = element("div", { class: "form-actions" }, [
    button("Undo", undo, "secondary"),
    button("Clear", clear, "secondary"),
  ]);
  const apply = button("Apply to the local cluster", actions.applyToLocal, "secondary");
  const actionsRow = element("div", { class: "form-actions" }, [
    undoing,
    button("Save as fleet file…", () => actions.save("fleet"), "secondary"),
    button("Save as snapshot…", () => actions.save("snapshot"), "secondary"),
    apply,
  ]);
  const section = createDisclosure(
    {
      id: "what-if",
      class: "what-if",
      title: "What if",
      hint: "Try changes of the cluster. Nothing real is touched.",
    },
    [forms.element, list.element, actionsRow],
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
  const undoing = button("Undo the last", actions.undo, "link");
  let fitting: readonly ClusterChange[] = [];
  const dropping = button("Drop what cannot be done", () => actions.change(fitting), "link");
  const whole = element("div", { class: "simulated-note", attributes: { role: "status" } }, [
    count,
    before,
    elsewhere,
    undoing,
    dropping,
    button("Clear", actions.clear, "link"),
  ]);
  return {
    element: whole,
    update: (result: PreviewResult) => {
      const { whatIf } = result;
      whole.hidden = whatIf === undefined;
      if (whatIf === undefined) return;
      undoing.hidden = !hasChanges(result);
      const [what, isOne] = whatIsTried(whatIf);
      setText(count, `What if: ${what}. `);
      const unfit = unfitCount(whatIf);
      dropping.hidden = unfit === 0;
      fitting = unfit === 0 ? [] : fittingChanges(result);
      setText(elsewhere, `${sayElsewhere(result, madeOn())}${sayUnfit(unfit)}`);
      setChildren(before, richText(`Without ${isOne ? "it" : "them"}: ${whatIf.sentenceBefore} `));
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
  return `${unfit === 1 ? "1 change" : `${unfit} changes`} cannot be done as written; What if says why. `;
}

function hasChanges({ whatIf }: PreviewResult): boolean {
  return whatIf !== undefined && whatIf.changes.length + whatIf.problems.length > 0;
}

/** "2 changes and an expression that are not real", and whether that is a single thing. */
function whatIsTried({ changes, trial }: NonNullable<PreviewResult["whatIf"]>): readonly [string, boolean] {
  const number = changes.length;
  const parts = [
    ...(number > 0 || trial === undefined ? [number === 1 ? "1 change" : `${number} changes`] : []),
    ...(trial === undefined ? [] : ["an expression"]),
  ];
  const isOne = parts.length === 1 && (number === 1 || trial !== undefined);
  const unreal = number === 0 && trial !== undefined ? "in no file" : "not real";
  return [`${parts.join(" and ")} that ${isOne ? "is" : "are"} ${unreal}`, isOne];
}

function createChangeList() {
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
        whatIf.changes.map((it) =>
          element("li", {}, [
            it.text,
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

/** How many container instances get another verdict. */
function sayOutcome({ verdicts, added }: NonNullable<PreviewResult["whatIf"]>): string {
  const others = verdicts.filter((it) => it.before !== undefined && it.now !== undefined).length;
  const gone = verdicts.filter((it) => it.now === undefined).length;
  const parts = [
    ...(added.length > 0 ? [`${countText(added.length)} new`] : []),
    ...(gone > 0 ? [`${countText(gone)} gone`] : []),
    ...(others > 0 ? [`${countText(others)} with another verdict`] : []),
  ];
  return parts.length === 0 ? "No container instance gets another verdict." : `${parts.join(", ")}.`;
}
