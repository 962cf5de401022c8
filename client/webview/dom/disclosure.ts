// A section that opens and closes under its heading. What is closed is not there for the keyboard or a screen reader.

import { element } from "./dom";

export interface Disclosure {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  open(isOpen: boolean): void;
}

/**
 * `scrolls`: the content may be higher than its room and has nothing that takes the focus. `toggled` is called when the user opens or closes it, not when the
 * program does.
 */
export function createDisclosure(
  options: {
    readonly id: string;
    readonly title: string;
    readonly hint: string | HTMLElement;
    readonly class: string;
    readonly scrolls?: boolean;
  },
  content: readonly Node[],
  toggled: (isOpen: boolean) => void,
): Disclosure {
  const { id, title, hint } = options;
  const body = element("div", { class: "disclosed", attributes: { id: `${id}-content` } }, content);
  // What scrolls is reached with the keyboard, too.
  if (options.scrolls === true) body.tabIndex = 0;
  let isOpen = false;
  const toggle = element(
    "button",
    {
      class: "disclosure",
      attributes: { type: "button", "aria-controls": `${id}-content` },
      onClick: () => {
        open(!isOpen);
        toggled(isOpen);
      },
    },
    [
      element("span", { class: "twistie", attributes: { "aria-hidden": "true" } }),
      element("span", { text: title }),
    ],
  );
  const heading = element("h2", {}, [toggle]);
  const open = (now: boolean) => {
    isOpen = now;
    body.hidden = !now;
    toggle.setAttribute("aria-expanded", String(now));
  };
  open(false);
  const head = element("div", { class: "section-head" }, [
    heading,
    typeof hint === "string" ? element("span", { class: "muted", text: hint }) : hint,
  ]);
  return {
    element: element("section", { class: `section ${options.class}`, attributes: { "aria-label": title } }, [
      head,
      body,
    ]),
    get isOpen() {
      return isOpen;
    },
    open,
  };
}
