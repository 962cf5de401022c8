// What deploying and verifying come to, as plain data: the command line prints it, the editor draws it.

import { type Remedy, type RemedyWords, remedyText } from "./remedy";

/** The steps of a deployment in their order; each can also be asked for alone. */
export const deployStepNames = ["register", "createService", "verify"] as const;
export type DeployStepName = (typeof deployStepNames)[number];

/** `unchanged`: ECS already had exactly this. `skipped`: an earlier step failed or was cancelled. */
export type StepOutcome = "done" | "unchanged" | "failed" | "skipped" | "cancelled";

/** What is done where a verification failed: leave it, go back to the revision before, delete what was just created. */
export const failureActions = ["keep", "rollback", "remove"] as const;
export type FailureAction = (typeof failureActions)[number];

/** Steps that nobody asks for by name: they follow a verification that failed. */
export type RecoveryStepName = Exclude<FailureAction, "keep">;

export interface DeployStepReport {
  readonly name: DeployStepName | RecoveryStepName;
  readonly outcome: StepOutcome;
  readonly detail: string;
  /** Of a step that failed: the exception's name and ECS's own words. */
  readonly refusal?: { readonly name: string; readonly message: string };
  /** Of a failure, where something helps. */
  readonly remedy?: Remedy;
  /** Where in the files the cause is, as far as it can be located. */
  readonly place?: RefusedPlace;
}

export interface RefusedPlace {
  /** Path or URI of the file. */
  readonly file: string;
  /** `containerDefinitions[0].memory`; absent where only the file is known. */
  readonly property?: string;
  /** Zero-based lines and UTF-16 characters. */
  readonly range: TextRange;
}

export interface TextRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** The step with its remedy behind the detail, in the words of a door. */
export function withRemedy(step: DeployStepReport, words: RemedyWords): DeployStepReport {
  const { remedy } = step;
  return remedy === undefined ? step : { ...step, detail: `${step.detail} ${remedyText(remedy, words)}` };
}

/** The same for every step of a report. */
export function withRemedies(report: DeployReport, words: RemedyWords): DeployReport {
  return { ...report, steps: report.steps.map((it) => withRemedy(it, words)) };
}

/** The JSON of `ecs-daemon deploy`. */
export interface DeployReport {
  /** ARN of the registered (or found) revision. */
  readonly taskDefinition: string | null;
  /** ARN of the service. */
  readonly service: string | null;
  readonly steps: readonly DeployStepReport[];
  readonly verify: VerifyReport | null;
  /** Which container instances the plan said would gain, keep and lose a task. */
  readonly placement?: PlacementDiff;
  /** What was agreed to no longer holds; nothing was done, and this is what would be done now. */
  readonly newPlan?: PlanSummary;
}

/** What a deployment would change, in words, and what that rests on. */
export interface PlanSummary {
  /** One or two sentences. */
  readonly sentence: string;
  readonly sections: readonly PlanSection[];
  /** Absent where the deployment touches no service, or the cluster cannot be read. */
  readonly placement?: PlacementDiff;
  readonly seen: SeenState;
}

/** Diagnostics of the files that are sent: errors that somebody overrode, and warnings. */
export interface PlanNotes {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** Lines under a heading. */
export interface PlanSection {
  readonly title:
    | "errors"
    | "warnings"
    | "task definition"
    | "service"
    | "placement"
    | "if not verified"
    /** Of a managed daemon: its settings, and which instances are replaced. */
    | "daemon"
    | "instances";
  readonly lines: readonly string[];
}

/** What a plan rests on, in a few short texts that can be compared. */
export interface SeenState {
  /** Of the inputs: a file may have changed since. */
  readonly inputs: string;
  /** ARN of the latest revision of the task definition, or `none`. */
  readonly taskDefinition: string;
  /** Of the service without what changes by itself (counts, events); `none` where there is no service. */
  readonly service: string;
  /** Of the ids of the matching instances. */
  readonly matching: string;
  readonly matchingCount: number;
}

/** What a change does to the tasks of a daemon service, by container instance. */
export interface PlacementDiff {
  /** No task yet, and one would start. */
  readonly gains: readonly string[];
  /** A task is there and stays, or is replaced there. */
  readonly keeps: readonly string[];
  /** A task is there and would stop. */
  readonly loses: readonly string[];
  /** Wanted, but a task cannot run there, with the reason. */
  readonly blocked: readonly InstanceReason[];
  /** Nobody can tell. */
  readonly unknown: readonly string[];
}

/** A container instance, by the last part of its ARN, and why it is where it is in a report. */
export interface InstanceReason {
  readonly id: string;
  readonly reason: string;
}

/** A wanted instance without a running task of the current task definition. */
export interface MissingInstance extends InstanceReason {
  /** `starting`: its task is on its way. `updating`: a task of another revision is there, or leaving. */
  readonly state?: "missing" | "starting" | "updating";
}

/** The JSON of `ecs-daemon verify`: the wanted container instances against those that run a task of the service. */
export interface VerifyReport {
  readonly verified: boolean;
  /** Wanted instances that run a task of the service's current task definition. */
  readonly running: readonly string[];
  /** Wanted instances that do not. */
  readonly missing: readonly MissingInstance[];
  /** Instances that run a task of the service and should not. */
  readonly unexpected: readonly InstanceReason[];
  /** The result in one sentence. */
  readonly detail?: string;
  /** ARN of the service that was looked at. */
  readonly service?: string;
}

/** What `deploy` says while it works. */
export type DeployEvent =
  | { readonly kind: "started"; readonly step: DeployStepReport["name"]; readonly message: string }
  | { readonly kind: "progress"; readonly step: DeployStepReport["name"]; readonly message: string }
  | { readonly kind: "finished"; readonly step: DeployStepReport["name"]; readonly report: DeployStepReport };
