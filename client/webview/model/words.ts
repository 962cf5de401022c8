// The panel's words for the server's terms, in the order in which they are shown.

import type { FilterName, Verdict } from "../../../server/src/core/scheduler/placement";
import { amountText } from "../../../server/src/core/text/counts";
import type { ApplicableRemedy } from "../../../server/src/lsp/protocol/protocol";

/** What each verdict means, in a sentence for a tooltip and for a screen reader. */
export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  place: "A task will start here.",
  keep: "A task of this service runs here and stays, or is updated in place.",
  stop: "A task of this service runs here and will stop.",
  blocked: "A task is expected here, but cannot run.",
  unknown: "The cluster's data is not enough to decide.",
  excluded: "No task is expected here.",
};

/** The states in the words of the panel. */
export const verdictNames: Readonly<Record<Verdict, string>> = {
  place: "will start",
  keep: "running",
  stop: "will stop",
  blocked: "blocked",
  unknown: "unknown",
  excluded: "excluded",
};

/** What stands for a verdict in captions and labels; the verdict itself where nothing else is said. */
export type VerdictWords = Readonly<Partial<Record<Verdict, string>>>;

/** The order of the list and of its filters: what needs attention first, the normal last. */
export const verdictOrder: readonly Verdict[] = ["blocked", "unknown", "stop", "place", "keep", "excluded"];

export const filterTitles: Readonly<Record<FilterName, string>> = {
  status: "Status",
  constraints: "Placement constraints",
  agent: "Agent",
  attributes: "Required attributes",
  platform: "Platform",
  cpu: "CPU",
  memory: "Memory",
  ports: "Ports",
  gpu: "GPU",
  eni: "Network interfaces",
  subnets: "Subnets",
};

export const filterOrder = Object.keys(filterTitles) as readonly FilterName[];

/** What the button of a remedy does. */
export function remedyLabel(remedy: ApplicableRemedy): string {
  if (remedy.kind === "edit") {
    const { filter, value } = remedy;
    const change = filter === "ports" ? `Use host port ${value}` : `Reserve ${amountText(filter, value)}`;
    return `${change} in the editor`;
  }
  const list = remedy.attributes.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`));
  return `Put ${list.join(", ")} on the instance…`;
}
