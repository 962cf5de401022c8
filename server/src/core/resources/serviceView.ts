// A service read lazily from the tree: what most rules ask first.

import { get, isOpen, type JsonNode, stringOf } from "../source/tree";
import { isService } from "./kinds/registry";
import type { Resource } from "./resource";

export interface ServiceView {
  readonly document: Resource;
  readonly input: JsonNode;
  readonly name: string | undefined;
  /** Family, family:revision or ARN; in a template the id of a resource that is, or may be, referred to. */
  readonly taskDefinition: string | undefined;
  /** Whether `schedulingStrategy` says so; without it ECS takes REPLICA. */
  readonly isDaemon: boolean;
  readonly launchType: string | undefined;
  /** Type of the deployment controller; ECS takes `ECS` where none is given. */
  readonly controller: string | undefined;
  /** Whether the deployment controller is EXTERNAL, or nobody knows whether it is. */
  readonly mayBeExternal: boolean;
}

/** The view of a service document; `undefined` for any other. */
export function serviceView(document: Resource): ServiceView | undefined {
  const { input, hosted } = document;
  if (!isService(document) || input?.type !== "object") return undefined;
  const controllerNode = get(input, "deploymentController");
  const typeNode = get(controllerNode, "type");
  const controller = stringOf(typeNode);
  const isUnknown = [input, controllerNode, typeNode].some(isOpen);
  return {
    document,
    input,
    name: stringOf(get(input, "serviceName") ?? get(input, "service")),
    taskDefinition:
      stringOf(get(input, "taskDefinition")) ?? hosted?.definitionId ?? hosted?.definitions?.ids?.[0],
    isDaemon: stringOf(get(input, "schedulingStrategy")) === "DAEMON",
    launchType: stringOf(get(input, "launchType")),
    controller,
    mayBeExternal: controller === "EXTERNAL" || (controller === undefined && isUnknown),
  };
}
