// Play: goes through the steps of a story by itself, until its end or until the user does something else.

import { button, setText } from "../dom/dom";

export interface Play {
  readonly element: HTMLElement;
  toggle(): void;
  stop(): void;
}

/** Milliseconds that a step is on view. */
const pace = 1000;

/** `place`: the step on view, and the last one. Where motion is to be reduced there is no such button. */
export function createPlay(
  place: () => { readonly step: number; readonly last: number },
  go: (step: number) => void,
): Play {
  let timer: ReturnType<typeof setInterval> | undefined;
  const say = () => setText(element, timer === undefined ? "Play" : "Pause");
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    say();
  };
  const advance = () => {
    const { step, last } = place();
    // The story was closed, or another one is on its way.
    if (step >= last || element.offsetParent === null) return stop();
    go(step + 1);
    if (step + 1 === last) stop();
  };
  const toggle = () => {
    if (timer !== undefined) return stop();
    const { step, last } = place();
    timer = setInterval(advance, pace);
    go(step === last ? 0 : step + 1);
    say();
  };
  const element = button("Play", toggle, "secondary");
  element.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return { element, toggle: () => (element.hidden ? undefined : toggle()), stop };
}
