// Validates a document together with those that it belongs to.

import { isService, isTaskDefinition, traitsOf } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import type { Diagnostic } from "../rules/diagnostic";
import { validateDocument } from "../rules/validate";
import type { ValidationContext } from "../rules/validationContext";
import { get, items, stringOf } from "../source/tree";
import { isInList, withReader } from "./listReaders";
import { inItsKind, managedNeighbors } from "./managedFiles";
import type { Workspace } from "./workspace";

/** Beyond this many equal candidates nobody can say anything that holds for all of them. */
const mostCandidates = 8;

/**
 * Every diagnostic of a document. The workspace is read only where the document can belong to another one. Where several task definitions could be meant, only what holds with each of them is
 * reported: whichever it is, it is true. `kindIsGiven`: somebody has said what kind the document is of.
 */
export function validateInWorkspace(
  written: Resource,
  workspaceOf: () => Workspace,
  context: Omit<ValidationContext, "findTaskDefinition" | "findServices"> = {},
  kindIsGiven = false,
): readonly Diagnostic[] {
  if (written.hosted?.host === "containerList") return validateList(written, workspaceOf, context);
  const document = kindIsGiven ? written : inItsKind(written, workspaceOf);
  if (isManaged(document))
    return validateDocument(document, { ...context, managed: managedNeighbors(workspaceOf()) });
  const managed = mayConcernManaged(document) ? { managed: managedNeighbors(workspaceOf()) } : {};
  const run = (definition: Resource | undefined) =>
    validateDocument(document, {
      ...context,
      ...managed,
      findTaskDefinition: () => definition,
      findServices: () => workspaceOf().daemonsOf(document),
    });
  if (!isService(document)) return run(undefined);
  const { decided, candidates } = workspaceOf().definitionChoice(document);
  if (decided !== undefined) return run(decided.document);
  if (candidates.length === 0 || candidates.length > mostCandidates) return run(undefined);
  const [first = [], ...others] = candidates.map((it) => run(it.document));
  const shared = others.map((diagnostics) => new Set(diagnostics.map(keyOf)));
  return first.filter((it) => shared.every((keys) => keys.has(keyOf(it))));
}

/** A list of containers is checked with the definition that reads it, where exactly one does. */
function validateList(
  list: Resource,
  workspaceOf: () => Workspace,
  context: Omit<ValidationContext, "findTaskDefinition" | "findServices">,
): readonly Diagnostic[] {
  const workspace = workspaceOf();
  const [reader, ...others] = workspace.readersOf(list);
  if (reader === undefined || others.length > 0) return validateDocument(list, context);
  const findServices = () => workspace.daemonsOf(reader);
  const found = validateDocument(withReader(list, reader), { ...context, findServices });
  return found.filter((it) => isInList(it.span, list));
}

/** The documents that the diagnostics depend on: as long as they are the same, so are the diagnostics. */
export function validationPartners(document: Resource, workspace: Workspace): readonly Resource[] {
  if (document.hosted?.host === "containerList") {
    const readers = workspace.readersOf(document);
    return [...readers, ...readers.flatMap((it) => workspace.daemonsOf(it))];
  }
  const isConcerned = mayConcernManaged(document) || isManaged(inItsKind(document, () => workspace));
  const managed = isConcerned ? managedNeighbors(workspace).documents : [];
  if (isService(document)) {
    const { decided, candidates } = workspace.definitionChoice(document);
    return [...(decided === undefined ? candidates : [decided]).map((it) => it.document), ...managed];
  }
  return isTaskDefinition(document) ? [...workspace.daemonsOf(document), ...managed] : managed;
}

/** Whether an ordinary document can have to do with the managed daemons of the workspace. */
function mayConcernManaged(document: Resource): boolean {
  const { input } = document;
  const { ofService } = traitsOf(document);
  if (ofService === "service") return get(input, "capacityProviderStrategy") !== undefined;
  return (
    ofService === "taskDefinition" &&
    items(get(input, "requiresCompatibilities")).some((it) => stringOf(it) === "MANAGED_INSTANCES")
  );
}

function isManaged(document: Resource): boolean {
  return traitsOf(document).isManaged === true;
}

function keyOf({ code, severity, span }: Diagnostic): string {
  return JSON.stringify([code, severity, span.start, span.end]);
}
