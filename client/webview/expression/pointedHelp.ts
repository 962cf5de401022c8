// What the word under the pointer means, in a box below it: asked for when the pointer rests on the word.

import { element, setChildren } from "../dom/dom";

export interface PointedHelp {
  readonly element: HTMLElement;
  /** `ask` asks for help at a place of the screen and tells the offset there; `undefined`: there is nothing. */
  watch(target: HTMLElement, ask: (x: number, y: number) => number | undefined): void;
  /** What has come for an offset; not shown where the pointer has moved on. */
  show(offset: number, words: readonly HTMLElement[], below: DOMRect): void;
  hide(): void;
}

/** Milliseconds, as an editor waits. */
const rest = 300;

export function createPointedHelp(): PointedHelp {
  const box = element("div", { class: "pointed-help", attributes: { role: "tooltip" } });
  box.hidden = true;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked: number | undefined;
  const hide = () => {
    clearTimeout(waiting);
    asked = undefined;
    box.hidden = true;
  };
  return {
    element: box,
    watch: (target, ask) => {
      target.addEventListener("pointermove", ({ clientX, clientY, buttons }) => {
        clearTimeout(waiting);
        if (buttons !== 0) return hide();
        waiting = setTimeout(() => {
          asked = ask(clientX, clientY);
          if (asked === undefined) hide();
        }, rest);
      });
      target.addEventListener("pointerleave", ({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && box.contains(relatedTarget))) hide();
      });
      box.addEventListener("pointerleave", hide);
      addEventListener("scroll", hide, { passive: true });
      addEventListener("keydown", ({ key }) => {
        if (key === "Escape") hide();
      });
    },
    show: (offset, words, below) => {
      if (offset !== asked) return;
      setChildren(box, words);
      box.hidden = false;
      const left = Math.min(below.left, innerWidth - box.offsetWidth - 8);
      box.style.left = `${Math.max(8, left)}px`;
      box.style.top = `${below.bottom}px`;
    },
    hide,
  };
}
