// What the rules may look at beside a document: the task definitions and services that the call names, and those that
// lie in the same folders.

import { readdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { EcsDocument } from "../core/documents/document";
import { familyOf, familyOfReference, serviceNamesOf } from "../core/editing/documentNames";
import type { ValidationContext } from "../core/rules/validationContext";
import { tryOpen } from "./documentFiles";

export interface Surroundings {
  of(document: EcsDocument): ValidationContext;
}

/**
 * Neighbors are read only when a rule asks for one. `byFamily` are task definitions that the call names for families:
 * they count before those that have the family.
 */
export function createSurroundings(
  named: readonly EcsDocument[],
  byFamily: ReadonlyMap<string, EcsDocument> = new Map(),
): Surroundings {
  const folders = new Map<string, readonly EcsDocument[]>();
  const known = new Set(named.map((it) => it.fileName));
  const neighbors = (document: EcsDocument): readonly EcsDocument[] => {
    const folder = dirname(document.fileName);
    const found = folders.get(folder) ?? openNeighbors(folder, known);
    folders.set(folder, found);
    return found;
  };
  const candidates = (document: EcsDocument) => [...named, ...neighbors(document)];
  const definitionFor = (reference: string, near: EcsDocument) => {
    const family = familyOfReference(reference);
    if (family === undefined) return undefined;
    const chosen = byFamily.get(family);
    if (chosen !== undefined) return chosen;
    return nearest(
      candidates(near).filter((it) => familyOf(it)?.name === family),
      near,
    );
  };
  return {
    of: (document) => ({
      findTaskDefinition: (reference) => definitionFor(reference, document),
      findServices: () =>
        candidates(document).filter((it) => {
          const names = serviceNamesOf(it);
          if (names?.isDaemon !== true || names.taskDefinition === undefined) return false;
          const definition = definitionFor(names.taskDefinition.name, it);
          return definition !== undefined && resolve(definition.fileName) === resolve(document.fileName);
        }),
    }),
  };
}

function openNeighbors(folder: string, known: ReadonlySet<string>): readonly EcsDocument[] {
  return namesIn(folder)
    .filter((it) => /\.jsonc?$/i.test(it))
    .map((it) => join(folder, it))
    .filter((it) => !known.has(it))
    .flatMap((it) => {
      const document = tryOpen(it);
      return document?.kind === "taskDefinition" || document?.kind === "service" ? [document] : [];
    });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** The one with the shortest way from folder to folder; of equals the first. */
function nearest(documents: readonly EcsDocument[], near: EcsDocument): EcsDocument | undefined {
  const distance = (it: EcsDocument) =>
    relative(dirname(near.fileName), dirname(it.fileName))
      .split(sep)
      .filter((step) => step !== "").length;
  return [...documents].sort((left, right) => distance(left) - distance(right))[0];
}
