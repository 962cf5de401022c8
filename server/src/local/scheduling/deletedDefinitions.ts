// A task definition that is being deleted can be described for an hour, and until the last task and service that use it
// are gone.

import { deletionDue } from "../state/deletionDue";
import { rowsOf, type World } from "../state/world";

/** Removes those whose hour is over and that nothing uses. */
export function forgetDeletedDefinitions(world: World): void {
  const deleted = rowsOf(world.taskDefinitions, world.deletedDefinitions.members("yes"));
  const due = deleted.filter((it) => (deletionDue(it) ?? Number.POSITIVE_INFINITY) <= world.now());
  if (due.length === 0) return;
  const used = usedDefinitions(world);
  for (const { family, revision } of due) {
    const key = `${family}:${revision}`;
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
