// A managed daemon: the input of CreateDaemon or UpdateDaemon, or an answer of ECS about one.

import type { Node } from "../../source/node";
import { get, items } from "../../source/tree";
import type { Kind } from "./kind";

export const daemonSigns = {
  kind: "daemon",
  names: /\.daemon\.json$/i,
  members: ["daemonTaskDefinitionArn", "daemonName", "daemonArn"],
} as const;

export const daemon: Kind = {
  signs: daemonSigns,
  noun: "a managed daemon",
  label: "managed daemon",
  isManaged: true,
  answersLackMost: true,
  recognizes(root) {
    const found = (name: string) => get(root, name) !== undefined;
    // A daemon task definition as ECS answers it.
    if (found("daemonTaskDefinitionArn") && found("containerDefinitions")) return false;
    const isDaemon =
      found("daemonTaskDefinitionArn") &&
      (found("daemonName") || found("daemonArn") || found("capacityProviderArns"));
    return isDaemon || (found("daemonName") && found("capacityProviderArns")) || wrapped(root) !== undefined;
  },
  recognizesText: (has) =>
    has("daemonTaskDefinitionArn") && (has("daemonName") || has("capacityProviderArns")),
  distinctive: () => [
    "daemonName",
    "daemonArn",
    "daemonTaskDefinitionArn",
    "capacityProviderArns",
    "clusterArn",
    "deploymentConfiguration",
    "propagateTags",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "critical",
  ],
  inputOf: (root) => wrapped(root) ?? root,
  operationOf: (input) =>
    get(input, "daemonArn") && !get(input, "daemonName") ? "updateDaemon" : "createDaemon",
};

/** The daemon in an answer of `describe-daemon`, or the first revision in one of `describe-daemon-revisions`. */
function wrapped(root: Node | undefined): Node | undefined {
  const inner = get(root, "daemon") ?? items(get(root, "daemonRevisions"))[0];
  return get(inner, "daemonArn") ? inner : undefined;
}
