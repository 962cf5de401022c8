// Deletes a managed daemon. Deleting is a deployment, too: it drains and replaces the instances.

import { readManagedCluster } from "../../core/managed/managedCluster";
import { counted } from "../../core/text/counts";
import { digest } from "../digest";
import type { DaemonState, EcsPort } from "../port";
import { findCluster } from "./planManaged";
import { type DaemonName, noDaemon, providersOf } from "./verifyManaged";

export interface ManagedDeletePlan {
  readonly daemon: DaemonState;
  /** Active instances of its capacity providers. */
  readonly replaced: number;
  readonly providers: readonly string[];
  /** What the plan rests on: other instances, another plan. */
  readonly seen: string;
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
  const seen = digest([daemon.arn, daemon.status, replaced.map((it) => it.id).sort()]);
  return { daemon, replaced: replaced.length, providers, seen };
}

/** One sentence for a confirmation. */
export function deletionText({ daemon, replaced, providers }: ManagedDeletePlan): string {
  if (daemon.status !== "ACTIVE") return `The managed daemon ${daemon.name} is being deleted already.`;
  if (replaced === 0) return `Deleting the managed daemon ${daemon.name} replaces no container instance.`;
  return `Deleting the managed daemon ${daemon.name} drains and replaces ${counted(replaced, "container instance")} of ${counted(providers.length, "capacity provider")}.`;
}

/**
 * Deletes what was agreed to: looks again, and answers the new plan where it is another one. A daemon that is being deleted
 * already is only reported.
 */
export async function deleteManaged(
  ecs: EcsPort,
  name: DaemonName,
  agreed: string,
  signal?: AbortSignal,
): Promise<{ readonly newPlan: ManagedDeletePlan } | { readonly daemon: DaemonState }> {
  const plan = await planDeleteManaged(ecs, name, signal);
  if (plan.seen !== agreed) return { newPlan: plan };
  if (plan.daemon.status === "ACTIVE") await ecs.deleteDaemon(plan.daemon.arn, signal);
  return { daemon: plan.daemon };
}
