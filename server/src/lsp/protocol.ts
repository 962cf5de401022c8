// The custom requests between client and server: everything that LSP itself has no word for.
// Types only on both sides; the client draws what it gets and decides nothing about ECS.

import type { ClusterChange } from "../core/simulation/clusterChanges";
import type { ScenarioName } from "../core/simulation/scenarios";
import type { Coverage, InstanceState, Step, Timeline } from "../core/simulation/steps";
import type { TrialConstraint } from "../core/simulation/trialConstraint";
import type { DeployReport, DeployStepName, FailureAction, SeenState } from "../ecs/report";
import type { Undo } from "../ecs/undo";
import type { InstanceFacts } from "./previewProtocol";
import type { ClusterChoice, Failure, TextDocumentReference } from "./protocolBasics";

export type { AttributeColumn } from "../core/cluster/attributeColumns";
export type { ClusterChange } from "../core/simulation/clusterChanges";
export type { VerdictChange } from "../core/simulation/compareVerdicts";
export type { ScenarioName } from "../core/simulation/scenarios";
export type { TrialConstraint } from "../core/simulation/trialConstraint";
export type { DeployReport, DeployStepName, VerifyReport } from "../ecs/report";
export type { Undo } from "../ecs/undo";
export * from "./accountProtocol";
export * from "./expressionProtocol";
export * from "./inspectProtocol";
export * from "./previewProtocol";
export * from "./protocolBasics";
export * from "./truthTableProtocol";

export interface InitializationOptions {
  readonly cluster?: ClusterChoice;
  /** Report JSON syntax errors as diagnostics; for editors without a JSON language of their own. */
  readonly reportSyntaxErrors?: boolean;
  /** False in a workspace that is not trusted: nothing is started, no account is asked. */
  readonly trusted?: boolean;
  /** The client has the command `setSeverityCommand`: code actions may name it. */
  readonly setsSeverity?: boolean;
}

/**
 * A command of the client, not a request: it adds an entry to the setting `ecsDaemon.diagnostics` of the workspace. Its
 * only argument is a SetSeverityParams.
 */
export const setSeverityCommand = "ecsDaemon.internal.setSeverity";
export interface SetSeverityParams {
  readonly code: string;
  /** The file it is about; absent: all. */
  readonly uri?: string;
  /** Absent: the user is asked. */
  readonly severity?: "error" | "warning" | "information" | "hint" | "off";
}

// ecsDaemon/timeline: a daemon service acted out step by step. Everything in it is simulated. -------------------

export const timelineMethod = "ecsDaemon/timeline";
export interface TimelineParams extends TextDocumentReference {
  readonly scenario: ScenarioName;
  readonly changes?: readonly ClusterChange[];
  readonly trial?: TrialConstraint;
  /** Instead of what the service's input says. */
  readonly minimumHealthyPercent?: number;
}

export interface TimelineStep extends Omit<Step, "instances"> {
  /** Instances whose state differs from the step before (in the first step: all of them); null for one that is gone. */
  readonly instances: Readonly<Record<string, InstanceState | null>>;
}

export interface TimelineResult extends Omit<Timeline, "steps" | "coverage" | "facts"> {
  readonly scenario: ScenarioName;
  readonly minimumHealthyPercent: number;
  readonly steps: readonly TimelineStep[];
  /** Only instances that were without their task at some time. */
  readonly coverage: Readonly<Record<string, Coverage>>;
  /** Of every instance that occurs in a step. */
  readonly facts: Readonly<Record<string, { readonly zone?: string; readonly instanceType?: string }>>;
}
/** Codes: those of `ecsDaemon/preview`, `unknown-scenario`, and `nothing-to-simulate`. */
export type TimelineAnswer = TimelineResult | Failure;

// ecsDaemon/saveCluster: the cluster, with changes or without, as the text of a file. ----------------------------

export const saveClusterMethod = "ecsDaemon/saveCluster";
export interface SaveClusterParams {
  /** Relative paths of cluster files are looked for beside it. */
  readonly textDocument?: { readonly uri: string };
  readonly cluster?: ClusterChoice;
  readonly changes?: readonly ClusterChange[];
  readonly as: "fleet" | "snapshot";
}
export type SaveClusterAnswer =
  | {
      readonly text: string;
      /** A name for the file, without a folder. */
      readonly fileName: string;
      /** What a fleet cannot say of this cluster; a snapshot says it all. */
      readonly lost: readonly string[];
    }
  | Failure;

