// Deploys a daemon service: register → create or update → verify, each step also alone. Running it again goes on where
// it stopped and repeats nothing: what ECS already has as wanted is left alone.

import { EcsError, type EcsPort, isCancellation } from "../port";
import { remedyOf } from "../remedy";
import {
  type DeployEvent,
  type DeployReport,
  type DeployStepReport,
  deployStepNames,
  type RecoveryStepName,
} from "../report";
import { cancelledDetail } from "./cancelledDetail";
import { type Context, nothingReached, type Reached, stepsByName } from "./deploySteps";
import { checkRequest, type DeployRequest } from "./stepPlans";

export type { DeployRequest } from "./stepPlans";

/**
 * Carries out the requested steps in their order and reports each. Never throws: an error fails its step and skips the
 * rest, an aborted signal cancels it. The report says what has been reached. Where `request.agreed` no longer holds,
 * nothing is done and the report has the new plan. `reached` is filled in on the way; undoing needs it.
 */
async function* deploy(
  request: DeployRequest,
  ecs: EcsPort,
  signal?: AbortSignal,
  reached: Reached = { ...nothingReached },
): AsyncGenerator<DeployEvent, DeployReport> {
  const context: Context = { request, ecs, signal, reached };
  const steps: DeployStepReport[] = [];
  let stopped = false;
  const names: readonly DeployStepReport["name"][] = deployStepNames.filter((it) =>
    request.steps.includes(it),
  );
  for (const name of names) {
    if (stopped) {
      steps.push({ name, outcome: "skipped", detail: "An earlier step did not succeed." });
      continue;
    }
    const report = yield* attempt(name, context);
    steps.push(report);
    stopped = report.outcome === "failed" || report.outcome === "cancelled";
    yield { kind: "finished", step: name, report };
  }
  const recovery = recoveryStep(context, steps);
  if (recovery !== undefined) {
    const report = yield* attempt(recovery, context);
    steps.push(report);
    yield { kind: "finished", step: recovery, report };
  }
  const { taskDefinition, service, verify: verified, newPlan } = reached;
  return {
    taskDefinition,
    service,
    steps,
    verify: verified,
    ...(newPlan === undefined ? {} : { newPlan }),
  };
}

/** Runs a deployment to its end, handing every event to `onEvent`. */
export async function runDeployment(
  request: DeployRequest,
  ecs: EcsPort,
  onEvent: (event: DeployEvent) => void,
  signal?: AbortSignal,
  reached?: Reached,
): Promise<DeployReport> {
  const events = deploy(request, ecs, signal, reached);
  for (;;) {
    const event = await events.next();
    if (event.done === true) return event.value;
    onEvent(event.value);
  }
}

async function* attempt(
  name: DeployStepReport["name"],
  context: Context,
): AsyncGenerator<DeployEvent, DeployStepReport> {
  try {
    checkRequest(context.request);
    return { name, ...(yield* stepsByName[name](context)) };
  } catch (error) {
    const cancelled = isCancellation(error) || context.signal?.aborted === true;
    if (cancelled) return { name, outcome: "cancelled", detail: await cancelledDetail(context) };
    return { name, outcome: "failed", detail: failureDetail(name, error), ...causeOf(error) };
  }
}

const failedSteps: Readonly<Record<DeployStepReport["name"], string>> = {
  register: "Register failed",
  createService: "Create or update of the service failed",
  verify: "Verify failed",
  rollback: "Rollback failed",
  remove: "Remove failed",
};

/** Which step, and what; what helps is said by the door. */
function failureDetail(name: DeployStepReport["name"], error: unknown): string {
  return `${failedSteps[name]}: ${error instanceof Error ? error.message : String(error)}`;
}

function causeOf(error: unknown): Pick<DeployStepReport, "refusal" | "remedy"> {
  const remedy = remedyOf(error);
  return {
    ...(error instanceof EcsError ? { refusal: { name: error.name, message: error.message } } : {}),
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** What follows a verification that found something else than wanted; one that could not look undoes nothing. */
function recoveryStep(
  { request, reached }: Context,
  steps: readonly DeployStepReport[],
): RecoveryStepName | undefined {
  const { onFailure = "keep" } = request;
  const isFailed = steps.some((it) => it.name === "verify" && it.outcome === "failed");
  return onFailure === "keep" || !isFailed || reached.verify === null ? undefined : onFailure;
}
