// The deployments of a service: a new one begins, completes, or fails and is rolled back.

import { newNumber } from "../ids";
import type { DeploymentRecord, ServiceDeploymentRecord, ServiceRecord } from "../records";
import { keyOfService, rowsOf, taskBucket, type World } from "../world";
import { desiredCountOf } from "./desiredCount";
import { breakerRollsBack, breakerThreshold, openBreaker } from "./failedStarts";
import { addEvent } from "./serviceEvents";

/** Makes a PRIMARY deployment of the service as it is given; the deployments before it stay while they have tasks. */
export function beginDeployment(
  world: World,
  service: ServiceRecord,
  taskDefinition: string,
  rollback?: { readonly reason: string },
): ServiceRecord {
  const key = keyOfService(service);
  const now = world.now();
  const id = `ecs-svc/${newNumber()}`;
  const revisionId = newNumber();
  const serviceDeploymentId = newNumber();
  const deployment: DeploymentRecord = {
    id,
    status: "PRIMARY",
    taskDefinition,
    createdAt: now,
    updatedAt: now,
    rolloutState: "IN_PROGRESS",
    rolloutStateReason:
      rollback === undefined ? `ECS deployment ${id} in progress.` : `${rollback.reason} ${id}.`,
    failedTasks: 0,
    breakerFailures: 0,
    failedRounds: 0,
    revisionId,
    serviceDeploymentId,
  };
  world.serviceRevisions.put(revisionId, {
    id: revisionId,
    service: key,
    taskDefinition,
    createdAt: now,
    placementConstraints: service.placementConstraints,
    details: service.details,
  });
  for (const it of service.deployments)
    closeServiceDeployment(world, it.serviceDeploymentId, "STOPPED", "A newer deployment replaced it.");
  world.serviceDeployments.put(serviceDeploymentId, {
    id: serviceDeploymentId,
    service: key,
    targetRevision: revisionId,
    sourceRevisions: service.deployments.map((it) => it.revisionId),
    status: "IN_PROGRESS",
    createdAt: now,
    updatedAt: now,
    deploymentConfiguration: service.deploymentConfiguration,
  });
  const changed: ServiceRecord = {
    ...service,
    steady: false,
    deployments: [deployment, ...service.deployments.map((it) => ({ ...it, status: "ACTIVE" as const }))],
  };
  world.services.put(key, changed);
  return changed;
}

/** Ends a service deployment that is still going on. */
export function closeServiceDeployment(
  world: World,
  id: string,
  status: string,
  statusReason?: string,
  more: Partial<ServiceDeploymentRecord> = {},
): void {
  const record = world.serviceDeployments.get(id);
  if (record === undefined || record.finishedAt !== undefined) return;
  const now = world.now();
  world.serviceDeployments.put(id, {
    ...record,
    ...more,
    status,
    updatedAt: now,
    finishedAt: now,
    ...(statusReason === undefined ? {} : { statusReason }),
  });
}

const tasksOf = (world: World, deployment: DeploymentRecord, status: string): number =>
  world.taskCounts.count(taskBucket("deployment", deployment.id, status));

/** Looks at an ACTIVE service whose tasks changed: deployments end, the breaker opens, the service is steady or not. */
export function settleDeployments(world: World, key: string): void {
  forgetOldDeployments(world, key);
  if (tripBreaker(world, key)) return;
  const service = world.services.get(key);
  const [primary, ...others] = service?.deployments ?? [];
  if (service === undefined || primary === undefined) return;
  const done =
    others.length === 0 &&
    tasksOf(world, primary, "PENDING") === 0 &&
    tasksOf(world, primary, "RUNNING") === desiredCountOf(world, service);
  if (done && primary.rolloutState === "IN_PROGRESS") completeDeployment(world, service, primary);
  const steady = done && primary.rolloutState !== "FAILED";
  if (steady === service.steady) return;
  const current = world.services.get(key);
  if (current !== undefined) world.services.put(key, { ...current, steady });
  if (steady) addEvent(world, key, "has reached a steady state.");
}

/** A deployment that is not the newest is gone with its last task. */
function forgetOldDeployments(world: World, key: string): void {
  const service = world.services.get(key);
  if (service === undefined) return;
  const kept = service.deployments.filter(
    (it) => it.status === "PRIMARY" || tasksOf(world, it, "PENDING") + tasksOf(world, it, "RUNNING") > 0,
  );
  if (kept.length < service.deployments.length) world.services.put(key, { ...service, deployments: kept });
}

function completeDeployment(world: World, service: ServiceRecord, primary: DeploymentRecord): void {
  const key = keyOfService(service);
  world.services.put(key, {
    ...service,
    deployments: service.deployments.map((it) =>
      it.id === primary.id
        ? {
            ...it,
            rolloutState: "COMPLETED" as const,
            rolloutStateReason: `ECS deployment ${it.id} completed.`,
            updatedAt: world.now(),
          }
        : it,
    ),
  });
  closeServiceDeployment(world, primary.serviceDeploymentId, "SUCCESSFUL");
  addEvent(world, key, `(deployment ${primary.id}) deployment completed.`);
}

/** Answers whether the service has another deployment now. */
function tripBreaker(world: World, key: string): boolean {
  const service = world.services.get(key);
  const primary = service?.deployments[0];
  if (service === undefined || primary?.rolloutState !== "IN_PROGRESS") return false;
  const threshold = breakerThreshold(world, service);
  if (threshold === undefined || primary.breakerFailures < threshold) return false;
  const reason = "Service deployment failed because the circuit breaker threshold was reached.";
  const good = breakerRollsBack(service) ? lastSuccess(world, key) : undefined;
  openBreaker(world, key, primary);
  closeServiceDeployment(
    world,
    primary.serviceDeploymentId,
    good === undefined ? "STOPPED" : "ROLLBACK_SUCCESSFUL",
    reason,
    {
      ...(good === undefined ? {} : { rollbackReason: reason, rollbackRevision: good.id }),
    },
  );
  const failed = world.services.get(key);
  if (good === undefined || failed === undefined) return false;
  const back = beginDeployment(
    world,
    { ...failed, placementConstraints: good.placementConstraints, details: good.details },
    good.taskDefinition,
    { reason: "ECS deployment circuit breaker: rolling back to deploymentId" },
  );
  addEvent(world, key, `rolling back to deployment ${back.deployments[0]?.id ?? ""}.`);
  return true;
}

/** The revision that the newest successful deployment put in place. */
function lastSuccess(world: World, key: string) {
  const [newest] = rowsOf(world.serviceDeployments, world.deploymentsOfService.members(key))
    .filter((it) => it.status === "SUCCESSFUL")
    .toSorted((a, b) => b.createdAt - a.createdAt);
  return newest === undefined ? undefined : world.serviceRevisions.get(newest.targetRevision);
}
