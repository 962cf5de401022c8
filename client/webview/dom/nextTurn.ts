// Goes on with long work in a task of its own, so that the browser takes input and draws frames in between. Waiting for
// the next frame instead would leave most of the time unused.

const { port1: begin, port2: end } = new MessageChannel();
const waiting: (() => void)[] = [];
end.onmessage = () => waiting.shift()?.();

/** Milliseconds that are worked in one task: less than a frame has. */
export const turnBudget = 10;

export function nextTurn(work: () => void): void {
  waiting.push(work);
  begin.postMessage(undefined);
}
