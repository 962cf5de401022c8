// The documents of managed daemons in a workspace, and what they decide about a definition that could be of either kind.

import { familyOf } from "../resources/documentNames";
import { isForDaemons } from "../resources/kinds/daemonMarks";
import { isTaskDefinition, traitsOf } from "../resources/kinds/registry";
import { type Resource, readAs } from "../resources/resource";
import { daemonsIn, familyOfDaemon, type ManagedNeighbors } from "../rules/managed/managedNeighbors";
import type { Workspace } from "./workspace";

/** Daemons, their task definitions and capacity providers; a definition that daemons refer to is one of theirs. */
export function managedNeighbors(workspace: Workspace): ManagedNeighbors {
  const known = neighbors.get(workspace);
  if (known !== undefined) return known;
  const own = workspace.documents.filter((it) => traitsOf(it).isManaged);
  const families = new Set(daemonsIn({ documents: own }).flatMap((it) => familyOfDaemon(it) ?? []));
  const decided =
    families.size === 0
      ? []
      : workspace.documents.filter((it) => isUndecided(it) && isOfDaemons(it, families, workspace));
  const found = { documents: [...own, ...decided.map((it) => readAs(it, "daemonTaskDefinition"))] };
  neighbors.set(workspace, found);
  return found;
}

const neighbors = new WeakMap<Workspace, ManagedNeighbors>();

/**
 * The document as the kind that the workspace shows: a task definition whose content speaks for neither kind is a
 * daemon's where a daemon refers to its family and no service does.
 */
export function inItsKind(document: Resource, workspaceOf: () => Workspace): Resource {
  if (!isUndecided(document)) return document;
  const workspace = workspaceOf();
  const families = new Set(daemonsIn(managedNeighbors(workspace)).flatMap((it) => familyOfDaemon(it) ?? []));
  return isOfDaemons(document, families, workspace) ? readAs(document, "daemonTaskDefinition") : document;
}

/** Whether it is registered or deployed for a managed daemon; a capacity provider is not. */
export function isOfManagedDaemon(document: Resource): boolean {
  return traitsOf(document).isManaged === true && document.operation !== "createCapacityProvider";
}

function isUndecided({ kind, input, source: { root }, hosted }: Resource): boolean {
  if (!isTaskDefinition({ kind }) || hosted !== undefined || input?.type !== "object") return false;
  return input === root && isForDaemons(input) === undefined;
}

function isOfDaemons(document: Resource, families: ReadonlySet<string>, workspace: Workspace): boolean {
  const family = familyOf(document)?.name;
  return family !== undefined && families.has(family) && workspace.servicesOf(document).length === 0;
}