// ecsDaemon/previewChanged: server → client, when a preview asked before would come out differently. ----------

export const previewChangedMethod = "ecsDaemon/previewChanged";

// ecsDaemon/cluster: chooses the cluster for everything that follows. -----------------------------------------

export const chooseClusterMethod = "ecsDaemon/cluster";
export interface ChooseClusterParams {
  /** `null`: none. */
  readonly cluster: ClusterChoice | null;
}

/** Its container instances, for quick picks. */
export const listInstancesMethod = "ecsDaemon/instances";
export interface ListInstancesParams {
  readonly cluster?: ClusterChoice;
}
export interface ListedInstance extends InstanceFacts {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string | null>>;
}
export type ListInstancesAnswer = { readonly instances: readonly ListedInstance[] } | Failure;

// ecsDaemon/deploy: register, create or update, verify, or a part of it. Progress through workDoneToken. --------

export const deployMethod = "ecsDaemon/deploy";
export interface DeployParams extends TextDocumentReference {
  readonly steps: readonly DeployStepName[];
  /** For a verification of a service by name alone. */
  readonly serviceName?: string;
  readonly timeoutSeconds?: number;
  /** `seen` of the plan that was agreed to. Where it no longer holds nothing is done, and the report has a new plan. */
  readonly agreed?: SeenState;
  /** After a verification that failed; `keep` without it. */
  readonly onFailure?: FailureAction;
  readonly workDoneToken?: string | number;
}
/** `undo`: what `ecsDaemon/undo` can do after a verification that failed, where nobody said what to do then. */
export type DeployAnswer = (DeployReport & { readonly undo?: Undo }) | Failure;

/** What a deploy would touch, asked before the confirmation; reads only. */
export const describeTargetMethod = "ecsDaemon/target";
export interface DescribeTargetParams {
  readonly cluster?: ClusterChoice;
}
export type TargetAnswer =
  | {
      /** Loopback: no confirmation is asked. */
      readonly loopback: boolean;
      readonly account: string | undefined;
      readonly region: string | undefined;
      readonly cluster: string;
      readonly endpointUrl: string | undefined;
    }
  | Failure;

export const deleteServiceMethod = "ecsDaemon/deleteService";
export interface DeleteServiceParams {
  readonly serviceName: string;
  readonly cluster?: ClusterChoice;
}
export type DeleteServiceAnswer = { readonly service: string; readonly status: string } | Failure;

export const putAttributesMethod = "ecsDaemon/putAttributes";
export interface PutAttributesParams {
  readonly cluster?: ClusterChoice;
  readonly instances: readonly string[];
  readonly attributes: readonly { readonly name: string; readonly value?: string }[];
}
export type PutAttributesAnswer = { readonly changed: number } | Failure;

// The local endpoint lives in the server process. ---------------------------------------------------------------

export const startLocalMethod = "ecsDaemon/local/start";
export interface StartLocalParams {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** A fleet file to start with; without one five m5.large over three zones. */
  readonly fleet?: string;
}
export type StartLocalAnswer =
  | { readonly url: string; readonly cluster: string; readonly instances: number }
  | Failure;

export const stopLocalMethod = "ecsDaemon/local/stop";

export const addLocalInstancesMethod = "ecsDaemon/local/addInstances";
export interface AddLocalInstancesParams {
  readonly count: number;
  readonly instanceType?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}
export type AddLocalInstancesAnswer =
  | { readonly added: readonly string[]; readonly instances: number }
  | Failure;

/** Makes changes that were tried out real on the running local cluster. */
export const applyLocalMethod = "ecsDaemon/local/apply";
export interface ApplyLocalParams {
  readonly changes: readonly ClusterChange[];
}
export type ApplyLocalAnswer =
  | {
      /** Changes that were made. */
      readonly applied: number;
      /** Why others were not, or not on every instance. */
      readonly problems: readonly string[];
      readonly instances: number;
    }
  | Failure;
