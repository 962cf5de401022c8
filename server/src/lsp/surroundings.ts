// What completion knows beside the document itself.

import type { EcsDocument } from "../core/documents/document";
import { familyOf, serviceNamesOf } from "../core/editing/documentNames";
import type { ValueSurroundings } from "../core/editing/knownValues";
import type { ServerContext } from "./context";

export function surroundingsOf({ index }: ServerContext, document: EcsDocument): ValueSurroundings {
  const reference = serviceNamesOf(document)?.taskDefinition?.name;
  return {
    taskDefinition:
      reference === undefined ? undefined : index.findTaskDefinition(reference, document.fileName),
    families: [...new Set(index.documents().flatMap((it) => familyOf(it)?.name ?? []))],
  };
}
