// A quick fix as a rule proposes it: changes, not text.

import type { Change } from "../source/change";
import type { FixTitle } from "./fixTitle";

/** Changes that remove a diagnostic; `safe` ones are part of "fix all". */
export interface ProposedFix {
  readonly title: FixTitle;
  readonly safe: boolean;
  readonly changes: readonly Change[];
}

/** A fix of these changes, in their order. */
export function fix(
  title: FixTitle,
  safe: boolean,
  ...changes: readonly (Change | readonly Change[])[]
): ProposedFix {
  return { title, safe, changes: changes.flat() };
}
