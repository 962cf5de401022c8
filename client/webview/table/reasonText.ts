// The parts of a reason that stand beside its message: the numbers, and what would help.

import type { FilterName, Reason } from "../../../server/src/core/scheduler/placement";
import { element, richText } from "../dom/dom";
import { quantity } from "../model/words";

/** What these filters ask for is a word or a clause, which their message has already. */
const wordy: ReadonlySet<FilterName> = new Set(["status", "constraints", "agent"]);

/** Asked and available, where the reason knows them. */
export function numbers(reason: Reason): HTMLElement | undefined {
  const { filter, requested, available } = reason;
  if (wordy.has(filter) || (requested === undefined && available === undefined)) return undefined;
  const parts = [
    ...(requested === undefined ? [] : [`asked ${quantity(filter, requested)}`]),
    ...(available === undefined ? [] : [`available ${quantity(filter, available)}`]),
  ];
  return element("span", { class: "numbers", text: parts.join(" · ") });
}

export function remedyText(reason: Reason): HTMLElement | undefined {
  if (reason.remedy === undefined) return undefined;
  return element("span", { class: "remedy" }, richText(reason.remedy));
}
