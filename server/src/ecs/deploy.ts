// Deploys a daemon service: register → create or update → verify, each step also alone. Running it again goes on where
// it stopped and repeats nothing: what ECS already has as wanted is left alone.

import {
  checkRequest,
  type DeployRequest,
  findDefinition,
  planRegister,
  planService,
  serviceNameOf,
} from "./plan";
import { describeError, type EcsPort, isCancellation } from "./port";
import {
  type DeployEvent,
  type DeployReport,
  type DeployStepName,
  type DeployStepReport,
  deployStepNames,
  type StepOutcome,
  type VerifyReport,
} from "./report";
import { watchService } from "./verify";

export type { DeployRequest } from "./plan";

/**
 * Carries out the requested steps in their order and tells of each. Never throws: an error fails its step and skips the
 * rest, an aborted signal cancels it. The report says what has been reached.
 */
export async function* deploy(
  request: DeployRequest,
  ecs: EcsPort,
  signal?: AbortSignal,
): AsyncGenerator<DeployEvent, DeployReport> {
  const reached: Reached = { taskDefinition: null, service: null, verify: null };
  const steps: DeployStepReport[] = [];
  let stopped = false;
  for (const name of deployStepNames.filter((it) => request.steps.includes(it))) {
    if (stopped) {
      steps.push({ name, outcome: "skipped", detail: "An earlier step did not succeed." });
      continue;
    }
    const report = yield* attempt(name, { request, ecs, signal, reached });
    steps.push(report);
    stopped = report.outcome === "failed" || report.outcome === "cancelled";
    yield { kind: "finished", step: name, report };
  }
  const { taskDefinition, service, verify: verified } = reached;
  return { taskDefinition, service, steps, verify: verified };
}

/** Runs a deployment to its end, handing every event to `onEvent`. */
export async function runDeployment(
  request: DeployRequest,
  ecs: EcsPort,
  onEvent: (event: DeployEvent) => void,
  signal?: AbortSignal,
): Promise<DeployReport> {
  const events = deploy(request, ecs, signal);
  for (;;) {
    const event = await events.next();
    if (event.done === true) return event.value;
    onEvent(event.value);
  }
}

/** What the steps have come to so far. */
interface Reached {
  taskDefinition: string | null;
  service: string | null;
  verify: VerifyReport | null;
}

interface Context {
  readonly request: DeployRequest;
  readonly ecs: EcsPort;
  readonly signal: AbortSignal | undefined;
  readonly reached: Reached;
}

interface StepResult {
  readonly outcome: StepOutcome;
  readonly detail: string;
}

type Step = (context: Context) => AsyncGenerator<DeployEvent, StepResult>;

const stepsByName: Readonly<Record<DeployStepName, Step>> = { register, createService, verify };

async function* attempt(
  name: DeployStepName,
  context: Context,
): AsyncGenerator<DeployEvent, DeployStepReport> {
  try {
    checkRequest(context.request);
    return { name, ...(yield* stepsByName[name](context)) };
  } catch (error) {
    const cancelled = isCancellation(error) || context.signal?.aborted === true;
    if (cancelled)
      return { name, outcome: "cancelled", detail: "Cancelled. What was done before stays as it is." };
    return { name, outcome: "failed", detail: describeError(error) };
  }
}

async function* register(context: Context): AsyncGenerator<DeployEvent, StepResult> {
  const { request, ecs, signal, reached } = context;
  const { taskDefinition } = request;
  if (taskDefinition === undefined) {
    const found = await findDefinition(ecs, request, signal);
    reached.taskDefinition = found.arn;
    return {
      outcome: "unchanged",
      detail: `There is no task definition file; ${nameOf(found.arn)} is used.`,
    };
  }
  yield {
    kind: "started",
    step: "register",
    message: `Registering the task definition ${String(taskDefinition.family)}.`,
  };
  const plan = await planRegister(ecs, taskDefinition, signal);
  if (plan.kind === "unchanged") {
    reached.taskDefinition = plan.current.arn;
    return {
      outcome: "unchanged",
      detail: `${nameOf(plan.current.arn)} already says the same; nothing was registered.`,
    };
  }
  const registered = await ecs.registerTaskDefinition(plan.input, signal);
  reached.taskDefinition = registered.arn;
  return { outcome: "done", detail: `Registered ${nameOf(registered.arn)}.` };
}

async function* createService(context: Context): AsyncGenerator<DeployEvent, StepResult> {
  const { request, ecs, signal, reached } = context;
  const name = serviceNameOf(request);
  yield {
    kind: "started",
    step: "createService",
    message: `Creating or updating the service ${name} in the cluster ${request.cluster}.`,
  };
  reached.taskDefinition ??= (await findDefinition(ecs, request, signal)).arn;
  const plan = await planService(ecs, request, reached.taskDefinition, signal);
  if (plan.kind === "unchanged") {
    reached.service = plan.current.arn;
    return {
      outcome: "unchanged",
      detail: `The service ${name} already is as wanted, with ${nameOf(plan.current.taskDefinitionArn)}.`,
    };
  }
  if (plan.kind === "create") {
    reached.service = (await ecs.createService(plan.input, signal)).arn;
    return { outcome: "done", detail: `Created the service ${name} with ${nameOf(reached.taskDefinition)}.` };
  }
  reached.service = (await ecs.updateService(plan.input, signal)).arn;
  return {
    outcome: "done",
    detail: `Updated the service ${name} (${plan.changes.join(", ")}), now with ${nameOf(reached.taskDefinition)}.`,
  };
}

async function* verify(context: Context): AsyncGenerator<DeployEvent, StepResult> {
  const { request, ecs, signal, reached } = context;
  const service = serviceNameOf(request);
  yield {
    kind: "started",
    step: "verify",
    message: `Verifying that ${service} runs on every matching container instance.`,
  };
  const { cluster, timeoutSeconds = 60, pollMilliseconds } = request;
  const looks = watchService(
    ecs,
    { cluster, service, timeoutSeconds, ...(pollMilliseconds === undefined ? {} : { pollMilliseconds }) },
    signal,
  );
  for (;;) {
    const look = await looks.next();
    if (look.done === true) {
      reached.verify = look.value;
      return { outcome: look.value.verified ? "done" : "failed", detail: look.value.detail ?? "" };
    }
    yield { kind: "progress", step: "verify", message: look.value };
  }
}

/** `family:revision` of a task definition's ARN. */
function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
