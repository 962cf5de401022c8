// Findings about volumes and mount points.

import { type CatalogueEntry, client } from "./entry";

export const volumeFindings = {
  "unknown-volume": {
    severity: "error",
    title: "Mount of an undeclared volume",
    message: "The volume '{volume}' is not declared in 'volumes'. {advice}",
    why: "A mount point refers to a volume of the same task definition by name.",
    server: client("Unknown volume '{volume}'."),
  },
} as const satisfies Record<string, CatalogueEntry>;
