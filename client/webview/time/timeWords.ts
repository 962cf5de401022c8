// The words of Time: its stories, and the states of an instance in a step of one.

import type { ScenarioName } from "../../../server/src/lsp/protocol/protocol";

/** They have the marks of verdicts. */
export const timeWords = {
  keep: "running",
  place: "starting",
  stop: "stopping",
  blocked: "blocked",
  excluded: "excluded",
  unknown: "undecided",
} as const;

export const scenarios: readonly { readonly value: ScenarioName; readonly text: string }[] = [
  { value: "joinAndLeave", text: "Container instances join and leave" },
  { value: "update", text: "A rolling update to the next revision" },
  { value: "drain", text: "A container instance is drained" },
  { value: "race", text: "The race with replicas on a new instance" },
  { value: "raceTied", text: "The race, with the replicas tied to the daemon" },
  { value: "attributes", text: "Attributes change" },
];

/** Whether there is such a story: a page may have kept the name of another. */
export const isScenario = (name: unknown): name is ScenarioName => scenarios.some((it) => it.value === name);
