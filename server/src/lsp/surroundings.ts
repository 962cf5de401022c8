// What completion knows beside the document itself.

import { attributeStatistics } from "../core/cluster/attributeStatistics";
import type { EcsDocument } from "../core/documents/document";
import { isNameOnly } from "../core/editing/clusterVocabulary";
import { familyOf } from "../core/editing/documentNames";
import type { ValueSurroundings } from "../core/editing/knownValues";
import type { ServerContext } from "./context";

export function surroundingsOf({ index, clusters }: ServerContext, document: EcsDocument): ValueSurroundings {
  const workspace = index.workspace();
  const cluster = clusters.current()?.cluster;
  const names = cluster === undefined ? [] : [...attributeStatistics(cluster).keys()];
  return {
    attributes: names.filter((it) => !isNameOnly(cluster, it)).sort(),
    taskDefinition: workspace.definitionOf(document),
    families: [...new Set(workspace.documents.flatMap((it) => familyOf(it)?.name ?? []))],
  };
}
