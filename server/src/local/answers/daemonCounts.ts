// How many instances of a capacity provider run a revision of a managed daemon, run without it, and drain.

import {
  daemonTaskOn,
  instancesOfProvider,
  isRunning,
  revisionOn,
} from "../scheduling/managed/managedInstances";
import type { DaemonRevisionRecord } from "../state/managedRecords";
import { rowsOf, type World } from "../state/world";

export interface DaemonCounts {
  readonly provider: string;
  /** Instances that are not draining and run the daemon. */
  readonly running: number;
  /** ACTIVE instances that were launched with the revision and run without it. */
  readonly without: number;
  readonly draining: number;
}

/** One entry for each capacity provider of the revision. */
export function countsOf(world: World, revision: DaemonRevisionRecord): readonly DaemonCounts[] {
  return revision.capacityProviders.map((provider) => {
    const instances = instancesOfProvider(world, provider).filter(
      (it) => revisionOn(it, revision.daemon) === revision.id,
    );
    const runs = (id: string) => isRunning(daemonTaskOn(world, id, revision.daemon));
    return {
      provider,
      running: instances.filter((it) => it.status !== "DRAINING" && runs(it.id)).length,
      without: instances.filter((it) => it.status === "ACTIVE" && !runs(it.id)).length,
      draining: instances.filter((it) => it.status === "DRAINING").length,
    };
  });
}

export const sumOf = (counts: readonly DaemonCounts[], name: "running" | "without" | "draining"): number =>
  counts.reduce((sum, it) => sum + it[name], 0);

/** Revisions that instances were launched with, oldest first. */
export function revisionsPresent(world: World, daemon: string): readonly DaemonRevisionRecord[] {
  const ids = new Set<string>();
  for (const it of world.instances.values()) {
    if (it.managed === undefined || it.status === "INACTIVE") continue;
    for (const one of it.managed.daemons) if (one.daemon === daemon) ids.add(one.revision);
  }
  return rowsOf(world.daemonRevisions, ids);
}
