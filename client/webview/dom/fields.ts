// Small forms: a line of labeled fields and the button that does something with them.

import { button, element } from "./dom";

/** A line of a form. Enter in a field does what the button does; the browser checks the fields first. */
export function formLine(
  title: string,
  fields: readonly (Node | string)[],
  submit: { readonly text: string; readonly label?: string },
  submitted: () => void,
  more: readonly Node[] = [],
): HTMLFormElement {
  const act = button(submit.text, () => {}, "secondary");
  act.type = "submit";
  if (submit.label !== undefined) act.setAttribute("aria-label", submit.label);
  const form = element("form", { class: "form-line", attributes: { "aria-label": title } }, [
    element("span", { class: "form-title", text: title }),
    element("span", { class: "form-fields" }, [...fields, act, ...more]),
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submitted();
  });
  return form;
}

export interface FieldOptions {
  readonly label: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly required?: boolean;
  readonly list?: string;
  readonly class?: string;
}

export function textField({
  label,
  placeholder,
  value,
  required,
  list,
  ...rest
}: FieldOptions): HTMLInputElement {
  const input = element("input", {
    class: `field ${rest.class ?? ""}`.trim(),
    attributes: {
      type: "text",
      "aria-label": label,
      spellcheck: "false",
      ...(placeholder === undefined ? {} : { placeholder }),
      ...(list === undefined ? {} : { list }),
    },
  });
  input.required = required === true;
  if (value !== undefined) input.value = value;
  return input;
}

/** A field for a whole number between the two. */
export function numberField(
  options: FieldOptions & { readonly lowest: number; readonly highest: number },
): HTMLInputElement {
  const input = textField(options);
  input.type = "number";
  input.classList.add("number");
  input.min = String(options.lowest);
  input.max = String(options.highest);
  input.step = "1";
  return input;
}

/** The number in a field, or `undefined` where there is none. */
export function numberIn(input: HTMLInputElement): number | undefined {
  return input.value.trim() === "" || !Number.isInteger(input.valueAsNumber)
    ? undefined
    : input.valueAsNumber;
}

export function selectField<Value extends string>(
  label: string,
  options: readonly { readonly value: Value; readonly text: string }[],
): HTMLSelectElement {
  const select = element("select", { attributes: { "aria-label": label } });
  for (const { value, text } of options) select.append(element("option", { text, attributes: { value } }));
  return select;
}

/** `env=prod, gateway` as attributes; a name alone has no value. */
export function attributesIn(text: string): Readonly<Record<string, string | null>> {
  const pairs = text
    .split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "")
    .map((it): readonly [string, string | null] => {
      const sign = it.indexOf("=");
      return sign < 0 ? [it, null] : [it.slice(0, sign).trim(), it.slice(sign + 1).trim()];
    });
  return Object.fromEntries(pairs.filter(([name]) => name !== ""));
}

/** Texts between commas. */
export function listIn(text: string): readonly string[] {
  return text
    .split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "");
}
