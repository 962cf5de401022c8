// The steps of a deployment, each a generator that reports its progress. They share what has been reached so far.

import { isAnswerLost } from "../calls/answers";
import type { EcsPort, ServiceState } from "../port";
import type {
  DeployEvent,
  DeployReport,
  DeployStepName,
  DeployStepReport,
  RecoveryStepName,
  StepOutcome,
  VerifyReport,
} from "../report";
import { watchService } from "../verify";
import { changesSince, planDeployment, seenService } from "./deployPlan";
import { summarizePlan } from "./describePlan";
import { isUndoable, recoverDeployment } from "./recoverDeployment";
import {
  type DeployRequest,
  findDefinition,
  planRegister,
  planService,
  type ServicePlan,
  serviceNameOf,
} from "./stepPlans";

/** What the steps have come to so far. */
export interface Reached {
  taskDefinition: string | null;
  service: string | null;
  verify: VerifyReport | null;
  /** What was done to the service. */
  plan: ServicePlan | undefined;
  /** Whether what was agreed to has been found to hold still. */
  isAgreed: boolean;
  newPlan: DeployReport["newPlan"];
  /** A call that changes something is on its way: a cancellation does not tell whether ECS has carried it out. */
  sent: "register" | "createService" | undefined;
}

export const nothingReached: Reached = {
  taskDefinition: null,
  service: null,
  verify: null,
  plan: undefined,
  isAgreed: false,
  newPlan: undefined,
  sent: undefined,
};

export interface Context {
  readonly request: DeployRequest;
  readonly ecs: EcsPort;
  readonly signal: AbortSignal | undefined;
  readonly reached: Reached;
}

export interface StepResult {
  readonly outcome: StepOutcome;
  readonly detail: string;
}

export type Step = (context: Context) => AsyncGenerator<DeployEvent, StepResult>;

export const stepsByName: Readonly<Record<DeployStepName | RecoveryStepName, Step>> = {
  register,
  createService,
  verify,
  rollback: (context) => undo("rollback", context),
  remove: (context) => undo("remove", context),
};

async function* register(context: Context): AsyncGenerator<DeployEvent, StepResult> {
  const { request, ecs, signal, reached } = context;
  const { taskDefinition } = request;
  if (taskDefinition === undefined) {
    const found = await findDefinition(ecs, request, signal);
    reached.taskDefinition = found.arn;
    return {
      outcome: "unchanged",
      detail: `There is not a task definition file; ${nameOf(found.arn)} is used.`,
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
      detail: `${nameOf(plan.current.arn)} is the same already; nothing was registered.`,
    };
  }
  const changed = await changedSinceAgreed(context);
  if (changed !== undefined) return changed;
  reached.sent = "register";
  const registered = await ecs.registerTaskDefinition(plan.input, signal);
  reached.sent = undefined;
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
  const isFirstChange = !reached.isAgreed;
  const changed = isFirstChange ? await changedSinceAgreed(context) : undefined;
  if (changed !== undefined) return changed;
  const plan = await planService(ecs, request, reached.taskDefinition, signal);
  if (!isFirstChange && isOtherService(request, plan)) {
    reached.newPlan = summarizePlan(await planDeployment(request, ecs, signal), request.onFailure);
    return { outcome: "failed", detail: changedText(["The service was changed meanwhile."]) };
  }
  reached.plan = plan;
  if (plan.kind === "unchanged") {
    reached.service = plan.current.arn;
    return {
      outcome: "unchanged",
      detail: `The service ${name} already is as desired, with ${nameOf(plan.current.taskDefinitionArn)}.`,
    };
  }
  reached.sent = "createService";
  const service = await (plan.kind === "create"
    ? ecs.createService(plan.input, signal)
    : updateOnce(context, plan));
  reached.sent = undefined;
  reached.service = service.arn;
  if (plan.kind === "create")
    return { outcome: "done", detail: `Created the service ${name} with ${nameOf(reached.taskDefinition)}.` };
  return {
    outcome: "done",
    detail: `Updated the service ${name} (${plan.changes.join(", ")}), now with ${nameOf(reached.taskDefinition)}.`,
  };
}

