// How many tasks of services on the instances that a deployment replaces are protected from scale-in.

import type { ManagedCluster } from "../../core/managed/managedCluster";
import { type ManagedPreview, movedTaskIds } from "../../core/managed/preview";
import { EcsError, type EcsPort } from "../port";

/** `undefined` where the caller may not ask (ecs:GetTaskProtection) or the endpoint does not know the operation. */
export async function countProtected(
  ecs: EcsPort,
  cluster: string,
  preview: ManagedPreview,
  seen: ManagedCluster,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const tasks = movedTaskIds(preview, seen);
  if (tasks.length === 0) return 0;
  try {
    const protection = await ecs.taskProtection(cluster, tasks, signal);
    return [...protection.values()].filter((it) => it).length;
  } catch (error) {
    const isRefused =
      error instanceof EcsError &&
      /^(AccessDenied|UnsupportedFeature|InvalidAction|UnknownOperation)/.test(error.name);
    if (isRefused) return undefined;
    throw error;
  }
}
