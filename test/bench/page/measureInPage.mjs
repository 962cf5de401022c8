// Runs in the preview panel that is measured: nothing from outside this function is there.

/**
 * Runs in the page. A message is cloned where it is sent, which in VS Code is another page: that task does not count.
 * What is measured ends when the page has drawn, waits for no further frame to go on in, and has nothing left to do.
 * @param {() => void} act
 * @returns {Promise<{ milliseconds: number, tasks: number[] }>} how long it took, and its tasks over 50 ms
 */
export function measureInPage(act) {
  /** @type {PerformanceEntry[]} */
  const long = [];
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries()));
  observer.observe({ type: "longtask" });
  const { requestAnimationFrame: request, cancelAnimationFrame: cancel } = window;
  /** The frames that the page waits for: it does long work a little in each. */
  const awaited = new Set();
  window.requestAnimationFrame = (callback) => {
    const frame = request((time) => {
      awaited.delete(frame);
      callback(time);
    });
    awaited.add(frame);
    return frame;
  };
  window.cancelAnimationFrame = (frame) => {
    awaited.delete(frame);
    cancel(frame);
  };
  return new Promise((done) => {
    setTimeout(() => {
      act();
      const began = performance.now();
      const finish = () => {
        const milliseconds = performance.now() - began;
        Object.assign(window, { requestAnimationFrame: request, cancelAnimationFrame: cancel });
        // The observer is told of a task after its end.
        setTimeout(() => {
          observer.disconnect();
          const tasks = long.filter((it) => it.startTime >= began - 1).map((it) => it.duration);
          done({ milliseconds, tasks });
        }, 100);
      };
      const quiet = () =>
        request(() =>
          requestIdleCallback(() => requestIdleCallback(() => (awaited.size > 0 ? quiet() : finish()))),
        );
      setTimeout(quiet, 0);
    }, 50);
  });
}
