// What running a managed daemon comes to, as plain data: each door prints or draws it.

import type { ManagedPreview } from "../../core/managed/preview";
import type { JsonObject } from "../port";
import type { InstanceReason, MissingInstance, PlanNotes, StepOutcome } from "../report";

/** What somebody wants to be there. */
export interface ManagedRequest {
  /** Name or ARN of the cluster. */
  readonly cluster: string;
  /** The input of RegisterDaemonTaskDefinition; absent: the revision that the daemon's file names. */
  readonly taskDefinition?: JsonObject | undefined;
  /** The file of the daemon: an input of CreateDaemon or UpdateDaemon, whose ARNs may be missing. */
  readonly daemon: JsonObject;
  /** Sends an update that changes nothing. */
  readonly force?: boolean;
  /** Nothing is registered: the daemon gets the latest revision of the family, or the one that its file names. */
  readonly usesRegistered?: boolean;
  /** How long the deployment is watched; 1,800 where absent. */
  readonly timeoutSeconds?: number | undefined;
  readonly notes?: PlanNotes;
}

export type DefinitionPlan =
  | { readonly kind: "unchanged"; readonly arn: string; readonly described: JsonObject }
  | { readonly kind: "register"; readonly input: JsonObject; readonly lines: readonly string[] };

export interface DaemonPlan {
  readonly kind: "create" | "update" | "unchanged";
  readonly name: string;
  /** ARN of the daemon that exists. */
  readonly arn: string | undefined;
  /** ARN of the deployment that goes on now. */
  readonly goingOn?: string | undefined;
  /** The input, without the ARN of a definition that is yet to be registered. */
  readonly input: JsonObject;
  readonly lines: readonly string[];
}

/** What registering a definition alone does. */
export interface RegistrationPlan {
  readonly definition: DefinitionPlan;
  /** One or two sentences for a question. */
  readonly sentence: string;
  readonly sections: readonly {
    readonly title: "errors" | "warnings" | "task definition" | "daemon" | "instances";
    readonly lines: readonly string[];
  }[];
  /** What the plan rests on: another text, another plan. */
  readonly seen: string;
}

export interface ManagedPlan extends RegistrationPlan {
  readonly daemon: DaemonPlan;
  /** What is replaced; with "unchanged" nothing is. */
  readonly preview: ManagedPreview;
  readonly clusterArn: string;
}

/** Parts of a deployment that can be run alone: register, create or update. Both together are verified as well. */
export type ManagedPart = "register" | "daemon" | "all";

export interface ManagedStep {
  readonly name: "register" | "daemon" | "deployment" | "verify";
  readonly outcome: StepOutcome;
  readonly detail: string;
}

/** The JSON of `ecs-daemon verify --daemon`. */
export interface ManagedVerification {
  readonly verified: boolean;
  /** Instances that run the daemon's revision. */
  readonly running: readonly string[];
  readonly missing: readonly MissingInstance[];
  readonly unexpected: readonly InstanceReason[];
  readonly providers: readonly {
    readonly name: string;
    readonly instances: number;
    readonly running: number;
    readonly without: number;
  }[];
  readonly detail: string;
}

/** The JSON of `ecs-daemon deploy --daemon`. */
export interface ManagedReport {
  readonly taskDefinition: string | null;
  readonly daemon: string | null;
  readonly deployment: string | null;
  readonly steps: readonly ManagedStep[];
  readonly verify: ManagedVerification | null;
  /** What was agreed to no longer holds; nothing was done. */
  readonly newPlan?: RegistrationPlan;
}
