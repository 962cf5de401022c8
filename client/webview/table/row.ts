// The rows of the list: a container instance with its state, its first reason and where it is; or one reason that many
// instances have.

import { countText, cpuText, memoryText } from "../../../server/src/core/text/counts";
import { element, richText } from "../dom/dom";
import { verdictShape } from "../fleetMap/shapes";
import { lands, type Row } from "../model/instanceRecords";
import { verdictNames } from "../model/words";
import type { ReasonGroup } from "./reasonGroups";

export function rowId(id: string): string {
  return `row-${id}`;
}

export interface RowLook {
  /** What an opened row holds beside its cells. */
  readonly detail: HTMLElement | undefined;
  /** Its detail is on view, here or elsewhere. */
  readonly isOpen: boolean;
  /** 2 below a row of a reason. */
  readonly level: 1 | 2;
  /** Whether it matches what is selected in the editor. */
  readonly isMatching: boolean;
}

export function drawRow(row: Row, { detail, isOpen, level, isMatching }: RowLook): HTMLElement {
  const { facts, verdict, before, added, moment } = row;
  const state = moment?.state ?? verdictNames[verdict];
  const { text, more } = whyOf(row);
  const name = nameOf(row);
  const why = [
    element("span", { class: "why-text" }, [
      element("span", { class: "narrow-only", text: `${state}${text === "" ? "" : ": "}` }),
      ...richText(text),
    ]),
    ...(more > 0 ? [element("span", { class: "more", text: `+${more} more` })] : []),
    ...(before === undefined
      ? []
      : [element("span", { class: "before", text: `before: ${verdictNames[before]}` })]),
    ...(added ? [element("span", { class: "before", text: "new" })] : []),
  ];
  const zone = facts?.zone ?? "–";
  const type = facts?.instanceType ?? "–";
  const age = ageOf(facts?.registeredAt);
  const cells = [
    cell("mark", [
      element("span", { class: "twistie", attributes: { "aria-hidden": "true" } }),
      verdictShape(verdict, row.outdated),
    ]),
    cell("verdict", [state]),
    cell("id", [name]),
    cell("why", why),
    cell("zone", [
      ...zoneParts(zone),
      element("span", { class: "narrow-only place-rest", text: ` · ${type}` }),
    ]),
    cell("type", [type]),
    cell("age", [age]),
  ];
  const whole = element(
    "div",
    {
      class: `row ${verdict}${isMatching ? " matching" : ""}${before === undefined && !added && moment?.isChanged !== true ? "" : " changed"}`,
      title: [name, ...(name === row.id ? [] : [`container instance ${row.id}`]), zone, type].join(" · "),
      attributes: {
        role: "row",
        id: rowId(row.id),
        "data-id": row.id,
        "aria-level": String(level),
        "aria-expanded": String(isOpen),
      },
    },
    cells,
  );
  if (detail !== undefined) whole.append(detail);
  return whole;
}

/** The name that people know an instance by: of EC2, else the first digits of the container instance's id. */
export function nameOf({ id, facts }: Row): string {
  if (facts?.ec2InstanceId !== undefined) return facts.ec2InstanceId;
  return /^[0-9a-f]{32}$/.test(id) ? id.slice(0, 8) : id;
}

/** A zone whose first part ("us-east-") can be hidden where room is short: "1a" tells the zones of a Region apart. */
function zoneParts(zone: string): readonly (Node | string)[] {
  const [, area, rest] = /^([a-z]+(?:-[a-z]+)+-)(\d+[a-z])$/.exec(zone) ?? [];
  return area === undefined || rest === undefined
    ? [zone]
    : [element("span", { class: "zone-area", text: area }), rest];
}

/** The first reason, the fact before the clause, and how many others there are. */
function whyOf({ verdict, reasons, facts }: Row): { readonly text: string; readonly more: number } {
  const [first] = reasons;
  if (first === undefined) {
    if (!lands(verdict) || facts === undefined) return { text: "", more: 0 };
    const free = `${cpuText(facts.remainingCpu)} and ${memoryText(facts.remainingMemory)} free`;
    return { text: free, more: 0 };
  }
  const { decided, message } = first;
  const text =
    decided === undefined ? message.replace(/\.$/, "") : `${decided.because}: \`${decided.clause}\` is false`;
  return { text, more: reasons.length - 1 };
}

const units = [
  { milliseconds: 86_400_000, short: "d" },
  { milliseconds: 3_600_000, short: "h" },
  { milliseconds: 60_000, short: "m" },
] as const;

/** "12 d": how long ago it registered. */
function ageOf(registeredAt: number | undefined): string {
  if (registeredAt === undefined) return "–";
  const age = Date.now() - registeredAt;
  for (const { milliseconds, short } of units)
    if (age >= milliseconds) return `${countText(Math.floor(age / milliseconds))} ${short}`;
  return "new";
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
      cell("mark", [
        element("span", { class: "twistie", attributes: { "aria-hidden": "true" } }),
        verdictShape(verdict),
      ]),
      cell("count", [
        element("strong", { text: `${countText(rows.length)} ${verdictNames[verdict]}` }),
        fill,
      ]),
      cell("why", [element("span", { class: "why-text" }, richText(headline))]),
    ],
  );
}

/** Below the first instances of a reason: shows the rest. */
export function drawMore(
  left: number,
  { id, key }: { readonly id: string; readonly key: string },
): HTMLElement {
  return element(
    "div",
    { class: "show-more", attributes: { role: "row", id, "data-key": key, "aria-level": "2" } },
    [cell("why", [`Show ${countText(left)} more`])],
  );
}

function cell(name: string, children: readonly (Node | string)[]): HTMLElement {
  return element("div", { class: `cell-${name}`, attributes: { role: "gridcell" } }, children);
}
