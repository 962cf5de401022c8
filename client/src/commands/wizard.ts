// Questions to the user, one after the other in one quick input, with a way back and without losing the keyboard.

import {
  CancellationError,
  commands,
  type Disposable,
  type InputBox,
  type QuickInput,
  type QuickInputButton,
  QuickInputButtons,
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

export interface WizardPage {
  pick<Item extends QuickPickItem>(question: PickQuestion<Item>): Promise<Item>;
  /** At least one. */
  pickSeveral<Item extends QuickPickItem>(question: PickQuestion<Item>): Promise<readonly Item[]>;
  /** As `pickSeveral`, and none is an answer, too. */
  pickAny<Item extends QuickPickItem>(question: PickQuestion<Item>): Promise<readonly Item[]>;
  /** Trimmed. */
  text(question: TextQuestion): Promise<string>;
}

export interface WizardStep<Answers> {
  /** False: the answers so far make the question needless. */
  readonly isAsked?: (answers: Answers) => boolean;
  /** Asks and adds to the answers; those of a later step, from before a step back, are in them already. */
  ask(page: WizardPage, answers: Answers): Promise<Answers>;
}

const back = Symbol("back");

/** Asks every step that is needed; dismissing the box cancels the command without a word. */
export async function runWizard<Answers>(
  title: string,
  first: Answers,
  steps: readonly WizardStep<Answers>[],
): Promise<Answers> {
  const box = new WizardBox(title);
  let answers = first;
  const asked: number[] = [];
  const isAsked = (index: number) => steps[index]?.isAsked?.(answers) ?? true;
  const nextOf = (index: number) => steps.findIndex((_, at) => at > index && isAsked(at));
  let at = nextOf(-1);
  try {
    while (at >= 0) {
      const later = steps.filter((_, index) => index > at && isAsked(index)).length;
      box.place(asked.length + 1, asked.length + 1 + later);
      try {
        answers = (await steps[at]?.ask(box, answers)) ?? answers;
        asked.push(at);
        at = nextOf(at);
      } catch (error) {
        if (error !== back) throw error;
        at = asked.pop() ?? at;
      }
    }
    return answers;
  } finally {
    box.dispose();
  }
}

/** A single question. */
export function askOne<Answer>(title: string, ask: (page: WizardPage) => Promise<Answer>): Promise<Answer> {
  return runWizard<Answer | undefined>(title, undefined, [{ ask: (page) => ask(page) }]).then((answer) => {
    if (answer === undefined) throw new CancellationError();
    return answer;
  });
}

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
  if (several === "one") input.activeItems = chosen.length > 0 ? chosen : input.activeItems;
  else input.selectedItems = chosen;
  return { input, originals };
}

/** A box that a question is asked in. */
interface Asked<Input, Answer> {
  readonly input: Input;
  /** Calls `accept` with the answer. */
  readonly listen: (accept: (answer: Answer) => void) => readonly Disposable[];
}
type BackableInput = QuickInput & {
  buttons: readonly QuickInputButton[];
  readonly onDidTriggerButton: (listener: (button: QuickInputButton) => void) => Disposable;
};

/** The quick input of a wizard: what is on view stays until the next question takes its place. */
class WizardBox implements WizardPage {
  private readonly title: string;
  private shown: QuickInput | undefined;
  private step = 1;
  private total = 1;

  constructor(title: string) {
    this.title = title;
  }

  place(step: number, total: number): void {
    this.step = step;
    this.total = total;
  }

  dispose(): void {
    this.shown?.dispose();
  }

  async pick<Item extends QuickPickItem>(question: PickQuestion<Item>): Promise<Item> {
    const [item] = await this.show(askPick(question, "one"));
    if (item === undefined) throw new CancellationError();
    return item;
  }

  pickSeveral<Item extends QuickPickItem>(question: PickQuestion<Item>): Promise<readonly Item[]> {
    return this.show(askPick(question, "several"));
  }

  pickAny<Item extends QuickPickItem>(question: PickQuestion<Item>): Promise<readonly Item[]> {
    return this.show(askPick(question, "any"));
  }

  text(question: TextQuestion): Promise<string> {
    return this.show(askText(question));
  }

  private show<Answer>({ input, listen }: Asked<BackableInput, Answer>): Promise<Answer> {
    this.head(input);
    return new Promise<Answer>((resolve, reject) => {
      const listening: Disposable[] = [];
      const end = () => {
        for (const it of listening.splice(0)) it.dispose();
        // It stays until the next question is there; until then nothing can be answered twice.
        input.busy = true;
        input.enabled = false;
      };
      const fail = (reason: unknown) => {
        end();
        reject(reason);
      };
      listening.push(
        ...listen((answer) => {
          end();
          resolve(answer);
        }),
        input.onDidTriggerButton((button) => {
          if (button === QuickInputButtons.Back) fail(back);
        }),
        input.onDidHide(() => fail(new CancellationError())),
        keepKeyboard(),
      );
      const before = this.shown;
      this.shown = input;
      input.show();
      before?.dispose();
    });
  }

  private head(input: BackableInput): void {
    input.title = printable(this.title);
    input.ignoreFocusOut = true;
    if (this.total > 1) {
      input.step = this.step;
      input.totalSteps = this.total;
    }
    if (this.step > 1) input.buttons = [QuickInputButtons.Back];
  }
}

function askPick<Item extends QuickPickItem>(
  question: PickQuestion<Item>,
  several: "one" | "several" | "any",
): Asked<QuickPick<Item>, readonly Item[]> {
  const { input, originals } = createPick(question, several);
  return {
    input,
    listen: (accept) => [
      input.onDidAccept(() => {
        const taken = several === "one" ? input.activeItems.slice(0, 1) : input.selectedItems;
        if (taken.length > 0 || several === "any") accept(taken.map((it) => originals.get(it) ?? it));
      }),
    ],
  };
}

function askText({ prompt, placeHolder, value = "", problem }: TextQuestion): Asked<InputBox, string> {
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
    listen: (accept) => [
      input.onDidChangeValue(check),
      input.onDidAccept(() => {
        if (check()) accept(input.value.trim());
      }),
    ],
  };
}

/**
 * A page such as a preview or the walkthrough takes the focus back after the palette or a click in it has started the
 * command, some time after the box is shown. Milliseconds after which the box takes it again.
 */
const refocusing = [0, 60, 150, 300, 600] as const;

function keepKeyboard(): Disposable {
  const timers = refocusing.map((after) =>
    setTimeout(() => void commands.executeCommand("workbench.action.focusQuickOpen"), after),
  );
  return { dispose: () => timers.forEach(clearTimeout) };
}
