// A capacity provider of managed instances: the input of CreateCapacityProvider, or an answer of ECS about one.

import type { Node } from "../../source/node";
import { get, items } from "../../source/tree";
import type { Kind } from "./kind";
import { membersOf } from "./membersOf";

export const capacityProviderSigns = {
  kind: "capacityProvider",
  names: /\.capacity-provider\.json$/i,
  members: ["managedInstancesProvider"],
} as const;

export const capacityProvider: Kind = {
  signs: capacityProviderSigns,
  noun: "a capacity provider",
  label: "capacity provider",
  isManaged: true,
  answersLackMost: true,
  recognizes: (root) =>
    get(root, "managedInstancesProvider")?.type === "object" || wrapped(root) !== undefined,
  recognizesText: (has) => has("managedInstancesProvider"),
  distinctive: () => ["managedInstancesProvider", "autoScalingGroupProvider"],
  properties: () => membersOf("CreateCapacityProviderRequest"),
  inputOf: (root) => wrapped(root) ?? root,
  operationOf: () => "createCapacityProvider",
};

/** The provider in an answer of `describe-capacity-providers`. */
function wrapped(root: Node | undefined): Node | undefined {
  // A snapshot has the providers of its cluster.
  if (get(root, "containerInstances") !== undefined) return undefined;
  const inner = get(root, "capacityProvider") ?? items(get(root, "capacityProviders"))[0];
  return get(inner, "managedInstancesProvider") ? inner : undefined;
}
