// Inputs of operations of ECS that no file of ours is for: they share properties with those of ours.

import type { Node } from "../../source/node";
import { get, has } from "../../source/tree";

/** What makes a document one of ours, whatever else is in it. */
const ours = ["containerDefinitions", "schedulingStrategy", "desiredCount", "deploymentConfiguration"];

/** RunTask, StartTask, what they override, CreateTaskSet, CreateExpressGatewayService: properties that all of one group have. */
const others: readonly (readonly string[])[] = [
  ["taskDefinition", "overrides"],
  ["taskDefinition", "startedBy"],
  ["taskDefinition", "referenceId"],
  ["taskDefinition", "containerInstances"],
  ["containerOverrides"],
  ["service", "scale"],
  ["service", "externalId"],
  ["serviceName", "primaryContainer"],
];

/** Whether a document is the input of another operation than those that we know. */
export function isOtherInput(root: Node): boolean {
  return (
    others.some((it) => it.every((name) => has(root, name))) &&
    !ours.some((name) => has(root, name)) &&
    !(has(root, "serviceName") && has(root, "taskDefinition")) &&
    get(root, "service")?.type !== "object"
  );
}