/** Where the answer is lost, another primary deployment shows that ECS has made the update. */
async function updateOnce(
  { request, ecs, signal }: Context,
  plan: Extract<ServicePlan, { readonly kind: "update" }>,
): Promise<ServiceState> {
  try {
    return await ecs.updateService(plan.input, signal);
  } catch (error) {
    if (!isAnswerLost(error)) throw error;
    const now = await ecs.describeService(request.cluster, plan.current.name, signal);
    if (now === undefined || now.taskDefinitionArn !== plan.input.taskDefinition) throw error;
    const primary = primaryOf(now);
    if (primary === undefined || primary === primaryOf(plan.current)) throw error;
    return now;
  }
}

function primaryOf({ deployments }: ServiceState): string | undefined {
  return deployments.find((it) => it.status === "PRIMARY")?.id;
}

/** The failure of a step where what was agreed to no longer holds; `undefined` where it does, or nothing was agreed. */
async function changedSinceAgreed(context: Context): Promise<StepResult | undefined> {
  const { request, ecs, signal, reached } = context;
  if (request.agreed === undefined) return undefined;
  const now = await planDeployment(request, ecs, signal);
  const changes = changesSince(request.agreed, now.seen);
  if (changes.length > 0) {
    reached.newPlan = summarizePlan(now, request.onFailure);
    return { outcome: "failed", detail: changedText(changes) };
  }
  reached.isAgreed = true;
  return undefined;
}

/** The look at the service that the update itself needs tells a change of the last moment, at no price. */
function isOtherService({ agreed }: DeployRequest, plan: ServicePlan): boolean {
  if (agreed === undefined) return false;
  return seenService(plan.kind === "create" ? undefined : plan.current) !== agreed.service;
}

function changedText(changes: readonly string[]): string {
  return `Not done, because the plan that was agreed to no longer holds: ${changes.join(" ")}`;
}

async function* verify(context: Context): AsyncGenerator<DeployEvent, StepResult> {
  const { request, reached } = context;
  const service = serviceNameOf(request);
  yield {
    kind: "started",
    step: "verify",
    message: `Verifying that ${service} runs on every matching container instance.`,
  };
  // A verification alone takes the service as it is.
  const taskDefinition = reached.plan === undefined ? undefined : (reached.taskDefinition ?? undefined);
  const found = yield* watch("verify", context, taskDefinition);
  reached.verify = found;
  // A verification alone is the first to see the service.
  reached.service ??= found.service ?? null;
  return { outcome: found.verified ? "done" : "failed", detail: found.detail ?? "" };
}

async function* watch(
  step: DeployStepReport["name"],
  { request, ecs, signal }: Context,
  taskDefinition: string | undefined,
): AsyncGenerator<DeployEvent, VerifyReport> {
  const service = serviceNameOf(request);
  const { cluster, timeoutSeconds = 60, pollMilliseconds } = request;
  const looks = watchService(
    ecs,
    {
      cluster,
      service,
      timeoutSeconds,
      taskDefinition,
      ...(pollMilliseconds === undefined ? {} : { pollMilliseconds }),
    },
    signal,
  );
  for (;;) {
    const look = await looks.next();
    if (look.done === true) return look.value;
    yield { kind: "progress", step, message: look.value };
  }
}

async function* undo(action: RecoveryStepName, context: Context): AsyncGenerator<DeployEvent, StepResult> {
  const { request, ecs, signal, reached } = context;
  const service = serviceNameOf(request);
  const message =
    action === "rollback" ? `Rolling back the service ${service}.` : `Deleting the service ${service} again.`;
  if (isUndoable(action, reached.plan)) yield { kind: "started", step: action, message };
  const result = await recoverDeployment(
    action,
    { cluster: request.cluster, service, plan: reached.plan },
    ecs,
    signal,
  );
  if (action !== "rollback" || result.outcome !== "done") return result;
  const { plan } = reached;
  const before = plan?.kind === "update" ? plan.current.taskDefinitionArn : undefined;
  const after = yield* watch(action, context, before);
  return { ...result, detail: `${result.detail} ${after.detail ?? ""}` };
}

/** `family:revision` of a task definition's ARN. */
function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
