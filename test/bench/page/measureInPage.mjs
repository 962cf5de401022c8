// Runs in the preview panel that is measured: nothing from outside this function is there.

/**
 * Runs in the page. A message is cloned where it is sent, which in VS Code is another page: that task does not count.
 * What is measured ends when the page has drawn and has nothing left to do.
 * @param {() => void} act
 * @returns {Promise<{ milliseconds: number, tasks: number[] }>} how long it took, and its tasks over 50 ms
 */
export function measureInPage(act) {
  /** @type {PerformanceEntry[]} */
  const long = [];
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries()));
  observer.observe({ type: "longtask" });
  return new Promise((done) => {
    setTimeout(() => {
      act();
      const began = performance.now();
      const quiet = () =>
        requestAnimationFrame(() =>
          requestIdleCallback(() =>
            requestIdleCallback(() => {
              const milliseconds = performance.now() - began;
              // The observer is told of a task after its end.
              setTimeout(() => {
                observer.disconnect();
                const tasks = long.filter((it) => it.startTime >= began - 1).map((it) => it.duration);
                done({ milliseconds, tasks });
              }, 100);
            }),
          ),
        );
      setTimeout(quiet, 0);
    }, 50);
  });
}
