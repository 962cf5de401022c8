// A cheap look at a document, to decide whether the language server has to be started for it. It may say yes too
// often, never too rarely: what a document really is, the server decides, which begins with the same check.

import { isHostFile, likelyKind, mayBeOurs } from "../../server/src/core/resources/kinds/kindSigns";
import type { DocumentKind } from "../../server/src/lsp/protocol/protocol";

export interface LookedAtDocument {
  readonly languageId: string;
  /** The path of its URI. */
  readonly path: string;
  readonly text: () => string;
}

const jsonLanguages: readonly string[] = ["json", "jsonc"];
/** Their files describe any number of resources in their own way. */
const hostLanguageIds: readonly string[] = ["yaml", "cloudformation", "terraform", "opentofu"];

/** Whether the server may have something to say about the document. */
export function isRelevant({ languageId, path, text }: LookedAtDocument): boolean {
  if (languageId === "ecs-query") return true;
  const isCandidate = jsonLanguages.includes(languageId) || hostLanguageIds.includes(languageId);
  return isCandidate && mayBeOurs(path, text());
}

/** Whether the document may be a template or a Terraform file with something of ECS. */
export function isHosted(document: LookedAtDocument): boolean {
  return isHostFile(document.path) && isRelevant(document);
}

/** What the document seems to be, until the server has answered. */
export function kindAtFirstSight(document: LookedAtDocument): DocumentKind | undefined {
  if (document.languageId === "ecs-query") return "query";
  if (isHostFile(document.path)) return undefined;
  return isRelevant(document) ? likelyKind(document.path, document.text()) : undefined;
}
