// A new deployment of a service, and what it leaves in the service's history.

import { newNumber } from "../ids";
import type { DeploymentRecord, ServiceRecord, ServiceRevisionRecord } from "../state/records";
import { keyOfService, type World } from "../state/world";

/** A deployment that goes back: to which revision, as part of which service deployment, and why. */
export interface GoingBack {
  readonly revision: ServiceRevisionRecord;
  readonly serviceDeploymentId: string;
  readonly reason: string;
}

/** Makes a PRIMARY deployment of the service as it is given; the deployments before it stay while they have tasks. */
export function beginDeployment(
  world: World,
  service: ServiceRecord,
  taskDefinition: string,
  back?: GoingBack,
): ServiceRecord {
  const now = world.now();
  const id = `ecs-svc/${newNumber()}`;
  const history = back ?? newHistory(world, service, taskDefinition);
  const deployment: DeploymentRecord = {
    id,
    status: "PRIMARY",
    taskDefinition,
    createdAt: now,
    updatedAt: now,
    rolloutState: "IN_PROGRESS",
    rolloutStateReason: back === undefined ? `ECS deployment ${id} in progress.` : `${back.reason} ${id}.`,
    failedTasks: 0,
    breakerFailures: 0,
    failedRounds: 0,
    revisionId: history.revision.id,
    serviceDeploymentId: history.serviceDeploymentId,
  };
  const changed: ServiceRecord = {
    ...service,
    steady: false,
    deployments: [deployment, ...service.deployments.map((it) => ({ ...it, status: "ACTIVE" as const }))],
  };
  world.services.put(keyOfService(service), changed);
  return changed;
}

/** The service deployment and the service revision that a new deployment leaves in the service's history. */
function newHistory(
  world: World,
  service: ServiceRecord,
  taskDefinition: string,
): Pick<GoingBack, "revision" | "serviceDeploymentId"> {
  const key = keyOfService(service);
  const now = world.now();
  const revision: ServiceRevisionRecord = {
    id: newNumber(),
    service: key,
    taskDefinition,
    createdAt: now,
    placementConstraints: service.placementConstraints,
    details: service.details,
    launchType: service.launchType,
    ...(service.capacityProviderStrategy !== undefined && {
      capacityProviderStrategy: service.capacityProviderStrategy,
    }),
  };
  const serviceDeploymentId = newNumber();
  world.serviceRevisions.put(revision.id, revision);
  for (const it of service.deployments) {
    closeServiceDeployment(world, it.serviceDeploymentId, "STOPPED", "A newer deployment replaced it.");
  }
  world.serviceDeployments.put(serviceDeploymentId, {
    id: serviceDeploymentId,
    service: key,
    targetRevision: revision.id,
    sourceRevisions: service.deployments.map((it) => it.revisionId),
    status: "IN_PROGRESS",
    createdAt: now,
    updatedAt: now,
    deploymentConfiguration: service.deploymentConfiguration,
  });
  return { revision, serviceDeploymentId };
}

/** Ends a service deployment that is still going on. */
export function closeServiceDeployment(
  world: World,
  id: string,
  status: string,
  statusReason?: string,
): void {
  const record = world.serviceDeployments.get(id);
  if (record === undefined || record.finishedAt !== undefined) return;
  const now = world.now();
  world.serviceDeployments.put(id, {
    ...record,
    status,
    updatedAt: now,
    finishedAt: now,
    ...(statusReason === undefined ? {} : { statusReason }),
  });
}
