// Joins a burst of events into one piece of work.

/** Runs `work` once, `milliseconds` after the first of a burst of calls: a stream of events cannot starve it. */
export function createDebounce(milliseconds: number, work: () => unknown): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      work();
    }, milliseconds);
  };
}
