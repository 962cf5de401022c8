// What the scheduler learns from tasks that come up and from those that do not: it waits longer from round to round,
// and the deployment circuit breaker counts.

import { isObject, type JsonObject, member } from "../request/input";
import type { DeploymentRecord, ServiceRecord, TaskRecord } from "../state/records";
import type { World } from "../state/world";
import { desiredCountOf } from "./desiredCount";
import { addUnstableStartsEvent } from "./serviceEvents";

/** The first wait is a second, every further one twice as long, a quarter of an hour at most. */
const firstWait = 1000;
const longestWait = 15 * 60 * 1000;
/** From this round on the service's events complain. */
const patience = 3;

/** Changes the deployment that started the task, if the service still has it. */
function changeDeployment(
  world: World,
  task: TaskRecord,
  change: (service: ServiceRecord, deployment: DeploymentRecord) => DeploymentRecord,
): void {
  if (task.service === undefined) return;
  const service = world.services.get(task.service);
  const deployment = service?.deployments.find((it) => it.id === task.startedBy);
  if (service === undefined || deployment === undefined) return;
  const changed = change(service, deployment);
  if (changed === deployment) return;
  world.services.put(task.service, {
    ...service,
    deployments: service.deployments.map((it) => (it === deployment ? changed : it)),
  });
}

/** Tasks that fail together are one round: they were started before anybody knew. */
export function noteFailedStart(world: World, task: TaskRecord): void {
  const now = world.now();
  changeDeployment(world, task, (_service, deployment) => {
    const sameRound = deployment.retryAt !== undefined && deployment.retryAt > now;
    const failedRounds = sameRound ? deployment.failedRounds : deployment.failedRounds + 1;
    return {
      ...deployment,
      failedTasks: deployment.failedTasks + 1,
      breakerFailures: deployment.breakerFailures + 1,
      failedRounds,
      retryAt: sameRound
        ? deployment.retryAt
        : now + Math.min(longestWait, firstWait * 2 ** (failedRounds - 1)),
      updatedAt: now,
    };
  });
  const service = task.service === undefined ? undefined : world.services.get(task.service);
  const rounds = service?.deployments.find((it) => it.id === task.startedBy)?.failedRounds ?? 0;
  if (service !== undefined && rounds >= patience) addUnstableStartsEvent(world, service);
}

export function noteHealthyTask(world: World, task: TaskRecord): void {
  changeDeployment(world, task, (service, deployment) => {
    if (deployment.failedRounds === 0 && deployment.breakerFailures === 0) return deployment;
    const { retryAt: _, ...rest } = deployment;
    const reset = member(breakerOf(service) ?? {}, "resetOnHealthyTask") !== false;
    return { ...rest, failedRounds: 0, breakerFailures: reset ? 0 : deployment.breakerFailures };
  });
}

function breakerOf(service: ServiceRecord): JsonObject | undefined {
  const breaker = service.deploymentConfiguration.deploymentCircuitBreaker;
  return isObject(breaker) ? breaker : undefined;
}

/** How many failed tasks open the circuit breaker; `undefined`: it is off. */
export function breakerThreshold(world: World, service: ServiceRecord): number | undefined {
  const breaker = breakerOf(service);
  if (breaker?.enable !== true) return undefined;
  const configured = member(breaker, "thresholdConfiguration");
  const type = isObject(configured) ? configured.type : undefined;
  const value = isObject(configured) && typeof configured.value === "number" ? configured.value : 50;
  if (type === "COUNT") return Math.max(1, value);
  const share = Math.ceil((desiredCountOf(world, service) * value) / 100);
  return type === "UNBOUNDED_PERCENT" ? Math.max(1, share) : Math.min(200, Math.max(3, share));
}

export const breakerRollsBack = (service: ServiceRecord): boolean => breakerOf(service)?.rollback === true;
