// Pointing from a service into the task definition that it refers to, which is another file.

import type { TaskDefinitionView } from "../resources/taskDefinitionView";
import { type JsonNode, spanOf } from "../source/tree";
import type { RelatedPlace } from "./diagnostic";

/** A place in the task definition, which is another file. */
export function inTask(
  task: TaskDefinitionView,
  message: string,
  node: JsonNode | undefined,
): readonly RelatedPlace[] {
  return node ? [{ message, span: spanOf(node), file: task.document.source.file }] : [];
}
