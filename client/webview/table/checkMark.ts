// The mark of a check: its shape is for the eye, its word for a screen reader.

import { element } from "../dom/dom";

export type CheckResult = "passed" | "failed" | "unknown";

const marks: Readonly<Record<CheckResult, string>> = { passed: "✓", failed: "✗", unknown: "?" };

/** `word`: read aloud; leave it out where the text next to the mark says the same. */
export function checkMark(result: CheckResult, word = ""): HTMLElement {
  return element("span", { class: "mark" }, [
    element("span", { text: marks[result], attributes: { "aria-hidden": "true" } }),
    word === "" ? undefined : element("span", { class: "unseen", text: word }),
  ]);
}
