// What deploying and verifying come to, as plain data: the command line prints it, the editor draws it.

/** The steps of a deployment in their order; each can also be asked for alone. */
export const deployStepNames = ["register", "createService", "verify"] as const;
export type DeployStepName = (typeof deployStepNames)[number];

/** `unchanged`: ECS already had exactly this. `skipped`: an earlier step failed or was cancelled. */
export type StepOutcome = "done" | "unchanged" | "failed" | "skipped" | "cancelled";

export interface DeployStepReport {
  readonly name: DeployStepName;
  readonly outcome: StepOutcome;
  readonly detail: string;
}

/** The JSON of `ecs-daemon deploy`. */
export interface DeployReport {
  /** ARN of the registered (or found) revision. */
  readonly taskDefinition: string | null;
  /** ARN of the service. */
  readonly service: string | null;
  readonly steps: readonly DeployStepReport[];
  readonly verify: VerifyReport | null;
}

/** A container instance, by the last part of its ARN, and why it is where it is in a report. */
export interface InstanceReason {
  readonly id: string;
  readonly reason: string;
}

/** The JSON of `ecs-daemon verify`: the wanted container instances against those that run a task of the service. */
export interface VerifyReport {
  readonly verified: boolean;
  /** Wanted instances that run a task of the service's current task definition. */
  readonly running: readonly string[];
  /** Wanted instances that do not. */
  readonly missing: readonly InstanceReason[];
  /** Instances that run a task of the service and should not. */
  readonly unexpected: readonly InstanceReason[];
  /** The result in one sentence. */
  readonly detail?: string;
}

/** What `deploy` says while it works. */
export type DeployEvent =
  | { readonly kind: "started"; readonly step: DeployStepName; readonly message: string }
  | { readonly kind: "progress"; readonly step: DeployStepName; readonly message: string }
  | { readonly kind: "finished"; readonly step: DeployStepName; readonly report: DeployStepReport };
