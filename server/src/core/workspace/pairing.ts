// The subject of a preview or a deployment: a task definition and a service that belong together, and whether that is
// certain.

import type { Resource } from "../resources/resource";
import type { Need } from "../source/node";

/**
 * An answer to the question which service goes with a task definition, as it is remembered: paths as the workspace
 * spells them. `null` is a new service, on every instance, that is in no file.
 */
export interface Pair {
  readonly taskDefinition: string;
  readonly service: string | null;
}

export interface Pairing {
  /** `undefined` where the workspace has none that the service refers to, or where it is not decided which. */
  readonly taskDefinition: Resource | undefined;
  /** `undefined`: a new service, named like the family; or not decided. */
  readonly service: Resource | undefined;
  /**
   * `only`: nothing else could be meant, but for other values than the defaults. `chosen`: the remembered answer decides. `given`: the call names the service.
   * `undecided`: several could be meant, and nobody has been asked.
   */
  readonly by: "only" | "chosen" | "given" | "undecided";
  /** What the question is about where there is one; absent: there is nothing to choose. */
  readonly question?: "taskDefinition" | "service";
  /** The names whose defaults choose the task definition of the service. */
  readonly byDefault?: readonly Need[];
  /** What could be chosen: services of the task definition, or task definitions of the service. */
  readonly candidates: readonly Resource[];
}
