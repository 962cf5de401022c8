// Below the expression field: whether the preview is with the expression, and what can be done with it.

import { button, element, setText } from "../dom/dom";

export interface ExpressionFoot {
  readonly element: HTMLElement;
  listen(actions: { add(): void; copy(): void; clear(): void }): void;
  /** The file that the constraint can be added to; `undefined`: none. */
  name(file: string | undefined, replaces: boolean): void;
  update(state: { readonly isTried: boolean; readonly isSound: boolean; readonly isEmpty: boolean }): void;
}

export function createExpressionFoot(): ExpressionFoot {
  let actions = { add: () => {}, copy: () => {}, clear: () => {} };
  const said = element("span", { class: "muted" });
  const add = button("", () => actions.add(), "secondary");
  const copy = button("Copy as JSON", () => actions.copy(), "secondary");
  const whole = element("div", { class: "form-actions expression-foot" }, [
    said,
    add,
    copy,
    button("Clear", () => actions.clear(), "secondary"),
  ]);
  let hasFile = false;
  return {
    element: whole,
    listen: (now) => {
      actions = now;
    },
    name: (file, replaces) => {
      hasFile = file !== undefined;
      setText(add, replaces ? `Replace those of ${file}` : `Add to ${file}`);
    },
    update: ({ isTried, isSound, isEmpty }) => {
      whole.hidden = isEmpty;
      add.hidden = !isSound || !hasFile;
      copy.hidden = !isSound;
      setText(
        said,
        isSound
          ? "Tried here, in no file."
          : isTried
            ? "The preview goes on with the last expression that had no mistake."
            : "It is tried out as soon as it has no mistake.",
      );
    },
  };
}
