// A bar for a resource: grey what is used, blue what is asked; hatched where that does not fit, with a mark where the
// instance ends. The words next to it say the same.

import { element } from "./dom";

export interface Metered {
  /** What the instance has. */
  readonly whole: number;
  readonly used: number;
  readonly asked: number;
}

export function drawMeter({ whole, used, asked }: Metered): HTMLElement {
  const isOver = used + asked > whole;
  const scale = Math.max(1, whole, used + asked);
  const percent = (amount: number) => `${(100 * Math.min(Math.max(0, amount), scale)) / scale}%`;
  const part = (amount: number, kind: string) => {
    const made = element("span", { class: kind });
    made.style.width = percent(amount);
    return made;
  };
  const end = element("span", { class: "end" });
  end.style.left = percent(whole);
  return element("span", { class: isOver ? "meter over" : "meter", attributes: { "aria-hidden": "true" } }, [
    part(used, "other"),
    part(asked, "own"),
    isOver ? end : undefined,
  ]);
}
