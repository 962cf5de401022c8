// The boxes of VS Code in which the questions of a wizard are asked.

import {
  type Disposable,
  type InputBox,
  type QuickInput,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
  window,
} from "vscode";
import { printable } from "../../../server/src/core/text/printable";

interface Question {
  readonly prompt: string;
}

export interface PickQuestion<Item extends QuickPickItem> extends Question {
  readonly items: readonly Item[];
  /** Entries that are ticked, or where the cursor stands, to begin with. */
  readonly isChosen?: (item: Item) => boolean;
}

export interface TextQuestion extends Question {
  readonly placeHolder?: string;
  readonly value?: string;
  /** Why a text is not taken; `undefined` where it is. */
  readonly problem?: (text: string) => string | undefined;
}

/** A box that a question is asked in. */
export interface Asked<Input, Answer> {
  readonly input: Input;
  /** Calls `accept` with the answer. */
  readonly listen: (accept: (answer: Answer) => void) => readonly Disposable[];
  /** Whether something was typed, ticked or moved to. */
  readonly isTouched: () => boolean;
}
export type BackableInput = QuickInput & {
  buttons: readonly QuickInputButton[];
  readonly onDidTriggerButton: (listener: (button: QuickInputButton) => void) => Disposable;
};

/** Names in items come from files and accounts. */
function readableItem<Item extends QuickPickItem>(item: Item): Item {
  const { label, description, detail } = item;
  return {
    ...item,
    label: printable(label),
    ...(description !== undefined && { description: printable(description) }),
    ...(detail !== undefined && { detail: printable(detail) }),
  };
}

/** A list to pick from, and for each shown item the one that was asked about. */
function createPick<Item extends QuickPickItem>(
  { items, prompt, isChosen = () => false }: PickQuestion<Item>,
  several: "one" | "several" | "any",
) {
  const input: QuickPick<Item> = window.createQuickPick<Item>();
  input.placeholder = printable(prompt);
  input.canSelectMany = several !== "one";
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  const originals = new Map(items.map((it) => [readableItem(it), it]));
  const shown = [...originals.keys()];
  input.items = shown;
  const chosen = shown.filter((it) => isChosen(originals.get(it) ?? it));
  // Without an active item Enter would take nothing: where none is chosen VS Code makes the first one active.
  if (several !== "one") input.selectedItems = chosen;
  else if (chosen.length > 0) input.activeItems = chosen;
  return { input, originals };
}

/** A list to take one or several entries of. */
export function askPick<Item extends QuickPickItem>(
  question: PickQuestion<Item>,
  several: "one" | "several" | "any",
): Asked<QuickPick<Item>, readonly Item[]> {
  const { input, originals } = createPick(question, several);
  const [first] = input.items;
  const start = input.activeItems[0] ?? first;
  const ticked = new Set(input.selectedItems);
  return {
    input,
    isTouched: () =>
      input.value !== "" ||
      (input.activeItems[0] ?? start) !== start ||
      input.selectedItems.length !== ticked.size ||
      input.selectedItems.some((it) => !ticked.has(it)),
    listen: (accept) => [
      input.onDidAccept(() => {
        const taken = several === "one" ? input.activeItems.slice(0, 1) : input.selectedItems;
        if (taken.length > 0 || several === "any") accept(taken.map((it) => originals.get(it) ?? it));
      }),
    ],
  };
}

/** A field for a text; a text with a problem is not taken. */
export function askText({ prompt, placeHolder, value = "", problem }: TextQuestion): Asked<InputBox, string> {
  const input: InputBox = window.createInputBox();
  input.prompt = printable(prompt);
  input.placeholder = placeHolder;
  input.value = value;
  const check = () => {
    input.validationMessage = problem?.(input.value);
    return input.validationMessage === undefined;
  };
  return {
    input,
    isTouched: () => input.value !== value,
    listen: (accept) => [
      input.onDidChangeValue(check),
      input.onDidAccept(() => {
        if (check()) accept(input.value.trim());
      }),
    ],
  };
}
