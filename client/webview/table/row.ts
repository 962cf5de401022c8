// A row of the list: a container instance with its state, its first reason and where it is.

import { countText, cpuText, memoryText } from "../../../server/src/core/text/counts";
import { element, richText } from "../dom/dom";
import { variantOf, verdictShape } from "../fleetMap/shapes";
import { lands, type Row } from "../model/instanceRecords";
import { verdictNames } from "../model/words";
import { ownReason, shortReason } from "./reasonWords";
import { type Asked, leaves } from "./roomWords";

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
  /** What one task reserves. */
  readonly asked: Asked;
}

export function drawRow(row: Row, { detail, isOpen, level, isMatching, asked }: RowLook): HTMLElement {
  const { facts, verdict, before, added, moment } = row;
  const state = moment?.state ?? verdictNames[verdict];
  const { text, more } = level === 1 ? whyOf(row, asked) : ownWhyOf(row, asked);
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
      verdictShape(verdict, variantOf(row)),
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
      class: `row ${verdict}${level === 2 && text === "" ? " brief" : ""}${isMatching ? " matching" : ""}${before === undefined && !added && moment?.isChanged !== true ? "" : " changed"}`,
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
export function nameOf({ id, facts }: Pick<Row, "id" | "facts">): string {
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

interface Why {
  readonly text: string;
  /** How many other reasons there are. */
  readonly more: number;
}

/** The first reason, the fact before the clause. */
function whyOf(row: Row, asked: Asked): Why {
  const [first] = row.reasons;
  return first === undefined
    ? { text: roomOf(row, asked), more: 0 }
    : { text: shortReason(first), more: row.reasons.length - 1 };
}

/** Below the reason that it shares with others: what that line does not show. */
function ownWhyOf(row: Row, asked: Asked): Why {
  const [first, second] = row.reasons;
  if (first === undefined) return { text: roomOf(row, asked), more: 0 };
  // A state of a moment has no other.
  if (lands(row.verdict)) return row.moment === undefined ? whyOf(row, asked) : { text: "", more: 0 };
  const also = second === undefined ? "" : `also: ${shortReason(second)}`;
  const text = [ownReason(first), also].filter((it) => it !== "").join("; ");
  return { text, more: Math.max(0, row.reasons.length - 2) };
}

/** What stays free once the task is there; what is free, where nobody knows what the task takes, or it runs already. */
function roomOf({ verdict, facts }: Row, asked: Asked): string {
  if (!lands(verdict) || facts === undefined) return "";
  const left = { cpu: facts.remainingCpu, memory: facts.remainingMemory };
  const stays = verdict === "place" ? leaves(asked, left) : undefined;
  return stays ?? `${cpuText(left.cpu)} and ${memoryText(left.memory)} free`;
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

export function cell(name: string, children: readonly (Node | string)[]): HTMLElement {
  return element("div", { class: `cell-${name}`, attributes: { role: "gridcell" } }, children);
}
