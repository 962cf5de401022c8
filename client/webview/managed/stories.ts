// Time, of a managed daemon: what becomes of the instances step by step, in each of its stories.

import { countText } from "../../../server/src/core/text/counts";
import type { ManagedPanel } from "../../../server/src/lsp/protocol/protocol";
import { element, setChildren } from "../dom/dom";
import { selectField } from "../dom/fields";

type Story = ManagedPanel["stories"][number];
type Step = Story["steps"][number];

/** Draws the chosen story; `chosen` keeps the choice from one answer to the next. */
export function drawStories(
  { stories }: ManagedPanel,
  chosen: { story: string | undefined },
): HTMLElement | undefined {
  const [first] = stories;
  if (first === undefined) return undefined;
  const select = selectField(
    "Story",
    stories.map((it) => ({ value: it.name, text: it.title })),
  );
  const shown = () => stories.find((it) => it.name === chosen.story) ?? first;
  select.value = shown().name;
  const body = element("div", { attributes: { "aria-live": "polite" } });
  const draw = () => setChildren(body, drawStory(shown()));
  select.addEventListener("change", () => {
    chosen.story = select.value;
    draw();
  });
  draw();
  return element("section", {}, [
    element("h3", { text: "Time" }),
    element("p", {
      class: "managed-note",
      text: "Steps in their order. How long one takes is not documented.",
    }),
    select,
    body,
  ]);
}

function drawStory({ steps, isExample }: Story): readonly HTMLElement[] {
  const list = element(
    "ol",
    { class: "managed-steps" },
    steps.map((it) =>
      element("li", {}, [
        element("span", { text: it.text }),
        element("span", { class: "managed-note", text: countsText(it) }),
      ]),
    ),
  );
  const example = element("p", {
    class: "managed-note",
    text: "The cluster has no instance of these capacity providers: an example with one.",
  });
  return isExample ? [example, list] : [list];
}

function countsText({ running, without, registering, draining }: Step): string {
  const parts = [
    `${countText(running)} running`,
    ...(without > 0 ? [`${countText(without)} without`] : []),
    ...(registering > 0 ? [`${countText(registering)} registering`] : []),
    ...(draining > 0 ? [`${countText(draining)} draining`] : []),
  ];
  return parts.join(" · ");
}
