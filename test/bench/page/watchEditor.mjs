// Runs in the workbench that is measured: nothing from outside this function is there.

/** Runs in the workbench: notes when the keystroke, its character, the underline and the hint are on the screen. */
export function watchEditor() {
  const now = () => performance.timeOrigin + performance.now();
  /** @type {number | undefined} */
  let key;
  addEventListener(
    "keydown",
    (event) => {
      key = performance.timeOrigin + event.timeStamp;
    },
    true,
  );
  const text = () =>
    [...document.querySelectorAll(".editor-group-container .view-line")]
      .map((it) => it.textContent ?? "")
      .find((it) => it.includes("attribute:env"))
      ?.replaceAll("\u00a0", " ") ?? "";
  /** @param {boolean} isGood */
  const conditions = (isGood) => ({
    typed: () => text().includes(isGood ? '== prod"' : '== pro"'),
    squiggle: () =>
      (document.querySelector(".editor-group-container .view-overlays [class*='squiggly']") === null) ===
      isGood,
    hint: () => /\d of 5(,?000)?\b/.test(text()) && /\D0 of 5(,?000)?\b/.test(text()) !== isGood,
  });
  const bench = {
    /** @type {Promise<Record<string, number>> | undefined} */
    times: undefined,
    /** @param {boolean} isGood */
    expect: (isGood) => {
      bench.times = new Promise((resolve, reject) => {
        setTimeout(
          () => reject(new Error(`The editor shows ${text()}; there is ${Object.keys(times)}.`)),
          30_000,
        );
        key = undefined;
        const open = Object.entries(conditions(isGood));
        /** @type {Record<string, number>} */
        const times = {};
        const look = () => {
          if (key === undefined) return;
          for (const [index, [name, isTrue]] of [...open.entries()].reverse()) {
            if (!isTrue()) continue;
            open.splice(index, 1);
            requestAnimationFrame(() =>
              setTimeout(() => {
                times[name] = now();
                if (Object.keys(times).length === 3) finish();
              }),
            );
          }
        };
        const observer = new MutationObserver(look);
        const finish = () => {
          observer.disconnect();
          resolve({ ...times, key: key ?? Number.NaN });
        };
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
