import type { ServerContext } from "../base/context";
import type { CoverageStore } from "../coverage/coverageStore";

/** What the views are made from. */
export interface ViewNeeds {
  readonly context: ServerContext;
  readonly store: CoverageStore;
}
