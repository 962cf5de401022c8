// Looking from a service into the task definition that it refers to, which is another file.

import type { ServiceView } from "../../documents/serviceView";
import { type TaskDefinitionView, taskDefinitionView } from "../../documents/taskDefinitionView";
import { type JsonNode, spanOf } from "../../documents/tree";
import type { RelatedPlace } from "../diagnostic";
import type { RuleContext } from "../rule";

/** The task definition that the service refers to, if the workspace has it. */
export function referredTask(
  { workspace }: RuleContext,
  service: ServiceView,
): TaskDefinitionView | undefined {
  if (service.taskDefinition === undefined) return undefined;
  const document = workspace.findTaskDefinition?.(service.taskDefinition);
  return document && taskDefinitionView(document);
}

/** A place in the task definition, which is another file. */
export function inTask(
  task: TaskDefinitionView,
  message: string,
  node: JsonNode | undefined,
): readonly RelatedPlace[] {
  return node ? [{ message, span: spanOf(node), file: task.document.fileName }] : [];
}
