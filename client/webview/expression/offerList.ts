// What may stand at the caret of the expression field: a list below it, and beside the list what the chosen one means.
// The focus stays in the field; the field tells a screen reader which option is active.

import { countText } from "../../../server/src/core/text/counts";
import type { ExpressionOffer } from "../../../server/src/lsp/protocol/protocol";
import { element, setChildren } from "../dom/dom";
import { markdown } from "../dom/markdown";

export const offerListId = "expression-offers";

export class OfferList {
  readonly element: HTMLElement;
  private readonly owner: HTMLElement;
  private readonly list = element("ul", {
    class: "offers",
    attributes: { role: "listbox", id: offerListId, "aria-label": "Suggestions" },
  });
  private readonly about = element("div", { class: "offer-about muted" });
  private readonly rest = element("div", { class: "offer-more muted" });
  private offers: readonly ExpressionOffer[] = [];
  private position = 0;

  /** `owner` is the field. */
  constructor(owner: HTMLElement, take: (offer: ExpressionOffer) => void) {
    this.owner = owner;
    const { list, about, rest } = this;
    this.element = element("div", { class: "offer-box" }, [
      element("div", { class: "offer-side" }, [list, rest]),
      about,
    ]);
    // The field keeps the focus.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => {
      const clicked = target instanceof Element ? target.closest("li") : null;
      const offer = clicked === null ? undefined : this.offers[[...list.children].indexOf(clicked)];
      if (offer !== undefined) take(offer);
    });
    this.close();
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  get active(): ExpressionOffer | undefined {
    return this.offers[this.position];
  }

  /** What was active stays so where it is offered still. */
  open(offers: readonly ExpressionOffer[], more: number): void {
    const label = this.active?.label;
    this.offers = offers;
    setChildren(this.list, offers.map(option));
    this.rest.hidden = more === 0;
    this.rest.textContent = `${countText(more)} more: continue typing to find them.`;
    this.element.hidden = false;
    this.owner.setAttribute("aria-expanded", "true");
    const same = offers.findIndex((it) => it.label === label);
    this.activate(Math.max(0, same));
  }

  close(): void {
    this.offers = [];
    this.element.hidden = true;
    this.owner.setAttribute("aria-expanded", "false");
    this.owner.removeAttribute("aria-activedescendant");
  }

  /** By one or several, around the ends for one. */
  move(steps: number): void {
    this.activate(movedPosition(this.position, steps, this.offers.length));
  }

  private activate(position: number): void {
    const { list, about, owner } = this;
    list.children[this.position]?.setAttribute("aria-selected", "false");
    this.position = position;
    const now = list.children[position];
    now?.setAttribute("aria-selected", "true");
    now?.scrollIntoView({ block: "nearest" });
    owner.setAttribute("aria-activedescendant", now?.id ?? "");
    const words = markdown(this.offers[position]?.documentation ?? "");
    about.hidden = words.length === 0;
    setChildren(about, words);
  }
}

/** A single step goes around the ends, a longer one stops there. */
function movedPosition(position: number, steps: number, count: number): number {
  const next = position + steps;
  if (Math.abs(steps) === 1) return (next + count) % count;
  return Math.min(count - 1, Math.max(0, next));
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
