// Messages in their order, each taken a little at a time where there is much to do: the next one waits until it is done.

/** Milliseconds of a frame that are worked in; the rest of its 16 belongs to the browser. */
const budget = 10;

/** `take` does a message's work up to its next `yield`. What takes less than a slice is done when the pump returns. */
export function createPump<Message>(take: (message: Message) => Iterator<void>): (message: Message) => void {
  const waiting: Message[] = [];
  let work: Iterator<void> | undefined;
  let isScheduled = false;
  const go = () => {
    isScheduled = false;
    const end = performance.now() + budget;
    for (;;) {
      if (work === undefined) {
        const next = waiting.shift();
        if (next === undefined) return;
        work = take(next);
      }
      if (work.next().done === true) work = undefined;
      else if (performance.now() >= end) break;
    }
    isScheduled = true;
    requestAnimationFrame(go);
  };
  return (message) => {
    waiting.push(message);
    if (!isScheduled) go();
  };
}
