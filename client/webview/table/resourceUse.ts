// What the task asks of each resource of an instance, as a meter and in words.

import { counted, countText, memoryText } from "../../../server/src/core/text/counts";
import type { ResourceUse } from "../../../server/src/lsp/protocol/protocol";
import { element, richText } from "../dom/dom";
import { drawMeter } from "../dom/meter";
import { checkMark } from "./checkMark";

const titles: Readonly<Record<Exclude<ResourceUse["filter"], "ports">, string>> = {
  cpu: "CPU",
  memory: "Memory",
  gpu: "GPUs",
  eni: "Network interfaces",
};

export function drawResources(resources: readonly ResourceUse[]): HTMLElement {
  const ports = resources.filter((it) => it.filter === "ports");
  return element("div", { class: "resources" }, [
    element("h3", { text: "Resources" }),
    element("dl", {}, [
      ...resources.flatMap((it) =>
        it.filter === "ports" ? [] : line(titles[it.filter], drawSize(it.filter, it)),
      ),
      ...(ports.length === 0 ? [] : line("Ports", ports.map(drawPort))),
    ]),
  ]);
}

function line(title: string, values: readonly HTMLElement[]): readonly HTMLElement[] {
  return [element("dt", { text: title }), element("dd", {}, values)];
}

type Sized = Exclude<ResourceUse["filter"], "ports">;

function drawSize(filter: Sized, { asked, used, free, note }: ResourceUse): readonly HTMLElement[] {
  const said = note === undefined ? [] : [element("div", { class: "muted" }, richText(note))];
  const isKnown = asked !== undefined && used !== undefined && free !== undefined;
  const meter = isKnown ? [metered(filter, { asked, used, free })] : [];
  return [
    ...meter,
    element("div", { class: "muted", text: numbersOf(filter, { asked, used, free }) }),
    ...said,
  ];
}

function metered(
  filter: Sized,
  { asked, used, free }: { readonly asked: number; readonly used: number; readonly free: number },
): HTMLElement {
  const fits = asked <= free;
  const words = fits
    ? `${amount(filter, free - asked)} stay free`
    : `short by ${amount(filter, asked - free)}`;
  return element("div", { class: "metered" }, [
    drawMeter({ whole: used + free, used, asked }),
    element("span", { class: fits ? "passed" : "failed" }, [
      checkMark(fits ? "passed" : "failed"),
      element("span", { text: words }),
    ]),
  ]);
}

/** "100 asked · 1,648 used · 400 free of 2,048 units" */
function numbersOf(
  filter: Sized,
  { asked, used, free }: Pick<ResourceUse, "asked" | "used" | "free">,
): string {
  const parts = [
    ...(asked === undefined ? [] : [`${countText(asked)} asked`]),
    ...(used === undefined ? [] : [`${countText(used)} used`]),
    ...(free === undefined || used === undefined
      ? ["how much is free is not known"]
      : [`${countText(free)} free of ${amount(filter, used + free)}`]),
  ];
  return parts.join(" · ");
}

/** "400 units", "7,976 MiB"; the line names the resource. */
function amount(filter: Sized, count: number): string {
  if (filter === "memory") return memoryText(count);
  return filter === "cpu" ? counted(count, "unit") : countText(count);
}

function drawPort({ name, free, note }: ResourceUse): HTMLElement {
  const isFree = free !== 0;
  return element("div", { class: isFree ? "passed" : "failed" }, [
    `${name.replace(/^Port /, "")} `,
    checkMark(isFree ? "passed" : "failed"),
    element("span", {}, richText(note ?? (isFree ? "free" : "in use"))),
  ]);
}
