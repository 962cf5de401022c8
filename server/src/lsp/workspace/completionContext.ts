// What completion knows beside the document itself.

import { attributeStatistics } from "../../core/cluster/attributeStatistics";
import { isNameOnly } from "../../core/language/expressions/clusterVocabulary";
import type { ValueSurroundings } from "../../core/language/knownValues";
import { familyOf } from "../../core/resources/documentNames";
import type { Resource } from "../../core/resources/resource";
import type { ServerContext } from "../base/context";

export function surroundingsOf({ index, clusters }: ServerContext, document: Resource): ValueSurroundings {
  const workspace = index.workspace();
  const cluster = clusters.current()?.cluster;
  const names = cluster === undefined ? [] : [...attributeStatistics(cluster).keys()];
  return {
    attributes: names.filter((it) => !isNameOnly(cluster, it)).sort(),
    taskDefinition: workspace.definitionOf(document),
    families: [...new Set(workspace.documents.flatMap((it) => familyOf(it)?.name ?? []))],
  };
}
