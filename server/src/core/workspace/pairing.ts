// The subject of a preview or a deployment: a task definition and a service that belong together, and whether that is
// certain.

import { isService } from "../resources/kinds/registry";
import { nameOfResource } from "../resources/openResources";
import type { Resource } from "../resources/resource";
import type { Need } from "../source/node";
import type { Workspace } from "./workspace";

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

/**
 * A pairing as it is with values that somebody gives: they may choose another task definition for the service than the
 * defaults do. `read` gives a document with the values; the documents of the result are as they are without.
 */
export function pairingWithValues(
  pairing: Pairing,
  workspace: Pick<Workspace, "pairingOf">,
  read: (document: Resource) => Resource,
): Pairing {
  const { taskDefinition, service } = pairing;
  if (service?.hosted?.definitions === undefined) return pairing;
  const { by, byDefault: before, ...rest } = pairing;
  const now = workspace.pairingOf(read(service));
  const byDefault = now.byDefault && { byDefault: now.byDefault };
  const nameNow = now.taskDefinition && nameOfResource(now.taskDefinition);
  const isSame = taskDefinition !== undefined && nameNow === nameOfResource(taskDefinition);
  if (isSame) return { ...rest, by, ...byDefault };
  // Of a task definition the candidates are services.
  return pairing.candidates.some(isService)
    ? { ...rest, by, service: undefined }
    : { ...rest, by: now.by, taskDefinition: now.taskDefinition, ...byDefault };
}
