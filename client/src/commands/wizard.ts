// Questions to the user, one after the other in one quick input, with a way back and without losing the keyboard.

import {
  CancellationError,
  type Disposable,
  type QuickInput,
  QuickInputButtons,
  type QuickPickItem,
  TabInputText,
  TabInputTextDiff,
  window,
} from "vscode";
import { printable } from "../../../server/src/core/text/printable";
import {
  type Asked,
  askPick,
  askText,
  type BackableInput,
  type PickQuestion,
  type TextQuestion,
} from "./wizardInputs";

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

interface OpenQuestion<Answer> {
  readonly ask: () => Asked<BackableInput, Answer>;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
  /** Whether it is not answered yet, in any of its boxes. */
  readonly isOpen: () => boolean;
}

/** The quick input of a wizard: what is on view stays until the next question takes its place. */
class WizardBox implements WizardPage {
  private readonly title: string;
  private shown: QuickInput | undefined;
  /** Boxes of the question that is shown, each shown once more since: an answer in them may be on its way. */
  private earlier: readonly QuickInput[] = [];
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
    for (const it of this.earlier) it.dispose();
    this.shown?.dispose();
  }

  async pick<Item extends QuickPickItem>(question: PickQuestion<Item>): Promise<Item> {
    const [item] = await this.show(() => askPick(question, "one"));
    if (item === undefined) throw new CancellationError();
    return item;
  }

  pickSeveral<Item extends QuickPickItem>(question: PickQuestion<Item>): Promise<readonly Item[]> {
    return this.show(() => askPick(question, "several"));
  }

  pickAny<Item extends QuickPickItem>(question: PickQuestion<Item>): Promise<readonly Item[]> {
    return this.show(() => askPick(question, "any"));
  }

  text(question: TextQuestion): Promise<string> {
    return this.show(() => askText(question));
  }

  private show<Answer>(ask: () => Asked<BackableInput, Answer>): Promise<Answer> {
    const isTakenAway = this.shown === undefined && isPageInFront();
    let isOpen = true;
    return new Promise<Answer>((resolve, reject) =>
      this.present({ ask, resolve, reject, isOpen: () => isOpen }, isTakenAway ? takenAway : []),
    ).finally(() => {
      isOpen = false;
    });
  }

  /** Shows a question, and as long as it is not touched, after each of `again` milliseconds in a new box. */
  private present<Answer>(question: OpenQuestion<Answer>, [again, ...later]: readonly number[]): void {
    const { ask, resolve, reject, isOpen } = question;
    const { input, listen, isTouched } = ask();
    let isShownAgain = false;
    const listening: Disposable[] = [];
    const end = () => listening.splice(0).forEach((it) => void it.dispose());
    const close = () => {
      end();
      // It stays until the next question is there; until then nothing can be answered twice.
      input.busy = true;
      input.enabled = false;
    };
    const fail = (reason: unknown) => {
      close();
      reject(reason);
    };
    const take = (answer: Answer) => {
      close();
      resolve(answer);
    };
    const presentAgain = () => {
      if (isTouched() || !isOpen()) return;
      isShownAgain = true;
      this.earlier = [...this.earlier, input];
      this.present(question, later);
    };
    listening.push(
      ...listen(take),
      input.onDidTriggerButton((button) => {
        if (button === QuickInputButtons.Back) fail(back);
      }),
      input.onDidHide(() => {
        if (!isShownAgain) fail(new CancellationError());
      }),
    );
    if (again !== undefined) listening.push(onceAfter(again, presentAgain));
    this.head(input);
    this.replace(input);
  }

  /** A box that is shown takes the focus; the one before it must still be there, or VS Code gives the focus back. */
  private replace(input: QuickInput): void {
    const before = this.shown;
    this.shown = input;
    input.show();
    if (before === undefined || this.earlier.includes(before)) return;
    before.dispose();
    for (const it of this.earlier) it.dispose();
    this.earlier = [];
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

/**
 * A page such as a preview or the walkthrough takes the focus back after the palette or a click in it has started the
 * command, some time after the box is shown. VS Code neither reports that nor has a command that gives the focus to the
 * field of a box (`workbench.action.focusQuickOpen` gives it to the list); a box that is shown has it. Milliseconds after
 * which the question is shown once more, each counted from the time before.
 */
const takenAway = [250, 350] as const;

/** Whether a webview or the walkthrough is in front, rather than a text. */
function isPageInFront(): boolean {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const isText = input instanceof TabInputText || input instanceof TabInputTextDiff;
  return window.tabGroups.activeTabGroup.activeTab !== undefined && !isText;
}

function onceAfter(milliseconds: number, work: () => void): Disposable {
  const timer = setTimeout(work, milliseconds);
  return { dispose: () => clearTimeout(timer) };
}
