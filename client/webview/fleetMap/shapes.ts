// The marks of the states: a shape and a color each. The words stand next to them.

import type { Verdict } from "../../../server/src/core/scheduler/placement";
import { element } from "../dom/dom";
import type { Row } from "../model/instanceRecords";

/** What is drawn otherwise than its verdict says: a task of an old revision, and one that starts in a simulated step. */
export type MarkVariant = "outdated" | "starting";

export function variantOf({ verdict, outdated, moment }: Row): MarkVariant | undefined {
  if (outdated && verdict === "keep") return "outdated";
  return moment?.isStarting ? "starting" : undefined;
}

export function verdictShape(verdict: Verdict, variant?: MarkVariant): HTMLElement {
  return element("span", {
    class: `shape ${verdict}${variant === undefined ? "" : ` ${variant}`}`,
    attributes: { "aria-hidden": "true" },
  });
}
