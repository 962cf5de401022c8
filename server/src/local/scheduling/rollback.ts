// A deployment is given up, by the circuit breaker or by a user, and the service goes back to what worked last.

import type {
  DeploymentRecord,
  ServiceDeploymentRecord,
  ServiceRecord,
  ServiceRevisionRecord,
} from "../state/records";
import { rowsOf, type World } from "../state/world";
import { beginDeployment, closeServiceDeployment } from "./deployments";
import { breakerRollsBack, breakerThreshold } from "./failedStarts";
import { addEvent } from "./serviceEvents";

/** Opens the circuit breaker of the newest deployment if too many tasks failed; answers whether another one began. */
export function tripBreaker(world: World, key: string): boolean {
  const service = world.services.get(key);
  const primary = service?.deployments[0];
  if (service === undefined || primary?.rolloutState !== "IN_PROGRESS") return false;
  const threshold = breakerThreshold(world, service);
  if (threshold === undefined || primary.breakerFailures < threshold) return false;
  return giveUpDeployment(world, key, primary, {
    rollback: breakerRollsBack(service),
    event: "deployment failed: tasks failed to start.",
    statusReason: "Service deployment failed because the circuit breaker threshold was reached.",
    rolloutReason: "ECS deployment circuit breaker: tasks failed to start.",
    backReason: "ECS deployment circuit breaker: rolling back to deploymentId",
  });
}

export interface GivingUp {
  readonly rollback: boolean;
  /** For the service's events, after the deployment's id. */
  readonly event: string;
  /** For the service deployment. */
  readonly statusReason: string;
  /** For the deployment that failed … */
  readonly rolloutReason: string;
  /** … and for the one that takes its place, before its id. */
  readonly backReason: string;
}

/** Marks the deployment as failed and goes back where that is asked and possible; answers whether it did. */
export function giveUpDeployment(
  world: World,
  key: string,
  deployment: DeploymentRecord,
  how: GivingUp,
): boolean {
  markFailed(world, key, deployment, how.rolloutReason);
  addEvent(world, key, `(deployment ${deployment.id}) ${how.event}`);
  const history = withFailureCount(world, deployment);
  const goingBack = history?.rollbackRevision !== undefined;
  // What failed while going back is not gone back from: there is nothing better.
  const good = how.rollback && !goingBack ? lastSuccess(world, key) : undefined;
  if (good === undefined || history === undefined) {
    closeServiceDeployment(
      world,
      deployment.serviceDeploymentId,
      goingBack ? "ROLLBACK_FAILED" : "STOPPED",
      how.statusReason,
    );
    return false;
  }
  world.serviceDeployments.put(history.id, {
    ...history,
    status: "ROLLBACK_IN_PROGRESS",
    statusReason: how.statusReason,
    updatedAt: world.now(),
    rollbackReason: how.statusReason,
    rollbackRevision: good.id,
  });
  return goBack(world, key, good, { id: history.id, reason: how.backReason });
}

/** The service deployment, with the number of failed tasks kept: a deployment that goes back begins to count anew. */
function withFailureCount(world: World, deployment: DeploymentRecord): ServiceDeploymentRecord | undefined {
  const record = world.serviceDeployments.get(deployment.serviceDeploymentId);
  if (record === undefined || record.failureCount !== undefined) return record;
  const counted = { ...record, failureCount: deployment.breakerFailures };
  world.serviceDeployments.put(record.id, counted);
  return counted;
}

function goBack(
  world: World,
  key: string,
  revision: ServiceRevisionRecord,
  history: { readonly id: string; readonly reason: string },
): boolean {
  const service = world.services.get(key);
  if (service === undefined) return false;
  const back = beginDeployment(
    world,
    {
      ...withCapacity(service, revision),
      placementConstraints: revision.placementConstraints,
      details: revision.details,
    },
    revision.taskDefinition,
    { revision, serviceDeploymentId: history.id, reason: history.reason },
  );
  addEvent(world, key, `rolling back to deployment ${back.deployments[0]?.id ?? ""}.`);
  return true;
}

/** The service where the revision ran; earlier versions of the endpoint recorded no such thing. */
function withCapacity(service: ServiceRecord, revision: ServiceRevisionRecord): ServiceRecord {
  const { launchType, capacityProviderStrategy } = revision;
  if (launchType === undefined) return service;
  const { capacityProviderStrategy: _, ...rest } = service;
  return capacityProviderStrategy === undefined
    ? { ...rest, launchType }
    : { ...rest, launchType, capacityProviderStrategy };
}

function markFailed(world: World, key: string, deployment: DeploymentRecord, reason: string): void {
  const service = world.services.get(key);
  if (service === undefined) return;
  world.services.put(key, {
    ...service,
    deployments: service.deployments.map((it) =>
      it.id === deployment.id
        ? { ...it, rolloutState: "FAILED" as const, rolloutStateReason: reason, updatedAt: world.now() }
        : it,
    ),
  });
}

/** The revision that the newest successful service deployment put in place, or went back to. */
function lastSuccess(world: World, key: string): ServiceRevisionRecord | undefined {
  const good = rowsOf(world.serviceDeployments, world.deploymentsOfService.members(key))
    .filter((it) => it.status === "SUCCESSFUL" || it.status === "ROLLBACK_SUCCESSFUL")
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .at(-1);
  return good === undefined
    ? undefined
    : world.serviceRevisions.get(good.rollbackRevision ?? good.targetRevision);
}
