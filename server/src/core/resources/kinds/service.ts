// A service: the input of CreateService or UpdateService, or an answer of ECS about one.

import type { Node } from "../../source/node";
import { get } from "../../source/tree";
import { editDistance } from "../../text/spelling";
import type { Kind } from "./kind";
import { firstMembers, membersOf, withoutCommon } from "./membersOf";

export const serviceSigns = {
  kind: "service",
  names: /(\.service\.json|service-def.*\.json)$/i,
  members: ["taskDefinition", "schedulingStrategy", "serviceName", "serviceArn"],
} as const;

const properties = () => membersOf("CreateServiceRequest", "UpdateServiceRequest");

export const service: Kind = {
  signs: serviceSigns,
  noun: "a service",
  label: "service",
  ofService: "service",
  recognizes: (root) => serviceInside(root) !== undefined || isInput(root),
  recognizesMisspelt(root) {
    const found = firstMembers(root);
    const has = (name: string) => get(root, name)?.type === "string";
    const hasNear = (name: string) =>
      found.some((it) => it.value.type === "string" && editDistance(it.name, name, 1) <= 1);
    return (
      (has("serviceName") && (hasNear("taskDefinition") || hasNear("schedulingStrategy"))) ||
      (hasNear("serviceName") && (has("taskDefinition") || has("schedulingStrategy")))
    );
  },
  recognizesText: (has) => has("serviceName") && (has("taskDefinition") || has("schedulingStrategy")),
  distinctive: () => withoutCommon(properties()),
  properties,
  inputOf: (root) => serviceInside(root) ?? root,
  operationOf(input) {
    if (get(input, "serviceName")) return "createService";
    // Some tools pass the service's name separately; only an update can force a deployment.
    return get(input, "service") || get(input, "forceNewDeployment") ? "updateService" : "createService";
  },
};

/** The service in an answer of `describe-services` (the first one) or `create-service`. */
function serviceInside(root: Node | undefined): Node | undefined {
  const list = get(root, "services");
  const inner = list?.type === "array" ? list.children?.[0] : get(root, "service");
  return get(inner, "serviceArn") !== undefined || get(inner, "serviceName") !== undefined
    ? inner
    : undefined;
}

/**
 * `service` and `taskDefinition` are what the settings of many a deployment script have: they make an input of
 * UpdateService where no other member is foreign to it, or the task definition reads as a family with a revision or ARN.
 */
function isInput(root: Node): boolean {
  const has = (name: string) => get(root, name) !== undefined;
  if (has("serviceName")) return has("taskDefinition") || has("schedulingStrategy");
  if (!has("service") || !(has("taskDefinition") || has("schedulingStrategy"))) return false;
  const known = properties();
  const reference = get(root, "taskDefinition");
  return (
    (typeof reference?.value === "string" && /^arn:|^[\w-]+:\d+$/.test(reference.value)) ||
    firstMembers(root).every((it) => known.includes(it.name) || describedMembers.has(it.name))
  );
}

/** Members that answers of ECS have and no input. */
const describedMembers = new Set(["serviceArn", "clusterArn", "status", "runningCount", "pendingCount"]);
