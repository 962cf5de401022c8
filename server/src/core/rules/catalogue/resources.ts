// Findings about CPU and memory.

import { type CatalogueEntry, client } from "./entry";

export const resourceFindings = {
  "memory-missing": {
    severity: "error",
    title: "No memory given",
    message:
      "{container} has neither 'memory' nor 'memoryReservation', and the task definition has no 'memory'. Add one of them (MiB).",
    why: "ECS places tasks by the memory they reserve, so it has to be said somewhere: for the task, or for every container.",
    server: client(
      "Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ),
  },
  "memory-below-reservation": {
    severity: "error",
    title: "Memory limit below the reservation",
    message:
      "'memory' ({memory} MiB) is less than 'memoryReservation' ({reservation} MiB). Raise it to at least {reservation}, or lower the reservation.",
    why: "memory is the limit at which the container is killed, memoryReservation what is set aside for it; equal values are fine.",
    server: client(
      "Invalid setting for container '{name}'. 'memory' must be greater than or equal to 'memoryReservation'.",
    ),
  },
} as const satisfies Record<string, CatalogueEntry>;
