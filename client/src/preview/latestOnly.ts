/**
 * Makes a function that may be called at any rate out of slow work: at most one run is under way, and calls during a
 * run cause exactly one more, which sees the newest state. The promise settles when nothing is left to do.
 */
export function latestOnly(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async (): Promise<void> => {
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      running = undefined;
    }
  };
  return () => {
    if (running !== undefined) again = true;
    else running = run();
    return running ?? Promise.resolve();
  };
}
