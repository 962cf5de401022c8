// Looks for the files that show who sends a document: an ecspresso configuration beside it, GitHub workflows above it.

import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { traitsOf } from "../../core/resources/kinds/registry";
import type { Resource } from "../../core/resources/resource";
import {
  isEcspressoConfig,
  isWorkflow,
  noEvidence,
  type Sender,
  senderOf,
} from "../../core/resources/senders";
import { type EcspressoConfig, pairsOfEcspresso } from "../../core/workspace/ecspressoFiles";
import { tryRead } from "./textFiles";

/** How many folders above the document's are looked at; the repository's own is mostly within three. */
const mostFoldersUp = 12;

/** Bytes; GitHub takes far less. */
const largestWorkflow = 1_000_000;

/** Answers who sends a document. Folders are read once each; nothing is read of files that no other tool could send. */
export function createSenderLookup(): (document: Resource) => Sender {
  const workflows = new Map<string, readonly string[]>();
  return (document) => {
    if (traitsOf(document).ofService === undefined) return "awsCli";
    const byText = senderOf(document, noEvidence);
    if (byText !== "awsCli") return byText;
    const folder = resolve(dirname(document.source.file));
    const neighbors = namesIn(folder).filter(isEcspressoConfig);
    const texts = workflows.get(folder) ?? workflowsAbove(folder);
    workflows.set(folder, texts);
    return senderOf(
      { ...document, source: { ...document.source, file: resolve(document.source.file) } },
      { neighbors, workflows: texts },
    );
  };
}

/** Answers which task definition a configuration of ecspresso names together with the file of a service; by full paths. */
export function createDefinitionLookup(): (servicePath: string) => string | undefined {
  const folders = new Map<string, ReadonlyMap<string, string>>();
  return (servicePath) => {
    const folder = dirname(servicePath);
    const known = folders.get(folder) ?? pairsOfEcspresso(configsIn(folder), resolve);
    folders.set(folder, known);
    return known.get(servicePath);
  };
}

function configsIn(folder: string): readonly EcspressoConfig[] {
  const texts = namesIn(folder)
    .filter(isEcspressoConfig)
    .map((it) => tryRead(join(folder, it), largestWorkflow));
  return texts.flatMap((text) => (text === undefined ? [] : [{ folder, text }]));
}

function workflowsAbove(folder: string): readonly string[] {
  let at = folder;
  for (let up = 0; up <= mostFoldersUp; up += 1) {
    const candidate = join(at, ".github", "workflows");
    if (existsSync(candidate)) return textsIn(candidate);
    // A workflow above the repository's root has nothing to do with it.
    if (existsSync(join(at, ".git")) || dirname(at) === at) return [];
    at = dirname(at);
  }
  return [];
}

function textsIn(folder: string): readonly string[] {
  return namesIn(folder)
    .map((it) => join(folder, it))
    .filter(isWorkflow)
    .flatMap((it) => tryRead(it, largestWorkflow) ?? []);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
