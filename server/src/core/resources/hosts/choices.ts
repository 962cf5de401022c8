// Values of which a condition of a template or module chooses one.

import type { Need, Node } from "../../source/node";

/** Whether a condition is true. */
export interface Decided {
  readonly truth: boolean;
  /** What it depends on where only a default decides it; empty where it is certain. */
  readonly needs: readonly Need[];
}

/** Two values of which a condition chooses one. */
export interface HostChoice {
  /** Each with `when`. */
  readonly branches: readonly Node[];
  /** `undefined`: nobody knows. */
  readonly decided: Decided | undefined;
  /** The names that decide. */
  readonly needs: readonly Need[];
}

/** The task definitions of a service among which a condition chooses. */
export interface Definitions {
  /** All that can be chosen, by their ids; `undefined` where one of the values is no resource of the file. */
  readonly ids: readonly string[] | undefined;
  /** The names that decide, with the defaults that count. */
  readonly needs: readonly Need[];
  /** The one that defaults choose. */
  readonly byDefault?: string;
}
