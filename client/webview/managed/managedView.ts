// The preview of a managed daemon: the answer, the bill by instance type, coverage, and what a deployment replaces.

import { counted, countText, cpuText, memoryText } from "../../../server/src/core/text/counts";
import type { ManagedPanel, ManagedTrial } from "../../../server/src/lsp/protocol/protocol";
import type { PanelMessage } from "../../src/preview/messages";
import { element, setChildren } from "../dom/dom";
import { createValueFields, valueActions } from "../header/valueFields";
import { drawBill } from "./bill";
import { drawCoverage, drawInstances } from "./coverage";
import { drawReplacement } from "./replacement";
import { drawStories } from "./stories";
import { drawTrial } from "./trial";

export interface ManagedView {
  /** What there is to draw, in place of everything else. */
  panel: ManagedPanel | undefined;
  /** Whose values the fields are for. */
  file: string;
  /** Whether anything was drawn; what is scrolled and chosen stays. */
  draw(): boolean;
}

export function createManagedView(root: HTMLElement, post: (message: PanelMessage) => void): ManagedView {
  const memory: ManagedMemory = { story: undefined };
  const change = (trial: ManagedTrial) => post({ kind: "managedTrial", trial });
  const values = createValueFields(valueActions(post));
  const places = [".managed-body", ".managed-main", ".managed-rail"];
  const view: ManagedView = {
    panel: undefined,
    file: "",
    draw: () => {
      const { panel } = view;
      if (panel === undefined) return false;
      const scrolled = places.map((it) => root.querySelector(it)?.scrollTop ?? 0);
      const isTrying = document.activeElement?.closest(".managed-trial") != null;
      const focused = document.activeElement;
      values.update(panel, view.file);
      setChildren(root, [drawManaged(panel, { memory, change, values: values.element })]);
      // The fields are the same ones as before: what has the focus keeps it.
      if (focused instanceof HTMLElement && values.element.contains(focused)) focused.focus();
      if (isTrying) root.querySelector<HTMLElement>(".managed-trial [type=submit]")?.focus();
      places.forEach((it, index) => {
        const place = root.querySelector(it);
        if (place !== null) place.scrollTop = scrolled[index] ?? 0;
      });
      return true;
    },
  };
  return view;
}

/** What the page keeps from one answer to the next. */
interface ManagedMemory {
  story: string | undefined;
}

function drawManaged(
  panel: ManagedPanel,
  {
    memory,
    change,
    values,
  }: {
    readonly memory: ManagedMemory;
    readonly change: (trial: ManagedTrial) => void;
    /** The fields for values of a template or module. */
    readonly values: HTMLElement;
  },
): HTMLElement {
  const { preview, cluster } = panel;
  const { rollout, daemon } = preview;
  const active = preview.providers.reduce((sum, it) => sum + it.instances, 0);
  const running = preview.providers.reduce((sum, it) => sum + it.running, 0);
  const head = element("div", { class: "head-part" }, [
    element("h1", { class: "answer", text: answerText(panel), attributes: { "aria-live": "polite" } }),
    element("div", { class: "context" }, [
      element("span", { text: `Managed daemon ${daemon.name}` }),
      element("span", { text: `Cluster ${cluster}` }),
    ]),
    values,
    Object.keys(panel.trial).length === 0
      ? undefined
      : element("p", {
          class: "managed-warning",
          text: "What if: nothing of this is in a file, and nothing real changes.",
        }),
    element("p", { class: "managed-funnel" }, [
      element("strong", { text: countText(active) }),
      ` ${active === 1 ? "instance" : "instances"} › `,
      element("strong", { text: countText(running) }),
      ` run the daemon${active > running ? ` (−${countText(active - running)})` : ""} › `,
      element("strong", { text: countText(rollout.replaced) }),
      ` will be replaced · ${daemon.name} takes ${preview.reservation.isExact ? "" : "at least "}${cpuText(preview.reservation.cpu)} and ${memoryText(preview.reservation.memory)} of each`,
    ]),
  ]);
  const main = element(
    "div",
    {
      class: "managed-main",
      attributes: {
        tabindex: "0",
        role: "region",
        "aria-label": "Instance types, capacity providers and instances",
      },
    },
    [drawBill(panel), drawCoverage(panel), drawInstances(panel)],
  );
  return element("div", { class: "managed" }, [
    head,
    element("div", { class: "managed-body" }, [
      main,
      drawReplacement(panel, [drawTrial(panel, change), drawStories(panel, memory)]),
    ]),
  ]);
}

function answerText({ preview, isNew }: ManagedPanel): string {
  const { rollout, daemon, providers } = preview;
  if (providers.length === 0)
    return `${daemon.name} names no capacity provider: nothing is known of its instances.`;
  if (rollout.replaced === 0)
    return `${isNew ? "Creating" : "Updating"} ${daemon.name} replaces no container instance.`;
  const { floor, ceiling } = rollout.atOnce;
  const atOnce = floor === ceiling ? countText(floor) : `${countText(floor)} or ${countText(ceiling)}`;
  const what = isNew ? "Creating this daemon" : "This update";
  return `${what} replaces ${counted(rollout.replaced, "container instance")}, ${atOnce} at a time.`;
}
