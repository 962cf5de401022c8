// An expression tried out: a field with everything an editor gives, a count of what it selects, and what to do with it.
// While it is sound, the preview is with it; it stands in no file until the user asks for that.

import type {
  ExpressionHelp,
  ExpressionOffer,
  PreviewResult,
  TrialConstraint,
} from "../../../server/src/lsp/protocol/protocol";
import type { ExpressionMessage, HostMessage } from "../../src/preview/messages";
import { element, setText } from "../dom/dom";
import { selectField } from "../dom/fields";
import { landedBefore } from "../model/answer";
import { createExpressionAbout, type ExpressionFix, explained } from "./expressionAbout";
import { drawBox, fieldAttributes } from "./expressionFields";
import { createExpressionFoot } from "./expressionFoot";
import { ExpressionInput } from "./expressionInput";
import { listenToExpressionKeys } from "./expressionKeys";
import { OfferList } from "./offerList";
import { createPointedHelp } from "./pointedHelp";

export interface ExpressionBoxActions {
  post(message: ExpressionMessage): void;
  copyJson(text: string): void;
  /** There is something else to be kept through a reload. */
  changed(): void;
}

/** What is kept through a reload. */
export interface KeptExpression {
  readonly text: string;
  readonly replaces: boolean;
}

/** Milliseconds without a keystroke, after which a text is meant: half a word is no expression that anybody tries. */
const rest = 150;

type ExpressionAnswer = Extract<HostMessage, { readonly kind: "expression" }>;

export class ExpressionBox {
  readonly element: HTMLElement;
  /** What is wrong with the expression, else that it is tried; hidden where there is none. */
  readonly note: HTMLElement;
  /** What may stand at the caret: below the notes, which are read while one chooses. */
  readonly offers: HTMLElement;
  private readonly actions: ExpressionBoxActions;
  private readonly input = new ExpressionInput(fieldAttributes);
  private readonly offerList = new OfferList(this.input.element, (it) => this.accept(it));
  private readonly count = element("span", { class: "expression-count", attributes: { role: "status" } });
  private readonly mode = selectField("How the tried expression counts", [
    { value: "beside", text: "together with the constraints" },
    { value: "instead", text: "in place of the service's constraints" },
  ]);
  private readonly about = createExpressionAbout({
    select: (start, end) => this.select(start, end),
    fix: (it) => this.applyFix(it),
  });
  private readonly pointed = createPointedHelp();
  private readonly foot = createExpressionFoot();
  private told: ExpressionHelp | undefined;
  private toldCaret = -1;
  private wantsOffers = false;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private triedNow: TrialConstraint | undefined;
  private seen: PreviewResult | undefined;
  private documentName = "";

  constructor(actions: ExpressionBoxActions) {
    this.actions = actions;
    this.element = drawBox(this.input.element, this.count, this.pointed.element);
    this.note = element("div", { class: "note expression-note" }, [
      this.about.element,
      this.foot.element,
      this.mode,
    ]);
    this.note.hidden = true;
    this.offers = element("div", { class: "offer-place" }, [this.offerList.element]);
    this.listenToField();
    this.listenToPointer();
    this.mode.addEventListener("change", () => {
      if (this.triedNow !== undefined) this.tryOut(this.trialOf());
      this.nameFile();
      actions.changed();
    });
    this.foot.listen({
      add: () => actions.post({ kind: "addTrial", trial: this.trialOf() }),
      copy: () => {
        const constraint = { type: "memberOf", expression: this.input.text.trim() };
        actions.copyJson(JSON.stringify(constraint, undefined, 2));
      },
      clear: () => this.clear(),
    });
  }

  private listenToField(): void {
    const { input, offerList } = this;
    const field = input.element;
    field.addEventListener("input", (event) =>
      this.edited(offerList.isOpen || (event instanceof InputEvent && event.inputType.startsWith("insert"))),
    );
    listenToExpressionKeys(field, {
      get isOpen() {
        return offerList.isOpen;
      },
      ask: () => this.edited(true),
      move: (steps) => offerList.move(steps),
      leave: () => this.leaveOffers(),
      accept: () => {
        const { active } = offerList;
        if (active !== undefined) this.accept(active);
        return active !== undefined;
      },
    });
    document.addEventListener("selectionchange", () => {
      if (!input.hasFocus || input.caret === this.toldCaret) return;
      this.leaveOffers();
      this.ask();
    });
    field.addEventListener("blur", () => this.leaveOffers());
  }

  private listenToPointer(): void {
    const { input } = this;
    this.pointed.watch(input.element, (x, y) => {
      const offset = this.offerList.isOpen ? undefined : input.offsetAt(x, y);
      if (offset !== undefined)
        this.actions.post({ kind: "expression", text: input.text, offset, purpose: "pointing" });
      return offset;
    });
  }

  get kept(): KeptExpression {
    return { text: this.input.text, replaces: this.mode.value === "instead" };
  }

  /** What the preview is with. */
  get tried(): TrialConstraint | undefined {
    return this.triedNow;
  }

  /** Goes on with what was kept and tried, or begins with nothing. */
  restore(kept: KeptExpression | undefined, tried: TrialConstraint | undefined): void {
    this.mode.value = kept?.replaces === true ? "instead" : "beside";
    this.input.reset(kept?.text ?? "");
    this.tryOut(tried);
    if (this.input.text !== "") this.ask();
  }

