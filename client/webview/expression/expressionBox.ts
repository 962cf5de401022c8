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
import { createExpressionFoot } from "./expressionFoot";
import { createExpressionInput } from "./expressionInput";
import { createOfferList, offerListId } from "./offerList";
import { createPointedHelp } from "./pointedHelp";

export interface ExpressionBoxActions {
  post(message: ExpressionMessage): void;
  copy(text: string, what: string): void;
  /** There is something else to be kept through a reload. */
  changed(): void;
}

/** What is kept through a reload. */
export interface KeptExpression {
  readonly text: string;
  readonly replaces: boolean;
}

export interface ExpressionBox {
  readonly element: HTMLElement;
  /** What is wrong with the expression, else that it is tried; hidden where there is none. */
  readonly note: HTMLElement;
  /** What may stand at the caret: below the notes, which are read while one chooses. */
  readonly offers: HTMLElement;
  readonly kept: KeptExpression;
  /** What the preview is with. */
  readonly tried: TrialConstraint | undefined;
  /** Goes on with what was kept and tried, or begins with nothing. */
  restore(kept: KeptExpression | undefined, tried: TrialConstraint | undefined): void;
  update(result: PreviewResult, documentName: string): void;
  take(message: Extract<HostMessage, { readonly kind: "expression" }>): void;
  clear(): void;
  /** Selects a clause of the expression. */
  select(start: number, end: number): void;
}

/** Milliseconds without a keystroke, after which a text is meant: half a word is no expression that anybody tries. */
const rest = 150;

