// A task definition that is being deleted stays until the last task and service that use it are gone.

import type { World } from "../state/world";

/** Removes those that nothing uses. */
export function forgetDeletedDefinitions(world: World): void {
  if (world.deletedDefinitions.members("yes").size === 0) return;
  const used = usedDefinitions(world);
  for (const key of [...world.deletedDefinitions.members("yes")]) {
    if (!used.has(key)) world.taskDefinitions.delete(key);
  }
}

function usedDefinitions(world: World): ReadonlySet<string> {
  const used = new Set<string>();
  for (const it of world.services.values()) {
    if (it.status !== "INACTIVE") for (const one of it.deployments) used.add(one.taskDefinition);
  }
  for (const it of world.tasks.values()) if (it.lastStatus !== "STOPPED") used.add(it.taskDefinition);
  return used;
}
