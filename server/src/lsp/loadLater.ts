// Loads what no document needs, at the first call.

import type { ServerContext } from "./base/context";
import type { Reach } from "./base/environment";

export interface Later extends Reach {
  /** Adds the answers of the features that are loaded later. */
  registerLater(context: ServerContext): void;
}

export const loadLater = (): Promise<Later> => import("./later");
