// The forms of What if: new container instances, changes of those that are there, and the size of the task.

import { countText } from "../../../server/src/core/text/counts";
import type { ClusterChange, PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import { button, element, setChildren, setText } from "../dom/dom";
import { attributesIn, formLine, listIn, numberField, numberIn, selectField, textField } from "../dom/fields";
import type { Row } from "../model/instanceRecords";

export interface WhatIfForms {
  readonly element: HTMLElement;
  update(result: PreviewResult, visible: readonly Row[], chosen: ReadonlySet<string>): void;
}

type Add = (change: ClusterChange) => void;

export function createWhatIfForms(add: Add): WhatIfForms {
  const adding = createAdding(add);
  const changing = createChanging(add);
  const size = createSize(add);
  return {
    element: element("div", { class: "forms" }, [adding.element, changing.element, size]),
    update: (result, visible, chosen) => {
      adding.update(result);
      changing.update(visible, chosen);
    },
  };
}

const most = 10_000;

function createAdding(add: Add) {
  const types = element("datalist", { attributes: { id: "instance-types" } });
  const count = numberField({ label: "How many", value: "1", lowest: 1, highest: most, required: true });
  const type = textField({ label: "Instance type", list: "instance-types", required: true, class: "type" });
  const zones = textField({ label: "Availability Zones, in turn", placeholder: "zones", class: "zones" });
  const attributes = textField({ label: "Attributes", placeholder: "env=prod, gateway" });
  const form = formLine(
    "Add",
    [count, type, " in ", zones, " with ", attributes],
    { text: "Add", label: "Add container instances" },
    () => {
      const inZones = listIn(zones.value);
      const given = attributesIn(attributes.value);
      add({
        kind: "addInstances",
        count: numberIn(count) ?? 1,
        instanceType: type.value.trim(),
        ...(inZones.length > 0 && { zones: inZones }),
        ...(Object.keys(given).length > 0 && { attributes: given }),
      });
    },
    [types],
  );
  let suggested = false;
  return {
    element: form,
    /** Suggests what the cluster has, once; what the user wrote stays. */
    update: ({ facts }: PreviewResult) => {
      const known = Object.values(facts);
      const names = [...new Set(known.map((it) => it.instanceType).filter((it) => it !== undefined))].sort();
      setChildren(
        types,
        names.map((it) => element("option", { attributes: { value: it } })),
      );
      if (suggested) return;
      suggested = true;
      type.value = mostFrequent(known.map((it) => it.instanceType)) ?? "m5.large";
      zones.value = [...new Set(known.map((it) => it.zone).filter((it) => it !== undefined))]
        .sort()
        .join(", ");
    },
  };
}

function mostFrequent(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const it of values) if (it !== undefined) counts.set(it, (counts.get(it) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}

/** Which instances the changes are of: those chosen in the table or the map, or all that pass the filters. */
function createTarget() {
  const chosenOnes = element("option", { attributes: { value: "chosen" } });
  const all = element("option", { attributes: { value: "all" } });
  const select = element("select", { attributes: { "aria-label": "Container instances to change" } }, [
    chosenOnes,
    all,
  ]);
  const hint = element("span", {
    class: "muted",
    text: " Select some in the table or the map, with Ctrl or Shift for several, or filter the table to those you mean.",
  });
  let ids: { readonly chosen: readonly string[]; readonly all: readonly string[] } = { chosen: [], all: [] };
  let decided = false;
  select.addEventListener("change", () => {
    decided = true;
  });
  return {
    element: element("div", { class: "form-line target" }, [
      element("span", { class: "form-title", text: "Change" }),
      element("span", { class: "form-fields" }, [select, hint]),
    ]),
    ids: (): readonly string[] => (select.value === "all" ? ids.all : ids.chosen),
    update: (visible: readonly Row[], now: ReadonlySet<string>) => {
      const chosen = visible.flatMap((it) => (now.has(it.id) ? [it.id] : []));
      const isNew = chosen.length !== ids.chosen.length || chosen.some((it, at) => it !== ids.chosen[at]);
      ids = { chosen, all: visible.map((it) => it.id) };
      const only = visible.find((it) => it.id === chosen[0]);
      const first = only?.facts?.ec2InstanceId ?? chosen[0] ?? "none";
      setText(
        chosenOnes,
        chosen.length > 1 ? `the ${countText(chosen.length)} selected` : `the selected one: ${first}`,
      );
      setText(all, visible.length === 1 ? "the one shown" : `all ${countText(visible.length)} shown`);
      chosenOnes.disabled = chosen.length === 0;
      // Whoever selects some means those, until they say otherwise.
      if (chosen.length === 0) select.value = "all";
      else if (isNew || !decided) select.value = "chosen";
    },
  };
}

function createChanging(add: Add) {
  const target = createTarget();
  const instances = () => target.ids();
  const simple = (kind: "drain" | "activate" | "disconnect" | "reconnect" | "remove", text: string) =>
    button(text, () => add({ kind, instances: instances() }), "secondary");
  const states = element(
    "div",
    { class: "form-line", attributes: { role: "group", "aria-label": "Status" } },
    [
      element("span", { class: "form-title", text: "Status" }),
      element("span", { class: "form-fields" }, [
        simple("drain", "Drain"),
        simple("activate", "Activate"),
        simple("disconnect", "Disconnect"),
        simple("reconnect", "Reconnect"),
        simple("remove", "Remove"),
      ]),
    ],
  );
  const whole = element(
    "div",
    { class: "changing", attributes: { role: "group", "aria-label": "Change container instances" } },
    [
      target.element,
      states,
      attributeForm(add, instances),
      portForm(add, instances),
      resourceForm(add, instances),
    ],
  );
  return {
    element: whole,
    update: (visible: readonly Row[], chosen: ReadonlySet<string>) => {
      whole.hidden = visible.length === 0;
      target.update(visible, chosen);
    },
  };
}

type Instances = () => readonly string[];

function attributeForm(add: Add, instances: Instances): HTMLElement {
  const name = textField({ label: "Name of the attribute", placeholder: "name", required: true });
  const value = textField({ label: "Value of the attribute", placeholder: "value" });
  const remove = button(
    "Remove",
    () => {
      if (name.reportValidity())
        add({ kind: "removeAttribute", instances: instances(), name: name.value.trim() });
    },
    "secondary",
  );
  remove.setAttribute("aria-label", "Remove the attribute");
  return formLine(
    "Attribute",
    [name, " = ", value],
    { text: "Set", label: "Set the attribute" },
    () =>
      add({
        kind: "setAttribute",
        instances: instances(),
        name: name.value.trim(),
        ...(value.value !== "" && { value: value.value }),
      }),
    [remove],
  );
}

function portForm(add: Add, instances: Instances): HTMLElement {
  const port = numberField({
    label: "Host port",
    placeholder: "8126",
    lowest: 1,
    highest: 65_535,
    required: true,
  });
  const protocol = selectField("Protocol", [
    { value: "tcp", text: "tcp" },
    { value: "udp", text: "udp" },
  ]);
  return formLine("Port", [port, protocol], { text: "Use", label: "Use the port" }, () =>
    add({
      kind: "occupyPort",
      instances: instances(),
      port: numberIn(port) ?? 0,
      protocol: protocol.value === "udp" ? "udp" : "tcp",
    }),
  );
}

const mostUnits = 1_000_000_000;

function resourceForm(add: Add, instances: Instances): HTMLElement {
  const amount = numberField({
    label: "Amount",
    placeholder: "512",
    lowest: 1,
    highest: mostUnits,
    required: true,
  });
  const unit = selectField("Resource", [
    { value: "memory", text: "MiB of memory" },
    { value: "cpu", text: "CPU units" },
  ]);
  return formLine("Resource", [amount, unit], { text: "Reserve", label: "Reserve memory or CPU" }, () => {
    const units = numberIn(amount) ?? 0;
    if (unit.value === "cpu") add({ kind: "occupyCpu", instances: instances(), cpu: units });
    else add({ kind: "occupyMemory", instances: instances(), memory: units });
  });
}

function createSize(add: Add): HTMLElement {
  const cpu = numberField({
    label: "CPU units of the task",
    placeholder: "CPU",
    lowest: 0,
    highest: mostUnits,
  });
  const memory = numberField({ label: "MiB of the task", placeholder: "MiB", lowest: 0, highest: mostUnits });
  return formLine(
    "Task size",
    [cpu, " CPU units ", memory, " MiB"],
    { text: "Change", label: "Change the size of the task" },
    () => {
      const units = numberIn(cpu);
      const mebibytes = numberIn(memory);
      if (units === undefined && mebibytes === undefined) memory.focus();
      else
        add({
          kind: "daemonSize",
          ...(units !== undefined && { cpu: units }),
          ...(mebibytes !== undefined && { memory: mebibytes }),
        });
    },
  );
}
