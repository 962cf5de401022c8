// The bill: what daemons take of each instance type, and what is left for applications.

import { counted, countText, cpuText, memoryText } from "../../../server/src/core/text/counts";
import type { ManagedPanel } from "../../../server/src/lsp/protocol/protocol";
import { element } from "../dom/dom";
import { drawMeter } from "../dom/meter";

type Row = ManagedPanel["preview"]["types"][number];

/** More rows than anybody compares. */
const mostRows = 40;

export function drawBill(panel: ManagedPanel): HTMLElement {
  const { preview, daemons } = panel;
  const { types, reservation } = preview;
  const names = daemons.map((it) => it.daemon).join(", ");
  const title = element("h2", { text: "Bill by instance type" });
  if (types.length === 0)
    return element("section", {}, [
      title,
      element("p", {
        class: "managed-empty",
        text: emptyText(panel),
      }),
    ]);
  const { application } = preview;
  const head = [
    "Instance type",
    "Instances",
    "CPU taken",
    "Memory taken",
    "Memory left",
    ...(application === undefined ? [] : [`Copies of ${application.name}`]),
  ].map((text, index) =>
    element("th", {
      text,
      class: index === 0 ? "" : index === 1 || index >= 4 ? "number wide-only" : "number",
      attributes: { scope: "col" },
    }),
  );
  const rows = types.slice(0, mostRows).map((it, index) => drawRow(it, reservation, index === 0));
  const more = types.length - rows.length;
  return element("section", {}, [
    title,
    element("p", {
      class: "managed-note",
      text: `${counted(daemons.length, "daemon")}: ${names}${takenText(types, daemons.length)}`,
    }),
    element(
      "div",
      {
        class: "managed-scroll",
        attributes: { tabindex: "0", role: "region", "aria-label": "Bill by instance type" },
      },
      [
        element("table", { class: "managed-table" }, [
          element("thead", {}, [element("tr", {}, head)]),
          element("tbody", {}, rows),
        ]),
      ],
    ),
    element("p", { class: "managed-note" }, [
      element("span", { class: "swatch other" }),
      " other daemons ",
      element("span", { class: "swatch own" }),
      ` ${preview.daemon.name}`,
      types.some((it) => it.isNominal) ? " · ≈ nominal: no instance of this type runs" : "",
      more > 0 ? ` · and ${counted(more, "more type")}` : "",
    ]),
  ]);
}

/** Why no instance type is known, and what helps. */
function emptyText({ preview: { providers }, cluster, isWithoutCluster }: ManagedPanel): string {
  const none = "No instance type is known";
  if (providers.length === 0) return `${none}: the daemon names no capacity provider.`;
  if (isWithoutCluster)
    return `${none}: select a cluster, or add the file of a capacity provider with instanceRequirements.`;
  const missing = providers.filter((it) => !it.isKnown).map((it) => it.name);
  if (missing.length === 0)
    return `${none}: add the file of the capacity provider with instanceRequirements.`;
  const [subject, are, file] =
    missing.length === 1
      ? ["capacity provider", "is", "its file"]
      : ["capacity providers", "are", "their files"];
  return `${none}: the ${subject} ${missing.join(", ")} ${are} not known in the cluster ${cluster}. Select another cluster, or add ${file} with instanceRequirements.`;
}

/** What all daemons take together, where that is the same on every type. */
function takenText([first, ...others]: readonly Row[], daemons: number): string {
  if (first === undefined) return "";
  const { cpu, memory } = first.taken;
  if (others.some(({ taken }) => taken.cpu !== cpu || taken.memory !== memory)) return "";
  return ` ${daemons === 1 ? "takes" : "take"} ${cpuText(cpu)} and ${memoryText(memory)}`;
}

function drawRow(
  row: Row,
  own: { readonly cpu: number; readonly memory: number },
  isSmallest: boolean,
): HTMLElement {
  const about = row.isNominal ? "≈ " : "";
  const name = element("th", { class: "type", attributes: { scope: "row" } }, [
    row.type,
    isSmallest ? element("span", { class: "managed-note", text: " smallest" }) : undefined,
    row.fits ? undefined : element("strong", { class: "short", text: " does not fit" }),
  ]);
  const left = row.fits
    ? memoryText(row.left.memory)
    : `short by ${memoryText(Math.max(0, -row.left.memory))}`;
  return element("tr", { class: isSmallest ? "smallest" : "" }, [
    name,
    element("td", { class: "number wide-only", text: countText(row.instances) }),
    meter(row, "cpu", own.cpu, about),
    meter(row, "memory", own.memory, about),
    element("td", {
      class: "number wide-only",
      text: row.fits ? `${about}${left}` : row.left.memory < 0 ? left : "short of CPU",
    }),
    row.copies === undefined
      ? undefined
      : element("td", { class: "number wide-only", text: copiesText(row.copies, about) }),
  ]);
}

/** With the daemon as it runs now, and with the one that is deployed. */
function copiesText({ before, after }: NonNullable<Row["copies"]>, about: string): string {
  return before === after
    ? `${about}${countText(after)}`
    : `${about}${countText(before)} → ${countText(after)}`;
}

function meter(row: Row, name: "cpu" | "memory", own: number, about: string): HTMLElement {
  const used = Math.max(0, row.taken[name] - own);
  return element("td", { class: "number share" }, [
    drawMeter({ whole: row[name], used, asked: own }),
    element("span", { text: `${about}${row.share[name]} %` }),
  ]);
}
