// What a change does to the tasks of a daemon service, instance by instance: the question that a person answers with
// yes or no before anything is changed.

import type { Cluster, ContainerInstance } from "../../core/cluster/containerInstance";
import { isWanted, placeDaemon } from "../../core/scheduler/placeDaemon";
import type { DaemonService, InstanceVerdict } from "../../core/scheduler/placement";
import type { InstanceReason, PlacementDiff } from "../report";

/** Which container instances match a daemon service, and which gain, keep or lose a task of it. */
export interface PlacementOutlook extends PlacementDiff {
  /** Ids of the instances where the service wants a task, whether it can run there or not. */
  readonly wanted: readonly string[];
}

/**
 * Compares the tasks of the service `name` that are there now with where `after` would run. Without `after` (the service
 * is deleted) every task goes. Everything in the cluster's order.
 */
export function placementDiff(
  name: string,
  after: DaemonService | undefined,
  cluster: Cluster,
): PlacementOutlook {
  const verdicts = new Map(
    after === undefined ? [] : placeDaemon(after, cluster).instances.map((it) => [it.id, it]),
  );
  const gains: string[] = [];
  const keeps: string[] = [];
  const loses: string[] = [];
  const blocked: InstanceReason[] = [];
  const unknown: string[] = [];
  const wanted: string[] = [];
  for (const instance of cluster.instances) {
    const { id } = instance;
    const verdict = verdicts.get(id);
    if (verdict !== undefined && isWanted(verdict)) wanted.push(id);
    if (verdict?.verdict === "unknown") unknown.push(id);
    else if (hasTask(instance, name)) (willRun(verdict) ? keeps : loses).push(id);
    else if (willRun(verdict)) gains.push(id);
    if (verdict?.verdict === "blocked") blocked.push({ id, reason: reasonOf(verdict) });
  }
  return { gains, keeps, loses, blocked, unknown, wanted };
}

function hasTask({ tasks }: ContainerInstance, name: string): boolean {
  const group = `service:${name}`;
  return (tasks ?? []).some(
    (it) => it.group === group && it.lastStatus !== "STOPPED" && it.desiredStatus === "RUNNING",
  );
}

function willRun(verdict: InstanceVerdict | undefined): boolean {
  return verdict?.verdict === "place" || verdict?.verdict === "keep";
}

function reasonOf({ reasons }: InstanceVerdict): string {
  return reasons.map((it) => it.message).join(" ");
}
