import type { Verdict } from "../../../server/src/core/scheduler/placement";
import { element } from "../dom/dom";

/** The mark of a verdict. It has a shape of its own beside its color; the word stands next to it. */
export function verdictShape(verdict: Verdict, isOutdated = false): HTMLElement {
  return element("span", {
    class: `shape ${verdict}${isOutdated ? " outdated" : ""}`,
    attributes: { "aria-hidden": "true" },
  });
}
