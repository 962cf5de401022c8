// Runs in the preview panel that is measured: nothing from outside this function is there.

/** Runs in the panel: notes when the preview comes in, and when the last of it is drawn. */
export function watchPanel() {
  const now = () => performance.timeOrigin + performance.now();
  const quiet = 150;
  const bench = {
    /** @type {Promise<Record<string, number>> | undefined} */
    times: undefined,
    /** @param {boolean} isGood */
    expect: (isGood) => {
      bench.times = new Promise((resolve, reject) => {
        setTimeout(
          () => reject(new Error(`The panel shows ${document.querySelector("h1")?.textContent}`)),
          30_000,
        );
        /** @type {number | undefined} */
        let arrived;
        /** @type {number | undefined} */
        let drawn;
        /** @type {ReturnType<typeof setTimeout> | undefined} */
        let done;
        /** @param {MessageEvent} event */
        const receive = ({ data }) => {
          if (data.kind !== "result") return;
          arrived = now();
          drawn = undefined;
          clearTimeout(done);
          changed();
        };
        const changed = () => {
          if (arrived === undefined) return;
          requestAnimationFrame(() =>
            setTimeout(() => {
              drawn = now();
              clearTimeout(done);
              done = setTimeout(finish, quiet);
            }),
          );
        };
        const observer = new MutationObserver(changed);
        const finish = () => {
          const isZero = / on 0 of /.test(document.querySelector("h1")?.textContent ?? "");
          if (isZero === isGood) return;
          observer.disconnect();
          removeEventListener("message", receive, true);
          resolve({ arrived: arrived ?? Number.NaN, panel: drawn ?? Number.NaN });
        };
        addEventListener("message", receive, true);
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
      });
    },
  };
  Object.assign(globalThis, { bench });
}
