// Values for a preview: what a template or module leaves open, or gives only a default for, with a field for each name.

import type { PreviewedValue, PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import type { GivenTexts, PanelMessage } from "../../src/preview/messages";
import { button, element, setChildren, setText } from "../dom/dom";
import { textField } from "../dom/fields";
import { withValues } from "../model/valueWords";
import { fileName } from "./fileName";

/** The preview of a daemon service, or of a managed daemon. */
export type WithValues = Pick<PreviewResult, "values" | "valuesFiles">;

export interface ValueFields {
  /** Hidden where the preview depends on no name. */
  readonly element: HTMLElement;
  /** `file`: fields of another file begin empty. */
  update(result: WithValues, file: string): void;
}

/** `undefined`: the value is taken back. */
type Give = (name: string, value: string | undefined) => void;

interface ValueActions {
  readonly give: Give;
  /** The user picks a file of values. */
  chooseFile(): void;
  leaveFile(uri: string): void;
}

/** What the fields ask of the host. */
export function valueActions(post: (message: PanelMessage) => void): ValueActions {
  return {
    give: (name, value) => post({ kind: "giveValue", name, ...(value !== undefined && { value }) }),
    chooseFile: () => post({ kind: "chooseValuesFile" }),
    leaveFile: (uri) => post({ kind: "leaveValuesFile", uri }),
  };
}

export function createValueFields({ give, chooseFile, leaveFile }: ValueActions): ValueFields {
  const files = element("div", { class: "values-files" });
  const choose = button("Values File…", chooseFile, "link");
  choose.title = "Use the values of a *.tfvars file, or of a file of CloudFormation parameters";
  const words = element("span", { class: "values-words", attributes: { "aria-live": "polite" } });
  const list = element("div", { class: "values-fields" });
  const problems = element("div", { class: "values-problems", attributes: { role: "alert" } });
  const whole = element("div", { class: "values", attributes: { role: "group", "aria-label": "Values" } }, [
    words,
    list,
    files,
    problems,
  ]);
  whole.hidden = true;
  let fields = new Map<string, ValueField>();
  let of = "";
  return {
    element: whole,
    update: ({ values = [], valuesFiles = [] }, file) => {
      const known = file === of ? fields : new Map<string, ValueField>();
      of = file;
      fields = new Map(values.map(({ name }) => [name, known.get(name) ?? createField(name, give)]));
      const uris = valuesFiles.map((it) => it.uri);
      for (const it of values) fields.get(it.name)?.update(it, uris);
      setChildren(
        list,
        [...fields.values()].map((it) => it.element),
      );
      setText(words, withValues(values));
      setChildren(files, [
        ...uris.map((uri) => drawFile(uri, fileName(uri, uris), () => leaveFile(uri))),
        choose,
      ]);
      const wrong = [
        ...valuesFiles.map(({ uri, problem }) => ({ name: fileName(uri, uris), problem })),
        ...values,
      ].flatMap(({ name, problem }) => (problem === undefined ? [] : [`${name}: ${problem}`]));
      setText(problems, wrong.length === 0 ? "" : `Not used: ${wrong.join(" ")}`);
      problems.hidden = wrong.length === 0;
      whole.hidden = values.length + valuesFiles.length === 0;
    },
  };
}

function drawFile(uri: string, name: string, leave: () => void): HTMLElement {
  const back = button("×", leave, "link");
  back.classList.add("take-back");
  back.setAttribute("aria-label", `Leave out the values of ${name}`);
  return element("span", { class: "value-field" }, [
    element("span", { class: "value-name", text: name, title: uri }),
    back,
  ]);
}

interface ValueField {
  readonly element: HTMLElement;
  /** `files`: URIs of all files of values. */
  update(value: PreviewedValue, files: readonly string[]): void;
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
    update: ({ byDefault, given, secret, problem, from }, files) => {
      // The field is for what counts before a file.
      const isGiven = (given !== undefined || secret === true) && from === undefined;
      counts = isGiven ? (given ?? sent) : "";
      if (asked === counts) asked = undefined;
      const isTyping = document.activeElement === input;
      if (asked === undefined && !isTyping && input.value !== counts) input.value = counts;
      input.type = secret === true ? "password" : "text";
      const known = secret === true ? "given, not shown" : given;
      input.placeholder =
        (isGiven ? undefined : known) ?? (secret === true ? known : byDefault) ?? "not known";
      input.title = from === undefined ? "" : `From ${fileName(from, files)}`;
      input.setAttribute("aria-invalid", String(problem !== undefined));
      back.title = byDefault === undefined ? "Remove the value" : `Use the default, ${byDefault}`;
      back.hidden = !isGiven;
    },
  };
}

/** The given values that may be stored: those that look like secrets are not among them. */
export function storableValues({ values = [] }: WithValues): GivenTexts {
  return Object.fromEntries(
    values.flatMap(({ name, given, from }) =>
      given === undefined || from !== undefined ? [] : [[name, given] as const],
    ),
  );
}
