// The keys in the expression field: walk through what may stand at the caret, take it, or leave it.

export interface ExpressionKeys {
  readonly isOpen: boolean;
  /** Asks what may stand at the caret. */
  ask(): void;
  move(steps: number): void;
  /** Leaves what is offered. */
  leave(): void;
  /** Takes what is chosen; false where nothing is. */
  accept(): boolean;
}

const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

export function listenToExpressionKeys(field: HTMLElement, keys: ExpressionKeys): void {
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || !press(event, keys)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Whether the key means something here. An expression is one line, so that Enter always does. */
function press({ key, ctrlKey, shiftKey }: KeyboardEvent, keys: ExpressionKeys): boolean {
  const move = Object.hasOwn(moves, key) ? moves[key] : undefined;
  if (key === " " && ctrlKey) keys.ask();
  else if (keys.isOpen && move !== undefined) keys.move(move);
  else if (key === "ArrowDown") keys.ask();
  else if (key === "Escape") {
    const wasOpen = keys.isOpen;
    keys.leave();
    return wasOpen;
  } else if (key === "Enter") {
    if (!shiftKey) keys.accept();
  } else return key === "Tab" && !shiftKey && keys.accept();
  return true;
}
