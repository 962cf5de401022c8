// The elements of the expression box that do not change: the line with its label, field and count.

import { element } from "../dom/dom";
import { offerListId } from "./offerList";

/** What assistive technology reads of the field. */
export const fieldAttributes = {
  role: "combobox",
  "aria-label": "Try an expression",
  "aria-autocomplete": "list",
  "aria-haspopup": "listbox",
  "aria-expanded": "false",
  "aria-controls": offerListId,
  "aria-describedby": "expression-about",
  "data-placeholder": "attribute:env == prod",
};

/** The line with the field and what it selects; below it, what the pointer is on. */
export function drawBox(field: HTMLElement, count: HTMLElement, pointed: HTMLElement): HTMLElement {
  const label = element("span", {
    text: "Try",
    attributes: { id: "expression-label", title: "Try an expression" },
  });
  return element("section", { class: "expression", attributes: { "aria-label": "Try an expression" } }, [
    element("div", { class: "expression-line" }, [
      label,
      element("div", { class: "expression-field" }, [field, count]),
    ]),
    pointed,
  ]);
}
