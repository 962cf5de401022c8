// Findings about service input that hold for every service.

import type { CatalogueEntry } from "./entry";

export const serviceFindings = {} as const satisfies Record<string, CatalogueEntry>;
