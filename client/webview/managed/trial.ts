// What if, of a managed daemon: other sizes, settings and capacity providers. They touch nothing real.

import { counted } from "../../../server/src/core/text/counts";
import type { ManagedPanel, ManagedTrial } from "../../../server/src/lsp/protocol/protocol";
import { button, element } from "../dom/dom";
import { listIn, numberField, numberIn, textField } from "../dom/fields";

/** The form, filled with what is tried out; the placeholders are what the files have. */
export function drawTrial(panel: ManagedPanel, change: (trial: ManagedTrial) => void): HTMLElement {
  const { trial, written, preview } = panel;
  const { lines, read } = createFields(panel);
  const submit = button("Try", () => {}, "secondary");
  submit.type = "submit";
  const isTried = Object.keys(trial).length > 0;
  const form = element("form", { class: "managed-trial", attributes: { "aria-label": "What if" } }, [
    ...lines,
    element("span", { class: "form-actions" }, [
      submit,
      isTried ? button("Reset", () => change({}), "secondary") : undefined,
    ]),
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(read());
  });
  return element("section", {}, [
    element("h3", { text: "What if" }),
    element("p", { class: "managed-note", text: "Nothing real changes." }),
    form,
    isTried ? element("p", { class: "managed-note", text: comparison(written, preview) }) : undefined,
  ]);
}

function createFields({ trial, written }: ManagedPanel) {
  const cpu = sizeField("CPU units of the daemon", trial.cpu, String(written.cpu));
  const memory = sizeField("Memory of the daemon in MiB", trial.memory, String(written.memory));
  const anotherCpu = sizeField("CPU units of another daemon", trial.another?.cpu, "CPU");
  const anotherMemory = sizeField("Memory of another daemon in MiB", trial.another?.memory, "MiB");
  const drain = numberField({
    label: "drainPercent",
    placeholder: String(written.drainPercent),
    value: trial.drainPercent === undefined ? "" : String(trial.drainPercent),
    lowest: 1,
    highest: 100,
  });
  const critical = element("input", { attributes: { type: "checkbox", id: "managed-critical" } });
  critical.checked = trial.critical ?? written.critical;
  const excluded = textField({
    label: "Instance types that are excluded",
    placeholder: "t3.*, c5.large",
    value: trial.excludedTypes?.join(", ") ?? "",
  });
  const providers = textField({
    label: "Capacity providers",
    placeholder: written.providers.join(", "),
    value: trial.providers?.join(", ") ?? "",
  });
  const read = (): ManagedTrial =>
    withoutAbsent({
      cpu: numberIn(cpu),
      memory: numberIn(memory),
      drainPercent: numberIn(drain),
      critical: critical.checked === written.critical ? undefined : critical.checked,
      excludedTypes: nonEmpty(listIn(excluded.value)),
      providers: nonEmpty(listIn(providers.value)),
      another: anotherOf(numberIn(anotherCpu), numberIn(anotherMemory)),
    });
  const lines = [
    line("CPU, memory", [cpu, memory]),
    line("drainPercent", [drain]),
    line("Critical", [critical], "managed-critical"),
    line("Exclude types", [excluded]),
    line("Another daemon", [anotherCpu, anotherMemory]),
    line("Providers", [providers]),
  ];
  return { lines, read };
}

function sizeField(label: string, value: number | undefined, placeholder: string): HTMLInputElement {
  const text = value === undefined ? "" : String(value);
  return numberField({ label, placeholder, value: text, lowest: 0, highest: 1_000_000 });
}

function line(title: string, fields: readonly HTMLElement[], labelFor?: string): HTMLElement {
  const name =
    labelFor === undefined
      ? element("span", { class: "form-title", text: title })
      : element("label", { class: "form-title", text: title, attributes: { for: labelFor } });
  return element("span", { class: "managed-field" }, [
    name,
    element("span", { class: "form-fields" }, fields),
  ]);
}

function comparison(
  { replaced }: ManagedPanel["written"],
  { rollout, types }: ManagedPanel["preview"],
): string {
  const short = types.filter((it) => !it.fits).length;
  const fits =
    types.length === 0
      ? ""
      : short === 0
        ? " It fits on every instance type of the bill."
        : ` It does not fit on ${short === types.length ? "any" : counted(short, "of the types", "of the types")} of the bill.`;
  return `Replaces ${counted(rollout.replaced, "instance")}; as written ${counted(replaced, "instance")}.${fits}`;
}

const nonEmpty = (list: readonly string[]) => (list.length === 0 ? undefined : list);

const anotherOf = (cpu: number | undefined, memory: number | undefined) =>
  cpu === undefined && memory === undefined ? undefined : { cpu: cpu ?? 0, memory: memory ?? 0 };

type Read = { readonly [Name in keyof ManagedTrial]: ManagedTrial[Name] | undefined };

/** A property that is absent is not sent as `undefined`. */
function withoutAbsent(read: Read): ManagedTrial {
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
