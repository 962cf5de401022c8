// An opened row: each filter with its reasons, the clauses of every constraint, what is asked, used and free, and the
// changes that would admit the instance. The reasons are there at once, the rest as soon as the server has told it.

import type { Reason } from "../../../server/src/core/scheduler/placement";
import { countText, cpuText, memoryText } from "../../../server/src/core/text/counts";
import type {
  ApplicableRemedy,
  InstanceExplanation,
  ResourceUse,
} from "../../../server/src/lsp/protocol/protocol";
import { button, element, richText } from "../dom/dom";
import { filterResults } from "../header/stages";
import type { Explanations } from "../model/explanations";
import type { Row } from "../model/instanceRecords";
import { filterTitles, remedyLabel, verdictMeanings } from "../model/words";
import { clauseTree, type RevealClause } from "./clauseTree";
import { numbers, remedyText } from "./reasonText";

export interface DetailActions {
  readonly revealClause: RevealClause;
  /** Does what would help. */
  applyRemedy(instance: string, remedy: ApplicableRemedy): void;
  /** Whether attributes can be put on the cluster's instances: a file is only looked at. */
  canPutAttributes(): boolean;
}

/** A change that would help an instance, as a button or a line of its menu offers it. */
export interface RowChange {
  readonly label: string;
  make(): void;
}

/** What an opened row holds; `version` changes when it would be drawn otherwise. */
export interface Detail {
  readonly version: number;
  /** In the order in which they are drawn. */
  readonly changes: readonly RowChange[];
  draw(): HTMLElement;
}

export function detailOf(
  row: Row,
  { version, told }: ReturnType<Explanations["of"]>,
  actions: DetailActions,
): Detail {
  if (row.moment !== undefined) return { version: 0, changes: [], draw: () => drawMomentDetail(row) };
  const changes = resultsOf(row).flatMap(({ filter }) => offeredChanges(row, told, filter, actions));
  return { version, changes, draw: () => drawDetail(row, told, actions) };
}

function drawDetail(
  row: Row,
  explanation: InstanceExplanation | undefined,
  actions: DetailActions,
): HTMLElement {
  const { facts } = row;
  const left =
    explanation === undefined && facts !== undefined
      ? `Left: ${cpuText(facts.remainingCpu)}, ${memoryText(facts.remainingMemory)}.`
      : "";
  return element("div", { class: "detail", attributes: { role: "gridcell" } }, [
    element("p", { text: verdictMeanings[row.verdict] }),
    facts === undefined || (facts.status === "ACTIVE" && left === "")
      ? undefined
      : element("p", { class: "muted", text: `Status ${facts.status}. ${left}` }),
    element(
      "ul",
      { class: "filter-results" },
      resultsOf(row).map(({ filter, reasons }) =>
        element("li", { class: reasons.length === 0 ? "passed" : "failed" }, [
          ...filterHead(filterTitles[filter], reasons.length === 0),
          ...reasons.map((it) =>
            fullReason(it, explanation === undefined ? actions.revealClause : undefined),
          ),
          ...(filter === "constraints" ? constraintTrees(explanation, actions.revealClause) : []),
          changeButtons(offeredChanges(row, explanation, filter, actions)),
        ]),
      ),
    ),
    explanation === undefined ? undefined : resourceTable(explanation.resources),
    explanation === undefined ? undefined : attributeList(explanation.attributes),
  ]);
}

/** What is wrong first, the checks that pass after. */
function resultsOf(row: Row) {
  return [...filterResults(row)].sort((a, b) => Number(b.reasons.length > 0) - Number(a.reasons.length > 0));
}

/** Of an instance in a step of a timeline: what the step says of it. */
function drawMomentDetail({ reasons }: Row): HTMLElement {
  const words = reasons.map((it) => element("p", {}, richText(it.message)));
  return element("div", { class: "detail", attributes: { role: "gridcell" } }, words);
}

function filterHead(title: string, passed: boolean): readonly HTMLElement[] {
  return [
    element("span", { class: "mark", text: passed ? "✓" : "✗", attributes: { "aria-hidden": "true" } }),
    element("span", { class: "filter-title", text: title }),
    element("span", { class: "muted", text: passed ? "passed" : "" }),
  ];
}

/** With its own clauses only until the trees of all constraints are there. */
function fullReason(reason: Reason, reveal: RevealClause | undefined): HTMLElement {
  const { constraint } = reason;
  return element("div", { class: "full-reason" }, [
    element("span", {}, richText(reason.message)),
    " ",
    numbers(reason),
    remedyText(reason),
    constraint === undefined || reveal === undefined
      ? undefined
      : clauseTree(constraint, constraint.explanation, reveal),
  ]);
}

function constraintTrees(
  explanation: InstanceExplanation | undefined,
  reveal: RevealClause,
): readonly HTMLElement[] {
  return (explanation?.constraints ?? []).map((it) =>
    element("div", { class: "full-reason" }, [clauseTree(it, it.explanation, reveal)]),
  );
}

function offeredChanges(
  { id }: Row,
  explanation: InstanceExplanation | undefined,
  filter: Reason["filter"],
  actions: DetailActions,
): readonly RowChange[] {
  return (explanation?.remedies ?? [])
    .filter((it) => it.filter === filter && (it.kind === "edit" || actions.canPutAttributes()))
    .map((it) => ({ label: remedyLabel(it), make: () => actions.applyRemedy(id, it) }));
}

function changeButtons(changes: readonly RowChange[]): HTMLElement | undefined {
  if (changes.length === 0) return undefined;
  const buttons = changes.map(({ label, make }) => button(label, make, "secondary"));
  return element("div", { class: "full-reason remedies" }, buttons);
}

function resourceTable(resources: readonly ResourceUse[]): HTMLElement {
  const heads = ["Resource", "Asked", "Used", "Free"];
  const number = (value: number | undefined) => (value === undefined ? "?" : countText(value));
  return element("table", { class: "resources" }, [
    element("thead", {}, [
      element(
        "tr",
        {},
        heads.map((text) => element("th", { text, attributes: { scope: "col" } })),
      ),
    ]),
    element(
      "tbody",
      {},
      resources.map(({ name, asked, used, free, note }) =>
        element("tr", { class: free !== undefined && asked !== undefined && free < asked ? "short" : "" }, [
          element("th", { attributes: { scope: "row" } }, [
            name,
            note === undefined ? undefined : element("span", { class: "muted", text: ` ${note}` }),
          ]),
          element("td", { text: number(asked) }),
          element("td", { text: number(used) }),
          element("td", { text: number(free) }),
        ]),
      ),
    ),
  ]);
}

function attributeList(attributes: InstanceExplanation["attributes"]): HTMLElement | undefined {
  if (attributes.length === 0) return undefined;
  return element("p", { class: "attributes" }, [
    element("span", { class: "muted", text: "Attributes" }),
    ...attributes.flatMap(([name, value]) => [
      " ",
      element("code", { text: value === null ? name : `${name}=${value}` }),
    ]),
  ]);
}