export function createExpressionBox(actions: ExpressionBoxActions): ExpressionBox {
  const input = createExpressionInput({
    role: "combobox",
    "aria-label": "Try an expression",
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    "aria-expanded": "false",
    "aria-controls": offerListId,
    "aria-describedby": "expression-about",
    "data-placeholder": "attribute:env == prod",
  });
  const field = input.element;
  const offers = createOfferList(field, (it) => accept(it));
  const count = element("span", { class: "expression-count", attributes: { role: "status" } });
  const mode = selectField("How the tried expression counts", [
    { value: "beside", text: "together with the constraints" },
    { value: "instead", text: "in place of the service's constraints" },
  ]);
  const about = createExpressionAbout({ select: input.select, fix: (it) => applyFix(it) });
  const pointed = createPointedHelp();
  const foot = createExpressionFoot();
  const whole = element(
    "section",
    { class: "expression", attributes: { "aria-label": "Try an expression" } },
    [
      element("div", { class: "expression-line" }, [
        element("span", { text: "Try", attributes: { id: "expression-label", title: "Try an expression" } }),
        element("div", { class: "expression-field" }, [field, count]),
      ]),
      pointed.element,
    ],
  );
  const note = element("div", { class: "note expression-note" }, [about.element, foot.element, mode]);

  let told: ExpressionHelp | undefined;
  let wantsOffers = false;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let toldCaret = -1;
  let tried: TrialConstraint | undefined;
  let seen: PreviewResult | undefined;
  let documentName = "";

  const ask = () => {
    toldCaret = input.caret;
    actions.post({ kind: "expression", text: input.text, offset: toldCaret, purpose: "typing" });
  };
  const tryOut = (now: TrialConstraint | undefined) => {
    clearTimeout(resting);
    if (JSON.stringify(now) === JSON.stringify(tried)) return;
    tried = now;
    actions.changed();
    actions.post(now === undefined ? { kind: "trial" } : { kind: "trial", trial: now });
  };
  const trialOf = (): TrialConstraint => ({
    expression: input.text.trim(),
    ...(mode.value === "instead" && { replaces: true }),
  });
  const tryNow = () => {
    tryOut(trialOf());
    draw();
  };
  const edited = (offersWanted: boolean) => {
    wantsOffers = offersWanted;
    clearTimeout(resting);
    pointed.hide();
    if (!offersWanted) offers.close();
    if (input.text.trim() === "") tryOut(undefined);
    actions.changed();
    ask();
  };
  const accept = ({ replace, newText, caret, continues }: ExpressionOffer) => {
    // Offers of a text that has changed since would go to the wrong place.
    if (toldCaret !== input.caret) return;
    offers.close();
    input.replace(replace.start, replace.end, newText, replace.start + caret);
    edited(continues);
  };
  const clear = () => {
    mode.value = "beside";
    input.reset("");
    edited(false);
  };
  const draw = () => {
    input.color(told);
    setText(count, told?.selects ?? "");
    count.title = "Container instances that the expression selects, whatever their status";
    field.setAttribute("aria-invalid", String(told?.problems.some((it) => it.severity === "error") === true));
    const isEmpty = input.text.trim() === "";
    // Where the service has none, there is nothing to be in place of.
    const hasOthers = seen?.constraints.some((it) => it.from === "service") === true;
    mode.hidden = isEmpty || !(hasOthers || mode.value === "instead");
    const [constraint] = seen?.constraints.filter((it) => it.from !== "trial") ?? [];
    field.setAttribute("data-placeholder", constraint?.expression ?? "attribute:env == prod");
    about.update(isEmpty ? undefined : told, toldCaret);
    foot.update({
      isTried: tried !== undefined,
      isSound: told?.isSound === true,
      isEmpty,
      hasProblem: (told?.problems.length ?? 0) > 0,
      before: beforeTrial(seen),
    });
    note.hidden = isEmpty;
  };
  const nameFile = () => {
    const isQuery = documentName.endsWith(".ecsquery");
    const { uri } = seen?.service ?? {};
    const file = uri === undefined ? documentName : decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
    foot.name(isQuery ? undefined : file, mode.value === "instead");
  };
  const applyFix = ({ edits }: ExpressionFix) => {
    for (const { span, newText } of [...edits].sort((a, b) => b.span.start - a.span.start))
      input.replace(span.start, span.end, newText, span.start + newText.length);
    edited(false);
  };

  field.addEventListener("input", (event) =>
    edited(offers.isOpen || (event instanceof InputEvent && event.inputType.startsWith("insert"))),
  );
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (event.key === " " && event.ctrlKey) edited(true);
    else if (offers.isOpen && move !== undefined) offers.move(move);
    else if (event.key === "ArrowDown" && !offers.isOpen) edited(true);
    else if (event.key === "Escape") {
      wantsOffers = false;
      if (!offers.isOpen) return;
      offers.close();
    } else if (
      (event.key === "Enter" || event.key === "Tab") &&
      offers.active !== undefined &&
      !event.shiftKey
    )
      accept(offers.active);
    else if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("selectionchange", () => {
    if (!input.hasFocus || input.caret === toldCaret) return;
    wantsOffers = false;
    offers.close();
    ask();
  });
  field.addEventListener("blur", () => {
    wantsOffers = false;
    offers.close();
  });
  mode.addEventListener("change", () => {
    if (tried !== undefined) tryOut(trialOf());
    nameFile();
    actions.changed();
  });
  pointed.watch(field, (x, y) => {
    const offset = offers.isOpen ? undefined : input.offsetAt(x, y);
    if (offset !== undefined)
      actions.post({ kind: "expression", text: input.text, offset, purpose: "pointing" });
    return offset;
  });
  foot.listen({
    add: () => actions.post({ kind: "addTrial", trial: trialOf() }),
    copy: () =>
      actions.copy(JSON.stringify({ type: "memberOf", expression: input.text.trim() }, undefined, 2), "JSON"),
    clear,
  });

  note.hidden = true;
  return {
    element: whole,
    note,
    offers: element("div", { class: "offer-place" }, [offers.element]),
    get kept() {
      return { text: input.text, replaces: mode.value === "instead" };
    },
    get tried() {
      return tried;
    },
    restore: (kept, before) => {
      mode.value = kept?.replaces === true ? "instead" : "beside";
      input.reset(kept?.text ?? "");
      tryOut(before);
      if (input.text !== "") ask();
    },
    update: (result, name) => {
      documentName = name;
      // Counts and values are those of another cluster now.
      if (seen !== result && input.text !== "") ask();
      seen = result;
      nameFile();
      draw();
    },
    take: (message) => {
      if (message.text !== input.text) return;
      if (message.purpose === "pointing") {
        const { offset, help } = message;
        const { span, words } = explained(help, offset);
        if (words.length > 0) pointed.show(offset, words, input.rectangle(span.start, span.end));
        return;
      }
      if (message.offset !== toldCaret) return;
      told = message.help;
      clearTimeout(resting);
      if (told.isSound) resting = setTimeout(tryNow, rest);
      const [first] = told.offers;
      const isDone = first === undefined || isTyped(first, message);
      if (wantsOffers && input.hasFocus && !isDone) offers.open(told.offers, told.more);
      else offers.close();
      draw();
    },
    clear,
    select: input.select,
  };
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
