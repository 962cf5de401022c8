// When the panel draws: at once where that is short, else part by part over some turns, so that no frame is late. What
// changes meanwhile is drawn after that, once, however often it changed.

import { nextTurn, turnBudget } from "./nextTurn";

export interface Redraw {
  /** Draws everything before it returns. */
  now(): void;
  soon(length: "short" | "long"): void;
}

/** `draw` yields between its parts; it is called anew for each drawing. */
export function createRedraw(draw: () => Iterator<void>): Redraw {
  let parts: Iterator<void> | undefined;
  let hasBegun = false;
  let again = false;
  const step = (drawing: Iterator<void>) => {
    if (drawing !== parts) return;
    const end = performance.now() + turnBudget;
    hasBegun = true;
    while (parts !== undefined && performance.now() < end) {
      if (parts.next().done !== true) continue;
      parts = undefined;
      if (!again) return;
      again = false;
      parts = draw();
    }
    goOn();
  };
  const goOn = () => {
    const drawing = parts;
    if (drawing !== undefined) nextTurn(() => step(drawing));
  };
  const now = () => {
    parts = undefined;
    again = false;
    const all = draw();
    while (all.next().done !== true);
  };
  return {
    now,
    soon: (length) => {
      if (length === "short") return now();
      if (parts !== undefined) {
        again = hasBegun;
        return;
      }
      parts = draw();
      hasBegun = false;
      goOn();
    },
  };
}
