// What is not documented about managed daemons, and is said wherever it matters. One list for every door.

/** Sentences; those that matter for a deployment come first. */
export const unknownsOfDaemons: readonly string[] = [
  "Whether ECS counts daemons when it chooses an instance type.",
  "How ECS rounds drainPercent, whether it always takes at least one instance, and how long a batch takes.",
  "Whether an update that changes nothing replaces the instances.",
  "Which instance types and how many instances ECS starts, and what memory a type registers that was not seen yet.",
  "The words in which ECS rejects these operations, and its limits.",
  "Which ports a daemon binds: nothing declares them.",
  "Whether a host path exists on the instances, and whether an image runs on their architecture.",
  "Whether a definition needs memory, and after how many failures the circuit breaker acts.",
];