  update(result: PreviewResult, documentName: string): void {
    this.documentName = documentName;
    // Counts and values are those of another cluster now.
    if (this.seen !== result && this.input.text !== "") this.ask();
    this.seen = result;
    this.nameFile();
    this.draw();
  }

  take(message: ExpressionAnswer): void {
    if (message.text !== this.input.text) return;
    if (message.purpose === "pointing") this.showPointed(message);
    else if (message.offset === this.toldCaret) this.takeHelp(message);
  }

  clear(): void {
    this.mode.value = "beside";
    this.input.reset("");
    this.edited(false);
  }

  /** Selects a clause of the expression. */
  select(start: number, end: number): void {
    this.input.select(start, end);
  }

  private ask(): void {
    const { text, caret } = this.input;
    this.toldCaret = caret;
    this.actions.post({ kind: "expression", text, offset: caret, purpose: "typing" });
  }

  private showPointed({ offset, help }: ExpressionAnswer): void {
    const { span, words } = explained(help, offset);
    if (words.length > 0) this.pointed.show(offset, words, this.input.rectangle(span.start, span.end));
  }

  private takeHelp(message: ExpressionAnswer): void {
    const { help } = message;
    this.told = help;
    clearTimeout(this.resting);
    if (help.isSound)
      this.resting = setTimeout(() => {
        this.tryOut(this.trialOf());
        this.draw();
      }, rest);
    const [first] = help.offers;
    const isDone = first === undefined || isTyped(first, message);
    if (this.wantsOffers && this.input.hasFocus && !isDone) this.offerList.open(help.offers, help.more);
    else this.offerList.close();
    this.draw();
  }

  private tryOut(now: TrialConstraint | undefined): void {
    clearTimeout(this.resting);
    if (JSON.stringify(now) === JSON.stringify(this.triedNow)) return;
    this.triedNow = now;
    this.actions.changed();
    this.actions.post(now === undefined ? { kind: "trial" } : { kind: "trial", trial: now });
  }

  private trialOf(): TrialConstraint {
    return {
      expression: this.input.text.trim(),
      ...(this.mode.value === "instead" && { replaces: true }),
    };
  }

  private edited(offersWanted: boolean): void {
    this.wantsOffers = offersWanted;
    clearTimeout(this.resting);
    this.pointed.hide();
    if (!offersWanted) this.offerList.close();
    if (this.input.text.trim() === "") this.tryOut(undefined);
    this.actions.changed();
    this.ask();
  }

  private leaveOffers(): void {
    this.wantsOffers = false;
    this.offerList.close();
  }

  private accept({ replace, newText, caret, continues }: ExpressionOffer): void {
    // Offers of a text that has changed since would go to the wrong place.
    if (this.toldCaret !== this.input.caret) return;
    this.offerList.close();
    this.input.replace(replace.start, replace.end, newText, replace.start + caret);
    this.edited(continues);
  }

  private applyFix({ edits }: ExpressionFix): void {
    for (const { span, newText } of [...edits].sort((a, b) => b.span.start - a.span.start))
      this.input.replace(span.start, span.end, newText, span.start + newText.length);
    this.edited(false);
  }

  private nameFile(): void {
    const { documentName } = this;
    const isQuery = documentName.endsWith(".ecsquery");
    const { uri } = this.seen?.service ?? {};
    const file = uri === undefined ? documentName : decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
    this.foot.name(isQuery ? undefined : file, this.mode.value === "instead");
  }

  private draw(): void {
    const { input, told, count, mode, seen } = this;
    const problems = told?.problems ?? [];
    const isEmpty = input.text.trim() === "";
    input.color(told);
    setText(count, told?.selects ?? "");
    count.title = "Container instances that the expression selects, whatever their status";
    input.element.setAttribute("aria-invalid", String(problems.some((it) => it.severity === "error")));
    // Where the service has none, there is nothing to be in place of.
    const hasOthers = seen?.constraints.some((it) => it.from === "service") === true;
    mode.hidden = isEmpty || !(hasOthers || mode.value === "instead");
    const [constraint] = seen?.constraints.filter((it) => it.from !== "trial") ?? [];
    input.element.setAttribute("data-placeholder", constraint?.expression ?? "attribute:env == prod");
    this.about.update(isEmpty ? undefined : told, this.toldCaret);
    this.foot.update({
      isTried: this.triedNow !== undefined,
      isSound: told?.isSound === true,
      isEmpty,
      hasProblem: problems.length > 0,
      before: beforeTrial(seen),
    });
    this.note.hidden = isEmpty;
  }
}

/** "5 of 5": where the daemon lands without the trial; absent with other changes of What if. */
function beforeTrial(result: PreviewResult | undefined): string | undefined {
  const { whatIf } = result ?? {};
  if (whatIf?.trial === undefined || whatIf.changes.length + whatIf.problems.length > 0) return undefined;
  return result === undefined ? undefined : landedBefore(result);
}

/** Whether an offer would change nothing. */
function isTyped({ replace, newText }: ExpressionOffer, { text }: { readonly text: string }): boolean {
  return text.slice(replace.start, replace.end) === newText.trimEnd();
}
