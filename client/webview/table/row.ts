// The rows of the table: a container instance with its verdict, where it is, and every reason; or one reason that
// many instances have.

import type { Reason } from "../../../server/src/core/scheduler/placement";
import { instanceCount } from "../../../server/src/core/text/counts";
import { element, richText } from "../dom/dom";
import { verdictShape } from "../fleetMap/shapes";
import type { Row } from "../model/instanceRecords";
import { verdictMeanings } from "../model/words";
import type { ReasonGroup } from "./reasonGroups";
import { numbers, remedyText } from "./reasonText";

export function rowId(id: string): string {
  return `row-${id}`;
}

export interface RowLook {
  /** What an opened row holds beside its cells. */
  readonly detail: HTMLElement | undefined;
  /** 2 below a row of a reason. */
  readonly level: 1 | 2;
  /** Whether it matches what is selected in the editor. */
  readonly isMatching: boolean;
}

export function drawRow(row: Row, { detail, level, isMatching }: RowLook): HTMLElement {
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
      class: `row ${row.verdict}${isMatching ? " matching" : ""}`,
      attributes: {
        role: "row",
        id: rowId(row.id),
        "data-id": row.id,
        "aria-level": String(level),
        "aria-expanded": String(detail !== undefined),
      },
    },
    cells,
  );
  if (detail !== undefined) whole.append(detail);
  return whole;
}

export interface ReasonGroupLook {
  /** Of the element. */
  readonly id: string;
  readonly key: string;
  readonly isOpen: boolean;
  /** All instances on view. */
  readonly total: number;
}

/** A reason, how many instances have it, and how large a part of all on view that is. */
export function drawReasonGroup(
  { headline, verdict, rows }: ReasonGroup,
  { id, key, isOpen, total }: ReasonGroupLook,
): HTMLElement {
  const fill = element("span", { class: "part", attributes: { "aria-hidden": "true" } });
  fill.style.width = `${(100 * rows.length) / total}%`;
  return element(
    "div",
    {
      class: "reason-group",
      attributes: { role: "row", id, "data-key": key, "aria-level": "1", "aria-expanded": String(isOpen) },
    },
    [
      cell("verdict", [verdictShape(verdict), element("span", { text: verdict })]),
      cell("count", [
        element("span", { class: "twistie", attributes: { "aria-hidden": "true" } }),
        element("span", { text: instanceCount(rows.length) }),
        fill,
      ]),
      cell("why", richText(headline)),
    ],
  );
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
        remedyText(it),
      ]),
    ),
  );
}
