// Kinds of container instances: those that are alike in all that the scheduler looks at, but their tasks and what only
// constraints read.

import type { ContainerInstance } from "../cluster/containerInstance";

/** One object for each kind. */
export type InstanceKind = object;

/**
 * Answers the kind of each instance of a cluster that is ACTIVE and connected and of which all is known; `undefined` for
 * any other. What a reader of snapshots keeps once is compared by identity: that may tell two apart which are alike.
 */
export function instanceKinds(): (instance: ContainerInstance) => InstanceKind | undefined {
  const kinds = new Map<object, Map<object, Map<object, InstanceKind>>>();
  return (instance) => {
    if (!isUsual(instance)) return undefined;
    const ofAttributes = known(kinds, instance.attributes, () => new Map());
    const ofRegistered = known(ofAttributes, instance.registered, () => new Map());
    return known(ofRegistered, instance.remaining, () => ({}));
  };
}

function isUsual(instance: ContainerInstance): boolean {
  return (
    instance.status === "ACTIVE" &&
    instance.agentConnected === true &&
    instance.isManagedInstance !== true &&
    instance.isStatusUnknown !== true &&
    instance.unknownResources === undefined &&
    instance.unreadableLists === undefined &&
    instance.unreadableAttributes === undefined
  );
}

function known<T>(map: Map<object, T>, key: object, make: () => T): T {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
