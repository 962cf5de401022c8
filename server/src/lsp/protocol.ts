// The custom requests between client and server: everything that LSP itself has no word for.
// Types only on both sides; the client draws what it gets and decides nothing about ECS.

import type { AttributeColumn } from "../core/cluster/attributeColumns";
import type { ConstraintSource, Placement, Reason, Verdict } from "../core/scheduler/placement";
import type { ClusterChange } from "../core/simulation/clusterChanges";
import type { VerdictChange } from "../core/simulation/compareVerdicts";
import type { ScenarioName } from "../core/simulation/scenarios";
import type { Coverage, InstanceState, Step, Timeline } from "../core/simulation/steps";
import type { TrialConstraint } from "../core/simulation/trialConstraint";
import type { DeployReport, DeployStepName, FailureAction, SeenState } from "../ecs/report";
import type { Undo } from "../ecs/undo";

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
export * from "./truthTableProtocol";

/**
 * Which cluster to look at. A string is a path or URI of a snapshot or fleet file (a relative path is looked for beside
 * the document and in the workspace folders), `local`, or `aws`: the account of the settings `ecsDaemon.aws`.
 */
export type ClusterChoice =
  | string
  | {
      readonly kind: "aws";
      readonly cluster: string;
      readonly profile?: string;
      readonly region?: string;
      readonly endpointUrl?: string;
    };

export interface InitializationOptions {
  readonly cluster?: ClusterChoice;
  /** Report JSON syntax errors as diagnostics; for editors without a JSON language of their own. */
  readonly reportSyntaxErrors?: boolean;
  /** False in a workspace that is not trusted: nothing is started, no account is asked. */
  readonly trusted?: boolean;
  /** The client has the command `setSeverityCommand`: code actions may name it. */
  readonly setsSeverity?: boolean;
}

export interface TextDocumentReference {
  readonly textDocument: { readonly uri: string };
  /** URI of the service file; without one the paired service of the workspace, if there is exactly one. */
  readonly service?: string;
  readonly cluster?: ClusterChoice;
}

/** A failure the user can act on. */
export interface Failure {
  readonly error: { readonly code: string; readonly message: string; readonly remedy?: string };
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

// ecsDaemon/preview ------------------------------------------------------------------------------------------

export const previewMethod = "ecsDaemon/preview";
export interface PreviewParams extends TextDocumentReference {
  /** What if: the preview is of the cluster with these changes, which touch nothing real. */
  readonly changes?: readonly ClusterChange[];
  /** A placement constraint that is tried out beside those of the files, or in place of the service's. */
  readonly trial?: TrialConstraint;
  /** Ask the account anew, however short ago that was. */
  readonly fresh?: boolean;
  /** False leaves the clauses out of the reasons; `ecsDaemon/explain` has them, and the answer is half as long. */
  readonly clauses?: boolean;
}

/** When a cluster was as it is shown: read from the account, captured in a snapshot, or written to a file that does not say. */
export interface ClusterSeen {
  readonly how: "read" | "captured" | "written";
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface PreviewResult extends Placement {
  /** "Lands on 5 of 5 container instances." */
  readonly sentence: string;
  readonly cluster: {
    readonly label: string;
    readonly kind: "file" | "local" | "aws";
    /** Absent where it is as it is now, or where nobody has seen it. */
    readonly seen?: ClusterSeen;
  };
  readonly service: { readonly name: string; readonly uri?: string };
  /** Every placement constraint that counts, with its text. */
  readonly constraints: readonly {
    readonly from: ConstraintSource;
    readonly expression: string;
  }[];
  /** Columns of the table beside verdict and reasons, by instance id. */
  readonly facts: Readonly<Record<string, InstanceFacts>>;
  /** URIs of the documents that it was made from. */
  readonly documents?: readonly string[];
  /** What instances can be grouped by beside their facts. */
  readonly attributes?: readonly AttributeColumn[];
  /** Only with changes or a trial in the request: nothing of this is real. */
  readonly simulated?: true;
  readonly whatIf?: WhatIf;
}

/**
 * ecsDaemon/packedPreview: the same in a tenth of the bytes, for a panel that asks with every keystroke. What many
 * instances have in common is said once, and a fleet that the client has already is only named.
 */
export const packedPreviewMethod = "ecsDaemon/packedPreview";
export interface PackedPreviewParams extends PreviewParams {
  /** The `id` of the fleet that the client has. */
  readonly fleet?: string;
}

/** Everything that no change of a text changes. */
export interface PackedFleet {
  /** Another one for every cluster, and whenever a cluster was read anew. */
  readonly id: string;
  /** In the order of the preview's instances. */
  readonly instances: readonly string[];
  /** Every different one once, and for each instance its position here. */
  readonly facts: readonly InstanceFacts[];
  readonly factsOf: readonly number[];
  readonly attributes: readonly AttributeColumn[];
}

export interface PackedPreview extends Omit<PreviewResult, "instances" | "facts" | "attributes"> {
  /** Its id alone where the client has it. */
  readonly fleet: PackedFleet | { readonly id: string };
  /** Every different reason once; without clauses. */
  readonly reasons: readonly Reason[];
  /** Every different verdict with its reasons, which are positions in `reasons`. */
  readonly outcomes: readonly { readonly verdict: Verdict; readonly reasons: readonly number[] }[];
  /** For each instance of the fleet its position in `outcomes`. */
  readonly outcomeOf: readonly number[];
}
export type PackedPreviewAnswer = PackedPreview | Failure;

export interface WhatIf {
  /** In the order of the request, each in words, with what could not be done. */
  readonly changes: readonly {
    readonly change: ClusterChange;
    readonly text: string;
    readonly problems: readonly string[];
  }[];
  readonly trial?: TrialConstraint;
  /** About changes that could not be read at all. */
  readonly problems: readonly string[];
  /** Ids of new instances. */
  readonly added: readonly string[];
  /** Every instance whose verdict is another one than without the changes. */
  readonly verdicts: readonly VerdictChange[];
  /** The sentence without the changes. */
  readonly sentenceBefore: string;
}

export interface InstanceFacts {
  readonly status: string;
  readonly instanceType: string | undefined;
  readonly zone: string | undefined;
  /** CPU units and MiB left. */
  readonly remainingCpu: number;
  readonly remainingMemory: number;
}

/**
 * Codes: `no-cluster`, `unreadable-cluster`, `no-local-cluster`, `untrusted-workspace`, `not-a-task-definition`,
 * `no-task-definition`, `not-a-service`, `broken-document`, `broken-expression`, and the names of ECS's exceptions. An
 * `*.ecsquery` document is previewed as a daemon service that asks for nothing but its expression.
 */
export type PreviewAnswer = PreviewResult | Failure;

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
