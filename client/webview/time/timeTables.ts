// The tables of a timeline: a row for each step, for those who would rather read, and how long each container instance
// was without its task.

import { countText } from "../../../server/src/core/text/counts";
import type { TimelineResult } from "../../../server/src/lsp/protocol/protocol";
import { createDisclosure } from "../dom/disclosure";
import { element, setChildren } from "../dom/dom";
import type { ChartPoint } from "./chart";

/** A table with a row for each step, for those who would rather read. */
export function stepTable(choose: (step: number) => void) {
  const body = element("tbody");
  const headings = ["Step", "What happens", "Instances", "Expected", "Running"];
  const table = element("table", { class: "step-table" }, [
    element("thead", {}, [
      element(
        "tr",
        {},
        headings.map((it) => element("th", { text: it, attributes: { scope: "col" } })),
      ),
    ]),
    body,
  ]);
  return {
    element: table,
    update: (
      steps: readonly (Omit<ChartPoint, "old" | "seconds"> & { readonly title: string })[],
      current: number,
    ) => {
      setChildren(
        body,
        steps.map((step, index) => {
          const go = element("button", {
            class: "button link",
            text: step.title,
            attributes: { type: "button" },
            onClick: () => choose(index),
          });
          const row = element("tr", {}, [
            element("td", { text: String(index + 1) }),
            element("td", {}, [go]),
            ...[step.nodes, step.wanted, step.tasks].map((it) => element("td", { text: countText(it) })),
          ]);
          if (index === current) row.setAttribute("aria-current", "step");
          return row;
        }),
      );
    },
  };
}

/** More rows than these nobody reads. */
const mostRows = 200;

/** The instances that were without their task at some time, the longest gap first. `nameOf`: what the list calls one. */
export function coverageTable(nameOf: (id: string) => string) {
  const body = element("tbody");
  const headings = ["Container instance", "Gap", "Until its first task"];
  const table = element("table", { class: "step-table" }, [
    element("thead", {}, [
      element(
        "tr",
        {},
        headings.map((it) => element("th", { text: it, attributes: { scope: "col" } })),
      ),
    ]),
    body,
  ]);
  const more = element("p", { class: "muted" });
  const section = createDisclosure(
    {
      id: "coverage",
      class: "steps",
      title: "Without the daemon",
      hint: "",
      scrolls: true,
    },
    [
      element("p", { class: "muted", text: "How long each instance should have run it and did not." }),
      table,
      more,
    ],
    () => {},
  );
  return {
    element: section.element,
    update: ({ coverage, secondsPerStep }: TimelineResult) => {
      const rows = Object.entries(coverage).sort(
        ([left, a], [right, b]) =>
          b.gapSteps - a.gapSteps || b.waitSteps - a.waitSteps || (left < right ? -1 : 1),
      );
      const seconds = (steps: number) => (steps === 0 ? "–" : `${steps * secondsPerStep} s`);
      section.element.hidden = rows.length === 0;
      setChildren(
        body,
        rows
          .slice(0, mostRows)
          .map(([id, { gapSteps, waitSteps }]) =>
            element("tr", {}, [
              element("td", {}, [element("code", { text: nameOf(id) })]),
              element("td", { text: seconds(gapSteps) }),
              element("td", { text: seconds(waitSteps) }),
            ]),
          ),
      );
      more.hidden = rows.length <= mostRows;
      more.textContent = `${countText(rows.length - mostRows)} more.`;
    },
  };
}
