// One container instance in the table: its verdict, where it is, and every reason; opened, each filter in turn.

import type { Reason } from "../../server/src/core/scheduler/placement";
import { clauseTree, type RevealClause } from "./clauseTree";
import { element, richText } from "./dom";
import { filterResults, type Row } from "./model";
import { verdictShape } from "./shapes";
import { filterTitles, quantity, verdictMeanings } from "./words";

export function rowId(id: string): string {
  return `row-${id}`;
}

/** The row's element. An opened row holds its detail too. */
export function drawRow(row: Row, isOpen: boolean, reveal: RevealClause): HTMLElement {
  const { facts } = row;
  const cells = [
    cell("verdict", [
      verdictShape(row.verdict),
      element("span", { text: row.verdict }),
      ...(row.before === undefined ? [] : [element("span", { class: "before", text: `was ${row.before}` })]),
      ...(row.added ? [element("span", { class: "before", text: "new" })] : []),
    ]),
    cell("id", [
      element("span", { class: "twistie", attributes: { "aria-hidden": "true" } }),
      element("span", { text: row.id }),
    ]),
    cell("zone", [facts?.zone ?? "–"]),
    cell("type", [facts?.instanceType ?? "–"]),
    cell("cpu", [facts === undefined ? "–" : String(facts.remainingCpu)]),
    cell("memory", [facts === undefined ? "–" : String(facts.remainingMemory)]),
    cell("why", [row.reasons.length === 0 ? noReason(row) : reasonList(row.reasons)]),
  ];
  const whole = element(
    "div",
    {
      class: `row ${row.verdict}`,
      attributes: {
        role: "row",
        id: rowId(row.id),
        "data-id": row.id,
        "aria-level": "1",
        "aria-expanded": String(isOpen),
      },
    },
    cells,
  );
  if (isOpen) whole.append(detail(row, reveal));
  return whole;
}

function cell(name: string, children: readonly (Node | string)[]): HTMLElement {
  return element("div", { class: `cell-${name}`, attributes: { role: "gridcell" } }, children);
}

function noReason(row: Row): HTMLElement {
  return element("span", { class: "muted", text: verdictMeanings[row.verdict] });
}

function reasonList(reasons: readonly Reason[]): HTMLElement {
  return element(
    "ul",
    { class: "reasons" },
    reasons.map((it) =>
      element("li", {}, [
        element("span", { class: "message" }, richText(it.message)),
        " ",
        numbers(it),
        remedy(it),
      ]),
    ),
  );
}

function remedy(reason: Reason): HTMLElement | undefined {
  if (reason.remedy === undefined) return undefined;
  return element("span", { class: "remedy" }, richText(reason.remedy));
}

/** What these filters ask for is a word or a clause, which their message has already. */
const wordy: ReadonlySet<string> = new Set(["status", "constraints", "agent"]);

/** Asked and available, where the reason knows them. */
function numbers(reason: Reason): HTMLElement | undefined {
  const { filter, requested, available } = reason;
  if (wordy.has(filter) || (requested === undefined && available === undefined)) return undefined;
  const parts = [
    ...(requested === undefined ? [] : [`asked ${quantity(filter, requested)}`]),
    ...(available === undefined ? [] : [`available ${quantity(filter, available)}`]),
  ];
  return element("span", { class: "numbers", text: parts.join(" · ") });
}

function detail(row: Row, reveal: RevealClause): HTMLElement {
  const facts = row.facts;
  const left =
    facts === undefined
      ? undefined
      : element("p", {
          class: "muted",
          text: `Status ${facts.status}. Left: ${facts.remainingCpu} CPU units, ${facts.remainingMemory} MiB.`,
        });
  return element("div", { class: "detail", attributes: { role: "gridcell" } }, [
    row.reasons.length === 0 ? undefined : element("p", { text: verdictMeanings[row.verdict] }),
    left,
    element(
      "ul",
      { class: "filter-results" },
      filterResults(row).map(({ filter, reasons }) => filterResult(filterTitles[filter], reasons, reveal)),
    ),
  ]);
}

function filterResult(title: string, reasons: readonly Reason[], reveal: RevealClause): HTMLElement {
  const passed = reasons.length === 0;
  return element("li", { class: passed ? "passed" : "failed" }, [
    element("span", { class: "mark", text: passed ? "✓" : "✗", attributes: { "aria-hidden": "true" } }),
    element("span", { class: "filter-title", text: title }),
    element("span", { class: "muted", text: passed ? "passed" : "" }),
    ...reasons.map((it) => fullReason(it, reveal)),
  ]);
}

function fullReason(reason: Reason, reveal: RevealClause): HTMLElement {
  return element("div", { class: "full-reason" }, [
    element("span", {}, richText(reason.message)),
    " ",
    numbers(reason),
    remedy(reason),
    reason.constraint === undefined
      ? undefined
      : clauseTree(reason.constraint.from, reason.constraint.explanation, reveal),
  ]);
}
