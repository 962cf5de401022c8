// A quick fix as a rule proposes it: changes, not text.

import type { Change } from "../source/change";

/** Changes that remove a diagnostic; `safe` ones are part of "fix all". */
export interface ProposedFix {
  readonly title: string;
  readonly safe: boolean;
  readonly changes: readonly Change[];
}

/** A fix of these changes, in their order. */
export function fix(
  title: string,
  safe: boolean,
  ...changes: readonly (Change | readonly Change[])[]
): ProposedFix {
  return { title, safe, changes: changes.flat() };
}
