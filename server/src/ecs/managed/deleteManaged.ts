// Deletes a managed daemon. Deleting is a deployment, too: it drains and replaces the instances.

import { readManagedCluster } from "../../core/managed/managedCluster";
import { counted } from "../../core/text/counts";
import { asText } from "../../core/text/plainValue";
import type { DaemonChange, DaemonState, EcsPort } from "../port";
import { findCluster } from "./planManaged";
import { type DaemonName, noDaemon, providersOf } from "./verifyManaged";

export interface ManagedDeletePlan {
  readonly daemon: DaemonState;
  /** Active instances of its capacity providers. */
  readonly replaced: number;
  readonly providers: readonly string[];
}

/** Looks, without changing anything. Rejects where there is no such daemon. */
export async function planDeleteManaged(
  ecs: EcsPort,
  { cluster, daemon: name }: DaemonName,
  signal?: AbortSignal,
): Promise<ManagedDeletePlan> {
  const daemon = await ecs.findDaemon(await findCluster(ecs, cluster, signal), name, signal);
  if (daemon === undefined) throw noDaemon(cluster, name);
  const { instances } = readManagedCluster(await ecs.captureManagedCluster(cluster, signal));
  const providers = providersOf(daemon);
  const replaced = instances.filter(
    (it) => it.status === "ACTIVE" && it.provider !== undefined && providers.includes(it.provider),
  );
  return { daemon, replaced: replaced.length, providers };
}

/** One sentence for a confirmation. */
export function deletionText({ daemon, replaced, providers }: ManagedDeletePlan): string {
  if (daemon.status !== "ACTIVE") return `The managed daemon ${daemon.name} is being deleted already.`;
  if (replaced === 0) return `Deleting the managed daemon ${daemon.name} replaces no container instance.`;
  return `Deleting the managed daemon ${daemon.name} drains and replaces ${counted(replaced, "container instance")} of ${counted(providers.length, "capacity provider")}.`;
}

/** One that is being deleted already is only reported. */
export async function deleteManaged(
  ecs: EcsPort,
  { daemon }: ManagedDeletePlan,
  signal?: AbortSignal,
): Promise<DaemonChange> {
  if (daemon.status === "ACTIVE") return ecs.deleteDaemon(daemon.arn, signal);
  return { daemonArn: daemon.arn, deploymentArn: asText(daemon.described.deploymentArn) };
}
