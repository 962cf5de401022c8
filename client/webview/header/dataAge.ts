// How old what is shown of the cluster is, in words that stay true while the panel is open.

import type { ClusterSeen } from "../../../server/src/lsp/protocol/protocol";
import { element, setText } from "../dom/dom";

export interface DataAge {
  readonly element: HTMLElement;
  update(seen: ClusterSeen | "live" | undefined): void;
}

const verbs = { read: "read", captured: "captured", written: "written" } as const;

export function createDataAge(): DataAge {
  const words = element("span", { class: "muted data-age" });
  let shown: ClusterSeen | "live" | undefined;
  const say = () => {
    if (typeof shown !== "object") return setText(words, shown ?? "");
    setText(words, `${verbs[shown.how]} ${ageText(Date.now() - shown.at)}`);
    words.title = new Date(shown.at).toLocaleString();
  };
  setInterval(say, 10_000);
  return {
    element: words,
    update: (seen) => {
      shown = seen;
      words.hidden = seen === undefined;
      say();
    },
  };
}

const units = [
  { milliseconds: 86_400_000, one: "day", many: "days" },
  { milliseconds: 3_600_000, one: "hour", many: "hours" },
  { milliseconds: 60_000, one: "min", many: "min" },
] as const;

/** "3 min ago"; a clock that runs ahead makes nothing younger than now. */
function ageText(milliseconds: number): string {
  for (const { milliseconds: size, one, many } of units) {
    const number = Math.floor(milliseconds / size);
    if (number >= 1) return `${number} ${number === 1 ? one : many} ago`;
  }
  return "just now";
}
