// Findings about network mode and ports.

import { type CatalogueEntry, client } from "./entry";

export const networkFindings = {
  "host-port-mismatch": {
    severity: "error",
    title: "Host port differs from container port",
    message:
      "With network mode {mode} the host port ({hostPort}) has to equal the container port ({containerPort}). Make them equal, or leave hostPort out.",
    why: "In the modes host and awsvpc nothing translates ports: the container's port is the port.",
    server: client(
      "When networkMode={mode}, the host ports and container ports in port mappings must match.",
    ),
  },
} as const satisfies Record<string, CatalogueEntry>;
