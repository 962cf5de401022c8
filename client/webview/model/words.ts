// The panel's words for the server's terms, in the order in which they are shown.

import type { FilterName, Verdict } from "../../../server/src/core/scheduler/placement";
import { amountText } from "../../../server/src/core/text/counts";

/** What each verdict means, in a sentence for a tooltip and for a screen reader. */
export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  place: "A task would start here.",
  keep: "A task of this service runs here and stays, or is updated in place.",
  stop: "A task of this service runs here and must go.",
  blocked: "A task is wanted here, but cannot run.",
  unknown: "The cluster's data does not say enough to decide.",
  excluded: "No task is wanted here.",
};

/** What stands for a verdict in captions and labels; the verdict itself where nothing else is said. */
export type VerdictWords = Readonly<Partial<Record<Verdict, string>>>;

/** The order of the table and of the legend: what happens first, what keeps it from happening after. */
export const verdictOrder: readonly Verdict[] = ["place", "keep", "stop", "blocked", "unknown", "excluded"];

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

/** A number with the unit of its filter: `64 MiB`. */
export function quantity(filter: FilterName, value: string | number): string {
  const isAmount = typeof value === "number" && (filter === "cpu" || filter === "memory");
  return isAmount ? amountText(filter, value) : String(value);
}
