// What may stand at the caret of the expression field: a list below it, and beside the list what the chosen one means.
// The focus stays in the field; the field tells a screen reader which option is active.

import { countText } from "../../../server/src/core/text/counts";
import type { ExpressionOffer } from "../../../server/src/lsp/protocol/protocol";
import { element, setChildren } from "../dom/dom";
import { markdown } from "../dom/markdown";

export const offerListId = "expression-offers";

export interface OfferList {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  readonly active: ExpressionOffer | undefined;
  open(offers: readonly ExpressionOffer[], more: number): void;
  close(): void;
  /** By one or several, around the ends for one. */
  move(steps: number): void;
}

export function createOfferList(
  /** The field. */
  owner: HTMLElement,
  take: (offer: ExpressionOffer) => void,
): OfferList {
  const list = element("ul", {
    class: "offers",
    attributes: { role: "listbox", id: offerListId, "aria-label": "What may stand here" },
  });
  const about = element("div", { class: "offer-about muted" });
  const rest = element("div", { class: "offer-more muted" });
  const whole = element("div", { class: "offer-box" }, [
    element("div", { class: "offer-side" }, [list, rest]),
    about,
  ]);
  let offers: readonly ExpressionOffer[] = [];
  let active = 0;
  const close = () => {
    offers = [];
    whole.hidden = true;
    owner.setAttribute("aria-expanded", "false");
    owner.removeAttribute("aria-activedescendant");
  };
  const activate = (index: number) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[index];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    owner.setAttribute("aria-activedescendant", option?.id ?? "");
    const words = markdown(offers[index]?.documentation ?? "");
    about.hidden = words.length === 0;
    setChildren(about, words);
  };
  // The field keeps the focus.
  whole.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target instanceof Element ? target.closest("li") : null;
    const offer = option === null ? undefined : offers[[...list.children].indexOf(option)];
    if (offer !== undefined) take(offer);
  });
  close();
  return {
    element: whole,
    get isOpen() {
      return !whole.hidden;
    },
    get active() {
      return offers[active];
    },
    open: (now, more) => {
      const same = offers[active]?.label;
      offers = now;
      setChildren(list, now.map(option));
      rest.hidden = more === 0;
      rest.textContent = `${countText(more)} more: go on typing to find them.`;
      whole.hidden = false;
      owner.setAttribute("aria-expanded", "true");
      activate(
        Math.max(
          0,
          now.findIndex((it) => it.label === same),
        ),
      );
    },
    close,
    move: (steps) => {
      const last = offers.length - 1;
      const next = active + steps;
      activate(
        Math.abs(steps) === 1
          ? next < 0
            ? last
            : next > last
              ? 0
              : next
          : Math.min(last, Math.max(0, next)),
      );
    },
  };
}

function option({ label, kind, detail }: ExpressionOffer, index: number): HTMLElement {
  return element(
    "li",
    {
      class: `offer ${kind}`,
      attributes: { role: "option", id: `expression-offer-${index}`, "aria-selected": "false" },
    },
    [
      element("span", { class: "offer-label", text: label }),
      detail === undefined ? undefined : element("span", { class: "offer-detail", text: ` ${detail}` }),
    ],
  );
}
