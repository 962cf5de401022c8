// Starts a daemon's task on a Managed Instance that is on its way.

import type { DaemonRevisionRecord } from "../../state/managedRecords";
import type { Tag } from "../../state/records";
import type { World } from "../../state/world";
import { managedTags, mergedTags } from "../managedTags";
import { startTask } from "../taskLife";
import { requirementsOfDefinition } from "../taskParts";
import { noteFailure } from "./daemonFailures";
import type { ManagedInstance } from "./managedInstances";

/** What a task of the revision reserves on its instance: CPU units and MiB. */
export function reservationOf(
  world: World,
  revision: DaemonRevisionRecord,
): { readonly cpu: number; readonly memory: number } {
  const definition = world.daemonDefinitions.get(revision.taskDefinition);
  return definition === undefined ? { cpu: 0, memory: 0 } : requirementsOfDefinition(definition);
}

/** Notes a failure where the instance has no room for it (the words of ECS's events). */
export function startDaemonTask(
  world: World,
  instance: ManagedInstance,
  revision: DaemonRevisionRecord,
): void {
  const definition = world.daemonDefinitions.get(revision.taskDefinition);
  const daemon = world.daemons.get(revision.daemon);
  const remaining = world.view(instance.id)?.remaining;
  if (definition === undefined || remaining === undefined) return;
  const { cpu, memory } = reservationOf(world, revision);
  const lacking = cpu > remaining.cpu ? "CPU" : memory > remaining.memory ? "MEMORY" : undefined;
  if (lacking !== undefined) {
    noteFailure(world, {
      daemon: revision.daemon,
      revision: revision.id,
      instance: instance.id,
      reason: `RESOURCE:${lacking} - Unable to place daemon task on container instance: insufficient ${lacking === "CPU" ? lacking : "memory"}`,
    });
    return;
  }
  const name = revision.daemon.slice(revision.daemon.indexOf("/") + 1);
  startTask(world, {
    cluster: instance.cluster,
    instance: instance.id,
    definition,
    group: `daemon:${name}`,
    daemon: revision.daemon,
    daemonRevision: revision.id,
    startedBy: `daemon/${name}`,
    launchType: "MANAGED_INSTANCES",
    capacityProvider: instance.managed.capacityProvider,
    enableExecuteCommand: revision.enableExecuteCommand,
    tags: tagsOf(instance.cluster, revision, daemon?.tags ?? []),
  });
}

function tagsOf(cluster: string, revision: DaemonRevisionRecord, tags: readonly Tag[]): readonly Tag[] {
  return mergedTags(
    revision.enableECSManagedTags ? managedTags(cluster) : [],
    revision.propagateTags === "DAEMON" ? tags : [],
  );
}
