// Values for a preview: what a template or module leaves open, or gives only a default for, with a field for each name.

import type { PreviewedValue, PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import type { GivenTexts } from "../../src/preview/messages";
import { button, element, setChildren, setText } from "../dom/dom";
import { textField } from "../dom/fields";
import { withValues } from "../model/valueWords";

export interface ValueFields {
  /** Hidden where the preview depends on no name. */
  readonly element: HTMLElement;
  /** `file`: fields of another file begin empty. */
  update(result: PreviewResult, file: string): void;
}

/** `undefined`: the value is taken back. */
type Give = (name: string, value: string | undefined) => void;

export function createValueFields(give: Give): ValueFields {
  const words = element("span", { class: "values-words", attributes: { "aria-live": "polite" } });
  const list = element("div", { class: "values-fields" });
  const problems = element("div", { class: "values-problems", attributes: { role: "alert" } });
  const whole = element("div", { class: "values", attributes: { role: "group", "aria-label": "Values" } }, [
    words,
    list,
    problems,
  ]);
  whole.hidden = true;
  let fields = new Map<string, ValueField>();
  let of = "";
  return {
    element: whole,
    update: ({ values = [] }, file) => {
      const known = file === of ? fields : new Map<string, ValueField>();
      of = file;
      fields = new Map(values.map(({ name }) => [name, known.get(name) ?? createField(name, give)]));
      for (const it of values) fields.get(it.name)?.update(it);
      setChildren(
        list,
        [...fields.values()].map((it) => it.element),
      );
      setText(words, withValues(values));
      const wrong = values.flatMap(({ name, problem }) =>
        problem === undefined ? [] : [`${name}: ${problem}`],
      );
      setText(problems, wrong.length === 0 ? "" : `Not used: ${wrong.join(" ")}`);
      problems.hidden = wrong.length === 0;
      whole.hidden = values.length === 0;
    },
  };
}

interface ValueField {
  readonly element: HTMLElement;
  update(value: PreviewedValue): void;
}

function createField(name: string, give: Give): ValueField {
  const input = textField({ label: `Value of ${name}`, class: "value" });
  input.autocomplete = "off";
  /** What the page has asked for and no result has shown yet. */
  let asked: string | undefined;
  /** Of a secret, which no result repeats. */
  let sent = "";
  let counts = "";
  const ask = (text: string) => {
    asked = text;
    sent = text;
    give(name, text === "" ? undefined : text);
  };
  const send = () => {
    if (input.value !== (asked ?? counts)) ask(input.value);
  };
  input.addEventListener("change", send);
  input.addEventListener("keydown", ({ key, isComposing }) => {
    if (key === "Enter" && !isComposing) send();
  });
  const back = button(
    "×",
    () => {
      input.value = "";
      ask("");
      input.focus();
    },
    "link",
  );
  back.classList.add("take-back");
  back.setAttribute("aria-label", `Take back the value of ${name}`);
  const label = element("span", { class: "value-name", text: name, title: name });
  return {
    element: element("span", { class: "value-field" }, [label, input, back]),
    update: ({ byDefault, given, secret, problem }) => {
      const isGiven = given !== undefined || secret === true;
      counts = given ?? (secret === true ? sent : "");
      if (asked === counts) asked = undefined;
      const isTyping = document.activeElement === input;
      if (asked === undefined && !isTyping && input.value !== counts) input.value = counts;
      input.type = secret === true ? "password" : "text";
      input.placeholder = secret === true ? "given, not shown" : (byDefault ?? "not known");
      input.setAttribute("aria-invalid", String(problem !== undefined));
      back.title = byDefault === undefined ? "Remove the value" : `Use the default, ${byDefault}`;
      back.hidden = !isGiven;
    },
  };
}

/** The given values that may be stored: those that look like secrets are not among them. */
export function storableValues({ values = [] }: PreviewResult): GivenTexts {
  return Object.fromEntries(
    values.flatMap(({ name, given }) => (given === undefined ? [] : [[name, given] as const])),
  );
}
