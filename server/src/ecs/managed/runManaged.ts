// Deploys a managed daemon: register, create or update, watch the deployment, verify. What was agreed to is looked at
// again right before it is done.

import { randomUUID } from "node:crypto";
import { type EcsPort, isCancellation } from "../port";
import { nameOfArn } from "./findProviders";
import type {
  ManagedPlan,
  ManagedReport,
  ManagedRequest,
  ManagedStep,
  ManagedVerification,
  RegistrationPlan,
} from "./managedReport";
import { planManaged, planRegistration } from "./planManaged";
import { watchManaged } from "./verifyManaged";
import { watchDeployment } from "./watchDeployment";

/** Seconds; a deployment boots instances. */
const usualTimeout = 1800;

/** How long tasks may take to run after the deployment was successful, in seconds. */
const settleSeconds = 60;

interface Reached {
  taskDefinition: string | null;
  daemon: string | null;
  deployment: string | null;
  readonly steps: ManagedStep[];
  verify: ManagedVerification | null;
}

/**
 * `agreed` is the `seen` of the plan that somebody said yes to: where it no longer holds, nothing is done and the report
 * has the new plan. Never rejects: a failure is in its step.
 */
export async function runManagedDeployment(
  request: ManagedRequest,
  ecs: EcsPort,
  options: {
    readonly agreed?: string | undefined;
    /** `daemon`: created or updated, and neither watched nor verified. */
    readonly part?: "daemon" | "all";
    readonly say: (line: string) => void;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<ManagedReport> {
  const { say, signal, agreed, part = "all" } = options;
  const reached = nothingReached();
  let current: ManagedStep["name"] = "register";
  try {
    const plan = await planManaged(request, ecs, signal);
    if (agreed !== undefined && plan.seen !== agreed) return { ...outdated(), newPlan: plan };
    await register(plan, ecs, reached, options);
    current = "daemon";
    const started = await change(plan, ecs, reached, options);
    if (part === "daemon") return reached;
    current = "deployment";
    if (!(await watch(started, request, ecs, reached, options))) return reached;
    current = "verify";
    say(`Verifying ${plan.daemon.name}.`);
    const looks = watchManaged(
      ecs,
      { cluster: request.cluster, daemon: plan.daemon.name },
      settleSeconds,
      signal,
    );
    for (;;) {
      const look = await looks.next();
      if (look.done !== true) {
        say(look.value);
        continue;
      }
      reached.verify = look.value;
      reached.steps.push({
        name: "verify",
        outcome: look.value.verified ? "done" : "failed",
        detail: look.value.detail,
      });
      return reached;
    }
  } catch (error) {
    return failedAt(current, reached, error);
  }
}

/** Registers the definition alone. Never rejects. */
export async function runRegistration(
  request: Pick<ManagedRequest, "taskDefinition" | "notes">,
  ecs: EcsPort,
  options: Options,
): Promise<ManagedReport> {
  const reached = nothingReached();
  try {
    const plan = await planRegistration(request, ecs, options.signal);
    if (options.agreed !== undefined && plan.seen !== options.agreed) return { ...outdated(), newPlan: plan };
    await register(plan, ecs, reached, options);
    return reached;
  } catch (error) {
    return failedAt("register", reached, error);
  }
}

const nothingReached = (): Reached => ({
  taskDefinition: null,
  daemon: null,
  deployment: null,
  steps: [],
  verify: null,
});

function outdated(): ManagedReport {
  const detail = "What was agreed to no longer holds: nothing was done.";
  return { ...nothingReached(), steps: [{ name: "register", outcome: "failed", detail }] };
}

function failedAt(name: ManagedStep["name"], reached: Reached, error: unknown): ManagedReport {
  const outcome = isCancellation(error) ? "cancelled" : "failed";
  const detail = error instanceof Error ? error.message : String(error);
  return { ...reached, steps: [...reached.steps, { name, outcome, detail }] };
}

type Options = Parameters<typeof runManagedDeployment>[2];

async function register(
  { definition }: RegistrationPlan,
  ecs: EcsPort,
  reached: Reached,
  { say, signal }: Options,
): Promise<void> {
  if (definition.kind === "unchanged") {
    reached.taskDefinition = definition.arn;
    const detail = `${nameOfArn(definition.arn)} is the same already; nothing was registered.`;
    reached.steps.push({ name: "register", outcome: "unchanged", detail });
    return;
  }
  say(`Registering the daemon task definition ${String(definition.input.family)}.`);
  const arn = await ecs.registerDaemonDefinition(definition.input, signal);
  reached.taskDefinition = arn;
  reached.steps.push({ name: "register", outcome: "done", detail: `Registered ${nameOfArn(arn)}.` });
}

/** Answers the ARN of the deployment to watch. */
async function change(
  { daemon }: ManagedPlan,
  ecs: EcsPort,
  reached: Reached,
  { say, signal }: Options,
): Promise<string | undefined> {
  const { kind, name } = daemon;
  if (kind === "unchanged") {
    reached.daemon = daemon.arn ?? null;
    const detail = `${name} is the same already; nothing was sent, since an update replaces instances.`;
    reached.steps.push({ name: "daemon", outcome: "unchanged", detail });
    reached.deployment = daemon.goingOn ?? null;
    return daemon.goingOn;
  }
  const input = { ...daemon.input, daemonTaskDefinitionArn: reached.taskDefinition };
  say(kind === "create" ? `Creating the managed daemon ${name}.` : `Updating the managed daemon ${name}.`);
  const done =
    kind === "create"
      ? await ecs.createDaemon({ clientToken: randomUUID(), ...input }, signal)
      : await ecs.updateDaemon(input, signal);
  reached.daemon = done.daemonArn;
  reached.deployment = done.deploymentArn ?? null;
  const detail = `${kind === "create" ? "Created" : "Updated"} ${name}.`;
  reached.steps.push({ name: "daemon", outcome: "done", detail });
  return done.deploymentArn;
}

/** Whether what follows makes sense. */
async function watch(
  arn: string | undefined,
  { timeoutSeconds = usualTimeout }: ManagedRequest,
  ecs: EcsPort,
  reached: Reached,
  { say, signal }: Options,
): Promise<boolean> {
  if (arn === undefined) return true;
  const looks = watchDeployment(ecs, arn, timeoutSeconds, signal);
  for (;;) {
    const look = await looks.next();
    if (look.done !== true) {
      say(look.value);
      continue;
    }
    const { succeeded, detail } = look.value;
    const outcome = succeeded === true ? "done" : "failed";
    const hint = succeeded === undefined ? " Deploy the same files again to continue watching." : "";
    reached.steps.push({ name: "deployment", outcome, detail: `${detail}${hint}` });
    return succeeded === true;
  }
}
