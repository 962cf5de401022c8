// The words for the states of an instance in a step of a timeline.

/** They have the marks of verdicts. */
export const timeWords = {
  keep: "running",
  place: "starting",
  stop: "stopping",
  blocked: "blocked",
  excluded: "excluded",
  unknown: "undecided",
} as const;
