// Names of properties in messages, as the host of a resource spells them: a reader looks for what is in the file.

import { cloudFormationHostNames } from "../resources/hosts/hostNames";
import type { Resource } from "../resources/resource";
import { get } from "../source/tree";
import type { Span } from "../text/span";

/** A quoted name of several words, `'maximumPercent'`: a single word may as well be a value. */
const quotedName = /'([a-z]+[0-9]*(?:[A-Z]+[a-z0-9]*)+)'/g;

/** Arguments of the AWS provider's resources that are not the API's name in snake case. */
const terraformNames: Readonly<Record<string, string>> = {
  serviceName: "name",
  daemonName: "name",
  vCpuCount: "vcpu_count",
  memoryMiB: "memory_mib",
  minimumHealthyPercent: "deployment_minimum_healthy_percent",
  maximumPercent: "deployment_maximum_percent",
  placementStrategy: "ordered_placement_strategy",
  loadBalancers: "load_balancer",
  enableECSManagedTags: "enable_ecs_managed_tags",
};

/** The message with the names that the file has; `span` is the place of the diagnostic. */
export function inHostSpelling(message: string, { hosted, input, operation }: Resource, span: Span): string {
  if (hosted?.host === "cloudFormation")
    return message.replace(quotedName, (_, name: string) => `'${cloudFormationHostNames.nameFor("", name)}'`);
  if (hosted?.host !== "terraform") return message;
  const containers = get(input, "containerDefinitions");
  const isInContainers =
    containers !== undefined &&
    containers.offset <= span.start &&
    span.end <= containers.offset + containers.length;
  // A list of containers has the API's names.
  if (isInContainers && operation !== "registerDaemonTaskDefinition") return message;
  return message.replace(quotedName, (_, name: string) => `'${terraformNames[name] ?? snakeCase(name)}'`);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => `_${letters.toLowerCase()}`);
}
