// Messages in their order, each taken a little at a time where there is much to do: the next one waits until it is done.

import { nextTurn, turnBudget } from "./nextTurn";

/** What carries a message. Reading a large one takes as long as some steps of its work: it is read within a slice. */
interface Carrier<Message> {
  readonly data: Message;
}

/** `take` does a message's work up to its next `yield`. What takes less than a slice is done when the pump returns. */
export function createPump<Message>(
  take: (message: Message) => Iterator<void>,
): (carrier: Carrier<Message>) => void {
  const waiting: Carrier<Message>[] = [];
  let work: Iterator<void> | undefined;
  let isScheduled = false;
  const go = () => {
    isScheduled = false;
    const end = performance.now() + turnBudget;
    for (;;) {
      if (work === undefined) {
        const next = waiting.shift();
        if (next === undefined) return;
        work = take(next.data);
      } else if (work.next().done === true) work = undefined;
      if (performance.now() >= end) break;
    }
    isScheduled = true;
    nextTurn(go);
  };
  return (carrier) => {
    waiting.push(carrier);
    if (!isScheduled) go();
  };
}
