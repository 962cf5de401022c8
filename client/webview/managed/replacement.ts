// What a deployment replaces: instances, batches, and the tasks that move or stop.

import { counted, countText } from "../../../server/src/core/text/counts";
import type { ManagedPanel } from "../../../server/src/lsp/protocol/protocol";
import { element } from "../dom/dom";

/** Instances that are drawn one by one. */
const mostMarks = 300;

/** `more`: parts of the rail below the batches. */
export function drawReplacement(
  { preview, isNew, unknowns }: ManagedPanel,
  more: readonly (HTMLElement | undefined)[],
): HTMLElement {
  const { rollout, providers, daemon } = preview;
  const { floor, ceiling } = rollout.atOnce;
  const active = providers.reduce((sum, it) => sum + it.instances, 0);
  const size = Math.max(1, floor);
  const batches = Math.ceil(rollout.replaced / size);
  const rounded = floor === ceiling ? "" : `, rounded down; ${countText(ceiling)} if ECS rounds up`;
  const facts: readonly (readonly [string, string])[] = [
    [
      "Instances",
      `${countText(rollout.replaced)} of ${countText(active)}, of ${counted(providers.length, "provider")}`,
    ],
    ["At a time", `${countText(floor)} (${rollout.drainPercent} % of ${countText(active)}${rounded})`],
    ["Batches", countText(batches)],
    ["Service tasks", `${countText(rollout.serviceTasksMoved)} move to other instances`],
    [
      "Standalone tasks",
      rollout.standaloneTasksStopped === 0
        ? "none"
        : `${countText(rollout.standaloneTasksStopped)} will stop and are not restarted`,
    ],
  ];
  const { dueAnyway = 0 } = rollout;
  const due: readonly (readonly [string, string])[] =
    dueAnyway === 0
      ? []
      : [["Due anyway", `${countText(dueAnyway)}: 13 days old or older, and ECS drains them at 14 days`]];
  const note = daemon.critical
    ? "Critical: an instance without the daemon does not become active, and one whose daemon fails is replaced."
    : "Not critical: an instance on which the daemon does not start stays, without it.";
  return element("aside", { class: "managed-rail" }, [
    element("h2", { text: isNew ? "What creating it replaces" : "What this update replaces" }),
    element(
      "dl",
      { class: "managed-facts" },
      [...facts, ...due].flatMap(([name, text]) => [element("dt", { text: name }), element("dd", { text })]),
    ),
    element("p", { class: "managed-warning", text: note }),
    batches === 0 ? undefined : element("h3", { text: "Batches" }),
    batches === 0 ? undefined : drawBatches(rollout.replaced, size),
    ...more,
    element("h3", { text: "What is not known" }),
    element(
      "ul",
      { class: "managed-unknowns" },
      unknowns.map((text) => element("li", { text })),
    ),
  ]);
}

function drawBatches(replaced: number, size: number): HTMLElement {
  const shown = Math.min(replaced, mostMarks);
  const groups: HTMLElement[] = [];
  for (let start = 0; start < shown; start += size)
    groups.push(element("span", { class: "managed-batch", text: "▾".repeat(Math.min(size, shown - start)) }));
  if (replaced > shown) groups.push(element("span", { text: `and ${countText(replaced - shown)} more` }));
  return element(
    "div",
    {
      class: "managed-batches",
      attributes: {
        role: "img",
        "aria-label": `${counted(Math.ceil(replaced / size), "batch", "batches")} of at most ${countText(size)}`,
      },
    },
    groups,
  );
}
