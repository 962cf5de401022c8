// Small parts that both levels of the coverage panel have: filters, the line of counts, states without data.

import { countText } from "../../../server/src/core/text/counts";
import type { ClusterStep } from "../../../server/src/lsp/protocol/protocol";
import { button, element } from "../dom/dom";
import { vscode } from "./host";
import { markElement } from "./marks";
import type { MarkName } from "./words";

/** The head of a page: the answer, where it is from, the counts, and what limits them. */
export function createHead() {
  const answer = element("h1", { class: "answer", attributes: { "aria-live": "polite" } });
  const context = element("div", { class: "context" });
  const counts = element("div");
  const notes = element("div", { class: "notes" });
  const whole = element("div", { class: "head-part" }, [answer, context, counts, notes]);
  return { answer, context, counts, notes, element: whole };
}

/** A filter that is on or off, with what it counts. */
export function chip(
  words: { readonly text: string; readonly count: number; readonly mark?: MarkName },
  isPressed: boolean,
  onClick: () => void,
): HTMLButtonElement {
  const { text, count, mark } = words;
  return element(
    "button",
    {
      class: "cov-chip",
      onClick,
      attributes: { type: "button", "aria-pressed": String(isPressed) },
    },
    [
      ...(mark === undefined ? [] : [markElement(mark)]),
      ...(mark === undefined ? [`${text} `] : []),
      element("b", { text: countText(count) }),
      ...(mark === undefined ? [] : [` ${text}`]),
    ],
  );
}

/** What holds the filters of a list. */
export function chipGroup(label: string): HTMLElement {
  return element("div", { class: "toggles", attributes: { role: "group", "aria-label": label } });
}

/** The field whose text filters a list. */
export function textFilter(words: string): HTMLInputElement {
  return element("input", {
    class: "text-filter",
    attributes: { type: "text", placeholder: words, "aria-label": words },
  });
}

/** `1,284,116 expected tasks › 1,284,013 running (−103) · …`. */
export function countLine(expected: number, running: number, more: readonly string[]): HTMLElement {
  const lost = expected - running;
  return element("p", { class: "cov-counts", attributes: { "aria-label": "Tasks" } }, [
    element("b", { text: countText(expected) }),
    ` expected ${expected === 1 ? "task" : "tasks"} › `,
    element("b", { text: countText(running) }),
    " running",
    ...(lost > 0 ? [element("b", { text: ` (−${countText(lost)})` })] : []),
    ...more.flatMap((it) => [" · ", element("span", { class: "count-part", text: it })]),
  ]);
}

const steps: Readonly<Record<ClusterStep, string>> = {
  start: "Start Local Cluster",
  choose: "Select Cluster…",
  retry: "Try Again",
  signIn: "Sign In…",
  manageTrust: "Manage Workspace Trust",
  showLog: "Show Log",
};

export function stepButtons(all: readonly ClusterStep[]): readonly HTMLButtonElement[] {
  return all.map((step, at) =>
    button(steps[step], () => vscode.postMessage({ kind: "step", step }), at === 0 ? "primary" : "secondary"),
  );
}

/** What is shown in place of data: why, and what leads on. */
export function emptyState(title: string, text: string, actions: readonly Node[]): HTMLElement {
  return element("div", { class: "state" }, [
    element("h1", { text: title }),
    element("p", { text }),
    element("div", { class: "actions" }, actions),
  ]);
}

/** One sentence with what helps. */
export function note(kind: "warning" | "info", text: string, actions: readonly Node[]): HTMLElement {
  return element("div", { class: `note ${kind === "info" ? "" : kind}` }, [
    element("p", { class: "note-text", text }),
    ...actions,
  ]);
}

/** "40 s ago"; a clock that runs ahead makes nothing younger than now. */
export function ageText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}
