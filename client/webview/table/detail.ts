// The detail of one instance: what is wrong in a sentence, the smallest changes that would help, every check, the clauses
// of each constraint, and what is asked, used and free. The reasons are there at once, the rest as soon as the server has
// answered.

import type { FilterName, Reason } from "../../../server/src/core/scheduler/placement";
import { cpuText, memoryText } from "../../../server/src/core/text/counts";
import type { ApplicableRemedy, InstanceExplanation } from "../../../server/src/lsp/protocol/protocol";
import { button, element, richText } from "../dom/dom";
import { filterResults } from "../header/stages";
import type { Explanations } from "../model/explanations";
import type { Row } from "../model/instanceRecords";
import { filterTitles, remedyLabel, verdictMeanings } from "../model/words";
import { type CheckResult, checkMark } from "./checkMark";
import { clauseTree, type RevealClause } from "./clauseTree";
import { drawResources } from "./resourceUse";

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

type Told = InstanceExplanation | undefined;

export function detailOf(
  row: Row,
  { version, told }: ReturnType<Explanations["of"]>,
  actions: DetailActions,
): Detail {
  if (row.moment !== undefined) return { version: 0, changes: [], draw: () => drawMomentDetail(row) };
  const changes = resultsOf(row).flatMap(({ filter }) => offeredChanges(row, told, filter, actions));
  return { version, changes, draw: () => drawDetail(row, told, actions) };
}

function drawDetail(row: Row, told: Told, actions: DetailActions): HTMLElement {
  return element("div", { class: "detail", attributes: { role: "gridcell" } }, [
    element("p", {}, [
      element("strong", { text: verdictMeanings[row.verdict] }),
      ...row.reasons.flatMap((it) => [" ", ...richText(it.message)]),
    ]),
    element("p", { class: "muted", text: factsOf(row, told) }),
    drawChanges(row, told, actions),
    drawChecks(row),
    drawConstraints(row, told, actions.revealClause),
    told === undefined ? undefined : drawResources(told.resources),
    told === undefined ? undefined : attributeList(told.attributes),
  ]);
}

/** "Container instance 847d… · m5.large · us-east-1b · ACTIVE", and what is left, until the resources are there. */
function factsOf({ id, facts }: Row, told: Told): string {
  if (facts === undefined) return `Container instance ${id}`;
  const { instanceType, zone, status, remainingCpu, remainingMemory } = facts;
  return [
    `Container instance ${id}`,
    ...[instanceType, zone, status].filter((it) => it !== undefined),
    ...(told === undefined ? [`${cpuText(remainingCpu)} and ${memoryText(remainingMemory)} free`] : []),
  ].join(" · ");
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

function drawChanges(row: Row, told: Told, actions: DetailActions): HTMLElement | undefined {
  const lines = resultsOf(row).flatMap(({ filter, reasons }) => {
    const changes = offeredChanges(row, told, filter, actions);
    const texts = [...new Set(reasons.flatMap((it) => it.remedy ?? []))];
    return changes.length + texts.length === 0 ? [] : changeLines(filter, changes, texts);
  });
  if (lines.length === 0) return undefined;
  const isKnown = row.reasons.every((it) => it.unknown !== true);
  const needsAll = isKnown && new Set(row.reasons.map((it) => it.filter)).size > 1;
  return element("div", { class: "smallest" }, [
    element("h3", { text: "Smallest changes" }),
    element("dl", {}, lines),
    needsAll ? element("p", { class: "muted", text: "Each of these checks needs a change." }) : undefined,
  ]);
}

function changeLines(
  filter: FilterName,
  changes: readonly RowChange[],
  texts: readonly string[],
): readonly HTMLElement[] {
  return [
    element("dt", { text: filterTitles[filter] }),
    element("dd", {}, [
      ...texts.map((it) => element("div", {}, richText(it))),
      changes.length === 0
        ? undefined
        : element(
            "div",
            { class: "remedies" },
            changes.map(({ label, make }) => button(label, make, "secondary")),
          ),
    ]),
  ];
}

function offeredChanges(
  { id }: Row,
  told: Told,
  filter: Reason["filter"],
  actions: DetailActions,
): readonly RowChange[] {
  return (told?.remedies ?? [])
    .filter((it) => it.filter === filter && (it.kind === "edit" || actions.canPutAttributes()))
    .map((it) => ({ label: remedyLabel(it), make: () => actions.applyRemedy(id, it) }));
}

/** One for each line: that all passed is quiet. */
function drawChecks(row: Row): HTMLElement {
  const results = resultsOf(row).map(({ filter, reasons }) => ({ filter, result: resultOf(reasons) }));
  const passed = results.filter((it) => it.result === "passed").length;
  return element("div", { class: "checks" }, [
    element("h3", {}, [
      "Checks ",
      element("span", { class: "muted", text: `${passed} of ${results.length} passed` }),
    ]),
    element(
      "ul",
      { class: "filter-results" },
      results.map(({ filter, result }) =>
        element("li", { class: result }, [
          checkMark(result, `${result}: `),
          element("span", { class: "filter-title", text: filterTitles[filter] }),
        ]),
      ),
    ),
  ]);
}

function resultOf(reasons: readonly Reason[]): CheckResult {
  if (reasons.length === 0) return "passed";
  return reasons.every((it) => it.unknown === true || it.constraint?.explanation.truth === "unknown")
    ? "unknown"
    : "failed";
}

/** Those of the reasons until the trees of all constraints are there. */
function drawConstraints({ reasons }: Row, told: Told, reveal: RevealClause): HTMLElement | undefined {
  const trees = told?.constraints ?? reasons.flatMap((it) => it.constraint ?? []);
  if (trees.length === 0) return undefined;
  return element("div", { class: "constraints" }, [
    element("h3", { text: "Placement constraints" }),
    ...trees.map((it) => clauseTree(it, it.explanation, reveal)),
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
