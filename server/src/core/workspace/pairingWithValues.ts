// Which task definition and service belong together where somebody gives values for names of a template or module.

import { isService } from "../resources/kinds/registry";
import { nameOfResource } from "../resources/openResources";
import type { Resource } from "../resources/resource";
import type { Pairing } from "./pairing";
import type { Workspace } from "./workspace";

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
