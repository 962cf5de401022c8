// Findings about what the DAEMON scheduling strategy forbids or makes pointless.

import { type CatalogueEntry, invalid } from "./entry";

export const daemonFindings = {
  "daemon-desired-count": {
    severity: "error",
    title: "desiredCount on a DAEMON service",
    message:
      "A DAEMON service has no 'desiredCount': it runs one task on every matching container instance. Remove it.",
    why: "The number of tasks follows from the cluster; even 0 is refused.",
    server: invalid(
      "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again",
    ),
  },
  "daemon-placement-strategy": {
    severity: "error",
    title: "Placement strategy on a DAEMON service",
    message:
      "A DAEMON service has no placement strategy: every matching container instance gets a task. Remove it.",
    why: "A strategy chooses among instances; a daemon runs on all of them. Constraints say which ones.",
    server: invalid(
      "The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again",
    ),
  },
  "daemon-maximum-percent": {
    severity: "error",
    title: "maximumPercent above 100 on a DAEMON service",
    message: "'maximumPercent' is {percent}; a DAEMON service allows at most 100. Set it to 100.",
    why: "Never more than one task of a daemon runs on an instance, so an update cannot start the new one first.",
    server: invalid(
      "The daemon scheduling strategy does not support values above 100 for maximumPercent on a deployment configuration. Change the maximumPercent value to 100, and try again",
    ),
  },
  "daemon-capacity-provider": {
    severity: "error",
    title: "Capacity provider strategy on a DAEMON service",
    message:
      'A DAEMON service cannot use a capacity provider strategy. Write "launchType": "EC2" instead, which also overrides a default strategy of the cluster.',
    why: "A daemon takes every container instance of the cluster, whichever capacity provider brought it.",
    server: invalid(
      "Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.",
    ),
  },
} as const satisfies Record<string, CatalogueEntry>;
