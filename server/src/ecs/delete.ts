// Removes a daemon service and says what that stops.

import type { ServiceName } from "./look";
import { EcsError, type EcsPort, type ServiceState } from "./port";

export interface DeleteReport {
  readonly service: string;
  /** DRAINING while its tasks stop, then INACTIVE. */
  readonly status: string;
  /** Tasks that ran when it was deleted. */
  readonly stopping: number;
}

/** The service as it is before it is deleted. Rejects where there is none that could be. */
export async function findDeletable(
  ecs: EcsPort,
  { cluster, service }: ServiceName,
  signal?: AbortSignal,
): Promise<ServiceState> {
  const found = await ecs.describeService(cluster, service, signal);
  if (found !== undefined && found.status !== "INACTIVE") return found;
  const gone = found === undefined ? "" : " any more: it was deleted before";
  throw new EcsError(
    "ServiceNotFoundException",
    `There is no service "${service}" in the cluster "${cluster}"${gone}.`,
  );
}

/** Deletes the service; ECS stops its tasks. One that is already being deleted is only reported. */
export async function deleteService(
  ecs: EcsPort,
  name: ServiceName,
  signal?: AbortSignal,
): Promise<DeleteReport> {
  const found = await findDeletable(ecs, name, signal);
  const after =
    found.status === "DRAINING" ? found : await ecs.deleteService(name.cluster, name.service, signal);
  return { service: found.name, status: after.status, stopping: found.runningCount };
}
