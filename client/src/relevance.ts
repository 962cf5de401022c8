// A cheap look at a document, to decide whether the language server has to be started for it. It may say yes too
// often, never too rarely: what a document really is, the server decides, which begins with the same check.

import {
  hostFileGlob,
  isHostFile,
  likelyKind,
  mayBeOurs,
} from "../../server/src/core/resources/kinds/kindSigns";
import type { DocumentKind } from "../../server/src/lsp/protocol/protocol";

export interface LookedAtDocument {
  readonly languageId: string;
  /** The path of its URI. */
  readonly path: string;
  readonly text: () => string;
}

const jsonLanguages: readonly string[] = ["json", "jsonc"];
/** Their files describe any number of resources in their own way. */
const hostLanguages: readonly string[] = ["yaml", "cloudformation", "terraform", "opentofu"];
/** Their expressions are checked while the server runs; it is not started for them. */
const programLanguages: readonly string[] = [
  ...["typescript", "typescriptreact", "javascript", "javascriptreact", "python", "go", "csharp", "java"],
  ...["shellscript", "jsonnet"],
];

/** The documents that the server gets; files of hosts in any language, since VS Code alone has them as plain text. */
export const serverDocuments: readonly ({ readonly language: string } | { readonly pattern: string })[] = [
  ...[...jsonLanguages, ...hostLanguages, ...programLanguages, "ecs-query"].map((language) => ({ language })),
  { pattern: hostFileGlob },
];

/** Whether the server may have something to say about the document. */
export function isRelevant({ languageId, path, text }: LookedAtDocument): boolean {
  if (languageId === "ecs-query") return true;
  const isCandidate =
    jsonLanguages.includes(languageId) || hostLanguages.includes(languageId) || isHostFile(path);
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
