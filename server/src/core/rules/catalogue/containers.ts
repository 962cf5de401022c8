// Findings about the task definition as a whole and its containers.

import { type CatalogueEntry, client } from "./entry";

export const containerFindings = {
  "no-essential-container": {
    severity: "error",
    title: "No essential container",
    message:
      'No container of this task definition is essential. Remove "essential": false from at least one.',
    why: "A task lives as long as its essential containers; without one ECS cannot tell when it ends.",
    server: client("Task definition doesn't have any essential container"),
  },
  "duplicate-container-name": {
    severity: "error",
    title: "Two containers with one name",
    message:
      "Another container of this task definition is already called '{name}'. Give this one a name of its own.",
    why: "Links, dependencies, volumesFrom and load balancers refer to containers by name.",
    server: client("Container names must be unique within a task definition"),
  },
} as const satisfies Record<string, CatalogueEntry>;
