// What is done where a verification failed and the caller asked for more than a report.

import type { EcsPort, JsonObject } from "../port";
import type { RecoveryStepName, StepOutcome } from "../report";
import type { ServicePlan } from "./stepPlans";

export interface Recovery {
  readonly cluster: string;
  readonly service: string;
  /** How the service came to be as it is; `undefined` where this deployment did not touch it. */
  readonly plan: ServicePlan | undefined;
}

export interface RecoveryResult {
  readonly outcome: StepOutcome;
  readonly detail: string;
}

/**
 * Goes back to the revision before, or deletes what was just created. Never touches a service that this deployment did
 * not change: then the step is skipped, and its detail says why. Rejects with an EcsError where ECS refuses.
 */
export async function recoverDeployment(
  action: RecoveryStepName,
  recovery: Recovery,
  ecs: EcsPort,
  signal?: AbortSignal,
): Promise<RecoveryResult> {
  return action === "rollback" ? rollBack(recovery, ecs, signal) : remove(recovery, ecs, signal);
}

/** Whether the action changes anything: not where the deployment itself changed nothing of the kind. */
export function isUndoable(action: RecoveryStepName, plan: ServicePlan | undefined): boolean {
  return plan?.kind === (action === "rollback" ? "update" : "create");
}

async function rollBack(
  { cluster, service, plan }: Recovery,
  ecs: EcsPort,
  signal?: AbortSignal,
): Promise<RecoveryResult> {
  if (plan?.kind === "create")
    return skipped(`The service ${service} is new: there is no revision to go back to. It is kept.`);
  if (plan?.kind !== "update")
    return skipped(`This deployment did not change the service ${service}: there is nothing to undo.`);
  await ecs.updateService(inputBefore(cluster, plan), signal);
  const revision = lastPart(plan.current.taskDefinitionArn);
  return { outcome: "done", detail: `Rolled the service ${service} back to ${revision}.` };
}

/** Every member that the update gave another value gets its value of before. */
function inputBefore(cluster: string, plan: Extract<ServicePlan, { kind: "update" }>): JsonObject {
  const { current, changes } = plan;
  const before = current.described ?? {};
  const restored = changes
    .filter((it) => it !== "forceNewDeployment" && before[it] !== undefined)
    .map((it) => [it, before[it]] as const);
  return {
    ...Object.fromEntries(restored),
    cluster,
    service: current.name,
    taskDefinition: current.taskDefinitionArn,
    placementConstraints: current.placementConstraints,
  };
}

async function remove(
  { cluster, service, plan }: Recovery,
  ecs: EcsPort,
  signal?: AbortSignal,
): Promise<RecoveryResult> {
  if (plan?.kind !== "create")
    return skipped(`The service ${service} existed before this deployment: it is kept.`);
  const { status } = await ecs.deleteService(cluster, service, signal);
  return { outcome: "done", detail: `Deleted the service ${service} again; it is ${status}.` };
}

function skipped(detail: string): RecoveryResult {
  return { outcome: "skipped", detail };
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
