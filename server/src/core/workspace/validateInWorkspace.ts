// Validates a document together with those that it belongs to.

import type { Resource } from "../resources/resource";
import type { Diagnostic } from "../rules/diagnostic";
import { validateDocument } from "../rules/validate";
import type { ValidationContext } from "../rules/validationContext";
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
  const document = kindIsGiven ? written : inItsKind(written, workspaceOf);
  if (isManaged(document))
    return validateDocument(document, { ...context, managed: managedNeighbors(workspaceOf()) });
  const run = (definition: Resource | undefined) =>
    validateDocument(document, {
      ...context,
      findTaskDefinition: () => definition,
      findServices: () => workspaceOf().daemonsOf(document),
    });
  if (document.kind !== "service") return run(undefined);
  const { decided, candidates } = workspaceOf().definitionChoice(document);
  if (decided !== undefined) return run(decided.document);
  if (candidates.length === 0 || candidates.length > mostCandidates) return run(undefined);
  const [first = [], ...others] = candidates.map((it) => run(it.document));
  const shared = others.map((diagnostics) => new Set(diagnostics.map(keyOf)));
  return first.filter((it) => shared.every((keys) => keys.has(keyOf(it))));
}

/** The documents that the diagnostics depend on: as long as they are the same, so are the diagnostics. */
export function validationPartners(document: Resource, workspace: Workspace): readonly Resource[] {
  if (document.kind === "service") {
    const { decided, candidates } = workspace.definitionChoice(document);
    return (decided === undefined ? candidates : [decided]).map((it) => it.document);
  }
  const managed = isManaged(inItsKind(document, () => workspace))
    ? managedNeighbors(workspace).documents
    : [];
  return document.kind === "taskDefinition" ? [...workspace.daemonsOf(document), ...managed] : managed;
}

function isManaged({ kind }: Resource): boolean {
  return kind === "daemonTaskDefinition" || kind === "daemon";
}

function keyOf({ code, severity, span }: Diagnostic): string {
  return JSON.stringify([code, severity, span.start, span.end]);
}
