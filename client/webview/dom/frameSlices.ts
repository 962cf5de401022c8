// Long work done a little at a time, so that the page never stops answering: a frame's slice, then the next frame's.

/** Milliseconds of a slice; the rest of a frame's 16 belongs to the browser. */
const budget = 10;

export interface Slices {
  /**
   * Does the work up to its next `yield` until the time is up, and goes on with the next frame. What of an earlier
   * work is left is forgotten. What takes less than a slice is done when this returns.
   */
  run(work: Iterator<void>): void;
}

export function createSlices(): Slices {
  let scheduled: number | undefined;
  const go = (work: Iterator<void>) => {
    scheduled = undefined;
    const end = performance.now() + budget;
    while (performance.now() < end) if (work.next().done) return;
    scheduled = requestAnimationFrame(() => go(work));
  };
  return {
    run: (work) => {
      if (scheduled !== undefined) cancelAnimationFrame(scheduled);
      go(work);
    },
  };
}
