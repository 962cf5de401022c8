// The detail of one instance beside the list: what is wrong, checks, clauses, resources.

import { button, element, setChildren, setText } from "../dom/dom";
import type { Row } from "../model/instanceRecords";
import { verdictNames } from "../model/words";
import { nameOf } from "./row";

export interface DetailPane {
  readonly element: HTMLElement;
  /** `undefined`: no instance is open. */
  update(row: Row | undefined, version: number, draw: () => HTMLElement): void;
  focus(): void;
}

export function createDetailPane(close: () => void): DetailPane {
  const name = element("h2");
  const state = element("span", { class: "muted" });
  const body = element("div", { class: "disclosed" });
  const closing = button("×", close, "link");
  closing.classList.add("remove");
  closing.setAttribute("aria-label", "Close the detail");
  const whole = element(
    "section",
    { class: "section detail-pane", attributes: { "aria-label": "Detail", tabindex: "-1" } },
    [element("div", { class: "section-head" }, [name, state, closing]), body],
  );
  whole.hidden = true;
  whole.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  });
  let shown = "";
  return {
    element: whole,
    update: (row, version, draw) => {
      whole.hidden = row === undefined;
      const key = row === undefined ? "" : JSON.stringify([row.id, row.verdict, row.reasons, version]);
      if (key === shown) return;
      shown = key;
      if (row === undefined) return setChildren(body, []);
      setText(name, nameOf(row));
      setText(state, row.moment?.state ?? verdictNames[row.verdict]);
      const detail = draw();
      // Beside the list it is no cell of a row.
      detail.removeAttribute("role");
      setChildren(body, [detail]);
    },
    focus: () => whole.focus({ preventScroll: true }),
  };
}
