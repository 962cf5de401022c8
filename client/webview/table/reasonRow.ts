// A line of the list for a reason that many container instances have: how many, what it is, and where they are.

import { countText } from "../../../server/src/core/text/counts";
import { element, richText } from "../dom/dom";
import { variantOf, verdictShape } from "../fleetMap/shapes";
import { verdictNames } from "../model/words";
import type { ReasonGroup } from "./reasonGroups";
import { cell } from "./row";

/** `id`: of the element. */
export function drawReasonGroup(
  { key, headline, verdict, rows, zones }: ReasonGroup,
  { id, isOpen }: { readonly id: string; readonly isOpen: boolean },
): HTMLElement {
  const [first] = rows;
  const where = element("div", {
    class: "cell-zones",
    text: zonesText(zones, rows.length),
    title: zones.map(([zone, count]) => `${zone}: ${countText(count)}`).join("\n"),
    attributes: { role: "gridcell" },
  });
  return element(
    "div",
    {
      class: "reason-group",
      attributes: { role: "row", id, "data-key": key, "aria-level": "1", "aria-expanded": String(isOpen) },
    },
    [
      cell("mark", [
        element("span", { class: "twistie", attributes: { "aria-hidden": "true" } }),
        verdictShape(verdict, first === undefined ? undefined : variantOf(first)),
      ]),
      cell("count", [
        element("strong", {
          text: `${countText(rows.length)} ${first?.moment?.state ?? verdictNames[verdict]}`,
        }),
      ]),
      cell("why", [element("span", { class: "why-text" }, richText(headline))]),
      where,
    ],
  );
}

/** More zones than these are counted. */
const namedZones = 4;

/** "1a 467 · 1b 467 · 1c 466": the last part of a name tells the zones of a Region apart. */
function zonesText(zones: ReasonGroup["zones"], instances: number): string {
  if (zones.length > namedZones) return `${zones.length} zones`;
  const known = zones.reduce((sum, [, count]) => sum + count, 0);
  const named = zones.map(([zone, count]) => `${zone.slice(zone.lastIndexOf("-") + 1)} ${countText(count)}`);
  const rest = known > 0 && known < instances ? [`no zone known ${countText(instances - known)}`] : [];
  return [...named, ...rest].join(" · ");
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
