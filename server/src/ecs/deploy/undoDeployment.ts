// Undoes a deployment after its verification failed, where nobody had said beforehand what is to happen then.

import { EcsError, type EcsPort } from "../port";
import type { DeployEvent, DeployReport, DeployStepReport, RecoveryStepName } from "../report";
import { type Context, type Reached, stepsByName } from "./deploySteps";
import { failureSentence } from "./describePlan";
import { type DeployRequest, serviceNameOf } from "./stepPlans";

/** What can be undone, and what that would do, in a sentence. */
export interface Undo {
  readonly action: RecoveryStepName;
  readonly service: string;
  readonly sentence: string;
}

/** A deployment that ended, with what it takes to undo it. */
export interface EndedDeployment {
  readonly request: DeployRequest;
  readonly reached: Reached;
}

/** How a deployment can be undone; `undefined` where it changed no service, is verified, or has been undone already. */
export function undoOf({ request, reached }: EndedDeployment, report: DeployReport): Undo | undefined {
  const { plan } = reached;
  const isUndone = report.steps.some((it) => it.name === "rollback" || it.name === "remove");
  if (report.verify?.verified !== false || isUndone || plan === undefined || plan.kind === "unchanged")
    return undefined;
  const action = plan.kind === "create" ? "remove" : "rollback";
  return { action, service: serviceNameOf(request), sentence: failureSentence(plan, action) };
}

/**
 * Carries it out. Rejects with an EcsError where ECS refuses, or where the service is no longer what the deployment made
 * of it.
 */
export async function undoDeployment(
  { request, reached }: EndedDeployment,
  action: RecoveryStepName,
  ecs: EcsPort,
  onEvent: (event: DeployEvent) => void,
  signal?: AbortSignal,
): Promise<DeployStepReport> {
  const service = serviceNameOf(request);
  const now = await ecs.describeService(request.cluster, service, signal);
  if (now?.status !== "ACTIVE" || now.taskDefinitionArn !== reached.taskDefinition)
    throw new EcsError(
      "ServiceChanged",
      `The service ${service} is no longer what this deployment made of it: nothing was undone.`,
      "Deploy again, and decide on what is there now.",
    );
  const context: Context = { request, ecs, signal, reached };
  const events = stepsByName[action](context);
  for (;;) {
    const event = await events.next();
    if (event.done === true) return { name: action, ...event.value };
    onEvent(event.value);
  }
}
