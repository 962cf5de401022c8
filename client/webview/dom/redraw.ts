// When the panel draws: at once where that is short, else part by part over some frames, so that no frame is late. What
// changes meanwhile is drawn after that, once, however often it changed.

/** Milliseconds of a frame that are drawn in; the rest of its 16 belongs to the browser. */
const budget = 10;

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
  let scheduled: number | undefined;
  const step = () => {
    const end = performance.now() + budget;
    scheduled = undefined;
    hasBegun = true;
    while (performance.now() < end) {
      if (parts?.next().done !== true) continue;
      parts = undefined;
      if (!again) return;
      again = false;
      parts = draw();
    }
    scheduled = requestAnimationFrame(step);
  };
  const now = () => {
    if (scheduled !== undefined) cancelAnimationFrame(scheduled);
    scheduled = undefined;
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
      scheduled = requestAnimationFrame(step);
    },
  };
}
