// Long work done a little at a time, so that the page never stops answering.

import { nextTurn, turnBudget } from "./nextTurn";

export interface Slices {
  /**
   * Does the work up to its next `yield` until the time is up, and goes on in the next turn. What of an earlier work is
   * left is forgotten. What takes less than a slice is done when this returns.
   */
  run(work: Iterator<void>): void;
}

export function createSlices(): Slices {
  let newest: Iterator<void> | undefined;
  const go = (work: Iterator<void>) => {
    if (work !== newest) return;
    const end = performance.now() + turnBudget;
    while (performance.now() < end) if (work.next().done) return;
    nextTurn(() => go(work));
  };
  return {
    run: (work) => {
      newest = work;
      go(work);
    },
  };
}
