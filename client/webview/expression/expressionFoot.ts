// Below the expression field: whether the preview is with the expression, and what can be done with it.

import { button, element, setText } from "../dom/dom";

export interface ExpressionFoot {
  readonly element: HTMLElement;
  listen(actions: { add(): void; copy(): void; clear(): void }): void;
  /** The file that the constraint can be added to; `undefined`: none. */
  name(file: string | undefined, replaces: boolean): void;
  update(state: {
    readonly isTried: boolean;
    readonly isSound: boolean;
    readonly isEmpty: boolean;
    /** Something is said about the text already. */
    readonly hasProblem: boolean;
    /** "5 of 5": what it is without the expression. */
    readonly before: string | undefined;
  }): void;
}

export function createExpressionFoot(): ExpressionFoot {
  let actions = { add: () => {}, copy: () => {}, clear: () => {} };
  const said = element("span", { class: "note-text" });
  const add = button("", () => actions.add(), "link");
  const copy = button("Copy as JSON", () => actions.copy(), "link");
  const whole = element("div", { class: "expression-foot" }, [
    said,
    add,
    copy,
    button("Clear", () => actions.clear(), "link"),
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
    update: ({ isTried, isSound, isEmpty, hasProblem, before }) => {
      whole.hidden = isEmpty;
      add.hidden = !isSound || !hasFile;
      copy.hidden = !isSound;
      setText(
        said,
        isSound
          ? `Trying an expression (not saved).${before === undefined ? "" : ` Without it: ${before}.`}`
          : isTried
            ? "The preview shows the last valid expression."
            : "Applied when it is valid.",
      );
      // One sentence in the line: what is wrong comes first.
      said.hidden = hasProblem && (isSound || !isTried);
    },
  };
}
