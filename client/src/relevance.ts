// A cheap look at a document, to decide whether the language server has to be started for it. It may say yes too
// often, never too rarely: what a document really is, the server decides.

export interface LookedAtDocument {
  readonly languageId: string;
  /** The path of its URI. */
  readonly path: string;
  readonly text: () => string;
}

const names = /task-?def|service|daemon|\.ecs-(cluster|fleet)\./i;
const members =
  /"(containerDefinitions|containerInstances|schedulingStrategy|serviceName|placementConstraints|groups)"/;
/** Enough to meet the first members of any document; a big snapshot is known by its name or its first member. */
const lookedAtCharacters = 64 * 1024;

/** Whether the server may have something to say about the document. */
export function isRelevant(document: LookedAtDocument): boolean {
  if (document.languageId === "ecs-query") return true;
  if (document.languageId !== "json" && document.languageId !== "jsonc") return false;
  const fileName = document.path.slice(document.path.lastIndexOf("/") + 1);
  return names.test(fileName) || members.test(document.text().slice(0, lookedAtCharacters));
}
