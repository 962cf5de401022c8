// Tags that ECS puts on tasks itself where enableECSManagedTags is true (API model).

import type { Tag } from "../state/records";

/** Of a task of the cluster, and of the service where it belongs to one. */
export function managedTags(cluster: string, service?: string): readonly Tag[] {
  const tags = [{ key: "aws:ecs:clusterName", value: cluster }];
  return service === undefined ? tags : [...tags, { key: "aws:ecs:serviceName", value: service }];
}

/** All of the lists; of tags with the same key the last. */
export function mergedTags(...lists: readonly (readonly Tag[])[]): readonly Tag[] {
  return [...new Map(lists.flat().map((it) => [it.key, it])).values()];
}
