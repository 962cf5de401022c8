// A daemon file that names no ARN at all: the deployment fills them in.

import { get, isOpen, type JsonNode } from "../../source/tree";
import type { RuleContext } from "../rule";

const arns = ["daemonTaskDefinitionArn", "capacityProviderArns", "clusterArn"];

/** Whether a daemon's file leaves everything to the deployment that depends on account and Region. */
export function isLeftToDeploy({
  input,
  operation,
}: Pick<RuleContext, "operation"> & { readonly input: JsonNode }): boolean {
  if (operation !== "createDaemon" || isOpen(input)) return false;
  return get(input, "daemonName") !== undefined && arns.every((it) => get(input, it) === undefined);
}
