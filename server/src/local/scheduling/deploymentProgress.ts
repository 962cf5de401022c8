// Progress of a service's deployments after its tasks changed: completed, rolled back by the circuit breaker, steady.

import type { DeploymentRecord, ServiceRecord } from "../state/records";
import { keyOfService, taskBucket, type World } from "../state/world";
import { closeServiceDeployment } from "./deployments";
import { desiredCountOf } from "./desiredCount";
import { tripBreaker } from "./rollback";
import { addEvent } from "./serviceEvents";

const tasksOf = (world: World, deployment: DeploymentRecord, status: string): number =>
  world.taskCounts.count(taskBucket("deployment", deployment.id, status));

/** Looks at an ACTIVE service. */
export function updateDeploymentProgress(world: World, key: string): void {
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
  const goingBack = world.serviceDeployments.get(primary.serviceDeploymentId)?.rollbackRevision !== undefined;
  closeServiceDeployment(
    world,
    primary.serviceDeploymentId,
    goingBack ? "ROLLBACK_SUCCESSFUL" : "SUCCESSFUL",
  );
  addEvent(world, key, `(deployment ${primary.id}) deployment completed.`);
}
